/* Why not there: what a move would break is what a plan with it forced breaks, solved otherwise: by
   largest flows over what the stretch leaves. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mostOnTime } from "../../web/src/plan/flow.ts";
import { Problem, check, sum } from "./checker.ts";
import type { Elsewhere, Instance, Pair, Refusal, Result } from "./format.ts";
import { MIDDLE, Random, TINY, generateMany, laterMany, pin, wish } from "./generate.ts";
import { jobsOf } from "./later.ts";
import { linesOf, runText, solve } from "./planner.ts";
import { answerLine, loadEngine } from "./wasm.ts";

const engine = await loadEngine();

const range = ([a, b]: Pair): number[] => Array.from({ length: b - a }, (_, i) => a + i);

/** Asks of a block of the plan, or of a part of it, whether it could be anywhere else. */
function moved(instance: Instance, plan: Result["plan"], seed: number): Instance | undefined {
  const r = new Random(seed);
  const ahead = plan.filter(([, a]) => a >= instance.now);
  const block = ahead[r.int(0, ahead.length - 1)];
  const day = instance.days[r.int(0, instance.days.length - 1)];
  if (!block || !day) return undefined;
  const length = r.int(1, block[2] - block[1]);
  const window = day.free[r.int(0, day.free.length - 1)];
  let from = r.int(day.beg - 2, day.end);
  if (window && r.chance(0.8)) from = r.int(window[0] - 1, window[1]);
  return { ...instance, move: [block[0], from, from + length] };
}

/** What must be told, counted slot by slot and by flows. */
function truth(
  instance: Instance,
  before: Result,
  after: Result,
): Omit<Elsewhere, "lacks" | "waits"> {
  const [id, a, b] = instance.move ?? [0, 0, 0];
  const task = instance.tasks.find((t) => t.id === id);
  assert.ok(task);
  const free = new Set(instance.days.flatMap((d) => d.free.flatMap(range)));
  const pinned = new Set((instance.pins ?? []).flatMap(([, x, y]) => range([x, y])));
  const told = { past: 0, taken: 0, outside: 0, early: 0, late: 0, over: 0, missed: 0 };
  for (const slot of range([a, b])) {
    if (slot < instance.now) told.past++;
    else if (pinned.has(slot)) told.taken++;
    else if (!free.has(slot)) told.outside++;
    else if (slot < (task.rel ?? slot)) told.early++;
    else if (slot >= task.due) told.late++;
  }
  if (told.past + told.taken > 0) return told;
  const inDays = range([a, b]).filter((s) => instance.days.some((d) => d.beg <= s && s < d.end));
  const problem = new Problem(instance);
  const limit = problem.capacities(instance.X);
  const there = problem.rooms.map(
    ({ day }) => inDays.filter((s) => day.beg <= s && s < day.end).length,
  );
  const above = (r: Result) => sum(r.loads.map((n, d) => Math.max(0, n - (limit[d] ?? 0))));
  told.over = above(after) - above(before);
  /* What it does on time, and the most of the rest beside it. */
  const done = Math.min(task.p, inDays.length);
  const late = inDays.slice(0, done).filter((s) => s >= task.due).length;
  const jobs = jobsOf(problem).map((j) => (j.id === id ? { ...j, p: j.p - done } : j));
  const days = problem.rooms.map((room) => room.slots.filter((s) => !inDays.includes(s)));
  const left = problem.rooms.map(({ day, total, slots }, d) => {
    const share = Math.max(0, Math.floor((total * instance.X[0]) / instance.X[1]) - day.done);
    const own = slots.filter((s) => !inDays.includes(s)).length;
    return Math.min(own, Math.max(0, share - (there[d] ?? 0)));
  });
  told.missed = before.ontime - (done - late + mostOnTime(jobs, days, left));
  return told;
}

const elsewhereOf = (result: Result): Elsewhere => {
  assert.ok(result.elsewhere);
  return result.elsewhere;
};

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
