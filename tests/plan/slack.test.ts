/* Slack is what it says, found by asking again: with so much more work a task is still on time and so
   is all else. From now on one slot more is too much; with starts and prerequisites it is told not to be
   more, and to be none only where there is none. */
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

/** For each task with slack in a plan that fits: its slack, and whether so much more work fits. */
function* slacks(instances: Instance[]): Generator<{
  slack: number;
  fits: (slots: number) => boolean;
  show: string;
}> {
  for (const instance of instances) {
    const answer = ask(engine, instance);
    if (!answer.feasible) continue;
    for (const [task, slack] of answer.slack.entries())
      if (slack >= 0)
        yield {
          slack,
          fits: (slots) => ask(engine, longer(instance, task, slots)).feasible,
          show: JSON.stringify({ instance, task, slack }),
        };
  }
}

describe("slack", () => {
  test("is exact where all may start now", () => {
    let seen = 0;
    const instances = [...generateMany(81, 1500, TINY), ...generateMany(82, 150, MIDDLE)];
    for (const { slack, fits, show } of slacks(instances)) {
      assert.ok(fits(slack), show);
      assert.ok(!fits(slack + 1), show);
      seen += Number(slack > 0);
    }
    assert.ok(seen > 200, String(seen));
  });

  test("is none exactly where there is none, and never told too small, with starts", () => {
    const seen = { none: 0, some: 0, exact: 0 };
    const instances = [...laterMany(83, 3000, TINY), ...laterMany(84, 200, MIDDLE)];
    for (const { slack, fits, show } of slacks(instances)) {
      assert.equal(fits(1), slack > 0, show);
      assert.ok(!fits(slack + 1), show);
      seen.none += Number(slack === 0);
      seen.some += Number(slack > 0);
      seen.exact += Number(slack > 0 && fits(slack));
    }
    assert.ok(seen.none > 100 && seen.some > 100, JSON.stringify(seen));
    /* How often the greatest that could be is what is. */
    assert.ok(seen.exact > 0.75 * seen.some, JSON.stringify(seen));
  });
});
