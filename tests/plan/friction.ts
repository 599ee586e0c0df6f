/*
 * What goes against the student's wishes in a plan, counted slot by slot by the words of
 * docs/planner.md.
 */
import type { Instance, Pair, Result } from "./format.ts";

const EACH = 40;
const SHORT = 30;
const LONG = 20;
export const CROWD = 20;
const HOURS = 10;
const LATER = 1;

export const wishes = ({ shape, tasks }: Instance): boolean =>
  [shape?.min, shape?.max, shape?.day, shape?.preferred?.length].some((n) => (n ?? 0) > 0) ||
  tasks.some((t) => (t.min ?? 0) > 0);

/** The free slots from now on, side by side. */
interface Place {
  slot: number;
  day: number;
  sitting: number;
  price: number;
}

export function axisOf(instance: Instance): Place[] {
  const { now, shape } = instance;
  const places: Place[] = [];
  const preferred = shape?.preferred ?? [];
  const slots = ([a, b]: Pair): number[] => Array.from({ length: b - a }, (_, i) => a + i);
  const pinned = (instance.pins ?? []).flatMap(([, a, b]) => slots([a, b]));
  const rooms = instance.days.map(({ free, beg, end }) =>
    [...new Set([...free.flatMap(slots), ...pinned.filter((s) => s >= beg && s < end)])]
      .filter((s) => s >= now)
      .sort((a, b) => a - b),
  );
  const begin = rooms.findIndex((slots) => slots.length > 0);
  rooms.forEach((slots, d) => {
    for (const slot of slots) {
      const before = places.at(-1);
      const joined = before && slot - before.slot - 1 <= (shape?.pause ?? 0);
      const liked = preferred.length === 0 || preferred.some(([a, b]) => a <= slot && slot < b);
      places.push({
        slot,
        day: d,
        sitting: before ? before.sitting + (joined ? 0 : 1) : 0,
        price: (liked ? 0 : HOURS) + LATER * (d - begin),
      });
    }
  });
  return places;
}

export function sessionCost(instance: Instance, length: number, min: number): number {
  const max = instance.shape?.max ?? 0;
  const over = max > 0 ? Math.max(0, length - max) : 0;
  return EACH + SHORT * Math.max(0, min - length) + LONG * over;
}

export const leastOf = (instance: Instance, id: number, planned: number): number => {
  const own = instance.tasks.find((t) => t.id === id)?.min ?? 0;
  return Math.min(planned, own > 0 ? own : (instance.shape?.min ?? 0));
};

/** Friction of a plan, counted slot by slot. */
export function frictionOf(instance: Instance, result: Result): number {
  const places = axisOf(instance);
  const at = new Map(places.map((p, i) => [p.slot, i]));
  const tasks: (number | undefined)[] = places.map(() => undefined);
  for (const [id, a, b] of result.plan)
    for (let slot = a; slot < b; slot++) {
      const i = at.get(slot);
      if (i !== undefined) tasks[i] = id;
    }
  const planned = new Map<number, number>();
  const crowd = new Map<string, number>();
  let cost = 0;
  tasks.forEach((id, i) => {
    if (id === undefined) return;
    planned.set(id, (planned.get(id) ?? 0) + 1);
    const key = `${id} ${places[i]?.day}`;
    crowd.set(key, (crowd.get(key) ?? 0) + 1);
    cost += places[i]?.price ?? 0;
  });
  const most = instance.shape?.day ?? 0;
  if (most > 0) for (const n of crowd.values()) cost += CROWD * Math.max(0, n - most);
  for (let i = 0; i < tasks.length;) {
    const id = tasks[i];
    let end = i + 1;
    while (id !== undefined && tasks[end] === id && places[end]?.sitting === places[i]?.sitting)
      end++;
    if (id !== undefined)
      cost += sessionCost(instance, end - i, leastOf(instance, id, planned.get(id) ?? 0));
    i = end;
  }
  return cost;
}
