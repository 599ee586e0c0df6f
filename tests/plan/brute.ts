/*
 * Brute force for tiny instances: every way to give each free slot to a task or to nobody. No theorem
 * is used; whatever the planner claims to be the most, the least or possible is compared with all.
 */
import { Problem, sum } from "./checker.ts";
import type { Instance, Pair, Task } from "./format.ts";

interface Ways {
  problem: Problem;
  limit: number[];
  /** Added when a day ends with so many slots used. */
  dayCost: (d: number, used: number) => number;
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
          if ((left[k] ?? 0) === 0 || task.due <= slot) return;
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

export function fits(problem: Problem, share: Pair): boolean {
  const limit = problem.capacities(share);
  const late = (left: number[]): number => (sum(left) === 0 ? 1 : 0);
  return best({ problem, limit, dayCost: none, slotValue: none, endValue: late }) === 1;
}

export interface Truth {
  xmin: Pair | null;
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
  const common = { problem, limit, dayCost: none, endValue: none };
  const ontime = best({ ...common, slotValue: () => 1 });
  const squares = (d: number, used: number): number => Math.max(0, used - (pace[d] ?? 0)) ** 2;
  const finished = (left: number[]): number =>
    sum(problem.live.map((t, k) => (left[k] === 0 ? t.w * 1000 - t.p : 0)));
  const cut = best({ ...common, slotValue: none, endValue: finished });
  const weight = Math.ceil(cut / 1000);
  return {
    xmin: problem.candidates().find((share) => fits(problem, share)) ?? null,
    ontime,
    bound: best({ ...common, slotValue: (t) => t.w }),
    squares: ontime * 1e6 - best({ ...common, slotValue: () => 1e6, dayCost: squares }),
    cut: { weight, work: weight * 1000 - cut },
  };
}
