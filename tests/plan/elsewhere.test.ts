/* Why not there: what a move would break is what a plan with it forced breaks, solved otherwise: by
   largest flows over what the stretch leaves. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, sum } from "./checker.ts";
import { elsewhereOf, moved, truth } from "./elsewhere.ts";
import type { Instance, Refusal, Result } from "./format.ts";
import { MIDDLE, TINY, generateMany, laterMany, pin, wish } from "./generate.ts";
import { linesOf, runText, solve } from "./planner.ts";
import { answerLine, loadEngine } from "./wasm.ts";

const engine = await loadEngine();

function ask(instances: Instance[]): { asked: Instance[]; before: Result[]; after: Result[] } {
  const plans = solve(instances);
  const pairs = instances.flatMap((instance, i) => {
    const before = plans[i];
    const asked = before && moved(instance, before.plan, i);
    return asked ? [{ asked, before }] : [];
  });
  const asked = pairs.map((p) => p.asked);
  return { asked, before: pairs.map((p) => p.before), after: solve(asked) };
}

const linked = (i: Instance): boolean => i.tasks.some((t) => (t.pre ?? []).length > 0);

describe("why not there", () => {
  const cases: [string, Instance[]][] = [
    ["tiny", generateMany(71, 3000, TINY)],
    ["with starts", laterMany(72, 3000, TINY).filter((i) => !linked(i))],
    ["with prerequisites", laterMany(76, 1500, TINY).filter(linked)],
    ["middling", generateMany(73, 300, MIDDLE)],
    ["middling, with starts", laterMany(74, 150, MIDDLE).filter((i) => !linked(i))],
  ];
  for (const [name, instances] of cases)
    test(`${name}: the minutes are those of a forced plan`, () => {
      const { asked, before, after } = ask(instances);
      let broken = 0;
      asked.forEach((instance, i) => {
        const [was, is] = [before[i], after[i]];
        assert.ok(was && is);
        const told = elsewhereOf(is);
        const show = JSON.stringify({ instance, told });
        const { missed, ...misfit } = truth(instance, was, is);
        assert.deepEqual({ ...told, ...misfit }, told, show);
        if (told.past + told.taken > 0) return;
        if (!linked(instance)) assert.equal(told.missed, missed, show);
        const { move, ...plainly } = instance;
        assert.ok(move);
        const forced: Instance = { ...plainly, pins: [move] };
        const inOneDay = instance.days.some((d) => d.beg <= move[1] && move[2] <= d.end);
        const plain = { ...is };
        delete plain.elsewhere;
        if (inOneDay) assert.deepEqual(check(forced, plain), [], show);
        /* What each task lacks is what it had. */
        const held = (r: Result, id: number): number =>
          sum(
            r.plan
              .filter(([t, , b]) => t === id && b <= dueOf(instance, id))
              .map(([, a, b]) => b - a),
          );
        for (const [id, slots] of told.lacks)
          if (id !== move[0]) assert.equal(held(was, id) - held(is, id), slots, show);
        if (was.feasible && !linked(instance))
          assert.equal(sum(told.lacks.map(([, slots]) => slots)), told.missed, show);
        broken += Number(told.missed > 0);
      });
      assert.ok(broken > 20, String(broken));
    });

  test("in the browser as here", () => {
    const { asked } = ask([
      ...generateMany(75, 300, TINY),
      ...generateMany(77, 60, MIDDLE).map(wish),
      ...generateMany(78, 100, MIDDLE).map(pin),
    ]);
    const native = runText(linesOf(asked)).text.split("\n");
    asked.forEach((instance, i) =>
      assert.equal(answerLine(engine, instance), native[i], JSON.stringify(instance)),
    );
  });

  const good = generateMany(79, 1, MIDDLE)[0] as Instance;
  for (const [name, move] of [
    ["of no task", [999, 100, 105]],
    ["of nothing", [1, 100, 100]],
    ["over a day", [1, 100, 1000]],
  ] as [string, [number, number, number]][])
    test(`${name} is refused`, () => {
      const tasks = [{ id: 1, p: 5, due: 2000, w: 1 }];
      const run = runText(linesOf([{ ...good, tasks, move }]));
      assert.match((run.lines[0] as Refusal).error, /move/);
    });
});

const dueOf = (instance: Instance, id: number): number =>
  instance.tasks.find((t) => t.id === id)?.due ?? 0;
