/*
 * Pinned blocks, slot by slot: each stays; what is wrong with them is counted; and the rest is a right
 * plan of what they leave: their slots are neither free nor due any more, and count as done that day.
 */
import { check, sum } from "./checker.ts";
import { frictionOf, wishes } from "./friction.ts";
import type { Instance, Pair, Pinned, Result } from "./format.ts";

const slotsOf = ([a, b]: Pair): number[] => Array.from({ length: b - a }, (_, i) => a + i);

type Pinning = NonNullable<Instance["pins"]>[number];

interface Slot {
  task: number;
  slot: number;
}

/** The pinned slots from now on. */
const pinnedSlots = ({ pins = [], now }: Instance): Slot[] =>
  pins
    .flatMap(([task, a, b]) => slotsOf([a, b]).map((slot) => ({ task, slot })))
    .filter(({ slot }) => slot >= now);

/** What the pins leave. */
export function left(instance: Instance): Instance {
  const rest = structuredClone(instance);
  delete rest.pins;
  const pinned = pinnedSlots(instance);
  const taken = new Set(pinned.map(({ slot }) => slot));
  for (const day of rest.days) {
    const before = sum(day.free.map(([a, b]) => b - a));
    day.pinned = pinned.filter(({ slot }) => slot >= day.beg && slot < day.end).length;
    day.done += day.pinned;
    day.free = day.free.flatMap((window) => {
      const parts: Pair[] = [];
      for (const slot of slotsOf(window).filter((s) => !taken.has(s))) {
        const last = parts.at(-1);
        if (last?.[1] === slot) last[1]++;
        else parts.push([slot, slot + 1]);
      }
      return parts;
    });
    day.held = before - sum(day.free.map(([a, b]) => b - a));
  }
  for (const task of rest.tasks)
    task.p = Math.max(0, task.p - pinned.filter((s) => s.task === task.id).length);
  keepOrder(instance, rest);
  return rest;
}

/** What is left of a prerequisite is due when a pin of what waits for it begins; and what is left of
    that begins behind the prerequisite's pins. */
function keepOrder({ pins = [], now, tasks }: Instance, rest: Instance): void {
  const byId = new Map(rest.tasks.map((t) => [t.id, t]));
  for (const { id, pre = [] } of tasks)
    for (const first of pre.map((p) => byId.get(p))) {
      const task = byId.get(id);
      if (!task || !first) continue;
      const starts = pins.filter(([t, a]) => t === id && a > now).map(([, a]) => a);
      if (first.p > 0 && first.due > now) first.due = Math.min(first.due, ...starts);
      const ends = pins.filter(([t]) => t === first.id).map(([, , b]) => b);
      if (ends.length > 0) task.rel = Math.max(task.rel ?? -Infinity, ...ends);
    }
}

/** Whether a pin stands before something that its task waits for is finished. */
function hasty(instance: Instance, rest: Instance, [id, from]: Pinning): boolean {
  const { pins = [], now, tasks } = instance;
  return (tasks.find((t) => t.id === id)?.pre ?? []).some((first) => {
    if (pins.some(([t, , b]) => t === first && b > from)) return true;
    const left = rest.tasks.find((t) => t.id === first);
    return left !== undefined && left.p > 0 && left.due > now && from <= now;
  });
}

/** Of each task the pinned slots that do its work, in order, and whether each is on time. */
function useful(
  instance: Instance,
): (Slot & { late: boolean; weight: number; overdue: boolean })[] {
  const work = new Map(instance.tasks.map((t) => [t.id, t]));
  const used = new Map<number, number>();
  return pinnedSlots(instance).flatMap((s) => {
    const task = work.get(s.task);
    const n = (used.get(s.task) ?? 0) + 1;
    used.set(s.task, n);
    if (!task || n > task.p) return [];
    const overdue = task.due <= instance.now;
    return [{ ...s, late: overdue || s.slot >= task.due, weight: task.w, overdue }];
  });
}

function count(instance: Instance, result: Result): Pinned {
  const pinned = pinnedSlots(instance);
  const free = new Set(instance.days.flatMap((d) => d.free.flatMap(slotsOf)));
  const [num, den] = instance.X;
  const over = instance.days.map((day) => {
    const all = day.free.flatMap(slotsOf);
    const share = Math.max(0, Math.floor((all.length * num) / den) - day.done);
    const capacity = Math.min(all.filter((s) => s >= instance.now).length, share);
    const load = result.plan
      .flatMap(([, a, b]) => slotsOf([a, b]))
      .filter((s) => s >= instance.now && s >= day.beg && s < day.end).length;
    return Math.max(0, load - capacity);
  });
  const starts = new Map(instance.tasks.map((t) => [t.id, t.rel ?? -Infinity]));
  const rest = left(instance);
  const waits = new Set(
    (instance.pins ?? [])
      .filter((pin) => hasty(instance, rest, pin))
      .flatMap(([, a, b]) => slotsOf([a, b])),
  );
  return {
    slots: pinned.length,
    late: useful(instance).filter(({ late, overdue }) => late && !overdue).length,
    early: pinned.filter(({ task, slot }) => waits.has(slot) || slot < (starts.get(task) ?? 0))
      .length,
    over: sum(over),
    outside: pinned.filter(({ slot }) => !free.has(slot)).length,
    surplus: pinned.length - useful(instance).length,
  };
}

/** The result of what the pins leave. */
function strip(instance: Instance, result: Result): Result {
  const out = structuredClone(result);
  const counted = useful(instance).filter(({ overdue }) => !overdue);
  const ontime = counted.filter(({ late }) => !late);
  const late = counted.length - ontime.length;
  const pins = new Set((instance.pins ?? []).map((pin) => JSON.stringify(pin)));
  out.plan = out.plan.filter((block) => !pins.has(JSON.stringify(block)));
  out.total -= counted.length;
  out.ontime -= ontime.length;
  out.wontime -= sum(ontime.map(({ weight }) => weight));
  out.deficit -= late;
  out.deficit_full -= late;
  out.feasible ||= out.deficit === 0;
  out.loads = out.loads.map((load, d) => {
    const day = instance.days[d];
    return (
      load -
      pinnedSlots(instance).filter((s) => day && s.slot >= day.beg && s.slot < day.end).length
    );
  });
  out.maxload = Math.max(0, ...out.loads);
  const rest = left(instance);
  if (out.by) {
    const left = new Set(rest.tasks.filter((t) => t.p > 0 && t.due > rest.now).map((t) => t.id));
    out.by = out.by.filter(([id]) => left.has(id));
  }
  out.overdue = rest.tasks
    .filter((t) => t.p > 0 && t.due <= instance.now)
    .map((t) => t.id)
    .sort((a, b) => a - b);
  delete out.pinned;
  if (wishes(rest)) {
    out.friction = frictionOf(rest, out);
    out.friction_bound = 0;
  }
  return out;
}

/** What is told of the whole and lost when the pins are taken out of it. */
function checkWhole(instance: Instance, result: Result, say: (what: string) => void): void {
  const overdue = instance.tasks.filter((t) => t.p > 0 && t.due <= instance.now).map((t) => t.id);
  overdue.sort((a, b) => a - b);
  if (JSON.stringify(overdue) !== JSON.stringify(result.overdue)) say(`overdue: is ${overdue}`);
  const most = Math.max(0, ...result.loads);
  if (result.maxload !== most) say(`maxload: is ${most}, told ${result.maxload}`);
  if (result.feasible !== (result.deficit === 0)) say(`feasible: ${result.deficit} are short`);
}

/** Clauses pin and pinned; those of check() for the rest. */
export function checkPins(instance: Instance, result: Result): string[] {
  const said: string[] = [];
  const places = new Set(result.plan.map((block) => JSON.stringify(block)));
  for (const pin of instance.pins ?? [])
    if (pin[2] > instance.now && !places.has(JSON.stringify(pin)))
      said.push(`pin: ${JSON.stringify(pin)} was moved`);
  const told = JSON.stringify(result.pinned);
  const is = JSON.stringify(count(instance, result));
  if (told !== is) said.push(`pinned: is ${is}, told ${told}`);
  checkWhole(instance, result, (what) => void said.push(what));
  if (wishes(instance)) {
    const friction = frictionOf(instance, result);
    if (result.friction !== friction)
      said.push(`friction: is ${friction}, told ${result.friction}`);
    if ((result.friction_bound ?? Infinity) > friction)
      said.push("friction: the bound is above it");
  }
  const overlap = result.plan.some(([, a], i) => a < (result.plan[i - 1]?.[2] ?? -Infinity));
  if (overlap) said.push("overlap: two blocks");
  return [...said, ...check(left(instance), strip(instance, result))];
}
