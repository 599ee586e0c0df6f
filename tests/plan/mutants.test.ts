/* The checker accepts every plan and rejects all that is wrong: over 100,000 results that are no
   longer right, by every operator of mutate.ts. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check } from "./checker.ts";
import type { Instance } from "./format.ts";
import { MIDDLE, Random, TINY, early, generateMany, laterMany, pin, wish } from "./generate.ts";
import { mutate, operators, wrong } from "./mutate.ts";
import { solve } from "./planner.ts";

const linked = ({ tasks }: Instance): boolean => tasks.some((t) => (t.pre ?? []).length > 0);

/* Room enough that what waits and what it waits for are both planned. */
const ROOMY = { ...TINY, days: 5, tasks: 6, windowLength: 9, nowDays: 0 };
const whole = (instance: Instance): Instance => ({ ...instance, X: [1, 1], objective: "tasks" });

/* Instances, and how often each operator is tried on each. */
const sets: [string, Instance[], number][] = [
  ["tiny", generateMany(61, 2000, TINY), 5],
  ["with starts", laterMany(62, 1300, TINY), 5],
  ["with prerequisites", laterMany(67, 2600, ROOMY).filter(linked).map(whole), 6],
  ["with wishes", generateMany(63, 600, TINY).map(wish), 5],
  ["with pins", generateMany(64, 800, TINY).map(pin), 5],
  ["with buffers", generateMany(68, 800, TINY).map(early), 5],
  ["middling", generateMany(65, 60, MIDDLE), 4],
  ["middling, with starts and prerequisites", laterMany(66, 25, MIDDLE), 2],
];

describe("the checker", () => {
  const rejected = new Map(Object.keys(operators).map((name) => [name, 0]));
  for (const [name, instances, tries] of sets)
    test(`${name}: accepts each plan and rejects what is wrong`, () => {
      const results = solve(instances);
      instances.forEach((instance, i) => {
        const right = results[i];
        assert.ok(right);
        assert.deepEqual(check(instance, right), [], JSON.stringify(instance));
        const r = new Random(i);
        const seen = new Set<string>();
        for (const operator of Object.keys(operators))
          for (let n = operator === "precedence" ? 6 * tries : tries; n > 0; n--) {
            const mutant = mutate(instance, right, operator, r);
            const text = JSON.stringify(mutant);
            if (!mutant || seen.has(text)) continue;
            seen.add(text);
            const why = wrong(instance, right, mutant);
            if (why === undefined) continue;
            const said = check(instance, mutant);
            if (said.length === 0)
              assert.fail(`${operator}, ${why}:\n${JSON.stringify(instance)}\n${text}`);
            rejected.set(operator, (rejected.get(operator) ?? 0) + 1);
          }
      });
    });

  test("has rejected over 100,000, by every operator", () => {
    const counts = [...rejected];
    const told = counts.map(([name, n]) => `${name}: ${n}`).join(", ");
    assert.ok(counts.reduce((all, [, n]) => all + n, 0) >= 100_000, told);
    for (const [name, n] of counts) assert.ok(n >= 300, `${name} ${n}; ${told}`);
    console.log(`rejected: ${told}`);
  });
});
