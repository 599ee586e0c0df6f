/* When the next of a series of tasks is due, as the server makes it when one is finished
   (domain/repeat.c): the same time on the wall, so many days or weeks later, and not one that has
   passed. */

import { addDays, daysBetween, instantOf, wallAt, type LocalDate } from "./zone";

export interface Series {
  unit: "none" | "day" | "week";
  every: number;
  /* The last day on which one may be due; null: without end. */
  until: LocalDate | null;
}

/* null: there is no next one. */
export function nextDue(series: Series, due: number, zone: string, now: number): number | null {
  if (series.unit === "none") return null;
  const step = series.every * (series.unit === "week" ? 7 : 1);
  const first = wallAt(due, zone);
  const passed = Math.trunc(daysBetween(first.date, wallAt(now, zone).date) / step);
  let date = addDays(first.date, Math.max(1, passed) * step);
  if (instantOf(date, first.minutes, zone) <= now) date = addDays(date, step);
  return series.until !== null && date > series.until ? null : instantOf(date, first.minutes, zone);
}
