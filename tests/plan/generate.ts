/* Seeded instances: the same seed gives the same list everywhere. */
import type { Day, Instance, Pair, Shape, Task } from "./format.ts";

export class Random {
  constructor(private state: number) {}

  /** mulberry32: 0 ≤ x < 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }
}

export interface Size {
  days: number;
  tasks: number;
  windows: number; // of a day, at most
  windowLength: number; // slots, at most
  work: number; // slots of a task, at most
  nowDays: number; // now lies within so many first days
}

export const TINY: Size = { days: 3, tasks: 4, windows: 2, windowLength: 3, work: 3, nowDays: 1 };
export const MIDDLE: Size = {
  days: 12,
  tasks: 30,
  windows: 4,
  windowLength: 40,
  work: 25,
  nowDays: 2,
};
export const TERM: Size = {
  days: 98,
  tasks: 200,
  windows: 3,
  windowLength: 36,
  work: 40,
  nowDays: 2,
};

const isoDate = (start: number, d: number): string =>
  new Date(Date.UTC(2026, 9, 1) + (start + d) * 86400_000).toISOString().slice(0, 10);

function windowsIn(r: Random, beg: number, end: number, size: Size): Pair[] {
  const windows: Pair[] = [];
  let at = beg + r.int(0, 60);
  for (let n = r.int(0, size.windows); n > 0; n--) {
    if (r.chance(0.15)) at = Math.max(at, end - r.int(1, size.windowLength)); // up to midnight
    const until = Math.min(end, at + r.int(1, size.windowLength));
    if (at >= until) break;
    windows.push([at, until]);
    at = until + (r.chance(0.2) ? 0 : r.int(1, 50)); // sometimes touching
  }
  return windows;
}

function dayList(r: Random, size: Size): Day[] {
  const start = r.int(0, 300);
  const days: Day[] = [];
  let beg = r.chance(0.2) ? -r.int(1, 500) : 0;
  for (let d = 0; d < size.days; d++) {
    if (r.chance(0.03)) beg += r.int(1, 288); // a date that does not exist
    const end = beg + (r.chance(0.1) ? r.pick([276, 282, 294, 300, 0]) : 288);
    const done = r.chance(0.15) ? r.int(1, size.windowLength) : 0;
    days.push({ date: isoDate(start, d), beg, end, free: windowsIn(r, beg, end, size), done });
    beg = end;
  }
  return days;
}

function ratio(r: Random): Pair {
  const den = r.pick([1, 2, 3, 4, 7, 10, 20, 100]);
  return [r.int(r.chance(0.05) ? 0 : 1, den), den];
}

/** Dues tie, lie at midnight, inside windows, before now, behind the last day. */
function due(r: Random, days: Day[], now: number, earlier: number[]): number {
  const first = days[0]?.beg ?? 0;
  const last = days.at(-1)?.end ?? 0;
  if (earlier.length > 0 && r.chance(0.25)) return earlier[r.int(0, earlier.length - 1)] ?? last;
  if (r.chance(0.06)) return now - r.int(0, 20);
  if (r.chance(0.04)) return last + r.int(0, 400);
  const day = days[r.int(0, days.length - 1)];
  if (day && r.chance(0.4)) return day.end;
  const window = day?.free[0];
  if (window && r.chance(0.5)) return r.int(window[0], window[1]);
  return r.int(first, last);
}

export function generate(seed: number, size: Size): Instance {
  const r = new Random(seed);
  const days = dayList(r, size);
  const first = days[0]?.beg ?? 0;
  const now = r.chance(0.3) ? first : first + r.int(0, 288 * size.nowDays);
  const tasks: Task[] = [];
  const load = r.pick([0.2, 0.5, 1]); // small ones are feasible more often
  for (let id = r.int(1, size.tasks); id > 0; id--) {
    const p = r.chance(0.08) ? 0 : r.int(1, Math.max(1, Math.ceil(size.work * load)));
    tasks.push({
      id,
      p,
      due: due(
        r,
        days,
        now,
        tasks.map((t) => t.due),
      ),
      w: r.int(1, 5),
    });
  }
  const instance: Instance = { tz: "UTC", epoch: 0, now, X: ratio(r), days, tasks };
  if (r.chance(0.6)) instance.pace = ratio(r);
  if (r.chance(0.5)) instance.objective = "tasks";
  return instance;
}

export const generateMany = (seed: number, n: number, size: Size): Instance[] =>
  Array.from({ length: n }, (_, i) => generate(seed * 1_000_003 + i, size));

/** Earliest starts (before now, inside windows and days, at midnight, now and then behind the due
    date) and prerequisites, of overdue tasks and of those without work too. */
export function later(seed: number, size: Size): Instance {
  const instance = generate(seed, size);
  const r = new Random(seed ^ 0x5bd1e995);
  const first = instance.days[0]?.beg ?? 0;
  const last = instance.days.at(-1)?.end ?? 0;
  const linked = r.chance(0.5);
  const tasks = instance.tasks.map((task, i): Task => {
    const day = instance.days[r.int(0, instance.days.length - 1)];
    const window = day?.free[0];
    const changed = { ...task };
    if (r.chance(0.7)) {
      let rel = r.int(first, r.chance(0.1) ? last : Math.max(first, task.due - 1));
      if (day && r.chance(0.3)) rel = day.beg;
      else if (window && r.chance(0.5)) rel = r.int(window[0], window[1]);
      changed.rel = r.chance(0.9) ? Math.min(rel, Math.max(first, task.due - 1)) : rel;
    }
    if (linked && i > 0 && r.chance(0.4)) {
      const pre = Array.from({ length: r.int(1, 2) }, () => instance.tasks[r.int(0, i - 1)]?.id);
      changed.pre = [...new Set(pre.filter((id) => id !== undefined))];
    }
    return changed;
  });
  return { ...instance, tasks: r.chance(0.5) ? tasks : tasks.reverse() };
}

export const laterMany = (seed: number, n: number, size: Size): Instance[] =>
  Array.from({ length: n }, (_, i) => later(seed * 1_000_003 + i, size));

/** 5-minute slots from 2026 to a due date in 2036, most of it with free evenings. */
export function tenYears(): Instance {
  const days: Day[] = [];
  for (let d = 0; d < 3700; d++) {
    const beg = d * 288;
    const free: Pair[] = d % 7 < 5 ? [[beg + 204, beg + 240]] : [];
    days.push({ date: isoDate(0, d), beg, end: beg + 288, free, done: 0 });
  }
  return {
    tz: "UTC",
    epoch: 0,
    now: 100,
    X: [1, 1],
    pace: [1, 2],
    objective: "tasks",
    days,
    tasks: [
      { id: 1, p: 120, due: 288 * 3690, w: 3 },
      { id: 2, p: 30, due: 288 * 4 + 204, w: 5 },
      { id: 3, p: 6000, due: 288 * 365, w: 1 },
    ],
  };
}

/** The same instance with wishes. */
export function wish(instance: Instance, seed: number): Instance {
  const r = new Random(seed);
  const shape: Shape = {};
  if (r.chance(0.7)) shape.min = r.int(1, 8);
  if (r.chance(0.6)) shape.max = r.int(4, 20);
  if (r.chance(0.4)) shape.day = r.int(3, 20);
  if (r.chance(0.4)) shape.pause = r.int(1, 4);
  if (r.chance(0.3))
    shape.preferred = instance.days
      .filter(({ beg, end }) => end - beg > 200)
      .map(({ beg }): Pair => [beg + 90, beg + 90 + r.int(1, 60)]);
  const tasks = instance.tasks.map((t) => (r.chance(0.2) ? { ...t, min: r.int(1, 9) } : t));
  return { ...instance, shape, tasks };
}

/** The same instance with a buffer: some slots, some days, or more than there is. */
export function early(instance: Instance, seed: number): Instance {
  const r = new Random(seed ^ 0x2545f491);
  return { ...instance, buffer: r.pick([r.int(1, 20), r.int(1, 288), r.int(200, 900)]) };
}

/** Days with an evening or two windows, and wishes: small enough for an exact solver. */
export function generateSessions(seed: number): Instance {
  const r = new Random(seed);
  const days: Day[] = [];
  for (let d = 0; d < r.int(2, 4); d++) {
    const beg = d * 288;
    const first = beg + 150 + r.int(0, 20);
    const free: Pair[] = [[first, first + r.int(4, 12)]];
    const second = (free[0]?.[1] ?? 0) + r.int(2, 8);
    if (r.chance(0.5)) free.push([second, second + r.int(3, 12)]);
    days.push({ date: isoDate(0, d), beg, end: beg + 288, free, done: 0 });
  }
  const end = days.length * 288;
  const tasks: Task[] = Array.from({ length: r.int(3, 6) }, (_, i) => ({
    id: i + 1,
    p: r.int(2, 12),
    due: r.chance(0.7) ? 288 * r.int(1, days.length) : r.int(170, end),
    w: r.int(1, 5),
    ...(r.chance(0.2) ? { min: r.int(1, 5) } : {}),
  }));
  const shape: Shape = { min: r.int(2, 6) };
  if (r.chance(0.6)) shape.max = r.int(5, 9);
  if (r.chance(0.4)) shape.day = r.int(4, 10);
  if (r.chance(0.4)) shape.pause = 4;
  if (r.chance(0.4))
    shape.preferred = days.map(({ beg }): Pair => [beg + 160, beg + 160 + r.int(5, 20)]);
  const pace = r.pick<Pair>([
    [1, 2],
    [3, 4],
    [1, 1],
  ]);
  return { tz: "UTC", epoch: 0, now: 100, X: [1, 1], pace, objective: "tasks", days, tasks, shape };
}

/** The same instance with pinned blocks: in windows and out of them, too early, late, too many. */
export function pin(instance: Instance, seed: number): Instance {
  const r = new Random(seed);
  const pins: [number, number, number][] = [];
  let at = -Infinity;
  for (const { beg, end, free } of instance.days)
    for (let n = r.int(0, 2); n > 0; n--) {
      const task = instance.tasks[r.int(0, instance.tasks.length - 1)];
      const window = free[r.int(0, free.length - 1)];
      let from = r.int(beg, end);
      if (window && r.chance(0.8)) from = r.int(window[0], window[1]);
      from = Math.max(from, at);
      const until = Math.min(end, from + r.int(1, 8));
      if (!task || from >= until) continue;
      pins.push([task.id, from, until]);
      at = until;
    }
  return pins.length > 0 ? { ...instance, pins } : instance;
}
