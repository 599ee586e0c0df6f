import { pc, plural } from "../format";

export const pace = {
  label: "Pace",
  enough: (percent: number) => `${pc(percent)} is enough`,
  sentence: (max: string, mean: string) =>
    `At most **${max}** on any day; this week **${mean}** on average.`,
  within: "No day goes above your pace.",
  above: (days: string, by: string) => `Deadlines push ${days} above your pace, by at most ${by}.`,
  manyDays: (n: number) => plural(n, "day", "days"),
  short: (time: string) => `**${time} does not fit** at any pace.`,
  spoken: (percent: number, time: string) => `${percent} percent, at most ${time} a day`,
};
