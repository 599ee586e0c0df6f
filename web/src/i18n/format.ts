/* Numbers, durations, dates and times of day as people read them, in the manner of the reader:
   names and times come from Intl, only the order of day and month is ours. `writeIn` sets the
   manner; everything shown goes through here. */

import { addDays, wallAt, weekdayOf, type LocalDate } from "../time/zone";

export type Language = "en" | "de";

export interface Manner {
  language: Language;
  /* A locale of that language: its region decides what is left to the device. */
  locale: string;
  clock: "device" | "24h" | "12h";
  weekStart: "device" | "monday" | "saturday" | "sunday";
}

const NB = "\u00a0";
const FIRST_DAYS = { monday: 1, saturday: 6, sunday: 7 };

let manner: Manner = { language: "en", locale: "en-GB", clock: "device", weekStart: "device" };
const memo = new Map<string, string>();

export function writeIn(next: Manner): void {
  memo.clear();
  manner = next;
}

/* What a manner needs is made when it is first used: making a format takes longer than using it often. */
function once<T>(make: (manner: Manner) => T): () => T {
  let made: { of: Manner; it: T } | undefined;
  return () => {
    if (made?.of !== manner) made = { of: manner, it: make(manner) };
    return made.it;
  };
}

const numbers = (options?: Intl.NumberFormatOptions) =>
  once(({ locale }) => new Intl.NumberFormat(locale, options));
const dates = (options: Intl.DateTimeFormatOptions) =>
  once(({ locale }) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }));

const formats = {
  number: numbers(),
  tenth: numbers({ maximumFractionDigits: 1 }),
  hour: numbers({ style: "unit", unit: "hour", unitDisplay: "long" }),
  minute: numbers({ style: "unit", unit: "minute", unitDisplay: "long" }),
  plural: once(({ locale }) => new Intl.PluralRules(locale)),
  list: once(({ locale }) => new Intl.ListFormat(locale, { type: "conjunction" })),
  either: once(({ locale }) => new Intl.ListFormat(locale, { type: "disjunction" })),
  /* Not hour12, which some locales take to count from 0: "0:00 pm" at noon. */
  twelve: dates({ hour: "numeric", minute: "2-digit", hourCycle: "h12" }),
  twelveHour: dates({ hour: "numeric", hourCycle: "h12" }),
  range: dates({ day: "numeric", month: "long" }),
  shortDay: dates({ weekday: "short" }),
  longDay: dates({ weekday: "long" }),
  shortMonth: dates({ month: "short" }),
  longMonth: dates({ month: "long" }),
  monthYear: dates({ month: "long", year: "numeric" }),
};

function monthComesFirst(locale: string): boolean {
  const order = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" })
    .formatToParts()
    .map((part) => part.type);
  return order.indexOf("month") < order.indexOf("day");
}

const usesTwelve = (locale: string) =>
  new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;

/* Week data is young: the name of the property moved, and some browsers have none. */
function firstDayIn(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

const isTwelve = once(({ locale, clock }) =>
  clock === "device" ? usesTwelve(locale) : clock === "12h",
);
const startOfWeek = once(({ locale, weekStart }) =>
  weekStart === "device" ? firstDayIn(locale) : FIRST_DAYS[weekStart],
);

export const spokenLanguage = () => manner.language;
/* Whether 3/5 is the fifth of March. */
export const writesMonthFirst = once(({ locale }) => monthComesFirst(locale));

/* "2 h 45", "30 min", "0 min": never broken over a line. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return `${rest}${NB}min`;
  return rest === 0 ? `${hours}${NB}h` : `${hours}${NB}h${NB}${String(rest).padStart(2, "0")}`;
}

/* The same in words, for a screen reader. */
export function spokenDuration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const m = formats.minute().format(rest);
  if (hours === 0) return m;
  const h = formats.hour().format(hours);
  return rest === 0 ? h : `${h} ${m}`;
}

/* Short enough for a narrow column: "2:45". */
export function tightDuration(minutes: number): string {
  const whole = Math.round(minutes);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export const percent = (share: number) => pc(share * 100);
/* Of a hundred: 57 is "57 %". */
export const pc = (n: number) => `${Math.round(n)}${NB}%`;

export const count = (n: number) => formats.number().format(n);

/* "4.2 MB", in steps of 1024, as the server counts. */
export function fileSize(bytes: number): string {
  const units = [
    manner.language === "de" ? "Byte" : bytes === 1 ? "byte" : "bytes",
    "kB",
    "MB",
    "GB",
  ];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  const format = size < 100 && unit > 0 ? formats.tenth() : formats.number();
  return `${format.format(unit > 0 && size >= 100 ? Math.round(size) : size)}${NB}${units[unit] ?? ""}`;
}

export function plural(n: number, one: string, other: string): string {
  return `${count(n)}${NB}${formats.plural().select(n) === "one" ? one : other}`;
}

export const list = (items: string[]) => formats.list().format(items);
/* "Mon, Tue or Wed" */
export const either = (items: string[]) => formats.either().format(items);

/* Dates are formatted as UTC noon of the local date, so no zone can move them. */
const noonOf = (date: LocalDate) => Date.parse(`${date}T12:00:00Z`);

type DatePart = "shortDay" | "longDay" | "shortMonth" | "longMonth" | "monthYear";

function part(date: LocalDate, name: DatePart): string {
  const key = date + name;
  let text = memo.get(key);
  if (text === undefined) {
    text = formats[name]().format(noonOf(date));
    memo.set(key, text);
  }
  return text;
}

/* As it stands in a date: "26", in German "26.". */
const ordinal = (date: LocalDate) => dayNumber(date) + (manner.language === "de" ? "." : "");
const inOrder = (day: string, month: string, space: string) =>
  writesMonthFirst() ? `${month}${space}${day}` : `${day}${space}${month}`;

export const dayNumber = (date: LocalDate) => String(Number(date.slice(8)));
export const shortDay = (date: LocalDate) => part(date, "shortDay");
export const longDay = (date: LocalDate) => part(date, "longDay");
const shortMonth = (date: LocalDate) => part(date, "shortMonth");
export const longMonth = (date: LocalDate) => part(date, "longMonth");
/* "November 2026" */
export const monthYear = (date: LocalDate) => part(date, "monthYear");

/* Which November is meant goes without saying when it is the nearest. */
const FAR_MS = 180 * 86_400_000;
const isFar = (date: LocalDate) => Math.abs(noonOf(date) - Date.now()) > FAR_MS;

/* Behind the day and month of a date that is far from today: its year. */
function farYear(date: LocalDate, space = NB): string {
  if (!isFar(date)) return "";
  return (writesMonthFirst() ? "," : "") + space + date.slice(0, 4);
}

/* "26 Nov", "26. Nov", "Nov 26" */
export const dayMonth = (date: LocalDate) => inOrder(ordinal(date), shortMonth(date), NB);
/* "Thu 26 Nov"; far from today "Thu 26 Nov 2031" */
export const dayDate = (date: LocalDate) =>
  `${shortDay(date)}${NB}${dayMonth(date)}${farYear(date)}`;
/* "Thu 26" */
export const dayShort = (date: LocalDate) => `${shortDay(date)}${NB}${ordinal(date)}`;
/* "Thursday 26 November", "Donnerstag, 26. November", "Thursday, November 26"; far from today with
   the year */
export const dayLong = (date: LocalDate) =>
  `${longDay(date)}${writesMonthFirst() || manner.language === "de" ? "," : ""} ${inOrder(ordinal(date), longMonth(date), " ")}${farYear(date, " ")}`;

/* "16–22 November", "30 Nov – 6 Dec"; far from today "16–22 November 2031" */
export const weekRange = (first: LocalDate, last: LocalDate) =>
  daysRange(first, last) + farYear(last, " ");

function daysRange(first: LocalDate, last: LocalDate): string {
  if (first.slice(0, 7) !== last.slice(0, 7)) return `${dayMonth(first)} – ${dayMonth(last)}`;
  const key = `${first} ${last}`;
  let text = memo.get(key);
  if (text === undefined) {
    text = formats
      .range()
      .formatRange(noonOf(first), noonOf(last))
      .replace(/\s*–\s*/g, "–");
    memo.set(key, text);
  }
  return text;
}

/* A Monday to take weekday names from. */
const A_MONDAY = "2024-01-01";
const nth = (day: number) => A_MONDAY.slice(0, 9) + String(day);
export const weekdayShort = (day: number) => shortDay(nth(day));
export const weekdayLong = (day: number) => longDay(nth(day));

/* The days of a week in the order they are shown; 1 is Monday. */
export const weekDays = (): number[] =>
  Array.from({ length: 7 }, (_, i) => ((startOfWeek() - 1 + i) % 7) + 1);
/* The first day of the week around a date. */
export const weekStartOf = (date: LocalDate): LocalDate =>
  addDays(date, -((weekdayOf(date) - startOfWeek() + 7) % 7));

const spaced = (text: string) => text.replace(/[\u202f ]/g, NB);

/* Minutes since midnight as a time of day: "17:00", "5:00 pm". */
export function time(minutes: number): string {
  if (isTwelve()) return spaced(formats.twelve().format(minutes * 60_000));
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/* A whole hour on an axis: "17:00", "5 pm"; without the word of newer browsers' "5 Uhr PM". */
export const hourMark = (hour: number) =>
  isTwelve()
    ? formats
        .twelveHour()
        .formatToParts(hour * 3_600_000)
        .filter(({ type }) => type === "hour" || type === "dayPeriod")
        .map(({ value }) => value)
        .join(NB)
    : `${hour}:00`;

/* Now beside such an axis, whose marks say which half of the day it is: "17:05", "5:05". */
export const nowMark = (minutes: number) =>
  isTwelve()
    ? formats
        .twelve()
        .formatToParts(minutes * 60_000)
        .filter(({ type }) => type === "hour" || type === "minute")
        .map(({ value }) => value)
        .join(":")
    : time(minutes);

const millis = (instant: number | string) =>
  typeof instant === "string" ? Date.parse(instant) : instant;

export const clock = (instant: number | string, zone: string) =>
  time(wallAt(millis(instant), zone).minutes);

/* "Thu 26 Nov 12:00" */
export function moment(instant: number | string, zone: string): string {
  const wall = wallAt(millis(instant), zone);
  return `${dayDate(wall.date)}${NB}${time(wall.minutes)}`;
}

/* "Thu 12:00": within about a week. */
export function shortMoment(instant: number | string, zone: string): string {
  const wall = wallAt(millis(instant), zone);
  return `${shortDay(wall.date)}${NB}${time(wall.minutes)}`;
}

/* "12:00–13:30" */
export const clockRange = (start: string, end: string, zone: string) =>
  `${clock(start, zone)}–${clock(end, zone)}`;
