/*
 * Brute force for tiny instances: every way to give each free slot to a task or to nobody. No theorem
 * is used; whatever the planner claims to be the most, the least or possible is compared with all.
 */
import { Problem, sum } from "./checker.ts";
import { jobsOf } from "./later.ts";
import type { Instance, Pair, Task } from "./format.ts";

interface Ways {
  problem: Problem;
  limit: number[];
  /** Added when a day ends with so many slots used. */
  dayCost: (d: number, used: number) => number;
  /** First slot and slot behind the last of a task; its own where not given. */
  dates?: (task: Task) => { rel: number; due: number };
  /** Whether a task may begin with so much left of each. */
  ready?: (task: Task, left: number[]) => boolean;
  /** Value of a slot for a task. */
  slotValue: (task: Task) => number;
  /** Added at the end for what remains of each task. */
  endValue: (left: number[]) => number;
}

/** The greatest value over all ways. */
function best(ways: Ways): number {
  const { problem } = ways;
  const seen = new Map<string, number>();
  const go = (d: number, i: number, used: number, left: number[]): number => {
    if (d === problem.rooms.length) return ways.endValue(left);
    const key = `${d},${i},${used}:${left.join()}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const slot = problem.room(d).slots[i];
    let value: number;
    if (slot === undefined) {
      value = go(d + 1, 0, 0, left) - ways.dayCost(d, used);
    } else {
      value = go(d, i + 1, used, left);
      if (used < (ways.limit[d] ?? 0))
        problem.live.forEach((task, k) => {
          const { rel, due } = ways.dates?.(task) ?? { rel: task.rel ?? slot, due: task.due };
          if ((left[k] ?? 0) === 0 || due <= slot || rel > slot) return;
          if (!(ways.ready?.(task, left) ?? true)) return;
          const fewer = left.with(k, (left[k] ?? 0) - 1);
          value = Math.max(value, ways.slotValue(task) + go(d, i + 1, used + 1, fewer));
        });
    }
    seen.set(key, value);
    return value;
  };
  return go(
    0,
    0,
    0,
    problem.live.map((t) => t.p),
  );
}

const none = (): number => 0;

/** A task waits for the live ones among its prerequisites. */
const inOrder =
  (problem: Problem) =>
  (task: Task, left: number[]): boolean =>
    (task.pre ?? []).every((id) => (left[problem.live.findIndex((t) => t.id === id)] ?? 0) === 0);

export function fits(problem: Problem, share: Pair): boolean {
  const limit = problem.capacities(share);
  const late = (left: number[]): number => (sum(left) === 0 ? 1 : 0);
  const common = { problem, limit, ready: inOrder(problem) };
  return best({ ...common, dayCost: none, slotValue: none, endValue: late }) === 1;
}

/** By when each task can be finished at the earliest, of those the earliest of a due date first, each
    as near to its buffer as those before leave possible. All must fit, and nothing wait for others. */
export function soonest(instance: Instance): [task: number, slot: number][] {
  const problem = new Problem(instance);
  const limit = problem.capacities(instance.X);
  const due = new Map(problem.live.map((t) => [t.id, t.due]));
  const late = (left: number[]): number => (sum(left) === 0 ? 1 : 0);
  const works = (): boolean => {
    const dates = (t: Task): { rel: number; due: number } => ({
      rel: t.rel ?? -Infinity,
      due: due.get(t.id) ?? t.due,
    });
    return best({ problem, limit, dates, dayCost: none, slotValue: none, endValue: late }) === 1;
  };
  const order = [...problem.live].sort((a, b) => a.due - b.due);
  const slots = problem.rooms.flatMap((room) => room.slots);
  for (const task of order) {
    const wished = task.due - (instance.buffer ?? 0);
    const ends = slots.map((slot) => slot + 1).filter((end) => end > wished && end < task.due);
    for (const end of [wished, ...ends, task.due]) {
      due.set(task.id, end);
      if (works()) break;
    }
  }
  return problem.live.map((t) => [t.id, due.get(t.id) ?? t.due]);
}

export interface Truth {
  xmin: Pair | null;
  /** Of the relaxation, where prerequisites are nothing but dates. */
  ontime: number;
  bound: number;
  /** Least sum of squared overtime of a plan with the most slots on time. */
  squares: number;
  /** Greatest weight finished, and the least work of that. */
  cut: { weight: number; work: number };
}

export function truth(instance: Instance): Truth {
  const problem = new Problem(instance);
  const limit = problem.capacities(instance.X);
  const pace = problem.capacities(instance.pace ?? [0, 1]);
  const jobs = new Map(jobsOf(problem).map((j) => [j.id, j]));
  const own = (t: Task): { rel: number; due: number } => ({ rel: t.rel ?? -Infinity, due: t.due });
  const dates = (t: Task): { rel: number; due: number } => jobs.get(t.id) ?? own(t);
  const common = { problem, limit, dates, dayCost: none, endValue: none };
  const ontime = best({ ...common, slotValue: () => 1 });
  const squares = (d: number, used: number): number => Math.max(0, used - (pace[d] ?? 0)) ** 2;
  const finished = (left: number[]): number =>
    sum(problem.live.map((t, k) => (left[k] === 0 ? t.w * 1000 - t.p : 0)));
  const strict = { ...common, dates: own, ready: inOrder(problem) };
  const cut = best({ ...strict, slotValue: none, endValue: finished });
  const weight = Math.ceil(cut / 1000);
  return {
    xmin: problem.candidates().find((share) => fits(problem, share)) ?? null,
    ontime,
    bound: best({ ...common, slotValue: (t) => t.w }),
    squares: ontime * 1e6 - best({ ...common, slotValue: () => 1e6, dayCost: squares }),
    cut: { weight, work: weight * 1000 - cut },
  };
}
