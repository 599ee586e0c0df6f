/*
 * How far sessions are from the least friction: 260 small instances against the exact solver, as a
 * table. Takes some minutes:  STUDYBUNNY=… node --import tsx tests/plan/exact.bench.ts [N [SEED]]
 */
import { sum } from "./checker.ts";
import { leastFriction, plainOf } from "./exact.ts";
import { frictionOf } from "./friction.ts";
import { generateSessions } from "./generate.ts";
import { solve } from "./planner.ts";

const count = Number(process.argv[2] ?? 260);
const seed = Number(process.argv[3] ?? 2000);
const instances = Array.from({ length: count }, (_, i) => generateSessions(seed + i));
const results = solve(instances);
const plain = solve(instances.map(plainOf));
const gaps: { edf: number; shaped: number; bound: number }[] = [];
for (const [i, instance] of instances.entries()) {
  const [result, without] = [results[i], plain[i]];
  if (!result || !without) continue;
  const least = await leastFriction(instance, without);
  if (least === undefined) {
    console.error(`${seed + i}: not solved in time`);
    continue;
  }
  const share = (friction: number): number => (least > 0 ? (friction - least) / least : 0);
  gaps.push({
    edf: share(frictionOf(instance, without)),
    shaped: share(result.friction ?? 0),
    bound: share(result.friction_bound ?? 0),
  });
}
const percent = (x: number): string => `${(100 * x).toFixed(2)} %`;
console.log("| plan | mean gap | worst gap | least reached |\n| --- | ---: | ---: | ---: |");
for (const [name, of] of [
  ["earliest due first", (g: (typeof gaps)[0]) => g.edf],
  ["shaped", (g: (typeof gaps)[0]) => g.shaped],
  ["bound of the relaxation", (g: (typeof gaps)[0]) => g.bound],
] as const) {
  const list = gaps.map(of);
  const worst = list.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  const reached = list.filter((g) => g === 0).length;
  console.log(
    `| ${name} | ${percent(sum(list) / list.length)} | ${percent(worst)} | ${reached} of ${list.length} |`,
  );
}
