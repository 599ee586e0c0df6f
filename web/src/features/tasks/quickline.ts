/* Reads one line such as "essay 3h friday 17:00 #his !4": what, how long, until when, which course,
   how important. Whatever was read can be refused: refused words go back to the title. Words are
   only read whole, so "monitor" is not Monday. */

import type { Course } from "../../api/schema";
import {
  addDays,
  instantOf,
  isDate,
  makeDate,
  mondayOf,
  wallAt,
  weekdayOf,
  type LocalDate,
} from "../../time/zone";

export type ChipKind = "estimate" | "date" | "time" | "course" | "priority";

export interface Chip {
  kind: ChipKind;
  /* The words as typed, by which it is refused. */
  words: string;
}

export interface ReadLine {
  title: string;
  estimateMin: number;
  due: number;
  course: Course | undefined;
  priority: number;
  chips: Chip[];
  /* A date that does not exist: the words, the month (1–12) and its number of days. */
  noSuchDay: { words: string; month: number; days: number } | null;
  /* A #word that is no course. */
  noSuchCourse: string | null;
}

export interface Context {
  now: number;
  zone: string;
  courses: readonly Course[];
  refused: ReadonlySet<string>;
}

export const DEFAULT_ESTIMATE_MIN = 60;
export const DEFAULT_DUE_DAYS = 7;
export const END_OF_DAY = 23 * 60 + 59;
const ESTIMATE_MAX_MIN = 6000;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = `(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)`;
const LEAD = `(?:(?:by|due|on|until|till|before|at)\\s+)?`;

const word = (body: string) => new RegExp(`(?<![\\p{L}\\p{N}#.:])${body}(?![\\p{L}\\p{N}])`, "giu");

interface Match {
  words: string;
  at: number;
  groups: (string | undefined)[];
}

/* The last place where it stands, unless refused: what is due usually comes at the end. */
function last(text: string, pattern: RegExp, refused: ReadonlySet<string>): Match | null {
  let found: Match | null = null;
  for (const m of text.matchAll(pattern)) {
    if (!refused.has(m[0].trim().toLowerCase()))
      found = { words: m[0], at: m.index, groups: m.slice(1) };
  }
  return found;
}

const blank = (text: string, m: Match) =>
  text.slice(0, m.at) + " ".repeat(m.words.length) + text.slice(m.at + m.words.length);

/* "2h30", "2 h 30", "1.5h", "90 min": minutes, or null. */
export function parseDuration(text: string): number | null {
  const hours =
    /^(\d{1,3}(?:[.,]\d{1,2})?)\s*h(?:ours?|rs?)?(?:\s*(\d{1,2})\s*(?:m(?:in(?:utes?)?)?)?)?$/i.exec(
      text.trim(),
    );
  const minutes = /^(\d{1,4})\s*m(?:in(?:ute)?s?)?$/i.exec(text.trim());
  let total: number;
  if (hours)
    total = Math.round(Number((hours[1] ?? "").replace(",", ".")) * 60) + Number(hours[2] ?? 0);
  else if (minutes) total = Number(minutes[1]);
  else return null;
  return total >= 1 && total <= ESTIMATE_MAX_MIN ? total : null;
}

type DateReading = { date: LocalDate } | { month: number; days: number };

interface Rule {
  pattern: RegExp;
  read: (groups: (string | undefined)[], today: LocalDate) => DateReading;
}

function calendarDay(
  year: number | null,
  month: number,
  day: number,
  today: LocalDate,
): DateReading {
  const thisYear = Number(today.slice(0, 4));
  let y = year ?? thisYear;
  if (!isDate(y, month, day)) return { month, days: new Date(Date.UTC(y, month, 0)).getUTCDate() };
  if (year === null && makeDate(y, month, day) < today) y++;
  return isDate(y, month, day) ? { date: makeDate(y, month, day) } : { month, days: 28 };
}

const monthOf = (name: string | undefined) =>
  MONTHS.indexOf((name ?? "").slice(0, 3).toLowerCase()) + 1;

const RULES: Rule[] = [
  {
    pattern: word(`${LEAD}(\\d{4})-(\\d{2})-(\\d{2})`),
    read: ([y, m, d], today) => calendarDay(Number(y), Number(m), Number(d), today),
  },
  {
    pattern: word(`${LEAD}(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?`),
    read: ([d, m, y], today) => calendarDay(y ? Number(y) : null, Number(m), Number(d), today),
  },
  {
    pattern: word(`${LEAD}(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(${MONTH})\\.?`),
    read: ([d, m], today) => calendarDay(null, monthOf(m), Number(d), today),
  },
  {
    pattern: word(`${LEAD}(${MONTH})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?`),
    read: ([m, d], today) => calendarDay(null, monthOf(m), Number(d), today),
  },
  {
    pattern: word(`${LEAD}(today|tonight|tomorrow|tmr)`),
    read: ([w], today) => ({ date: addDays(today, /^t(?:om|mr)/i.test(w ?? "") ? 1 : 0) }),
  },
  {
    pattern: word(`in\\s+(\\d{1,3})\\s+(days?|weeks?)`),
    read: ([n, unit], today) => ({
      date: addDays(today, Number(n) * (/^w/i.test(unit ?? "") ? 7 : 1)),
    }),
  },
  {
    pattern: word(`${LEAD}(next\\s+)?(${DAY})`),
    read: ([next, name], today) => {
      const day = DAYS.indexOf((name ?? "").slice(0, 3).toLowerCase()) + 1;
      if (next) return { date: addDays(mondayOf(today), 6 + day) };
      return { date: addDays(today, (day - weekdayOf(today) + 7) % 7) };
    },
  },
];

const TIMES: { pattern: RegExp; read: (g: (string | undefined)[]) => number }[] = [
  {
    pattern: word(`${LEAD}([01]?\\d|2[0-3]):([0-5]\\d)`),
    read: ([h, m]) => Number(h) * 60 + Number(m),
  },
  {
    pattern: word(`${LEAD}(1[0-2]|[1-9])(?:[:.]([0-5]\\d))?\\s?([ap])m`),
    read: ([h, m, half]) =>
      ((Number(h) % 12) + (half?.toLowerCase() === "p" ? 12 : 0)) * 60 + Number(m ?? 0),
  },
  { pattern: word(`${LEAD}(noon)`), read: () => 720 },
];

const DURATIONS = word(
  `(\\d{1,3}(?:[.,]\\d{1,2})?\\s?h(?:ours?|rs?)?(?:\\s?\\d{2}(?!\\s*(?:[.:]|${MONTH}))(?:\\s?m(?:in)?)?)?|\\d{1,4}\\s?m(?:in(?:utes?)?)?)`,
);

function title(text: string): string {
  const words = text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\s,;–-]+$/, "")
    .replace(/\s(?:by|due|on|until|till|before|at|for)$/i, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function readLine(line: string, context: Context): ReadLine {
  const { now, zone, courses, refused } = context;
  const today = wallAt(now, zone);
  const chips: Chip[] = [];
  let rest = line;
  const take = (kind: ChipKind, match: Match) => {
    rest = blank(rest, match);
    chips.push({ kind, words: match.words.trim() });
  };

  let estimateMin = DEFAULT_ESTIMATE_MIN;
  const length = last(rest, DURATIONS, refused);
  const minutes = length && parseDuration(length.words);
  if (length && minutes !== null) {
    estimateMin = minutes;
    take("estimate", length);
  }

  let time: number | null = null;
  for (const rule of TIMES) {
    const match: Match | null = time === null ? last(rest, rule.pattern, refused) : null;
    if (match) {
      time = rule.read(match.groups);
      take("time", match);
    }
  }

  let date: LocalDate | null = null;
  let weekday = false;
  let noSuchDay: ReadLine["noSuchDay"] = null;
  for (const rule of RULES) {
    const match: Match | null =
      date === null && !noSuchDay ? last(rest, rule.pattern, refused) : null;
    if (!match) continue;
    const reading = rule.read(match.groups, today.date);
    if ("date" in reading) {
      date = reading.date;
      weekday = rule === RULES[RULES.length - 1];
      take("date", match);
    } else noSuchDay = { words: match.words.trim(), ...reading };
  }

  let course: Course | undefined;
  let noSuchCourse: string | null = null;
  const tag = last(rest, /(?<!\S)#([\p{L}\p{N}-]+)/giu, refused);
  if (tag) {
    const name = (tag.groups[0] ?? "").toLowerCase();
    course =
      courses.find((c) => c.code.toLowerCase() === name) ??
      courses.find((c) => c.name.toLowerCase().startsWith(name));
    if (course) take("course", tag);
    else noSuchCourse = tag.words;
  }

  let priority = 3;
  const mark = last(rest, /(?<!\S)!([1-5])(?!\S)/g, refused);
  if (mark) {
    priority = Number(mark.groups[0]);
    take("priority", mark);
  }

  return {
    title: title(rest),
    estimateMin,
    due: dueOf(date, time, weekday, today, now, zone),
    course,
    priority,
    chips,
    noSuchDay,
    noSuchCourse,
  };
}

/* A time alone is its next occurrence, a day alone ends at its last minute; a weekday that has
   passed by today's clock is next week's. */
function dueOf(
  date: LocalDate | null,
  time: number | null,
  weekday: boolean,
  today: { date: LocalDate; minutes: number },
  now: number,
  zone: string,
): number {
  if (date === null && time === null)
    return instantOf(addDays(today.date, DEFAULT_DUE_DAYS), END_OF_DAY, zone);
  const day =
    date ?? (time !== null && time <= today.minutes ? addDays(today.date, 1) : today.date);
  const due = instantOf(day, time ?? END_OF_DAY, zone);
  return weekday && due <= now ? instantOf(addDays(day, 7), time ?? END_OF_DAY, zone) : due;
}
