/* What the log says, worked out for the page: weeks as the reader begins them, the days of a stretch,
   courses, rows of days. No sentence here and no drawing. */

import type { Statistics } from "../../api/schema";
import { addDays, daysBetween, type LocalDate } from "../../time/zone";

type Work = Statistics["work"][number];

export interface Part {
  courseId: string | null;
  minutes: number;
}

export interface Stretch {
  from: LocalDate;
  minutes: number;
  /* Of courses with work, the one with the most of the whole picture first. */
  parts: Part[];
}

const sum = (work: readonly { minutes: number }[]) => work.reduce((all, w) => all + w.minutes, 0);

/* By course, the most first. */
export function partsOf(work: readonly Work[]): Part[] {
  const minutes = new Map<string | null, number>();
  for (const w of work) minutes.set(w.course_id, (minutes.get(w.course_id) ?? 0) + w.minutes);
  return [...minutes]
    .map(([courseId, n]) => ({ courseId, minutes: n }))
    .sort((a, b) => b.minutes - a.minutes);
}

/* The `count` weeks up to the one that `today` is in; `startOf` says where a week begins. */
export function weeksOf(
  work: readonly Work[],
  today: LocalDate,
  count: number,
  startOf: (date: LocalDate) => LocalDate,
): Stretch[] {
  const last = startOf(today);
  const order = partsOf(work).map((p) => p.courseId);
  return Array.from({ length: count }, (_, i) => {
    const from = addDays(last, (i + 1 - count) * 7);
    const until = addDays(from, 7);
    const here = work.filter((w) => w.date >= from && w.date < until);
    const parts = partsOf(here).sort(
      (a, b) => order.indexOf(a.courseId) - order.indexOf(b.courseId),
    );
    return { from, minutes: sum(here), parts };
  });
}

export interface Day {
  date: LocalDate;
  planned: number;
  done: number;
}

/* The `count` days up to today. */
export function daysOf(figures: Statistics, today: LocalDate, count: number): Day[] {
  const planned = new Map(figures.planned.map((p) => [p.date, p.minutes]));
  return Array.from({ length: count }, (_, i) => {
    const date = addDays(today, i + 1 - count);
    const done = sum(figures.work.filter((w) => w.date === date));
    return { date, planned: planned.get(date) ?? 0, done };
  });
}

/* A row of days with work. A break of up to two days belongs to it: rest is part of working, and one
   quiet weekend undoes nothing. */
export interface Row {
  from: LocalDate;
  until: LocalDate;
  days: number;
}

const BREAK_DAYS = 2;

export function rowsOf(work: readonly Work[]): Row[] {
  const dates = [...new Set(work.filter((w) => w.minutes > 0).map((w) => w.date))].sort();
  const rows: Row[] = [];
  for (const date of dates) {
    const row = rows[rows.length - 1];
    if (row && daysBetween(row.until, date) <= BREAK_DAYS + 1) {
      row.until = date;
      row.days++;
    } else {
      rows.push({ from: date, until: date, days: 1 });
    }
  }
  return rows;
}

/* The row that goes on, if one does. */
export function rowNow(work: readonly Work[], today: LocalDate): Row | null {
  const last = rowsOf(work).at(-1);
  return last && daysBetween(last.until, today) <= BREAK_DAYS + 1 ? last : null;
}
