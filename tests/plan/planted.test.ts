/*
 * The tests tested: each clause of what a right plan is, broken in a result, must be named by the
 * checker; each rule of the planner, broken in a copy of its source, must be caught.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { build, buildRest } from "./build.ts";
import { check, sum } from "./checker.ts";
import type { Instance, Result } from "./format.ts";
import {
  MIDDLE,
  TINY,
  early,
  generateMany,
  generateSessions,
  laterMany,
  pin,
  wish,
} from "./generate.ts";
import { solve } from "./planner.ts";
import { bugs } from "./planted.ts";
import { apply } from "./repairs.ts";
import { startsNow, vectors } from "./vectors.ts";

const roomy: Instance = {
  tz: "UTC",
  epoch: 0,
  now: 100,
  X: [1, 2],
  pace: [1, 4],
  days: [
    {
      date: "2026-11-24",
      beg: 0,
      end: 288,
      free: [
        [90, 130],
        [260, 288],
      ],
      done: 1,
    },
    {
      date: "2026-11-25",
      beg: 288,
      end: 576,
      free: [
        [288, 310],
        [400, 430],
      ],
      done: 0,
    },
    {
      date: "2026-11-26",
      beg: 576,
      end: 864,
      free: [
        [600, 640],
        [700, 720],
      ],
      done: 0,
    },
  ],
  tasks: [
    { id: 1, p: 30, due: 576, w: 3 },
    { id: 2, p: 12, due: 864, w: 5 },
    { id: 3, p: 4, due: 120, w: 1 },
    { id: 4, p: 3, due: 50, w: 2 },
    { id: 5, p: 0, due: 400, w: 2 },
  ],
};

const crowded: Instance = {
  ...roomy,
  objective: "tasks",
  X: [9, 10],
  tasks: [
    { id: 1, p: 150, due: 864, w: 3 },
    { id: 2, p: 20, due: 864, w: 2 },
    { id: 3, p: 20, due: 864, w: 2 },
  ],
};

const light: Instance = { ...roomy, tasks: [{ id: 1, p: 10, due: 864, w: 3 }] };

const wishful: Instance = { ...roomy, shape: { min: 6, max: 12 } };

const hasty: Instance = { ...roomy, buffer: 288 };

type Breakage = [clause: string, change: (r: Result) => void, instance?: Instance];

const first = (r: Result): [number, number, number] => {
  const block = r.plan[0];
  assert.ok(block);
  return block;
};

/** Tells the sums of what the plan now holds, so that nothing else gives the change away. */
function retell(instance: Instance, r: Result): void {
  const weight = new Map(instance.tasks.map((t) => [t.id, t.w]));
  const before = r.wontime;
  r.plan.sort((a, b) => a[1] - b[1]);
  r.ontime = sum(r.plan.map(([, a, b]) => b - a));
  r.wontime = sum(r.plan.map(([id, a, b]) => (b - a) * (weight.get(id) ?? 0)));
  r.gap += before - r.wontime;
  r.loads = instance.days.map(({ beg, end }) =>
    sum(r.plan.filter(([, a]) => a >= beg && a < end).map(([, a, b]) => b - a)),
  );
  r.maxload = Math.max(...r.loads);
  r.deficit = r.total - r.ontime;
}

const instead = (of: Instance, other: Partial<Instance>) => (r: Result) => {
  Object.assign(r, solve([{ ...of, ...other }])[0]);
};

const breakages: Breakage[] = [
  ["overlap", (r) => r.plan.splice(1, 1, [r.plan[1]?.[0] ?? 0, first(r)[2] - 1, first(r)[2] + 5])],
  ["window", (r) => (r.plan[r.plan.length - 1] = [2, 645, 657])],
  ["midnight", (r) => r.plan.splice(2, 0, [1, 286, 290])],
  ["now", (r) => r.plan.unshift([3, 96, 100])],
  ["due", (r) => r.plan.splice(1, 0, [3, 119, 121])],
  ["capacity", (r) => r.plan.push([2, 620, 640], [2, 700, 720])],
  ["work", (r) => (r.plan[r.plan.length - 1] = [2, 600, 640])],
  ["task", (r) => (r.plan[0] = [99, 100, 104])],
  ["order", (r) => r.plan.push([2, 719, 719])],
  ["total", (r) => r.total++],
  ["ontime", (r) => r.ontime++],
  ["wontime", (r) => r.wontime++],
  ["loads", (r) => (r.loads[0] = (r.loads[0] ?? 0) + 1)],
  ["maxload", (r) => r.maxload++],
  ["overdue", (r) => r.overdue.pop()],
  ["feasible", (r) => (r.feasible = false)],
  ["deficit", (r) => r.deficit++],
  ["deficit-full", (r) => r.deficit_full++],
  ["gap", (r) => r.gap++],
  ["value", (r) => (r.plan.pop(), retell(roomy, r))],
  [
    "value",
    instead({ ...crowded, objective: "minutes" }, { objective: "tasks" }),
    { ...crowded, objective: "minutes" },
  ],
  ["cut", instead(crowded, { objective: "minutes" }), crowded],
  ["xmin", (r) => (r.xmin = [1, 2])],
  ["xmin", (r) => (r.xmin = null)],
  ["xmin", (r) => r.xmin && r.xmin[0]--],
  ["critical", (r) => r.critical && r.critical.work--],
  ["critical", (r) => r.critical && (r.critical.until = 864)],
  ["critical", (r) => (r.critical = null)],
  ["overtime-least", instead(roomy, { pace: [1, 2] })],
  ["overtime-flat", (r) => moveSlot(r)],
  ["pace", instead(light, { pace: [0, 1] }), light],
  ["early", (r) => ((first(r)[1] += 1), (first(r)[2] += 1))],
  ["edf", (r) => ((first(r)[0] = 1), (r.plan[1] = [3, first(r)[2], first(r)[2] + 4]))],
  ["repair-kind", (r) => r.repairs.push({ kind: "drop", task: 1 })],
  ["repair-missing", (r) => (r.repairs = []), crowded],
  ["friction", (r) => (r.friction = (r.friction ?? 0) + 1), wishful],
  ["friction", (r) => (r.friction_bound = 1e9), wishful],
  ["buffer", (r) => delete r.by, hasty],
  ["buffer", (r) => r.by?.forEach((one) => (one[1] = one[0] === 2 ? 864 : one[1])), hasty],
  ["buffer", (r) => r.by?.forEach((one) => (one[1] -= 1)), hasty],
  ["buffer", (r) => (r.by = []), roomy],
];

/** One slot of overtime from the last day with some to the first, which is as high already. */
function moveSlot(r: Result): void {
  const last = r.plan.at(-1);
  const before = r.plan.findLast(([, a]) => a < 288);
  assert.ok(last && before);
  last[2] -= 2;
  before[2] += 2;
  retell(roomy, r);
}

describe("a broken result", () => {
  test("is right before it is broken", () => {
    const [a, b] = solve([roomy, crowded]);
    assert.ok(a && b);
    assert.deepEqual([check(roomy, a), check(crowded, b)], [[], []]);
    assert.equal(b.gap > 0, true);
  });
  breakages.forEach(([clause, change, instance = roomy], i) =>
    test(`${i + 1}: the checker names ${clause}`, () => {
      const [result] = solve([instance]);
      assert.ok(result);
      change(result);
      const said = check(instance, result);
      assert.ok(
        said.some((what) => what.startsWith(`${clause}:`)),
        said.join("\n") || "nothing",
      );
    }),
  );
});

/** All that the tests would say of a planner, until `enough` is said. Some at a time: where a planner
 * breaks down it still tells the others. */
function complaints(program: string, instances: Instance[], enough: RegExp): string[] {
  const said: string[] = [];
  for (let i = 0; i < instances.length && !said.some((what) => enough.test(what)); i += 100)
    said.push(...complaintsOf(program, instances.slice(i, i + 100), enough));
  return said;
}

function solved(program: string, instances: Instance[], said: string[]): Result[] {
  try {
    return solve(instances, program);
  } catch (error) {
    said.push(`crash: ${String(error)}`);
    return [];
  }
}

function complaintsOf(program: string, instances: Instance[], enough: RegExp): string[] {
  const said: string[] = [];
  const results = solved(program, instances, said);
  for (const [i, instance] of instances.entries()) {
    const result = results[i];
    if (!result) continue;
    said.push(...check(instance, result));
    if (said.some((what) => enough.test(what))) return said;
  }
  const tries = instances.flatMap((instance, i) =>
    (instance.pins ? [] : (results[i]?.repairs ?? [])).flatMap((repair) => {
      try {
        const [works, fails] = apply(instance, repair);
        const less = fails ? [{ kind: repair.kind, changed: fails, wanted: false }] : [];
        return [{ kind: repair.kind, changed: works, wanted: true }, ...less];
      } catch {
        said.push(`repair: ${repair.kind} cannot be done`);
        return [];
      }
    }),
  );
  solved(
    program,
    tries.map((t) => t.changed),
    said,
  ).forEach((result, i) => {
    const one = tries[i];
    if (one && result.feasible !== one.wanted) said.push(`repair: ${one.kind} is not the least`);
  });
  return said;
}

describe("a broken planner", { concurrency: 2 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "planted-"));
  after(() => rmSync(folder, { recursive: true }));
  const instances = [
    ...laterMany(31, 500, TINY),
    ...laterMany(32, 150, MIDDLE),
    ...vectors()
      .filter(startsNow)
      .map((v) => v.instance)
      .slice(0, 500),
    ...generateMany(11, 400, TINY),
    ...generateMany(12, 300, MIDDLE),
    ...generateMany(13, 300, TINY).map(wish),
    ...generateMany(14, 100, MIDDLE).map(wish),
    ...generateMany(15, 200, TINY).map(pin),
    ...generateMany(16, 60, MIDDLE).map(pin),
    ...Array.from({ length: 60 }, (_, i) => generateSessions(i)),
    ...[...generateMany(17, 300, TINY), ...laterMany(33, 300, TINY)].map(early),
    ...[...generateMany(18, 60, MIDDLE), ...laterMany(34, 60, MIDDLE)].map(early),
  ];
  const objects = buildRest(folder);
  test("is right before it is broken", async () => {
    const nothing = {
      rule: "",
      file: "plan.c",
      from: "int32_t sum = 0, i = 0;",
      to: "int32_t sum = 0, i = 0;",
      caught: /^./,
    };
    const program = await build(join(folder, "right"), await objects, nothing);
    assert.deepEqual(complaints(program, instances, /^/), []);
  });
  bugs.forEach((bug, i) =>
    test(`${bug.file}: ${bug.rule}`, async () => {
      const program = await build(join(folder, String(i)), await objects, bug);
      const said = complaints(program, instances, bug.caught);
      assert.ok(
        said.some((what) => bug.caught.test(what)),
        said.slice(0, 5).join("\n") || "nothing",
      );
    }),
  );
});
