/* From where an event was put to what the API is told: for one of its times, for those that follow,
   or for all of them. */

import type { EventChange, Occurrence, StudyEvent } from "../../api/schema";
import { readRule, writeRule } from "../../time/repeat";
import {
  addDays,
  daysBetween,
  instantOf,
  wallAt,
  wallText,
  weekdayOf,
  type LocalDate,
} from "../../time/zone";
import type { Place } from "./carry";

export type Scope = "one" | "following" | "all";

const DAY = 1440;

interface Times {
  date: LocalDate;
  start: string;
  end: string;
  /* From its first to its last day. */
  days: number;
}

/* On the wall of the event's own zone. */
function timesOf(event: StudyEvent, { date, a, b }: Place, zone: string): Times {
  const nights = Math.ceil(b / DAY) - 1;
  const own = event.zone ?? zone;
  if (own === zone)
    return { date, start: wallText(a), end: wallText(b - nights * DAY), days: nights };
  const start = wallAt(instantOf(date, a, zone), own);
  const end = wallAt(instantOf(addDays(date, nights), b - nights * DAY, zone), own);
  const days = daysBetween(start.date, end.date);
  const midnight = end.minutes === 0 && days > 0;
  return {
    date: start.date,
    start: wallText(start.minutes),
    end: wallText(midnight ? DAY : end.minutes),
    days: midnight ? days - 1 : days,
  };
}

/* One that was moved before is moved alone. */
export const asksFor = (event: StudyEvent, occurrence: Occurrence): boolean =>
  event.rule !== null && !event.moved.some((each) => each.date === occurrence.date);

/* null: it cannot be said of so many, only in the form or of one. */
export function changeFor(
  event: StudyEvent,
  occurrence: Occurrence,
  place: Place,
  zone: string,
  scope: Scope,
): EventChange | null {
  const times = timesOf(event, place, zone);
  if (event.rule === null) return { ...spanned(times, times.date) };
  if (scope === "one") return moveOne(event, occurrence.date, times);
  return moveSeries(event, event.rule, occurrence.date, times, scope);
}

const spanned = ({ start, end, days }: Times, date: LocalDate) => ({
  date,
  end_date: days > 0 ? addDays(date, days) : null,
  start,
  end,
});

function moveOne(event: StudyEvent, date: LocalDate, times: Times): EventChange | null {
  const span = event.end_date ? daysBetween(event.date, event.end_date) : 0;
  if (times.days !== span) return null;
  const was = event.moved.find((each) => each.date === date);
  const others = event.moved.filter((each) => each !== was);
  const { date: to, start, end } = times;
  const named = { title: was?.title ?? null, place: was?.place ?? null };
  const asEver =
    to === date &&
    start === event.start &&
    end === event.end &&
    named.title === null &&
    named.place === null;
  return { moved: asEver ? others : [...others, { date, to, start, end, ...named }] };
}

/* The weekday on which it was taken hold of becomes another; the others of its rule stay. */
function moveSeries(
  event: StudyEvent,
  rule: string,
  date: LocalDate,
  times: Times,
  scope: "following" | "all",
): EventChange | null {
  const first = scope === "all" ? event.date : date;
  const days = daysBetween(date, times.date);
  if (days === 0) return spanned(times, first);
  const count = /(?:^|;)(COUNT=\d+)/.exec(rule)?.[1];
  /* What is left of a count, only the server knows. */
  if (count && scope === "following") return null;
  const read = readRule(rule.replace(/;?COUNT=\d+/, ""), first);
  if (!read || (read.until && !/^\d{4}-\d\d-\d\d$/.test(read.until))) return null;
  const own = weekdayOf(date);
  const others = read.unit === "WEEKLY" ? read.days.filter((day) => day !== own) : [];
  const goes = (each: LocalDate) => others.length === 0 || weekdayOf(each) === own;
  const shifted = (each: LocalDate) => (goes(each) ? addDays(each, days) : each);
  /* The first day of any weekday that it now has. */
  const begins = [own, ...others]
    .map((day) => shifted(addDays(first, (day - weekdayOf(first) + 7) % 7)))
    .reduce((least, each) => (each < least ? each : least));
  if (read.unit === "WEEKLY") read.days = [...others, weekdayOf(times.date)];
  if (read.until && others.length === 0) read.until = addDays(read.until, days);
  const counted = (each: { date: LocalDate }) => each.date >= first;
  return {
    ...spanned(times, begins),
    rule: [writeRule(read, begins), ...(count ? [count] : [])].join(";"),
    skipped: event.skipped.filter(counted).map((each) => ({ date: shifted(each.date) })),
    moved: event.moved.filter(counted).map((each) => ({ ...each, date: shifted(each.date) })),
  };
}
