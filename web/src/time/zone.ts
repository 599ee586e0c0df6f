/* Wall clocks and instants in a named zone, by the browser's own zone tables (Intl).

   Instants are milliseconds since 1970 UTC; a local date is "YYYY-MM-DD"; a wall time is minutes
   since that date's midnight. Arithmetic on dates never touches a zone. */

export type LocalDate = string;
export type Minutes = number;

export interface Wall {
  date: LocalDate;
  minutes: Minutes;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/* The wall clock changes only on quarter hours, so one look-up serves the whole quarter. */
const offsets = new Map<string, Map<number, number>>();
const OFFSETS_MAX = 20_000;

/* What to add to UTC to read the wall clock, in milliseconds. A day of UTC that begins and ends with the
   same has it throughout: to ask for an hour of it costs more than to remember. */
export function offsetAt(instant: number, zone: string): number {
  const day = Math.floor(instant / DAY) * DAY;
  const offset = offsetRead(day, zone);
  return offset === offsetRead(day + DAY, zone) ? offset : offsetRead(instant, zone);
}

function offsetRead(instant: number, zone: string): number {
  let known = offsets.get(zone);
  if (!known || known.size > OFFSETS_MAX) {
    known = new Map();
    offsets.set(zone, known);
  }
  const quarter = Math.floor(instant / (15 * MINUTE));
  let offset = known.get(quarter);
  if (offset === undefined) {
    const at = quarter * 15 * MINUTE;
    const read: Record<string, number> = {};
    for (const part of partsFormat(zone).formatToParts(at)) read[part.type] = Number(part.value);
    const wall = Date.UTC(
      read["year"] ?? 0,
      (read["month"] ?? 1) - 1,
      read["day"],
      read["hour"],
      read["minute"],
      read["second"],
    );
    offset = wall - at;
    known.set(quarter, offset);
  }
  return offset;
}

export function wallAt(instant: number, zone: string): Wall {
  const wall = instant + offsetAt(instant, zone);
  const midnight = Math.floor(wall / DAY) * DAY;
  return { date: dateOfUtc(midnight), minutes: Math.floor((wall - midnight) / MINUTE) };
}

/* The instant at which the wall shows this. A time that occurs twice means the first; one that is
   skipped means as much after the gap as it lies inside it. Minutes may be 1440 ("24:00"). */
export function instantOf(date: LocalDate, minutes: Minutes, zone: string): number {
  const wall = utcOfDate(date) + minutes * MINUTE;
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  for (const offset of [before, after]) {
    if (offsetAt(wall - offset, zone) === offset) return wall - offset;
  }
  return wall - before;
}

function utcOfDate(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function dateOfUtc(ms: number): LocalDate {
  return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfUtc(utcOfDate(date) + days * DAY);
}

/* Days from a to b; negative when b is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return Math.round((utcOfDate(b) - utcOfDate(a)) / DAY);
}

/* 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: LocalDate): number {
  return ((new Date(utcOfDate(date)).getUTCDay() + 6) % 7) + 1;
}

export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

/* Whether the calendar has such a day: 31 November does not exist. */
export function isDate(year: number, month: number, day: number): boolean {
  const d = new Date(Date.UTC(year, month - 1, day));
  return d.getUTCFullYear() === year && d.getUTCMonth() === month - 1 && d.getUTCDate() === day;
}

export function makeDate(year: number, month: number, day: number): LocalDate {
  return dateOfUtc(Date.UTC(year, month - 1, day));
}

/* "HH:MM", and 24:00 for the end of a day. */
export function wallText(minutes: Minutes): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/* Minutes of "HH:MM" up to 24:00, or null. */
export function parseWall(text: string): Minutes | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minutes <= 1440 ? minutes : null;
}

/* RFC 3339 in UTC without fractions, as the API writes it. */
export function instantText(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/* The zone this browser runs in. */
export function detectZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/* All zones this browser knows; `also` is kept even when it is not among them. */
export function knownZones(also: string): string[] {
  const zones = new Set(Intl.supportedValuesOf("timeZone"));
  zones.add("UTC");
  zones.add(also);
  return [...zones].sort();
}
