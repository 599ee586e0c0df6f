/* What does not fit, 10,000 times: each repair of the menu makes all of it fit and a slot less does
   not; and what a stretch elsewhere would break is what a plan with it there does. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { elsewhereOf, forcedOf, moved, onTime, truth } from "./elsewhere.ts";
import type { Instance, Result } from "./format.ts";
import { MIDDLE, TINY, generateMany, laterMany } from "./generate.ts";
import { solve } from "./planner.ts";
import { apply } from "./repairs.ts";

interface Case {
  instance: Instance;
  result: Result;
}

const linked = (i: Instance): boolean => i.tasks.some((t) => (t.pre ?? []).length > 0);

const noPins = { slots: 0, late: 0, early: 0, over: 0, outside: 0, surplus: 0 };

/** The plan alone, whatever was asked. */
function plainly(result: Result): object {
  const plan: Result = { pinned: noPins, ...result };
  delete plan.elsewhere;
  return plan;
}

/** The first `n` of these that do not fit. */
function infeasible(n: number, instances: Instance[]): Case[] {
  const results = solve(instances);
  const cases = instances.flatMap((instance, i) => {
    const result = results[i];
    return result && !result.feasible ? [{ instance, result }] : [];
  });
  assert.ok(cases.length >= n, `${cases.length} of ${n}`);
  return cases.slice(0, n);
}

const kinds: [string, Case[]][] = [
  ["tiny", infeasible(3500, generateMany(101, 9000, TINY))],
  ["tiny, with starts and prerequisites", infeasible(3000, laterMany(102, 6000, TINY))],
  ["middling", infeasible(2000, generateMany(103, 4000, MIDDLE))],
  ["middling, with starts and prerequisites", infeasible(1500, laterMany(104, 2800, MIDDLE))],
];

for (const [name, cases] of kinds)
  describe(`${cases.length} instances that do not fit: ${name}`, () => {
    test("each repair works, and less of it does not", () => {
      const works: Instance[] = [];
      const fails: Instance[] = [];
      const offered = new Map<string, number>();
      for (const { instance, result } of cases)
        for (const repair of result.repairs) {
          const [as, less] = apply(instance, repair);
          works.push(as);
          if (less) fails.push(less);
          offered.set(repair.kind, (offered.get(repair.kind) ?? 0) + 1);
        }
      solve(works).forEach((r, i) => assert.ok(r.feasible, JSON.stringify(works[i])));
      solve(fails).forEach((r, i) => assert.ok(!r.feasible, JSON.stringify(fails[i])));
      for (const kind of ["raise", "free", "drop", "shorten", "extend"])
        assert.ok((offered.get(kind) ?? 0) >= cases.length / 100, JSON.stringify([...offered]));
    });

    test("each answer to why not there is that of a plan made with it there", () => {
      const asked = cases.flatMap(({ instance, result }, i) => {
        const question = moved(instance, result.plan, i);
        return question ? [{ instance: question, was: result }] : [];
      });
      assert.ok(asked.length > cases.length / 3, String(asked.length));
      const answers = solve(asked.map((q) => q.instance));
      const possible = asked.flatMap(({ instance, was }, i) => {
        const is = answers[i];
        assert.ok(is);
        const told = elsewhereOf(is);
        const { missed, ...misfit } = truth(instance, was, is);
        const show = JSON.stringify({ instance, told });
        assert.deepEqual({ ...told, ...misfit }, told, show);
        if (told.past + told.taken > 0) return [];
        if (!linked(instance)) assert.equal(told.missed, missed, show);
        return [{ instance, was, is, told, show }];
      });
      let broken = 0;
      solve(possible.map((q) => forcedOf(q.instance))).forEach((forced, i) => {
        const one = possible[i];
        assert.ok(one);
        const { instance, was, is, told, show } = one;
        assert.deepEqual(plainly(is), plainly(forced), show);
        assert.equal(told.missed, was.ontime - forced.ontime, show);
        const [before, after] = [onTime(instance, was), onTime(instance, forced)];
        const lacks = instance.tasks
          .map(({ id }): [number, number] => [id, (before.get(id) ?? 0) - (after.get(id) ?? 0)])
          .filter(([, slots]) => slots > 0);
        const byId = (list: [number, number][]) => [...list].sort((x, y) => x[0] - y[0]);
        assert.deepEqual(byId(told.lacks), byId(lacks), show);
        broken += Number(told.missed > 0);
      });
      assert.ok(broken > 20, String(broken));
    });
  });
