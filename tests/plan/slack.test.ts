/* Slack is what it says, found by asking again: with so much more work of a task nothing more is late,
   and one slot more is too much. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instance } from "./format.ts";
import { MIDDLE, TINY, generateMany, laterMany } from "./generate.ts";
import { ask, loadEngine } from "./wasm.ts";

const engine = await loadEngine();

const longer = (instance: Instance, task: number, slots: number): Instance => ({
  ...instance,
  tasks: instance.tasks.map((t, i) => (i === task ? { ...t, p: t.p + slots } : t)),
});

/** Asks of each finished task; how many have slack, and how many have none. Which tasks are finished
    may change with the work when whole tasks are chosen: then only of what fits. */
function prove(instances: Instance[]): { none: number; some: number; short: number } {
  const seen = { none: 0, some: 0, short: 0 };
  for (const instance of instances) {
    const answer = ask(engine, instance);
    if (instance.objective === "tasks" && !answer.feasible) continue;
    for (const [task, slack] of answer.slack.entries()) {
      if (slack < 0) continue;
      const deficit = (slots: number) => ask(engine, longer(instance, task, slots)).deficit;
      const show = JSON.stringify({ instance, task, slack });
      assert.equal(deficit(slack), answer.deficit, show);
      assert.equal(deficit(slack + 1), answer.deficit + 1, show);
      seen.none += Number(slack === 0);
      seen.some += Number(slack > 0);
      seen.short += Number(slack > 0 && !answer.feasible);
    }
  }
  return seen;
}

describe("slack is exact", () => {
  test("where all may start now", () => {
    const seen = prove([...generateMany(81, 1500, TINY), ...generateMany(82, 150, MIDDLE)]);
    assert.ok(seen.none > 100 && seen.some > 200 && seen.short > 100, JSON.stringify(seen));
  });

  test("with starts and prerequisites", () => {
    const seen = prove([...laterMany(83, 4000, TINY), ...laterMany(84, 300, MIDDLE)]);
    assert.ok(seen.none > 100 && seen.some > 500 && seen.short > 100, JSON.stringify(seen));
  });
});
