import { plural } from "../format";

export const why = {
  title: "Why here",
  taskTitle: "In the plan",
  due: (title: string, due: string, left: string, blocks: number) =>
    blocks > 1
      ? `${title} is due **${due}**; ${left} are split over ${plural(blocks, "block", "blocks")}.`
      : `${title} is due **${due}**; ${left} are left.`,
  tight: (until: string) =>
    `This lies in the tightest stretch: before **${until}** there is no time to spare.`,
  deadline: (day: string, load: string, pace: string) =>
    `${day} carries **${load}**, above your pace of ${pace}, because deadlines demand it. This is the flattest spread that fits.`,
  pace: (day: string, load: string, pace: string) =>
    `${day} is at **${load}** of your pace of ${pace}. What is due first comes first.`,
  unfinished: "It cannot be finished on time; this is as much of it as fits.",
  pinned: "You pinned it, so it stays where it is.",
  kept: "It has begun, so it stays where it is.",
  slack: (time: string) => `**${time} of slack.** Any later than that, and something becomes late.`,
  noSlack: "**No slack.** Any later, and something becomes late.",
  notPlanned: "None of it is in the plan: no free time is left before it is due.",
  overdue: "It is overdue, so it is not in the plan. Give it a new date, or drop it.",
  missed: "It did not happen: its work is still open. Put it back by the note above the week.",
  past: "Its time has passed.",
  now: "now",
  thisBlock: "this block",
};
