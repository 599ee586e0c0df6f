/*
 * The least friction of small instances, by a solver that knows nothing of the planner's search: each
 * possible session is a variable (HiGHS, compiled for Node.js), slots are covered once, days hold no
 * more than their level. Everything is counted from the instance by the words of docs/planner.md.
 */
import * as highsModule from "highs";
import type { LegacyHighs } from "highs";
import { Problem, sum } from "./checker.ts";
import type { Instance, Result } from "./format.ts";
import { CROWD, axisOf, leastOf, sessionCost } from "./friction.ts";

/* Seconds of the wall, to end what never ends: on a busy machine an instance may take a minute. */
const LIMIT_S = 900;

/** The same instance without wishes. */
export function plainOf(instance: Instance): Instance {
  const plain = structuredClone(instance);
  delete plain.shape;
  for (const task of plain.tasks) delete task.min;
  return plain;
}

/** What each day may hold: its pace, and the overtime of the plan without wishes. */
function levels(instance: Instance, plain: Result): number[] {
  const problem = new Problem(instance);
  const limit = problem.capacities(instance.X);
  return problem
    .capacities(instance.pace ?? [0, 1])
    .map((pace, d) => Math.max(Math.min(pace, limit[d] ?? 0), plain.loads[d] ?? 0));
}

/* The package is CommonJS; its declarations speak of a default export that Node.js puts one deeper. */
const highs = (highsModule.default as unknown as () => Promise<LegacyHighs>)();

/** The least friction of a plan of the same slots of each task; undefined: not found in time. */
export async function leastFriction(
  instance: Instance,
  plain: Result,
): Promise<number | undefined> {
  const places = axisOf(instance);
  const level = levels(instance, plain);
  const costs: string[] = [];
  const rows: string[] = [];
  const names: string[] = [];
  const cover: string[][] = places.map(() => []);
  const load = new Map<number, string[]>();
  const planned = new Map<number, number>();
  for (const [id, a, b] of plain.plan) planned.set(id, (planned.get(id) ?? 0) + b - a);
  for (const [id, work] of planned) {
    const due = instance.tasks.find((t) => t.id === id)?.due ?? 0;
    const apart: string[][] = places.map(() => []);
    const days = new Map<number, string[]>();
    const all: string[] = [];
    for (let s = 0; s < places.length; s++)
      for (let n = 1; n <= work; n++) {
        const last = places[s + n - 1];
        if (!last || last.sitting !== places[s]?.sitting || last.slot >= due) break;
        const name = `u${id}_${s}_${n}`;
        const price = sum(places.slice(s, s + n).map((p) => p.price));
        names.push(name);
        costs.push(`${sessionCost(instance, n, leastOf(instance, id, work)) + price} ${name}`);
        all.push(`${n} ${name}`);
        const perDay = new Map<number, number>();
        for (let i = s; i < s + n; i++) {
          cover[i]?.push(name);
          apart[i]?.push(name);
          const day = places[i]?.day ?? 0;
          perDay.set(day, (perDay.get(day) ?? 0) + 1);
        }
        if (places[s + n]?.sitting === last.sitting) apart[s + n]?.push(name);
        for (const [d, k] of perDay) {
          days.set(d, [...(days.get(d) ?? []), `${k} ${name}`]);
          load.set(d, [...(load.get(d) ?? []), `${k} ${name}`]);
        }
      }
    rows.push(`${all.join(" + ")} = ${work}`);
    for (const list of apart) if (list.length > 1) rows.push(`${list.join(" + ")} <= 1`);
    const most = instance.shape?.day ?? 0;
    if (most > 0)
      for (const [d, terms] of days) {
        costs.push(`${CROWD} e${id}_${d}`);
        rows.push(`${terms.join(" + ")} - e${id}_${d} <= ${most}`);
      }
  }
  for (const list of cover) if (list.length > 1) rows.push(`${list.join(" + ")} <= 1`);
  for (const [d, terms] of load) rows.push(`${terms.join(" + ")} <= ${level[d] ?? 0}`);
  if (names.length === 0) return 0;
  const text = [
    "Minimize",
    ` obj: ${costs.join(" + ")}`,
    "Subject To",
    ...rows.map((row, i) => ` r${i}: ${row}`),
    "Binary",
    ` ${names.join(" ")}`,
    "End",
  ].join("\n");
  const solution = (await highs).solve(text, { time_limit: LIMIT_S, mip_rel_gap: 0 });
  return solution.Status === "Optimal" ? Math.round(solution.ObjectiveValue) : undefined;
}
