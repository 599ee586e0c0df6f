/* A day as it is lived: what is on, what comes next, what else today holds, and what is done. */

import type { Block, Occurrence, Schedule, Task, WorkEntry } from "../../api/schema";
import { addDays, instantOf, wallAt, type LocalDate } from "../../time/zone";

export interface Day {
  date: LocalDate;
  /* The block under way. */
  now: Block | null;
  /* The first block that is still to begin, today or later. */
  next: Block | null;
  /* What today still holds beside `now`, by start. */
  rest: Planned[];
  /* Minutes of study that are still planned today. */
  leftMin: number;
  /* When the last of them ends. */
  until: string | null;
}

export type Planned = { start: string; end: string } & (
  { block: Block } | { occurrence: Occurrence; on: boolean }
);

const MINUTE_MS = 60_000;

const at = (text: string) => Date.parse(text);

export const minutesBetween = (from: number, to: number) => Math.max(0, to - from) / MINUTE_MS;

export function dayOf(plan: Schedule, occurrences: readonly Occurrence[], now: number): Day {
  const { date } = wallAt(now, plan.zone);
  const end = instantOf(addDays(date, 1), 0, plan.zone);
  const ahead = plan.blocks.filter((b) => at(b.end) > now);
  const under = ahead.find((b) => at(b.start) <= now) ?? null;
  const next = ahead.find((b) => at(b.start) > now) ?? null;
  const today = ahead.filter((b) => at(b.start) < end);
  const events = occurrences.filter((o) => !o.all_day && at(o.end) > now && at(o.start) < end);
  return {
    date,
    now: under,
    next,
    rest: [
      ...today.filter((b) => b !== under).map((b) => ({ start: b.start, end: b.end, block: b })),
      ...events.map((o) => ({
        start: o.start,
        end: o.end,
        occurrence: o,
        on: at(o.start) <= now,
      })),
    ].sort((a, b) => at(a.start) - at(b.start)),
    leftMin: today.reduce(
      (sum, b) => sum + minutesBetween(Math.max(now, at(b.start)), at(b.end)),
      0,
    ),
    until: today[today.length - 1]?.end ?? null,
  };
}

/* Something done today: work that was logged, or a task that was finished without any. */
export type Done = { task: Task | undefined } & ({ entry: WorkEntry } | { finished: string });

/* By the time it ended. A running stretch is not done. */
export function doneOn(
  date: LocalDate,
  zone: string,
  work: readonly WorkEntry[],
  tasks: readonly Task[],
): Done[] {
  const byId = new Map(tasks.map((t) => [t.id, t]));
  const on = (instant: string | null) =>
    instant !== null && wallAt(at(instant), zone).date === date;
  const entries = work.filter((w) => w.minutes > 0 && on(w.end));
  const logged = new Set(entries.map((w) => w.task_id));
  const time = (d: Done) => at("entry" in d ? (d.entry.end ?? d.entry.start) : d.finished);
  return [
    ...entries.map((entry) => ({ task: byId.get(entry.task_id), entry })),
    ...tasks
      .filter((t) => t.state === "done" && on(t.completed) && !logged.has(t.id))
      .map((task) => ({ task, finished: task.completed ?? "" })),
  ].sort((a, b) => time(a) - time(b));
}

/* Logged minutes of each date, by when the work began. */
export function loggedByDay(work: readonly WorkEntry[], zone: string): Map<LocalDate, number> {
  const sums = new Map<LocalDate, number>();
  for (const w of work) {
    const { date } = wallAt(at(w.start), zone);
    sums.set(date, (sums.get(date) ?? 0) + w.minutes);
  }
  return sums;
}
