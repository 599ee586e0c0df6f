/* Sessions: right plans all the same, friction as told, and close to the least there is. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, sum } from "./checker.ts";
import { leastFriction, plainOf } from "./exact.ts";
import type { Instance } from "./format.ts";
import { MIDDLE, TERM, TINY, generateMany, generateSessions, laterMany, wish } from "./generate.ts";
import { solve } from "./planner.ts";

describe("plans with wishes", () => {
  const cases: [string, Instance[]][] = [
    ["tiny", generateMany(31, 600, TINY)],
    ["middle", generateMany(32, 300, MIDDLE)],
    ["with starts and prerequisites", laterMany(35, 1200, TINY)],
    ["middle, with starts and prerequisites", laterMany(36, 120, MIDDLE)],
    ["a term", generateMany(33, 10, TERM)],
    ["for the exact solver", Array.from({ length: 200 }, (_, i) => generateSessions(i))],
  ];
  for (const [name, plain] of cases)
    test(`${name}: right, and as much on time as without`, () => {
      const instances = plain.map((one, i) => (one.shape ? one : wish(one, i)));
      const results = solve(instances);
      solve(instances.map(plainOf)).forEach((without, i) => {
        const [instance, result] = [instances[i], results[i]];
        assert.ok(instance && result);
        assert.deepEqual(check(instance, result), [], JSON.stringify(instance));
        assert.equal(result.wontime, without.wontime);
      });
    });

  test("the same input gives the same plan", () => {
    const instances = Array.from({ length: 50 }, (_, i) => generateSessions(i));
    assert.deepEqual(solve(instances), solve(instances));
  });
});

describe("friction", () => {
  test("is within half a per cent of the least on average, 8 at worst", async () => {
    const instances = Array.from({ length: 40 }, (_, i) => generateSessions(7000 + i));
    const results = solve(instances);
    const plain = solve(instances.map(plainOf));
    const gaps: number[] = [];
    for (const [i, instance] of instances.entries()) {
      const [result, without] = [results[i], plain[i]];
      assert.ok(result && without);
      const least = await leastFriction(instance, without);
      assert.ok(least !== undefined, "not solved");
      const friction = result.friction ?? 0;
      assert.ok(friction >= least, `${friction} is below ${least}`);
      assert.ok((result.friction_bound ?? 0) <= least, "the bound is above the least");
      gaps.push(least > 0 ? (friction - least) / least : 0);
    }
    assert.ok(sum(gaps) / gaps.length <= 0.005, `mean ${sum(gaps) / gaps.length}`);
    assert.ok(Math.max(...gaps) <= 0.08, `worst ${Math.max(...gaps)}`);
  });
});
