/* The planner against the oracle's vectors, the independent checker, brute force, and itself. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { soonest, truth } from "./brute.ts";
import { Problem, bestCut, check, sum } from "./checker.ts";
import type { Instance, Refusal, Result } from "./format.ts";
import {
  MIDDLE,
  TERM,
  TINY,
  early,
  generateMany,
  laterMany,
  pin,
  tenYears,
  wish,
} from "./generate.ts";
import { linesOf, programOf, runText, solve } from "./planner.ts";
import { apply } from "./repairs.ts";
import { vectors } from "./vectors.ts";

function accept(instances: Instance[], results: Result[]): void {
  instances.forEach((instance, i) => {
    const result = results[i];
    assert.ok(result);
    assert.deepEqual(check(instance, result), [], JSON.stringify(instance));
  });
}

/** Every repair works, and a little less of it does not. */
function proveRepairs(instances: Instance[], results: Result[]): number {
  const after: Instance[] = [];
  const less: Instance[] = [];
  instances.forEach((instance, i) => {
    for (const repair of results[i]?.repairs ?? []) {
      const [works, fails] = apply(instance, repair);
      after.push(works);
      if (fails) less.push(fails);
    }
  });
  const show = (list: Instance[], i: number): string => JSON.stringify(list[i]);
  solve(after).forEach((r, i) => assert.ok(r.feasible, `does not work: ${show(after, i)}`));
  solve(less).forEach((r, i) => assert.ok(!r.feasible, `less works: ${show(less, i)}`));
  return after.length;
}

describe("vectors", () => {
  const all = vectors();
  const instances = all.map((v) => v.instance);
  const results = solve(instances);

  test("all answers are the oracle's", () => {
    assert.equal(all.length, 2000);
    all.forEach(({ instance, answer }, i) => {
      const r = results[i];
      assert.ok(r);
      const { xmin, total, feasible, ontime, wontime, maxload, overdue } = r;
      const loads = [...r.loads].sort((a, b) => a - b);
      const sumsq = sum(r.loads.map((load) => load * load));
      assert.deepEqual(
        { xmin, total, feasible, ontime, wontime, maxload, sumsq, overdue, loads },
        answer,
        JSON.stringify(instance),
      );
    });
  });

  test("the checker accepts every plan", () => {
    accept(instances, results);
  });

  test("every repair works, and less does not", () => {
    assert.ok(proveRepairs(instances, results) > 500);
  });
});

describe("brute force", () => {
  const instances = generateMany(1, 2000, TINY);
  const results = solve(instances);

  test("agrees on the minimum intensity, the most, the flattest and the best cut", () => {
    instances.forEach((instance, i) => {
      const r = results[i];
      assert.ok(r);
      const real = truth(instance);
      const problem = new Problem(instance);
      const limit = problem.capacities(instance.X);
      const pace = problem.capacities(instance.pace ?? [0, 1]);
      const over = r.loads.map((l, d) => Math.max(0, l - Math.min(pace[d] ?? 0, limit[d] ?? 0)));
      const xmin = r.xmin && r.xmin[0] / r.xmin[1];
      const told = {
        xmin,
        ontime: r.ontime,
        bound: r.wontime + r.gap,
        squares: sum(over.map((x) => x * x)),
        cut: bestCut(problem),
      };
      const expected = { ...real, xmin: real.xmin && real.xmin[0] / real.xmin[1] };
      assert.deepEqual(told, expected, JSON.stringify(instance));
    });
  });

  test("the checker accepts every plan, and every repair works", () => {
    accept(instances, results);
    assert.ok(proveRepairs(instances, results) > 500);
  });
});

describe("earliest starts and prerequisites", () => {
  const tiny = laterMany(21, 3000, TINY);
  const results = solve(tiny);
  const finished = (i: Instance, r: Result): number => {
    const held = new Map<number, number>();
    for (const [id, a, b] of r.plan) held.set(id, (held.get(id) ?? 0) + b - a);
    return sum(new Problem(i).live.filter((t) => held.get(t.id) === t.p).map((t) => t.w));
  };

  test("brute force agrees; the choice of what to finish is near it", () => {
    let reached = 0;
    let possible = 0;
    tiny.forEach((instance, i) => {
      const r = results[i];
      assert.ok(r);
      const real = truth(instance);
      const problem = new Problem(instance);
      const loose = instance.objective === "tasks" && !r.feasible;
      const limit = problem.capacities(instance.X);
      const pace = problem.capacities(instance.pace ?? [0, 1]);
      const over = r.loads.map((l, d) => Math.max(0, l - Math.min(pace[d] ?? 0, limit[d] ?? 0)));
      const told = {
        xmin: r.xmin && r.xmin[0] / r.xmin[1],
        ontime: r.total - r.deficit,
        bound: loose ? 0 : r.wontime + r.gap,
        squares: loose ? 0 : sum(over.map((x) => x * x)),
      };
      const expected = {
        xmin: real.xmin && real.xmin[0] / real.xmin[1],
        ontime: real.ontime,
        bound: loose ? 0 : real.bound,
        squares: loose ? 0 : real.squares,
      };
      assert.deepEqual(told, expected, JSON.stringify(instance));
      if (!loose) return;
      const weight = finished(instance, r);
      assert.ok(weight <= real.cut.weight, JSON.stringify(instance));
      reached += weight;
      possible += real.cut.weight;
    });
    assert.ok(possible > 1000);
    assert.ok(reached >= 0.985 * possible, `${reached} of ${possible}`);
  });

  test("the checker accepts every plan, and every repair works", () => {
    accept(tiny, results);
    assert.ok(proveRepairs(tiny, results) > 1000);
  });

  test("middling instances", () => {
    const instances = laterMany(22, 800, MIDDLE);
    const all = solve(instances);
    accept(instances, all);
    assert.ok(proveRepairs(instances, all) > 200);
    const some = (what: (i: Instance, r: Result) => boolean): number =>
      instances.filter((instance, i) => what(instance, all[i] as Result)).length;
    assert.ok(some((_, r) => r.feasible) > 50);
    assert.ok(some((i) => i.tasks.some((t) => (t.pre ?? []).length > 0)) > 200);
    assert.ok(some((_, r) => !r.feasible && r.gap > 0) > 50);
    for (const kind of ["raise", "free", "drop", "shorten", "extend"])
      assert.ok(some((_, r) => r.repairs.some((x) => x.kind === kind)) > 5, kind);
  });

  test("no start matters when all are past", () => {
    const instances = generateMany(23, 300, MIDDLE);
    const past = instances.map((i) => ({
      ...i,
      tasks: i.tasks.map((t) => ({ ...t, rel: i.now - 1, pre: [] })),
    }));
    assert.deepEqual(solve(past), solve(instances));
  });
});

describe("buffers", () => {
  const broken = (instance: Instance, { by = [] }: Result): number[] => {
    const due = new Map(instance.tasks.map((t) => [t.id, t.due]));
    return by.flatMap(([id, slot]) => {
      const kept = slot <= (due.get(id) ?? 0) - (instance.buffer ?? 0);
      return kept || slot === due.get(id) ? [] : [id];
    });
  };
  const bare = (instance: Instance): Instance => {
    const rest = { ...instance };
    delete rest.buffer;
    return rest;
  };

  test("brute force finds the same dates", () => {
    const starts = laterMany(41, 2500, TINY).map((i) => ({
      ...i,
      tasks: i.tasks.map((t) => ({ ...t, pre: [] })),
    }));
    const instances = [...generateMany(42, 2500, TINY), ...starts].map(early);
    let partly = 0;
    solve(instances).forEach((result, i) => {
      const instance = instances[i];
      assert.ok(instance);
      if (!result.feasible) return;
      assert.deepEqual(result.by, soonest(instance), JSON.stringify(instance));
      partly += Number(broken(instance, result).length > 0);
    });
    assert.ok(partly > 200, String(partly));
  });

  test("the checker accepts every plan, and nothing but its shape differs", () => {
    const instances = [
      ...generateMany(43, 800, MIDDLE),
      ...laterMany(44, 500, MIDDLE),
      ...laterMany(45, 1500, TINY),
      ...generateMany(46, 150, MIDDLE).map(wish),
      ...generateMany(47, 300, MIDDLE).map(pin),
      ...generateMany(48, 20, TERM),
    ].map(early);
    const [results, without] = [solve(instances), solve(instances.map(bare))];
    accept(instances, results);
    results.forEach((result, i) => {
      const plain = without[i];
      assert.ok(plain);
      for (const name of [
        ...(["xmin", "total", "feasible", "ontime", "wontime", "overdue", "critical"] as const),
        ...(["deficit", "deficit_full", "repairs", "gap"] as const),
      ])
        assert.deepEqual(result[name], plain[name], JSON.stringify(instances[i]));
    });
    const some = (what: (i: Instance, r: Result) => boolean): number =>
      instances.filter((instance, i) => what(instance, results[i] as Result)).length;
    assert.ok(some((i, r) => r.feasible && broken(i, r).length > 0) > 100);
    assert.ok(some((i, r) => r.feasible && broken(i, r).length === 0) > 100);
    assert.ok(some((i, r) => !r.feasible && broken(i, r).length > 0) > 100);
  });

  test("none is as none asked for", () => {
    const instances = generateMany(49, 200, MIDDLE);
    const zero = instances.map((i) => ({ ...i, buffer: 0 }));
    assert.deepEqual(solve(zero), solve(instances));
  });
});

describe("generated", () => {
  test("middling instances", () => {
    const instances = generateMany(2, 1500, MIDDLE);
    const results = solve(instances);
    accept(instances, results);
    assert.ok(proveRepairs(instances, results) > 500);
    /* The generator reaches what it should. */
    const some = (what: (i: Instance, r: Result) => boolean): number =>
      instances.filter((instance, i) => what(instance, results[i] as Result)).length;
    assert.ok(some((_, r) => r.feasible) > 200);
    assert.ok(some((_, r) => !r.feasible && r.xmin !== null) > 100);
    assert.ok(some((_, r) => r.gap > 0) > 100);
    assert.ok(some((i) => new Set(i.tasks.map((t) => t.due)).size < i.tasks.length) > 500);
    assert.ok(some((_, r) => r.overdue.length > 0) > 200);
    for (const kind of ["raise", "free", "drop", "shorten", "extend"])
      assert.ok(some((_, r) => r.repairs.some((x) => x.kind === kind)) > 20, kind);
  });

  test("terms of 200 tasks and 98 days", () => {
    const instances = generateMany(3, 40, TERM);
    const results = solve(instances);
    accept(instances, results);
    proveRepairs(instances, results);
  });

  test("a due date in 2036", () => {
    const instance = tenYears();
    const [result] = solve([instance]);
    assert.ok(result);
    assert.deepEqual(check(instance, result), []);
    assert.equal(result.feasible, true);
  });
});

describe("the slider", () => {
  test("a higher pace never takes more days", () => {
    for (const instance of generateMany(4, 60, MIDDLE)) {
      const paces = Array.from({ length: 11 }, (_, i): Instance => ({
        ...instance,
        pace: [i, 10],
      }));
      const days = solve(paces).map((r) => r.loads.findLastIndex((load) => load > 0));
      days.slice(1).forEach((last, i) => assert.ok(last <= (days[i] ?? 0), `pace ${i + 1}/10`));
    }
  });

  test("the same input gives the same bytes", () => {
    const text = linesOf(generateMany(5, 200, MIDDLE));
    assert.equal(runText(text).text, runText(text).text);
  });
});

describe("the command", () => {
  const day = { date: "2026-11-24", beg: 0, end: 288, free: [] };
  const good = (): Instance => ({
    tz: "UTC",
    epoch: 0,
    now: 0,
    X: [1, 1],
    days: [{ date: "2026-11-24", beg: 0, end: 288, free: [[100, 120]], done: 0 }],
    tasks: [{ id: 7, p: 5, due: 110, w: 3 }],
  });
  const change = (edit: (i: Record<string, unknown> & Instance) => void): string => {
    const instance = good() as Record<string, unknown> & Instance;
    edit(instance);
    return JSON.stringify(instance) + "\n";
  };

  const bad: [string, string, RegExp][] = [
    ["not JSON", "{\n", /JSON/],
    ["an empty line", "\n", /JSON/],
    ["invalid UTF-8 escapes", '{"tz":"\\ud800"}\n', /JSON/],
    ["a list", "[]\n", /object/],
    ["two objects", "{}{}\n", /JSON/],
    ["a missing member", change((i) => delete (i as Partial<Instance>).now), /now is missing/],
    ["an unknown member", change((i) => (i["extra"] = 1)), /extra/],
    ["a member twice", linesOf([good()]).replace('"now":0', '"now":0,"now":0'), /now.*twice/],
    ["a fraction", change((i) => (i.now = 0.5)), /now/],
    ["X above 1", change((i) => (i.X = [3, 2])), /limit|X/],
    ["X by nothing", change((i) => (i.X = [0, 0])), /limit|X/],
    ["a negative pace", change((i) => (i.pace = [-1, 2])), /pace/],
    ["an objective", change((i) => Object.assign(i, { objective: "fun" })), /objective/],
    ["negative work", change((i) => i.tasks.forEach((t) => (t.p = -1))), /tasks\/0\/p/],
    ["weight 6", change((i) => i.tasks.forEach((t) => (t.w = 6))), /tasks\/0\/w/],
    ["an id twice", change((i) => i.tasks.push({ id: 7, p: 1, due: 9, w: 1 })), /id 7/],
    ["a window outside", change((i) => i.days[0]?.free.push([280, 289])), /days\/0\/free/],
    ["windows crossing", change((i) => i.days[0]?.free.push([110, 130])), /days\/0\/free/],
    ["a day turned round", change((i) => i.days.forEach((d) => (d.end = -1))), /days\/0/],
    [
      "days crossing",
      change((i) => i.days.push({ ...day, date: "2026-11-25", done: 0 })),
      /days\/1/,
    ],
    ["a date twice", change((i) => i.days.push({ ...day, beg: 288, end: 576, done: 0 })), /date/],
    ["done below 0", change((i) => i.days.forEach((d) => (d.done = -1))), /done/],
    ["a buffer below 0", change((i) => (i.buffer = -1)), /buffer/],
    ["a start in words", change((i) => Object.assign(i.tasks[0] ?? {}, { rel: "x" })), /0\/rel/],
    ["no list of ids", change((i) => Object.assign(i.tasks[0] ?? {}, { pre: 7 })), /0\/pre/],
    ["an unknown id", change((i) => i.tasks.forEach((t) => (t.pre = [8]))), /tasks\/0\/pre/],
    ["a task after itself", change((i) => i.tasks.forEach((t) => (t.pre = [7]))), /0\/pre.*cycle/],
  ];
  for (const [name, line, message] of bad)
    test(`refuses ${name}, naming the line, and goes on`, () => {
      const run = runText(linesOf([good()]) + line + linesOf([good()]));
      assert.equal(run.status, 1);
      const lines = line.split("\n").length - 1;
      assert.equal(run.lines.length, 2 + lines);
      const refusal = run.lines[1] as Refusal;
      assert.match(refusal.error, message);
      assert.equal(refusal.line, 2);
      assert.equal((run.lines.at(-1) as Result).feasible, true);
    });

  test("takes starts in the past and empty lists of prerequisites", () => {
    const instance = good();
    instance.tasks.forEach((t) => Object.assign(t, { rel: 0, pre: [] }));
    assert.equal(solve([instance])[0]?.feasible, true);
  });

  test("takes 100,000 tasks a line and no more", () => {
    const many = (n: number): Instance => ({
      ...good(),
      tasks: Array.from({ length: n }, (_, id) => ({ id, p: 1, due: 1 + (id % 288), w: 1 })),
    });
    assert.equal(solve([many(100_000)])[0]?.ontime, 20);
    const run = runText(linesOf([many(100_001)]));
    assert.equal(run.status, 1);
    assert.match((run.lines[0] as Refusal).error, /100000/);
  });

  test("reads files in order, and says which one it cannot read", () => {
    assert.equal(runText("", programOf(), ["/nowhere/at/all"]).status, 1);
    assert.equal(runText("", programOf(), ["--frobnicate"]).status, 2);
    assert.equal(runText(linesOf([good()]), programOf(), ["-"]).lines.length, 1);
  });
});
