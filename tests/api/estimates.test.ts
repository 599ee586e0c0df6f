/* What finished tasks tell of estimates: GET /estimates and /schedule/chances against the formulas
   of docs/planner.md, worked out here apart from the server, and what the setting does to a plan. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Chances, Estimates, Schedule, Task } from "../../web/src/api/schema.ts";
import { type Client, guest, served } from "../support/server.ts";

const at = served();

interface Sample {
  course: string | null;
  estimate: number;
  worked: number;
}

/** Numbers that look random: Park and Miller's generator. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
const days = (n: number): string => iso(Date.now() + n * 86_400_000);

async function course(me: Client, name: string): Promise<string> {
  return (await me.call("POST", "/courses", { name })).json.id as string;
}

/** Adds tasks and finishes them one after the other, so that their order is known. */
async function finish(me: Client, samples: readonly Sample[]): Promise<void> {
  for (const { course: course_id, estimate, worked } of samples) {
    const body = {
      title: "Done before",
      course_id,
      estimate_min: estimate,
      worked_min: worked,
      remaining_min: 0,
      due: days(2),
    };
    const task = await me.call("POST", "/tasks", body);
    assert.equal(task.status, 201, task.text);
    const done = await me.call("POST", "/tasks/complete", { ids: [task.json.id as string] });
    assert.equal(done.status, 200, done.text);
  }
}

/** Student's quantile: its density is integrated until `share` lies below. */
function student(share: number, degrees: number): number {
  const density = (t: number) => Math.pow(1 + (t * t) / degrees, -(degrees + 1) / 2);
  const step = 1e-4;
  let whole = 0;
  for (let t = step / 2; t < 2000; t += t < 20 ? step : 0.01) {
    whole += density(t) * (t < 20 ? step : 0.01);
  }
  let sum = 0;
  for (let t = step / 2; ; t += step) {
    sum += density(t) * step;
    if (sum >= (2 * share - 1) * whole) return t;
  }
}

interface Course {
  n: number;
  mean: number;
  doubt: number;
  scatter: number;
  degrees: number;
}

/** Weighted sums over the samples of each course: the k-th last of it weighs 0.95^k. */
function learn(samples: readonly Sample[]): Map<string | null, Course> {
  const counted = samples.filter((s) => s.worked > 0 && s.worked * 8 >= s.estimate);
  const parts = [...new Set(counted.map((s) => s.course))].map((id) => {
    const list = counted.filter((s) => s.course === id);
    const y = list.map((s) => Math.log(Math.min(8, s.worked / s.estimate)));
    const weight = y.map((_, i) => 0.95 ** (y.length - 1 - i));
    const n = weight.reduce((a, w) => a + w, 0);
    const sum = y.reduce((a, v, i) => a + v * (weight[i] ?? 0), 0);
    const spread = y.reduce((a, v, i) => a + (weight[i] ?? 0) * (v - sum / n) ** 2, 0);
    return { id, list, n, sum, spread };
  });
  const degrees = 3 + parts.filter((p) => p.n > 1).reduce((a, p) => a + p.n - 1, 0);
  const within = parts.filter((p) => p.n > 1).reduce((a, p) => a + p.spread, 0);
  const scatter = (3 * 0.45 ** 2 + within) / degrees;
  return new Map(
    parts.map(({ id, list, n, sum }) => {
      const doubt = 1 / (1 / 0.25 ** 2 + n / scatter);
      const mean = doubt * (Math.log(1.3) / 0.25 ** 2 + sum / scatter);
      return [id, { n: list.length, mean, doubt, scatter, degrees }];
    }),
  );
}

const near = (a: number | null, b: number, what: string): void => {
  assert.ok(
    a !== null && Math.abs(a - b) <= 1 + b / 100,
    `${what}: ${String(a)}, not ${String(b)}`,
  );
};

test("the ranges are those of the formulas", async () => {
  const me = await guest(at.server);
  const next = random(5);
  const ids = [null, await course(me, "History"), await course(me, "Physics")];
  const samples = Array.from({ length: 40 }, (): Sample => {
    const estimate = 5 * Math.ceil(next() * 60);
    const i = Math.floor(next() * 3);
    const worked = Math.round(estimate * (0.4 + 0.5 * i + 1.2 * next() * next()));
    return { course: ids[i] ?? null, estimate, worked: next() < 0.1 ? 0 : worked };
  });
  await finish(me, samples);
  const said = (await me.call("GET", "/estimates")).json as unknown as Estimates;
  const known = learn(samples);
  assert.equal(said.courses.length, 3);
  for (const c of said.courses) {
    const k = known.get(c.course_id);
    assert.ok(k);
    assert.equal(c.n, k.n);
    const spread = Math.sqrt(k.doubt + k.scatter);
    const percent = (sd: number) => 100 * Math.exp(k.mean + sd * spread);
    near(c.median_percent, percent(0), "median");
    near(c.p80_percent, percent(student(0.8, k.degrees)), "p80");
    near(c.low_percent, percent(-student(0.9, k.degrees)), "low");
    near(c.high_percent, percent(student(0.9, k.degrees)), "high");
  }
});

async function freeAllDay(me: Client): Promise<void> {
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "18:00" }));
  assert.equal((await me.call("PUT", "/availability", { week })).status, 200);
}

async function plannedOf(me: Client): Promise<Map<string, number>> {
  const plan = (await me.call("GET", "/schedule?days=28")).json as unknown as Schedule;
  const sums = new Map<string, number>();
  for (const b of plan.blocks)
    sums.set(
      b.task_id,
      (sums.get(b.task_id) ?? 0) + (Date.parse(b.end) - Date.parse(b.start)) / 60_000,
    );
  return sums;
}

async function settings(me: Client, body: object): Promise<void> {
  const reply = await me.call("PATCH", "/settings", body);
  assert.equal(reply.status, 200, reply.text);
}

async function aTask(me: Client, body: object): Promise<Task> {
  const reply = await me.call("POST", "/tasks", { title: "Essay", due: days(20), ...body });
  assert.equal(reply.status, 201, reply.text);
  return reply.json as unknown as Task;
}

test("the plan counts as the setting says, and the estimate stays", async () => {
  const me = await guest(at.server);
  await freeAllDay(me);
  const history = await course(me, "History");
  const physics = await course(me, "Physics");
  const double = (course: string): Sample => ({ course, estimate: 60, worked: 120 });
  await finish(me, [double(history), double(history), double(physics), double(physics)]);
  const essay = await aTask(me, { course_id: history, estimate_min: 240 });
  const lab = await aTask(me, { course_id: physics, estimate_min: 240 });

  await settings(me, { estimates: "p80" });
  assert.equal((await plannedOf(me)).get(essay.id), 240, "two finished tasks say nothing");
  const few = (await me.call("GET", "/estimates")).json as unknown as Estimates;
  assert.deepEqual(
    few.courses.map((c) => [c.n, c.median_percent]),
    [
      [2, null],
      [2, null],
    ],
  );

  await finish(me, [double(history)]);
  const said = (await me.call("GET", "/estimates")).json as unknown as Estimates;
  const known = said.courses.find((c) => c.course_id === history);
  const factors: [string, number][] = [
    ["median", known?.median_percent ?? 0],
    ["p80", known?.p80_percent ?? 0],
    ["typed", 100],
  ];
  for (const [estimates, percent] of factors) {
    await settings(me, { estimates });
    const planned = await plannedOf(me);
    assert.equal(planned.get(essay.id), Math.ceil((240 * percent) / 500) * 5, estimates);
    assert.equal(planned.get(lab.id), 240, "a course that is not known yet");
    const plan = (await me.call("GET", "/schedule")).json as unknown as Schedule;
    const listed = percent === 100 ? [] : [{ course_id: history, percent }];
    assert.deepEqual(plan.factors, listed);
    const task = (await me.call("GET", `/tasks/${essay.id}`)).json as unknown as Task;
    assert.equal(task.estimate_min, 240);
    assert.equal(task.remaining_min, 240);
  }
  assert.ok((known?.p80_percent ?? 0) > (known?.median_percent ?? 0));
  assert.equal((await me.call("PATCH", "/settings", { estimates: "mean" })).status, 400);
});

test("taking a finished task back forgets it", async () => {
  const me = await guest(at.server);
  await finish(
    me,
    [1, 2, 3].map(() => ({ course: null, estimate: 60, worked: 90 })),
  );
  const n = async () =>
    ((await me.call("GET", "/estimates")).json as unknown as Estimates).courses.map((c) => c.n);
  assert.deepEqual(await n(), [3]);
  const { items } = (await me.call("GET", "/tasks")).json as { items: Task[] };
  await me.call("POST", "/tasks/complete", { ids: [items[0]?.id], state: "open" });
  assert.deepEqual(await n(), [2]);
});

const erf = (x: number): number => {
  let sum = 0;
  for (let t = 0, step = x / 4000; t < 4000; t++)
    sum += Math.exp(-(((t + 0.5) * step) ** 2)) * step;
  return (2 / Math.sqrt(Math.PI)) * sum;
};

test("the chances of deadlines are those of sums of log-normals", async () => {
  const me = await guest(at.server);
  /* Free time at midnight of each day, and enough of it, so that time passing changes nothing. */
  const day = iso(Date.now() + 86_400_000).slice(0, 10);
  const free = [1, 2, 3].map((n) => ({
    date: iso(Date.now() + n * 86_400_000).slice(0, 10),
    windows: [{ start: "10:00", end: "16:00" }],
  }));
  const hours = await me.call("PUT", "/availability", { week: [], exceptions: free });
  assert.equal(hours.status, 200, hours.text);
  const history = await course(me, "History");
  const samples = [1, 1.2, 1.7, 0.9, 1.4].map((f) => ({
    course: history,
    estimate: 100,
    worked: 100 * f,
  }));
  const nothing = (await me.call("GET", "/schedule/chances")).json as unknown as Chances;
  assert.deepEqual([nothing.tasks, nothing.known, nothing.all_percent], [0, 0, null]);
  await finish(me, samples);

  const dueOn = (n: number) => `${free[n]?.date ?? day}T20:00:00Z`;
  const tasks = [
    [history, 100, 0],
    [history, 80, 0],
    [null, 60, 0],
    [history, 200, 1],
    [null, 300, 2],
    [history, 60, 2],
  ] as const;
  for (const [course_id, estimate_min, n] of tasks)
    await aTask(me, { course_id, estimate_min, due: dueOn(n) });

  const k = learn(samples).get(history);
  assert.ok(k);
  const median = Math.round(100 * Math.exp(k.mean));
  const said = (await me.call("GET", "/schedule/chances")).json as unknown as Chances;
  assert.equal(said.tasks, 6);
  assert.equal(said.known, 4);
  assert.equal(said.deadlines.length, 3);
  said.deadlines.forEach((deadline, n) => {
    const due = tasks.filter((t) => t[2] <= n);
    const learned = due
      .filter((t) => t[0] === history)
      .map((t) => Math.ceil((t[1] * median) / 500) * 5 * Math.exp((k.doubt + k.scatter) / 2));
    const fixed = due.filter((t) => t[0] === null).reduce((a, t) => a + t[1], 0);
    const mean = learned.reduce((a, e) => a + e, 0);
    let variance = 0;
    learned.forEach((a, i) =>
      learned.forEach((b, j) => {
        variance += a * b * Math.expm1(k.doubt + (i === j ? k.scatter : 0));
      }),
    );
    const s2 = Math.log(1 + variance / mean ** 2);
    const z = (Math.log(360 * (n + 1) - fixed) - Math.log(mean) + s2 / 2) / Math.sqrt(s2);
    const chance = 50 * (1 + erf(z / Math.SQRT2));
    assert.ok(
      Math.abs((deadline.percent ?? -9) - chance) <= 1,
      `${String(deadline.percent)}, not ${String(chance)}`,
    );
    assert.equal(deadline.due, dueOn(n));
  });
  const percents = said.deadlines.map((d) => d.percent ?? 0);
  assert.ok(
    percents.some((p) => p > 10 && p < 90),
    percents.join(),
  );
  assert.ok((said.all_percent ?? 101) <= Math.min(...percents) + 3);
  assert.ok((said.all_percent ?? 0) > 0);
  const again = (await me.call("GET", "/schedule/chances")).json as unknown as Chances;
  assert.equal(again.all_percent, said.all_percent, "the draws are the same every time");
});
