/* Sessions: right plans all the same, friction as told, and close to the least there is. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, sum } from "./checker.ts";
import { leastFriction, plainOf } from "./exact.ts";
import type { Instance, Pair } from "./format.ts";
import {
  MIDDLE,
  TERM,
  TINY,
  generateMany,
  generateSessions,
  laterMany,
  pin,
  wish,
} from "./generate.ts";
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

  test("more days than the last due date needs give the same plan", () => {
    const plain = [...generateMany(37, 200, MIDDLE), ...laterMany(38, 100, MIDDLE)];
    const fresh = plain.map((one, i) => pin(wish(dueInside(one), i), i));
    const beside = changed(fresh);
    for (const instances of [fresh, beside]) {
      const longer = solve(instances.map(withMoreDays));
      const same = solve(instances).filter((r, i) => {
        assert.deepEqual(longer[i]?.plan, r.plan, JSON.stringify(instances[i]));
        return r.plan.length > 1;
      });
      assert.ok(same.length > 200, String(same.length));
    }
  });
});

/** No task is due behind the last day. */
function dueInside(instance: Instance): Instance {
  const end = instance.days.at(-1)?.end ?? 0;
  const tasks = instance.tasks.map((t) => ({ ...t, due: Math.min(t.due, end) }));
  return { ...instance, tasks };
}

/** The same with forty free days behind the last. */
function withMoreDays(instance: Instance): Instance {
  const last = instance.days.at(-1);
  assert.ok(last);
  const length = last.end - last.beg;
  const more = Array.from({ length: 40 }, (_, i) => {
    const beg = last.end + i * length;
    const free: Pair[] = [0, 20, 40].map((at) => [beg + at, Math.min(beg + at + 15, beg + length)]);
    const date = new Date(Date.parse(last.date) + (i + 1) * 86_400_000).toISOString().slice(0, 10);
    return { date, beg, end: beg + length, free: free.filter(([a, b]) => a < b), done: 0 };
  });
  return { ...instance, days: [...instance.days, ...more] };
}

/** After a task came to need more, beside the plan that was right before. */
function changed(instances: Instance[]): Instance[] {
  return solve(instances).map((result, i) => {
    const instance = instances[i];
    assert.ok(instance);
    const more = i % instance.tasks.length;
    const tasks = instance.tasks.map((t, k) => (k === more ? { ...t, p: t.p + 4 } : t));
    return { ...instance, tasks, accepted: result.plan };
  });
}

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
