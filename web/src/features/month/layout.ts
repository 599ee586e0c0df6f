/* What stands in the cells of a month: whole weeks, as the reader begins them. */

import type { Occurrence, PlanDay, Schedule, Task } from "../../api/schema";
import { weekStartOf } from "../../i18n/format";
import { addDays, isDate, makeDate, wallAt, type LocalDate } from "../../time/zone";

export interface MonthDay {
  date: LocalDate;
  /* undefined: gone by, or too far ahead to be planned. */
  day: PlanDay | undefined;
  due: Task[];
  events: Occurrence[];
}

/* The dates of the weeks that a month ("2026-11") touches. */
export function datesOf(month: string): LocalDate[] {
  const out: LocalDate[] = [];
  const last = addDays(monthAfter(`${month}-01`, 1), -1);
  for (
    let date = weekStartOf(`${month}-01`);
    date <= last || out.length % 7;
    date = addDays(date, 1)
  )
    out.push(date);
  return out;
}

/* The same day of a later month, or its last day. */
export function monthAfter(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const at = year * 12 + month - 1 + months;
  let wanted = day;
  while (!isDate(Math.floor(at / 12), (at % 12) + 1, wanted)) wanted--;
  return makeDate(Math.floor(at / 12), (at % 12) + 1, wanted);
}

/* Where a key leads, or null. */
export function step(date: LocalDate, key: string): LocalDate | null {
  switch (key) {
    case "ArrowLeft":
      return addDays(date, -1);
    case "ArrowRight":
      return addDays(date, 1);
    case "ArrowUp":
      return addDays(date, -7);
    case "ArrowDown":
      return addDays(date, 7);
    case "Home":
      return weekStartOf(date);
    case "End":
      return addDays(weekStartOf(date), 6);
    case "PageUp":
      return monthAfter(date, -1);
    case "PageDown":
      return monthAfter(date, 1);
    default:
      return null;
  }
}

function push<T>(map: Map<LocalDate, T[]>, date: LocalDate, item: T): void {
  map.set(date, [...(map.get(date) ?? []), item]);
}

export function toMonth(
  dates: readonly LocalDate[],
  plan: Schedule,
  tasks: readonly Task[],
  occurrences: readonly Occurrence[],
): MonthDay[] {
  const days = new Map(plan.days.map((d) => [d.date, d]));
  const due = new Map<LocalDate, Task[]>();
  const events = new Map<LocalDate, Occurrence[]>();
  for (const task of [...tasks].sort((a, b) => Date.parse(a.due) - Date.parse(b.due)))
    if (task.state === "open") push(due, wallAt(Date.parse(task.due), plan.zone).date, task);
  for (const o of occurrences) {
    const last = wallAt(Date.parse(o.end) - 1, plan.zone).date;
    for (let d = wallAt(Date.parse(o.start), plan.zone).date; d <= last; d = addDays(d, 1))
      push(events, d, o);
  }
  return dates.map((date) => ({
    date,
    day: days.get(date),
    due: due.get(date) ?? [],
    events: events.get(date) ?? [],
  }));
}
