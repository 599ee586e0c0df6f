/*
 * What must be told of a stretch of work elsewhere (`move`), found otherwise: slot by slot, by
 * largest flows over what the stretch leaves, and by a plan in which it is pinned.
 */
import assert from "node:assert/strict";
import { mostOnTime } from "../../web/src/plan/flow.ts";
import { Problem, sum } from "./checker.ts";
import type { Elsewhere, Instance, Pair, Result } from "./format.ts";
import { Random } from "./generate.ts";
import { jobsOf } from "./later.ts";

const range = ([a, b]: Pair): number[] => Array.from({ length: b - a }, (_, i) => a + i);

/** Asks of a block of the plan, or of a part of it, whether it could be anywhere else. */
export function moved(
  instance: Instance,
  plan: Result["plan"],
  seed: number,
): Instance | undefined {
  const r = new Random(seed);
  const ahead = plan.filter(([, a]) => a >= instance.now);
  const block = ahead[r.int(0, ahead.length - 1)];
  const day = instance.days[r.int(0, instance.days.length - 1)];
  if (!block || !day) return undefined;
  const length = r.int(1, block[2] - block[1]);
  const window = day.free[r.int(0, day.free.length - 1)];
  let from = r.int(day.beg - 2, day.end);
  if (window && r.chance(0.8)) from = r.int(window[0] - 1, window[1]);
  return { ...instance, move: [block[0], from, from + length] };
}

/** What must be told, counted slot by slot and by flows. */
export function truth(
  instance: Instance,
  before: Result,
  after: Result,
): Omit<Elsewhere, "lacks" | "waits"> {
  const [id, a, b] = instance.move ?? [0, 0, 0];
  const task = instance.tasks.find((t) => t.id === id);
  assert.ok(task);
  const free = new Set(instance.days.flatMap((d) => d.free.flatMap(range)));
  const pinned = new Set((instance.pins ?? []).flatMap(([, x, y]) => range([x, y])));
  const told = { past: 0, taken: 0, outside: 0, early: 0, late: 0, over: 0, missed: 0 };
  for (const slot of range([a, b])) {
    if (slot < instance.now) told.past++;
    else if (pinned.has(slot)) told.taken++;
    else if (!free.has(slot)) told.outside++;
    else if (slot < (task.rel ?? slot)) told.early++;
    else if (slot >= task.due) told.late++;
  }
  if (told.past + told.taken > 0) return told;
  const inDays = range([a, b]).filter((s) => instance.days.some((d) => d.beg <= s && s < d.end));
  const problem = new Problem(instance);
  const limit = problem.capacities(instance.X);
  const there = problem.rooms.map(
    ({ day }) => inDays.filter((s) => day.beg <= s && s < day.end).length,
  );
  const above = (r: Result) => sum(r.loads.map((n, d) => Math.max(0, n - (limit[d] ?? 0))));
  told.over = above(after) - above(before);
  /* What it does on time, and the most of the rest beside it. */
  const done = Math.min(task.p, inDays.length);
  const late = inDays.slice(0, done).filter((s) => s >= task.due).length;
  const jobs = jobsOf(problem).map((j) => (j.id === id ? { ...j, p: j.p - done } : j));
  const days = problem.rooms.map((room) => room.slots.filter((s) => !inDays.includes(s)));
  const left = problem.rooms.map(({ day, total, slots }, d) => {
    const share = Math.max(0, Math.floor((total * instance.X[0]) / instance.X[1]) - day.done);
    const own = slots.filter((s) => !inDays.includes(s)).length;
    return Math.min(own, Math.max(0, share - (there[d] ?? 0)));
  });
  told.missed = before.ontime - (done - late + mostOnTime(jobs, days, left));
  return told;
}

export const elsewhereOf = (result: Result): Elsewhere => {
  assert.ok(result.elsewhere);
  return result.elsewhere;
};

/** The instance in which the stretch is pinned, cut where days end, and nothing is asked. */
export function forcedOf(instance: Instance): Instance {
  const { move, ...plainly } = instance;
  assert.ok(move);
  const [id, a, b] = move;
  const there = instance.days
    .map(({ beg, end }): [number, number, number] => [id, Math.max(beg, a), Math.min(end, b)])
    .filter(([, from, until]) => from < until);
  const pins = [...(instance.pins ?? []), ...there].sort((x, y) => x[1] - y[1]);
  return { ...plainly, pins };
}

/** Slots of each task in a plan before its due date. */
export function onTime(instance: Instance, result: Result): Map<number, number> {
  const due = new Map(instance.tasks.map((t) => [t.id, t.due]));
  const held = new Map<number, number>();
  for (const [id, a, b] of result.plan) {
    const slots = Math.max(0, Math.min(b, due.get(id) ?? 0) - a);
    held.set(id, (held.get(id) ?? 0) + slots);
  }
  return held;
}
