/* Numbers, durations and dates as people read them. Names of days and months come from Intl; only
   their order is the catalogue's, so another language changes `order` and the unit signs. */

import { wallAt, wallText, type LocalDate } from "../time/zone";

export const LOCALE = "en-GB";

const NB = "\u00a0";

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
  const h = hours === 1 ? "1 hour" : `${hours} hours`;
  const m = rest === 1 ? "1 minute" : `${rest} minutes`;
  if (hours === 0) return m;
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

const numbers = new Intl.NumberFormat(LOCALE);
export const count = (n: number) => numbers.format(n);

const plurals = new Intl.PluralRules(LOCALE);
export function plural(n: number, one: string, other: string): string {
  return `${count(n)}${NB}${plurals.select(n) === "one" ? one : other}`;
}

const lists = new Intl.ListFormat(LOCALE, { type: "conjunction" });
export const list = (items: string[]) => lists.format(items);

/* Dates are formatted as UTC noon of the local date, so no zone can move them. */
function parts(date: LocalDate, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: "UTC" }).format(
    Date.parse(`${date}T12:00:00Z`),
  );
}

const memo = new Map<string, string>();
function part(date: LocalDate, name: string, options: Intl.DateTimeFormatOptions): string {
  const key = date + name;
  let text = memo.get(key);
  if (text === undefined) {
    text = parts(date, options);
    memo.set(key, text);
  }
  return text;
}

export const dayNumber = (date: LocalDate) => String(Number(date.slice(8)));
export const shortDay = (date: LocalDate) => part(date, "wd", { weekday: "short" });
export const longDay = (date: LocalDate) => part(date, "wD", { weekday: "long" });
const shortMonth = (date: LocalDate) => part(date, "m", { month: "short" });
const longMonth = (date: LocalDate) => part(date, "M", { month: "long" });

/* "Thu 26 Nov" */
export const dayDate = (date: LocalDate) =>
  `${shortDay(date)}${NB}${dayNumber(date)}${NB}${shortMonth(date)}`;
/* "Thu 26" */
export const dayShort = (date: LocalDate) => `${shortDay(date)}${NB}${dayNumber(date)}`;
/* "Thursday 26 November" */
export const dayLong = (date: LocalDate) =>
  `${longDay(date)} ${dayNumber(date)} ${longMonth(date)}`;
/* "26 Nov" */
export const dayMonth = (date: LocalDate) => `${dayNumber(date)}${NB}${shortMonth(date)}`;

/* "16–22 November", "30 November – 6 December" */
export function weekRange(monday: LocalDate, sunday: LocalDate): string {
  if (monday.slice(0, 7) === sunday.slice(0, 7))
    return `${dayNumber(monday)}–${dayNumber(sunday)} ${longMonth(sunday)}`;
  return `${dayNumber(monday)}${NB}${shortMonth(monday)} – ${dayNumber(sunday)}${NB}${shortMonth(sunday)}`;
}

/* A Monday to take weekday names from. */
const A_MONDAY = "2024-01-01";
const nth = (day: number) => A_MONDAY.slice(0, 9) + String(day);
export const weekdayShort = (day: number) => shortDay(nth(day));
export const weekdayLong = (day: number) => longDay(nth(day));

export const clock = (instant: number | string, zone: string) =>
  wallText(wallAt(typeof instant === "string" ? Date.parse(instant) : instant, zone).minutes);

/* "Thu 26 Nov 12:00" */
export function moment(instant: number | string, zone: string): string {
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  const wall = wallAt(at, zone);
  return `${dayDate(wall.date)}${NB}${wallText(wall.minutes)}`;
}

/* "Thu 12:00": within about a week. */
export function shortMoment(instant: number | string, zone: string): string {
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  const wall = wallAt(at, zone);
  return `${shortDay(wall.date)}${NB}${wallText(wall.minutes)}`;
}

/* "12:00–13:30" */
export const clockRange = (start: string, end: string, zone: string) =>
  `${clock(start, zone)}–${clock(end, zone)}`;
