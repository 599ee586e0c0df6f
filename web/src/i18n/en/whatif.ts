import { pc, plural } from "../format";

export const whatif = {
  label: "What if",
  question: (percent: number) => `What if you work at ${pc(percent)}?`,
  saved: "If you save this:",
  holds: "Every deadline still holds.",
  short: (time: string) => `Still ${time} short.`,
  discard: "Discard",
  enter: "Enter",
  apply: "Apply",
  nothing: "No block moves.",
  day: (day: string, was: string, now: string, over: boolean) =>
    `${day}: ${was} → ${now}${over ? ", above the pace" : ""}`,
  moved: (n: number, days: number) =>
    days > 0
      ? `${plural(n, "block moves", "blocks move")}, on ${plural(days, "more day", "more days")} too`
      : plural(n, "block moves", "blocks move"),
  ends: (now: string, was: string) => `All done by ${now}, was ${was}`,
  applied: (percent: number, moved: number) =>
    `Pace ${pc(percent)}. ${plural(moved, "block", "blocks")} moved.`,
};
