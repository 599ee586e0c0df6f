/* Where things stand in the week's columns: minutes since midnight on the wall clock. A block keeps
   its real length, so on the day the clocks change it may stand an hour off its neighbours. */

import type { Availability, Block, Occurrence, PlanDay, Schedule, Task } from "../../api/schema";
import { weekOf } from "../../plan/windows";
import { addDays, instantOf, parseWall, wallAt, weekdayOf, type LocalDate } from "../../time/zone";

export interface Placed {
  a: number;
  b: number;
}

export interface PlacedBlock extends Placed {
  block: Block;
}

/* The part of an occurrence that lies in a column; those that overlap stand side by side. */
export interface PlacedEvent extends Placed {
  occurrence: Occurrence;
  lane: number;
  lanes: number;
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
  events: PlacedEvent[];
  allDay: Occurrence[];
  due: Due[];
  /* Its free hours are not those of any week. */
  otherwise: boolean;
}

/* A night shift stands in two columns, so the column's date is part of it. */
export const occurrenceKey = (o: Occurrence, column: LocalDate) =>
  `${o.event_id} ${o.date} ${column}`;
export const dayKey = (date: LocalDate) => `day ${date}`;

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
const DAY = 1440;

/* Each day that an occurrence lies on, with its part of it. */
function partsOf(o: Occurrence, zone: string): { date: LocalDate; part: Placed }[] {
  const start = wallAt(Date.parse(o.start), zone);
  const end = wallAt(Date.parse(o.end), zone);
  if (end.date === start.date) return [{ date: start.date, part: placed(o, zone) }];
  const out = [{ date: start.date, part: { a: start.minutes, b: DAY } }];
  for (let date = addDays(start.date, 1); date < end.date; date = addDays(date, 1))
    out.push({ date, part: { a: 0, b: DAY } });
  if (end.minutes > 0) out.push({ date: end.date, part: { a: 0, b: end.minutes } });
  return out;
}

/* Gives those that overlap lanes beside each other; `list` is by start. */
function shareLanes(list: PlacedEvent[]): void {
  let group: PlacedEvent[] = [];
  let until = -1;
  const close = () => {
    const lanes = Math.max(1, ...group.map((p) => p.lane + 1));
    for (const p of group) p.lanes = lanes;
    group = [];
  };
  for (const p of list) {
    if (p.a >= until) close();
    const taken = new Set(group.filter((other) => other.b > p.a).map((other) => other.lane));
    while (taken.has(p.lane)) p.lane++;
    group.push(p);
    until = Math.max(group.length === 1 ? p.b : until, p.b);
  }
  close();
}

/* Events on each date; they stay while a plan changes. */
export function eventsByDay(occurrences: readonly Occurrence[], zone: string) {
  const timed = new Map<LocalDate, PlacedEvent[]>();
  const allDay = new Map<LocalDate, Occurrence[]>();
  for (const occurrence of occurrences) {
    for (const { date, part } of partsOf(occurrence, zone)) {
      if (occurrence.all_day || part.b - part.a >= DAY)
        allDay.set(date, [...(allDay.get(date) ?? []), occurrence]);
      else
        timed.set(date, [...(timed.get(date) ?? []), { occurrence, ...part, lane: 0, lanes: 1 }]);
    }
  }
  for (const list of timed.values()) {
    list.sort((x, y) => x.a - y.a || y.b - x.b);
    shareLanes(list);
  }
  return { timed, allDay };
}

export type DayEvents = ReturnType<typeof eventsByDay>;
const NO_EVENTS: DayEvents = { timed: new Map(), allDay: new Map() };

export function columnsOf(
  first: LocalDate,
  plan: Schedule,
  due: ReadonlyMap<LocalDate, Due[]>,
  availability: Availability | undefined,
  events: DayEvents = NO_EVENTS,
): Column[] {
  const { zone } = plan;
  const days = new Map(plan.days.map((d) => [d.date, d]));
  const blocks = new Map<LocalDate, PlacedBlock[]>();
  const from = instantOf(first, 0, zone);
  const until = instantOf(addDays(first, 7), 0, zone);
  for (const block of plan.blocks) {
    const start = Date.parse(block.start);
    if (start < from || start >= until) continue;
    const { date } = wallAt(start, zone);
    const list = blocks.get(date) ?? [];
    list.push({ block, ...placed(block, zone) });
    blocks.set(date, list);
  }
  const template = availability ? weekOf(availability.week) : [];
  const exceptions = new Map(availability?.exceptions.map((e) => [e.date, e.windows]));
  return Array.from({ length: 7 }, (_, i) => {
    const date = addDays(first, i);
    const day = days.get(date);
    const exception = exceptions.get(date);
    /* Days gone by are no longer planned; their free hours are the template's, or their own. */
    const free = day
      ? day.windows.map((w) => placed(w, zone))
      : (exception?.map((w) => ({ a: parseWall(w.start) ?? 0, b: parseWall(w.end) ?? 0 })) ??
        (template[weekdayOf(date) - 1] ?? []).map((s) => ({ a: s.from, b: s.to })));
    return {
      date,
      day,
      free,
      blocks: (blocks.get(date) ?? []).sort((x, y) => x.a - y.a),
      events: events.timed.get(date) ?? NONE,
      allDay: events.allDay.get(date) ?? NONE,
      due: due.get(date) ?? NONE,
      otherwise: exception !== undefined,
    };
  });
}

const sameList = <T>(x: readonly T[], y: readonly T[], same: (x: T, y: T) => boolean) =>
  x.length === y.length && x.every((item, i) => same(item, y[i] as T));

const samePart = (x: Placed, y: Placed) => x.a === y.a && x.b === y.b;

const sameBlock = ({ block: x }: PlacedBlock, { block: y }: PlacedBlock) =>
  x.task_id === y.task_id &&
  x.start === y.start &&
  x.end === y.end &&
  x.unfinished === y.unfinished;

/* Whether two columns look alike. */
const sameColumn = (x: Column, y: Column) =>
  x.date === y.date &&
  x.day?.free_min === y.day?.free_min &&
  x.day?.load_min === y.day?.load_min &&
  x.events === y.events &&
  x.allDay === y.allDay &&
  x.due === y.due &&
  x.otherwise === y.otherwise &&
  sameList(x.free, y.free, samePart) &&
  sameList(x.blocks, y.blocks, sameBlock);

/* Gives columns back, but for each that looks as the last time the one of the last time: what shows it
   need not be drawn anew at every frame of a what-if. */
export function steadily(): (columns: readonly Column[]) => Column[] {
  let before: readonly Column[] = [];
  return (columns) => {
    const steady = columns.map((column, i) => {
      const was = before[i];
      return was && sameColumn(was, column) ? was : column;
    });
    before = steady;
    return steady;
  };
}

const EARLIEST = 8;
const LATEST = 20;

export interface Hours {
  first: number;
  last: number;
}

/* The hours to show: those with anything in them, and an ordinary day at least. */
export function hoursOf(columns: readonly Column[], also: readonly Placed[] = []): Hours {
  let first = EARLIEST;
  let last = LATEST;
  for (const column of columns) {
    for (const { a, b } of [...column.free, ...column.blocks, ...column.events]) {
      first = Math.min(first, Math.floor(a / 60));
      last = Math.max(last, Math.ceil(b / 60));
    }
  }
  for (const { a, b } of also) {
    first = Math.min(first, Math.floor(a / 60));
    last = Math.max(last, Math.ceil(Math.min(DAY, b) / 60));
  }
  return { first, last };
}

export type Step = "left" | "right" | "up" | "down";

/* What arrow keys move between: a day's head, and below it its blocks and events by time. */
export interface Item {
  key: string;
  a: number;
}

const HEAD = -2;

export function itemsOf(column: Column, head: boolean): Item[] {
  return [
    ...(head ? [{ key: dayKey(column.date), a: HEAD }] : []),
    ...column.allDay.map((o) => ({ key: occurrenceKey(o, column.date), a: -1 })),
    ...[
      ...column.blocks.map((p) => ({ key: p.block.start, a: p.a })),
      ...column.events.map((p) => ({ key: occurrenceKey(p.occurrence, column.date), a: p.a })),
    ].sort((x, y) => x.a - y.a),
  ];
}

/* The item that an arrow key leads to: the next one of the day, or the nearest in time on the next
   day that has any; from head to head. */
export function neighbour(columns: readonly Column[], key: string, step: Step): string | null {
  const days = columns.map((column) => itemsOf(column, columns.length > 1));
  const at = days.findIndex((items) => items.some((item) => item.key === key));
  const items = days[at] ?? [];
  const index = items.findIndex((item) => item.key === key);
  const here = items[index];
  if (!here) return null;
  if (step === "up" || step === "down") return items[index + (step === "up" ? -1 : 1)]?.key ?? null;
  const others = step === "left" ? days.slice(0, at).reverse() : days.slice(at + 1);
  if (here.a === HEAD) return others[0]?.[0]?.key ?? null;
  const target = others.map((list) => list.filter((item) => item.a !== HEAD)).find((l) => l.length);
  if (!target) return null;
  return target.reduce((best, item) =>
    Math.abs(item.a - here.a) < Math.abs(best.a - here.a) ? item : best,
  ).key;
}
