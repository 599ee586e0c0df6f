/* What the rules of all languages share: what a rule is, how its words are joined, and what can be
   read the same in every language. A rule matches at the beginning of a word and ends with one, so
   nothing is ever read inside a word. */

import { addDays, isDate, makeDate, mondayOf, weekdayOf, type LocalDate } from "../time/zone";

export type ChipKind = "estimate" | "date" | "time" | "earliest" | "repeat" | "course" | "priority";

/* Today as the wall shows it; whether 3/5 is the third of May or the fifth of March. */
export interface Today {
  date: LocalDate;
  minutes: number;
  monthFirst: boolean;
}

export type Reading =
  | { kind: "estimate"; minutes: number }
  /* `minutes`: a time of day said with it; `weekday`: a day of the week, so never in the past. */
  | { kind: "date"; date: LocalDate; minutes?: number; weekday?: boolean }
  /* A day that no calendar has: its month (1–12) and that month's number of days. */
  | { kind: "date"; month: number; days: number }
  | { kind: "time"; minutes: number }
  /* The day, and the time of it, before which it is not to be begun. */
  | { kind: "earliest"; date: LocalDate; minutes: number }
  /* It comes again; `weekday` (1–7): on that day of the week; `until`: the last day it may be due. */
  | { kind: "repeat"; unit: "day" | "week"; every: number; weekday?: number; until?: LocalDate }
  | { kind: "priority"; priority: number }
  | { kind: "course" };

type Groups = (string | undefined)[];

export interface Rule {
  pattern: RegExp;
  /* Minds capitals. */
  exact: boolean;
  read: (groups: Groups, today: Today) => Reading | null;
}

export const ESTIMATE_MAX_MIN = 6000;

/* Rules see letters and digits of these alphabets in lower case, and an é for each of any other: that
   keeps their patterns small, which are made when the first line is read. */
export const LETTERS = "a-z0-9äöüßéA-ZÄÖÜ";
const PLAIN = /^[a-z0-9äöüß]$/;

/* The text as rules see it, of the same length. */
export function plainly(text: string, exact: boolean): string {
  return text.replace(/[\p{L}\p{N}]/gu, (letter) => {
    if ("½¼¾".includes(letter)) return letter;
    const low = letter.toLowerCase();
    if (!PLAIN.test(low) || low.length !== letter.length) return "é".repeat(letter.length);
    return exact ? letter : low;
  });
}

/* Behind a phrase no word may go on: neither letters, nor 's, nor a hyphen and more. */
const END = `(?![${LETTERS}]|['’][${LETTERS}]|[-–][${LETTERS}])`;

export function rule(body: string, read: Rule["read"]): Rule {
  return { pattern: new RegExp(`(?:${body})${END}`, "y"), exact: false, read };
}

/* The same, minding capitals: "So" is a day, "so" is not. */
export function exactRule(body: string, read: Rule["read"]): Rule {
  return { pattern: new RegExp(`(?:${body})${END}`, "y"), exact: true, read };
}

/* Alternatives, the longest first, so that "may" does not hide "mayday". */
export const oneOf = (words: Iterable<string>) =>
  `(?:${[...words].sort((a, b) => b.length - a.length).join("|")})`;

const fold = (text: string) => text.toLowerCase().replace(/\s+/g, " ");

/* Which of the given lists has the word. */
export function placeOf(word: string | undefined, lists: readonly (readonly string[])[]): number {
  const folded = fold(word ?? "").replace(/\.$/, "");
  return lists.findIndex((list) => list.includes(folded));
}

/* A number in digits or in words; NaN for anything else. */
export function numberIn(words: ReadonlyMap<string, number>) {
  return (text: string | undefined): number => {
    const plain = fold(text ?? "").replace(",", ".");
    return words.get(plain.replace(/-/g, " ")) ?? (plain === "" ? NaN : Number(plain));
  };
}

export function estimate(minutes: number): Reading | null {
  const whole = Math.round(minutes);
  return whole >= 1 && whole <= ESTIMATE_MAX_MIN ? { kind: "estimate", minutes: whole } : null;
}

const EVERY_MAX = 365;

export function repeats(unit: "day" | "week", every: number, weekday?: number): Reading | null {
  if (!Number.isInteger(every) || every < 1 || every > EVERY_MAX || weekday === 0) return null;
  return { kind: "repeat", unit, every, ...(weekday !== undefined && { weekday }) };
}

export function timeOf(hours: number, minutes = 0): Reading | null {
  const at = hours * 60 + minutes;
  return minutes < 60 && at >= 0 && at <= 1440 ? { kind: "time", minutes: at } : null;
}

/* An hour without "am" or "pm" means waking hours: 5 is 17:00, 8 is 8:00. */
export const wakingHour = (hour: number) => (hour >= 1 && hour <= 6 ? hour + 12 : hour);

/* A day of the calendar; without a year, the next one there is. */
export function calendarDay(
  year: number | null,
  month: number,
  day: number,
  today: Today,
): Reading {
  const thisYear = Number(today.date.slice(0, 4));
  const from = year === null ? thisYear : year < 100 ? 2000 + year : year;
  const days = month >= 1 && month <= 12 ? new Date(Date.UTC(2024, month, 0)).getUTCDate() : 31;
  if (year !== null)
    return isDate(from, month, day)
      ? { kind: "date", date: makeDate(from, month, day) }
      : {
          kind: "date",
          month,
          days: month === 2 ? new Date(Date.UTC(from, 2, 0)).getUTCDate() : days,
        };
  /* 29 February waits for its year. */
  for (let y = thisYear; y <= thisYear + 8; y++)
    if (isDate(y, month, day) && makeDate(y, month, day) >= today.date)
      return { kind: "date", date: makeDate(y, month, day) };
  return { kind: "date", month, days };
}

/* The next such day of the month, today included. */
export function dayOfMonth(day: number, today: Today): Reading | null {
  const [year = 0, month = 0] = today.date.split("-").map(Number);
  for (let ahead = 0; ahead <= 12; ahead++) {
    const m = ((month - 1 + ahead) % 12) + 1;
    const y = year + Math.floor((month - 1 + ahead) / 12);
    if (isDate(y, m, day) && makeDate(y, m, day) >= today.date)
      return { kind: "date", date: makeDate(y, m, day) };
  }
  return null;
}

export const inDays = (days: number, today: Today, minutes?: number): Reading => ({
  kind: "date",
  date: addDays(today.date, days),
  ...(minutes !== undefined && { minutes }),
});

/* The same day so many months on, or that month's last. */
export function inMonths(months: number, today: Today): Reading {
  const [year = 0, month = 0, day = 0] = today.date.split("-").map(Number);
  const y = year + Math.floor((month - 1 + months) / 12);
  const m = ((month - 1 + months) % 12) + 1;
  return {
    kind: "date",
    date: makeDate(y, m, Math.min(day, new Date(Date.UTC(y, m, 0)).getUTCDate())),
  };
}

/* A moment so many minutes from now, for "in two hours". */
export function inMinutes(minutes: number, today: Today): Reading {
  const at = today.minutes + minutes;
  return {
    kind: "date",
    date: addDays(today.date, Math.floor(at / 1440)),
    minutes: at % 1440,
  };
}

/* The next such day of the week (1–7), today included, and so many weeks later. */
export function nextWeekday(day: number, today: Today, weeks = 0, minutes?: number): Reading {
  return {
    kind: "date",
    date: addDays(today.date, ((day - weekdayOf(today.date) + 7) % 7) + 7 * weeks),
    weekday: weeks === 0,
    ...(minutes !== undefined && { minutes }),
  };
}

/* That day of the week after this one. */
export const weekdayOfNextWeek = (day: number, today: Today, minutes?: number): Reading => ({
  kind: "date",
  date: addDays(mondayOf(today.date), 6 + day),
  ...(minutes !== undefined && { minutes }),
});

export const endOfWeek = (today: Today): Reading => ({
  kind: "date",
  date: addDays(mondayOf(today.date), 6),
});

export function endOfMonth(today: Today): Reading {
  const [year = 0, month = 0] = today.date.split("-").map(Number);
  return { kind: "date", date: makeDate(year, month + 1, 0) };
}

export function firstOfNextMonth(today: Today): Reading {
  const [year = 0, month = 0] = today.date.split("-").map(Number);
  return { kind: "date", date: makeDate(year, month + 1, 1) };
}

/* The same days, said as the first on which it may be begun. */
export const asEarliest = (days: readonly Rule[]): Rule[] =>
  days.map(({ pattern, exact, read }) => ({
    pattern,
    exact,
    read: (groups, today) => {
      const day = read(groups, today);
      return day?.kind === "date" && "date" in day
        ? { kind: "earliest", date: day.date, minutes: day.minutes ?? 0 }
        : null;
    },
  }));

/* Days written in digits, alike in every language; `due` are its words before a day. */
export const sharedDays = (due: string): Rule[] => [
  rule(`${due}(\\d{4})-(\\d{2})-(\\d{2})`, ([y, m, d], today) =>
    calendarDay(Number(y), Number(m), Number(d), today),
  ),
  rule(
    `${due}(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?:\\s?(\\d{4}|\\d{2}(?!\\d|[:.]\\d|\\s*(?:h|min|std|uhr|%))))?`,
    ([d, m, y], today) => calendarDay(y ? Number(y) : null, Number(m), Number(d), today),
  ),
  rule(`${due}(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})`, ([a, b, y], today) =>
    slashed(Number(a), Number(b), Number(y), today),
  ),
];

/* What else is read alike in every language; `at` are its words before a time, `takes` before a
   duration, `stop` what may follow a number that would be ambiguous otherwise. */
export function sharedRules({
  at,
  takes,
  stop,
}: {
  at: string;
  takes: string;
  stop: string;
}): Rule[] {
  return [
    rule(`${at}([01]?\\d|2[0-4]):([0-5]\\d)(?![:.]\\d)`, ([h, m]) => timeOf(Number(h), Number(m))),
    /* "2h30", and "2 h 30" where nothing else can be meant. */
    rule(
      `${takes}(\\d{1,3})(?:h([0-5]\\d)(?:\\s?m(?:in)?)?|\\s?h\\s([0-5]?\\d)(?:\\s?m(?:in)?|${stop}))`,
      ([h, glued, spaced]) => estimate(Number(h) * 60 + Number(glued ?? spaced)),
    ),
    rule(`${takes}(\\d{1,3}(?:[.,]\\d{1,2})?)\\s?h`, ([h]) =>
      estimate(Number((h ?? "").replace(",", ".")) * 60),
    ),
    rule(`${takes}(\\d{1,3})?\\s?([½¼¾])\\s?h`, ([h, part]) =>
      estimate(Number(h ?? 0) * 60 + { "½": 30, "¼": 15, "¾": 45 }[part as "½"]),
    ),
    rule(`${takes}(\\d{1,4})\\s?min`, ([m]) => estimate(Number(m))),
    rule(`${takes}(\\d{1,3})m${stop}`, ([m]) => estimate(Number(m))),
    rule("!([1-5])", ([n]) => ({ kind: "priority", priority: Number(n) })),
    rule("(!{2,3})(?=\\s|$)", ([marks]) => ({
      kind: "priority",
      priority: 2 + (marks ?? "").length,
    })),
    rule(`#[${LETTERS}][${LETTERS}_-]*`, () => ({ kind: "course" })),
  ];
}

function slashed(a: number, b: number, year: number | null, today: Today): Reading {
  const monthFirst = today.monthFirst ? a <= 12 : b > 12;
  return monthFirst ? calendarDay(year, a, b, today) : calendarDay(year, b, a, today);
}

/* The same without a year, where the words before it leave no doubt that it is a date. */
export const slashedDay = (certainly: string): Rule =>
  rule(`${certainly}(\\d{1,2})/(\\d{1,2})`, ([a, b], today) =>
    slashed(Number(a), Number(b), null, today),
  );
