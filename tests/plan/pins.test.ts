/* Pinned blocks stay, are counted, and leave a right plan of the rest. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check } from "./checker.ts";
import type { Instance, Refusal } from "./format.ts";
import { MIDDLE, TINY, generateMany, generateSessions, laterMany, pin, wish } from "./generate.ts";
import { linesOf, runText, solve } from "./planner.ts";

describe("pinned blocks", () => {
  const cases: [string, Instance[]][] = [
    ["tiny", generateMany(41, 1500, TINY).map(pin)],
    ["middle", generateMany(42, 300, MIDDLE).map(pin)],
    ["with wishes", generateMany(43, 300, MIDDLE).map(wish).map(pin)],
    ["with starts and prerequisites", laterMany(46, 2000, TINY).map(pin)],
    ["middle, with starts and prerequisites", laterMany(47, 120, MIDDLE).map(pin)],
    ["with starts and wishes", laterMany(48, 500, TINY).map(wish).map(pin)],
    ["with sessions", Array.from({ length: 200 }, (_, i) => pin(generateSessions(i), i))],
  ];
  for (const [name, instances] of cases)
    test(`${name}: stay, and the rest is right`, () => {
      const results = solve(instances);
      instances.forEach((instance, i) => {
        const result = results[i];
        assert.ok(result);
        assert.deepEqual(check(instance, result), [], JSON.stringify(instance));
      });
    });

  test("of a plan's own blocks change nothing but that they stay", () => {
    const instances = generateMany(44, 300, MIDDLE);
    const plans = solve(instances);
    const pinned = instances.map((instance, i) => ({
      ...instance,
      pins: (plans[i]?.plan ?? []).filter((_, k) => k % 3 !== 0),
    }));
    solve(pinned).forEach((result, i) => {
      const plan = plans[i];
      assert.ok(plan);
      for (const sums of ["total", "ontime", "wontime", "deficit", "feasible", "overdue"] as const)
        assert.deepEqual(result[sums], plan[sums], sums);
    });
  });

  const [good] = generateMany(45, 1, MIDDLE);
  const bad: [string, NonNullable<Instance["pins"]>, RegExp][] = [
    ["of no task", [[99999, 0, 5]], /pins\/0/],
    ["turned round", [[1, 300, 290]], /pins\/0/],
    [
      "over each other",
      [
        [1, 1000, 1010],
        [1, 1005, 1020],
      ],
      /pins\/1/,
    ],
    ["over midnight", [[1, 1430, 1450]], /pins\/0 must lie in one day/],
  ];
  for (const [name, pins, message] of bad)
    test(`${name} are refused`, () => {
      assert.ok(good);
      const days = Array.from({ length: 8 }, (_, d) => ({
        date: `2026-11-0${d + 1}`,
        beg: d * 288,
        end: (d + 1) * 288,
        free: [],
        done: 0,
      }));
      const tasks = [{ id: 1, p: 5, due: 2000, w: 1 }];
      const run = runText(linesOf([{ ...good, now: 0, days, tasks, pins }]));
      assert.match((run.lines[0] as Refusal).error, message);
    });
});
