import { plural } from "../format";

/* Tasks that come again. */
export const repeat = {
  label: "Repeats",
  never: "Never",
  day: "Daily",
  week: "Weekly",
  every: (unit: "day" | "week") =>
    unit === "day" ? "Every how many days" : "Every how many weeks",
  until: "Until",
  untilHint: "Empty: without end.",
  badEvery: "1 to 365.",
  badUntil: "Pick a day on or after the due date.",
  words: (unit: "day" | "week", n: number) =>
    n === 1
      ? unit === "day"
        ? "every day"
        : "every week"
      : `every ${n} ${unit === "day" ? "days" : "weeks"}`,
  wordsUntil: (words: string, day: string) => `${words} until ${day}`,
  next: (when: string) =>
    `Done makes the next one, due ${when}. Those that pass meanwhile are skipped, not piled up.`,
  last: "This is the last one: done makes no next.",
  short: (words: string, when: string) => `Repeats ${words}. Done makes the next one, due ${when}.`,
  shortLast: (words: string) => `Repeats ${words}. This is the last one.`,
  made: (when: string, skipped: number) =>
    skipped === 0
      ? `The next is due ${when}.`
      : `The next is due ${when}; ${plural(skipped, "date", "dates")} skipped.`,
};
