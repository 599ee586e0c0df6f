/*
 * The changes that a repair stands for, made to an instance: as offered, and one slot (or, for the
 * limit, one candidate) less. The planner is then asked again.
 */
import { Problem } from "./checker.ts";
import { firstShortLater } from "./later.ts";
import type { Day, Instance, Pair, Repair } from "./format.ts";

const withTask = (instance: Instance, id: number, p: number, due?: number): Instance => ({
  ...instance,
  tasks: instance.tasks.map((t) => (t.id === id ? { ...t, p, due: due ?? t.due } : t)),
});

/** `n` more free slots on a day, the latest unfree ones from now on and before `until`. */
function freed(day: Day, now: number, until: number, n: number): Day {
  const free = new Set<number>();
  for (const [a, b] of day.free) for (let slot = a; slot < b; slot++) free.add(slot);
  let left = n;
  for (let slot = Math.min(day.end, until) - 1; left > 0 && slot >= Math.max(day.beg, now); slot--)
    if (!free.has(slot)) {
      free.add(slot);
      left--;
    }
  if (left > 0) throw new Error(`${day.date} has no room for ${n} more free slots`);
  const windows: Pair[] = [];
  for (const slot of [...free].sort((a, b) => a - b)) {
    const last = windows.at(-1);
    if (last?.[1] === slot) last[1] = slot + 1;
    else windows.push([slot, slot + 1]);
  }
  return { ...day, free: windows };
}

/** The first due date that is late. */
export function firstShort(instance: Instance): number {
  const problem = new Problem(instance);
  if (!problem.startsNow) return firstShortLater(problem);
  const room = problem.upTo(problem.capacities(instance.X));
  const k = problem.work().findIndex((w, i) => w > (room[i] ?? 0));
  return problem.dues[k] ?? 0;
}

/** The instance after the repair, and after a little less of it; null where there is no less. */
export function apply(instance: Instance, repair: Repair): [Instance, Instance | null] {
  const task = instance.tasks.find((t) => t.id === repair.task);
  const slots = repair.slots ?? 0;
  switch (repair.kind) {
    case "raise": {
      const to = repair.to as Pair;
      const lower = new Problem(instance).candidates().findLast(([k, f]) => k * to[1] < to[0] * f);
      return [{ ...instance, X: to }, lower ? { ...instance, X: lower } : null];
    }
    case "free": {
      const until = firstShort(instance);
      const more = (n: number): Instance => ({
        ...instance,
        days: instance.days.map((d) =>
          d.date === repair.day ? freed(d, instance.now, until, n) : d,
        ),
      });
      return [more(slots), more(slots - 1)];
    }
  }
  if (!task) throw new Error(`no task ${repair.task}`);
  switch (repair.kind) {
    case "drop":
      return [withTask(instance, task.id, 0), null];
    case "shorten":
      return [
        withTask(instance, task.id, task.p - slots),
        withTask(instance, task.id, task.p - slots + 1),
      ];
    case "extend": {
      const to = repair.to as number;
      return [withTask(instance, task.id, task.p, to), withTask(instance, task.id, task.p, to - 1)];
    }
  }
}
