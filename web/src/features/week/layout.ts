/* Where things stand in the week's columns: minutes since midnight on the wall clock. A block keeps
   its real length, so on the day the clocks change it may stand an hour off its neighbours. */

import type { Availability, Block, PlanDay, Schedule, Task } from "../../api/schema";
import { weekOf } from "../../plan/windows";
import { addDays, instantOf, wallAt, weekdayOf, type LocalDate } from "../../time/zone";

export interface Placed {
  a: number;
  b: number;
}

export interface PlacedBlock extends Placed {
  block: Block;
}

export interface Due {
  task: Task;
  minute: number;
}

export interface Column {
  date: LocalDate;
  day: PlanDay | undefined;
  free: Placed[];
  blocks: PlacedBlock[];
  due: Due[];
}

const placed = (span: { start: string; end: string }, zone: string): Placed => {
  const a = wallAt(Date.parse(span.start), zone).minutes;
  return { a, b: Math.min(1440, a + (Date.parse(span.end) - Date.parse(span.start)) / 60_000) };
};

/* What is due on each date; it stays while a plan changes. */
export function dueOf(tasks: readonly Task[], zone: string): ReadonlyMap<LocalDate, Due[]> {
  const due = new Map<LocalDate, Due[]>();
  for (const task of tasks) {
    if (task.state !== "open") continue;
    const wall = wallAt(Date.parse(task.due), zone);
    const list = due.get(wall.date) ?? [];
    list.push({ task, minute: wall.minutes });
    due.set(wall.date, list);
  }
  for (const list of due.values()) list.sort((x, y) => x.minute - y.minute);
  return due;
}

const NONE: never[] = [];

export function columnsOf(
  first: LocalDate,
  plan: Schedule,
  due: ReadonlyMap<LocalDate, Due[]>,
  availability: Availability | undefined,
): Column[] {
  const { zone } = plan;
  const days = new Map(plan.days.map((d) => [d.date, d]));
  const blocks = new Map<LocalDate, PlacedBlock[]>();
  const [from, until] = [instantOf(first, 0, zone), instantOf(addDays(first, 7), 0, zone)];
  for (const block of plan.blocks) {
    const start = Date.parse(block.start);
    if (start < from || start >= until) continue;
    const { date } = wallAt(start, zone);
    const list = blocks.get(date) ?? [];
    list.push({ block, ...placed(block, zone) });
    blocks.set(date, list);
  }
  const template = availability ? weekOf(availability.week) : [];
  return Array.from({ length: 7 }, (_, i) => {
    const date = addDays(first, i);
    const day = days.get(date);
    /* Days gone by are no longer planned; their free hours are the template's. */
    const free = day
      ? day.windows.map((w) => placed(w, zone))
      : (template[weekdayOf(date) - 1] ?? []).map((s) => ({ a: s.from, b: s.to }));
    return {
      date,
      day,
      free,
      blocks: (blocks.get(date) ?? []).sort((x, y) => x.a - y.a),
      due: due.get(date) ?? NONE,
    };
  });
}

const EARLIEST = 8;
const LATEST = 20;

/* The hours to show: those with anything in them, and an ordinary day at least. */
export function hoursOf(columns: readonly Column[]): { first: number; last: number } {
  let first = EARLIEST;
  let last = LATEST;
  for (const column of columns) {
    for (const { a, b } of [...column.free, ...column.blocks]) {
      first = Math.min(first, Math.floor(a / 60));
      last = Math.max(last, Math.ceil(b / 60));
    }
  }
  return { first, last };
}

export type Step = "left" | "right" | "up" | "down";

/* The block that an arrow key leads to: the next one of the day, or the nearest in time on the next
   day that has any. */
export function neighbour(columns: readonly Column[], start: string, step: Step): Block | null {
  const at = columns.findIndex((c) => c.blocks.some((p) => p.block.start === start));
  const column = columns[at];
  const index = column?.blocks.findIndex((p) => p.block.start === start) ?? -1;
  const here = column?.blocks[index];
  if (!column || !here) return null;
  if (step === "up" || step === "down")
    return column.blocks[index + (step === "up" ? -1 : 1)]?.block ?? null;
  const others = step === "left" ? columns.slice(0, at).reverse() : columns.slice(at + 1);
  const target = others.find((c) => c.blocks.length > 0);
  if (!target) return null;
  return target.blocks.reduce((best, p) =>
    Math.abs(p.a - here.a) < Math.abs(best.a - here.a) ? p : best,
  ).block;
}
