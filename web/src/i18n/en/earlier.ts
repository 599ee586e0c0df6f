import { pc, plural } from "../format";

export const earlier = {
  title: "Earlier plans",
  lead: "What changed your plan, the latest first. Going back brings its pace and limit with it, and keeps every block that still fits; tasks, free hours and wishes stay as they are.",
  nothing:
    "Nothing yet. When you take another plan, pace, wishes or free hours, the plan before it stays here.",
  more: "Show all",
  pace: (was: number, then: number) => `Pace ${pc(was)} → ${pc(then)}`,
  limit: (was: number, then: number) => `Limit ${pc(was)} → ${pc(then)}`,
  why: {
    missed: "Blocks that did not happen were put back",
    better: "A better plan was taken",
    shares: "Another pace or limit",
    settings: "Other wishes",
    hours: "Other free hours",
    undone: "A plan was taken back",
    returned: "Went back to an earlier plan",
    tidied: "Fewer, longer blocks were taken",
  },
  moved: (time: string) => `${time} moved`,
  compare: "Compare",
  compareNamed: (what: string, when: string) => `Compare with the plan before ${when}: ${what}`,
  back: "Go back",
  backNamed: (what: string, when: string) => `Go back to the plan before ${when}: ${what}`,
  done: (when: string) => `Back to the plan before ${when}.`,
  comparing: "Planning it around what has changed since …",
  same: "Now it would be the plan you have.",
  elsewhere: (n: number, time: string) =>
    n === 1
      ? `1 block, ${time}, would lie elsewhere.`
      : `${n} blocks, ${time}, would lie elsewhere.`,
  days: "Study time of the days that change",
  day: "Day",
  now: "Now",
  then: "Then",
  moreDays: (n: number) => `and ${plural(n, "more day", "more days")}`,
};
