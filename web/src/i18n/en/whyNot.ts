import { plural } from "../format";

export const whyNot = {
  title: "Why not there",
  day: "Day",
  time: "Time",
  holds: (at: string) => `**${at}:** nothing more would be late.`,
  lacks: (at: string, time: string, title: string, due: string) =>
    `**${at}:** ${time} of ${title} would miss ${due}.`,
  more: (n: number) => `And ${plural(n, "more task", "more tasks")} would be late.`,
  past: (at: string) => `**${at}** has passed.`,
  taken: (at: string) => `**${at}:** another block is pinned there.`,
  outside: (at: string, time: string) => `**${at}:** ${time} of it are outside your free time.`,
  early: (at: string, time: string) => `**${at}:** ${time} of it lie before it may start.`,
  late: (at: string, time: string) => `**${at}:** ${time} of it lie after its due date.`,
  over: (at: string, time: string) => `**${at}:** the day would be ${time} above your limit.`,
  waits: (at: string) => `**${at}:** what it waits for is not finished by then.`,
};
