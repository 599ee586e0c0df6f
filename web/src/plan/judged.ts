/* What the second checker judges, in whole slots: the tasks, the days and the blocks that lie ahead.
   Read from what was promised, not from what the planner was asked. */

import type { Block, Schedule, Task } from "../api/schema";
import { wallAt } from "../time/zone";
import { SLOT_MIN } from "./loads";

const SLOT_MS = SLOT_MIN * 60_000;

/* A block. `from` is not before now; what lies before is `elapsed`. */
export interface Piece {
  block: Block;
  from: number;
  to: number;
  elapsed: number;
}

/* An open task: the slots it still needs, and its own dates. */
export interface Need {
  title: string;
  need: number;
  due: number;
  earliest: number;
  after: readonly string[];
}

export interface Day {
  date: string;
  /* Free windows, and how many slots of them there are: of the whole day, and from now on. */
  windows: readonly (readonly [number, number])[];
  free: number;
  ahead: readonly number[];
  /* Slots that were worked on that day. */
  done: number;
}

export interface Case {
  plan: Schedule;
  now: number;
  days: Day[];
  pieces: Piece[];
  /* What of the pieces is pinned, and how many slots should be. */
  parts: Piece[];
  pinned: number;
  /* Those that are not overdue. */
  tasks: Map<string, Need>;
  overdue: string[];
  /* Whether everything that is due lies within the days shown. */
  complete: boolean;
}

export const up = (instant: string) => Math.ceil(Date.parse(instant) / SLOT_MS);
export const down = (instant: string) => Math.floor(Date.parse(instant) / SLOT_MS);
export const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);

export const dateOf = ({ from }: Piece, zone: string) => wallAt(from * SLOT_MS, zone).date;

const slotsOf = (a: number, b: number) =>
  Array.from({ length: Math.max(0, b - a) }, (_, i) => a + i);

function daysOf(plan: Schedule, now: number): Day[] {
  return plan.days.map((d) => {
    const windows = d.windows.map((w) => [up(w.start), down(w.end)] as const);
    return {
      date: d.date,
      windows,
      free: sum(windows.map(([a, b]) => b - a)),
      ahead: windows.flatMap(([a, b]) => slotsOf(Math.max(a, now), b)),
      done: Math.floor(d.done_min / SLOT_MIN),
    };
  });
}

/* Slots that a task is to get: its estimate, or what its course makes of it, less what was worked.
   Worked out for itself, as everything here. */
function needOf(task: Task, plan: Schedule): number {
  const factor = plan.factors.find((f) => f.course_id === task.course_id);
  const { estimate_min: typed, worked_min: worked, remaining_min: left } = task;
  if (!factor) return Math.ceil(left / SLOT_MIN);
  if (left === 0 && worked < typed) return 0;
  const extra = ((factor.percent - 100) * Math.min(typed, worked + left)) / 100;
  const unused = extra > 0 ? Math.max(0, extra - Math.max(0, worked - typed)) : extra;
  /* What is off by a rounding of fractions is not another slot. */
  const slots = Math.ceil((left + unused) / SLOT_MIN - 1e-9);
  return Math.max(left > 0 ? 1 : 0, slots);
}

/* The parts of blocks that stand in pins of their tasks. */
function pinnedParts(pieces: readonly Piece[], tasks: readonly Task[]): Piece[] {
  const pins = new Map(tasks.map((t) => [t.id, t.pinned]));
  return pieces.flatMap((p) =>
    (pins.get(p.block.task_id) ?? [])
      .map((pin) => ({
        ...p,
        from: Math.max(p.from, up(pin.start)),
        to: Math.min(p.to, down(pin.end)),
      }))
      .filter((part) => part.from < part.to),
  );
}

/* Slots of pins ahead, as far as their tasks need them. */
function pinnedSlots(tasks: readonly Task[], needs: Case["tasks"], now: number): number {
  const ahead = tasks.map(({ id, pinned }) => {
    const slots = pinned.map((p) => Math.max(0, down(p.end) - Math.max(now, up(p.start))));
    return Math.min(needs.get(id)?.need ?? 0, sum(slots));
  });
  return sum(ahead);
}

/* A block that has begun counts as worked on, so its elapsed part is taken off its task. */
export function caseOf(plan: Schedule, tasks: readonly Task[]): Case {
  const now = up(plan.now);
  /* What ends within the present slot is under way, and nothing of it is left. */
  const lasting = (plan.proposal?.blocks ?? plan.blocks)
    .map((block) => ({
      block,
      from: Math.max(now, down(block.start)),
      to: up(block.end),
      elapsed: Math.max(0, now - down(block.start)),
    }))
    .filter((p) => Date.parse(p.block.end) > Date.parse(plan.now));
  const elapsed = (id: string) =>
    sum(lasting.filter((p) => p.block.task_id === id).map((p) => p.elapsed));
  const pieces = lasting.filter((p) => p.to > now);
  const open = tasks
    .filter((t) => t.state === "open")
    .map((t): [string, Need] => {
      const timed = plan.timed?.task_id === t.id ? plan.timed.minutes / SLOT_MIN : 0;
      const left = Math.max(0, needOf(t, plan) - timed);
      const need = Math.max(0, left - elapsed(t.id));
      const earliest = t.earliest === null ? now : Math.max(now, up(t.earliest));
      return [t.id, { title: t.title, need, due: down(t.due), earliest, after: t.prerequisites }];
    });
  const live = open.filter(([, t]) => t.due > now);
  const needs = new Map(live);
  const last = Math.max(...live.filter(([, t]) => t.need > 0).map(([, t]) => t.due), now);
  const seen = plan.days[plan.days.length - 1]?.date ?? "";
  return {
    plan,
    now,
    days: daysOf(plan, now),
    pieces,
    parts: pinnedParts(pieces, tasks),
    pinned: pinnedSlots(tasks, needs, now),
    tasks: needs,
    overdue: open.filter(([, t]) => t.due <= now && t.need > 0).map(([id]) => id),
    complete: wallAt(last * SLOT_MS, plan.zone).date <= seen,
  };
}
