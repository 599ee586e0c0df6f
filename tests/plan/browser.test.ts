/* What the browser plans is what the server plans, for the same desk at the same time: real server,
   real zone files, the web app's own code. */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type {
  Availability,
  Block,
  Estimates,
  Occurrence,
  Schedule,
  Settings,
  Task,
  Zone,
} from "../../web/src/api/schema.ts";
import type { Desk } from "../../web/src/plan/desk.ts";
import { drafted, keeping, type Draft } from "../../web/src/plan/draft.ts";
import { factorsOf } from "../../web/src/plan/estimates.ts";
import { check } from "../../web/src/plan/check.ts";
import { wishesOf } from "../../web/src/plan/wishes.ts";
import { planHere } from "../../web/src/plan/schedule.ts";
import { type Client, guest, served } from "../support/server.ts";
import { Random } from "./generate.ts";
import { loadEngine } from "./wasm.ts";

const engine = await loadEngine();
const at = served();

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
const wall = (slot: number): string =>
  `${String(Math.floor(slot / 12)).padStart(2, "0")}:${String((slot % 12) * 5).padStart(2, "0")}`;

async function get<T>(me: Client, path: string): Promise<T> {
  const reply = await me.call("GET", path);
  assert.equal(reply.status, 200, reply.text);
  return reply.json as T;
}

async function send(me: Client, method: string, path: string, body: unknown): Promise<void> {
  const reply = await me.call(method, path, body);
  assert.ok(reply.status < 300, reply.text);
}

/** Free hours of up to three windows a day, some of them at night. */
function someWeek(r: Random): Availability["week"] {
  const week: Availability["week"] = [];
  for (let day = 1; day <= 7; day++)
    for (let at = r.int(0, 100), n = r.int(0, 3); n > 0 && at < 280; n--) {
      const until = Math.min(288, at + r.int(2, 60));
      week.push({ day, start: wall(at), end: wall(until) });
      at = until + r.int(1, 40);
    }
  return week;
}

const day = (ahead: number): string => iso(Date.now() + ahead * 86_400_000).slice(0, 10);

/** Some days that are otherwise, with windows or none. */
function someDays(r: Random): Availability["exceptions"] {
  const ahead = [...new Set(Array.from({ length: r.int(0, 5) }, () => r.int(0, 40)))];
  return ahead.map((n) => {
    const from = r.int(0, 200);
    const window = { start: wall(from), end: wall(from + r.int(1, 80)) };
    return { date: day(n), windows: r.chance(0.3) ? [] : [window] };
  });
}

/** A lecture that repeats, a night shift, or something of one day. */
function someEvent(r: Random): object {
  const from = r.int(0, 280);
  const rule = r.pick(["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYMONTHDAY=-1", null]);
  const date = r.int(-30, 30);
  const until = r.chance(0.2) ? r.int(0, from) : r.int(from + 1, 288);
  return {
    title: "Event",
    date: day(date),
    end_date: until <= from ? day(date + 1) : null,
    start: wall(from),
    end: wall(until),
    rule,
    busy: r.chance(0.8),
  };
}

/** Up to three courses, of each some finished tasks; null: without a course. */
async function someCourses(me: Client, r: Random): Promise<[null, ...string[]]> {
  const courses: [null, ...string[]] = [null];
  for (let n = r.int(0, 3); n > 0; n--) {
    const course = await me.call("POST", "/courses", { name: `Course ${String(n)}` });
    courses.push(course.json.id as string);
  }
  for (const course_id of courses) {
    const usual = r.int(40, 250);
    for (let n = r.int(0, 6); n > 0; n--) {
      const estimate_min = r.int(20, 300);
      const worked_min = Math.ceil((estimate_min * (usual + r.int(-20, 40))) / 100);
      const due = iso(Date.now());
      const task = { title: "Done", course_id, estimate_min, worked_min, due, state: "done" };
      await send(me, "POST", "/tasks", task);
    }
  }
  return courses;
}

/** How sessions should be: some wishes, none in half of the cases. */
function someWishes(r: Random): object {
  if (r.chance(0.5)) return {};
  const min = r.chance(0.5) ? r.int(0, 60) : 0;
  return {
    min_session_min: min,
    max_session_min: r.chance(0.5) ? min + r.int(0, 120) : 0,
    max_task_day_min: r.chance(0.3) ? min + r.int(1, 200) : 0,
    pause_min: r.chance(0.3) ? r.int(0, 30) : 0,
    ...(r.chance(0.4) && { break_after_min: r.int(5, 90), break_min: r.int(1, 30) }),
    buffer_min: r.chance(0.4) ? r.int(0, 3000) : 0,
    preferred: r.chance(0.5) ? someWeek(r) : [],
  };
}

/** Pins one behind the other, also outside free hours, at night and before now. */
function somePins(r: Random, at: { slot: number }): { start: string; end: string }[] {
  return Array.from({ length: r.chance(0.3) ? r.int(1, 3) : 0 }, () => {
    const start = at.slot + r.int(0, 300);
    at.slot = start + r.int(1, r.chance(0.2) ? 200 : 20);
    return { start: iso(start * 300_000), end: iso(at.slot * 300_000) };
  });
}

async function fill(me: Client, r: Random, zone: string): Promise<void> {
  const estimates = r.pick(["typed", "median", "p80"]);
  await send(me, "PATCH", "/settings", { zone, estimates, ...someWishes(r) });
  const at = { slot: Math.floor(Date.now() / 300_000) - 100 };
  const courses = await someCourses(me, r);
  await send(me, "PUT", "/availability", { week: someWeek(r), exceptions: someDays(r) });
  for (let n = r.int(0, 6); n > 0; n--) await send(me, "POST", "/events", someEvent(r));
  const far = r.chance(0.2) ? 300 : 24;
  const tasks = Array.from({ length: r.int(1, 25) }, (_, i) => ({
    title: `Task ${String(i)}`,
    estimate_min: r.int(1, 400),
    course_id: r.pick(courses),
    /* Of some a part is done, of some it is said that nothing is left. */
    ...(r.chance(0.3) && { worked_min: r.int(0, 500), remaining_min: r.int(0, 200) }),
    due: iso(Date.now() + r.int(1, far * 24 * 60) * 60_000),
    priority: r.int(1, 5),
    min_session_min: r.chance(0.1) ? r.int(5, 90) : 0,
    pinned: somePins(r, at),
  }));
  for (const task of tasks) await send(me, "POST", "/tasks", task);
}

/** A change of a task, of the shares, of the free hours or of the wishes. */
function someDraft(r: Random, { tasks, pace, limit, wishes }: Desk): Draft {
  const task = tasks[r.int(0, tasks.length - 1)];
  assert.ok(task);
  const other = Object.entries(someWishes(r)).slice(0, r.int(1, 8));
  return r.pick<() => Draft>([
    () => ({ task: { id: task.id, remaining_min: r.int(1, task.remaining_min + 200) } }),
    () => ({
      task: { id: task.id, due: iso(Date.parse(task.due) + r.int(-20, 20) * 3_600_000) },
    }),
    () => ({ task: { id: task.id, priority: r.int(1, 5) } }),
    () => ({ task: { id: task.id, min_session_min: r.int(0, 90) } }),
    () => ({ task: { id: task.id, pinned: [] } }),
    () => ({ pace: { num: r.int(0, limit.num), den: limit.den } }),
    () => ({ limit: { num: r.int(pace.num, pace.den), den: pace.den } }),
    () => ({ week: someWeek(r) }),
    () => ({ wishes: { ...wishes, ...Object.fromEntries(other) } }),
  ])();
}

async function sendDraft(me: Client, desk: Desk, draft: Draft): Promise<void> {
  const { task, week, wishes, ...shares } = draft;
  if (task) {
    const { id, ...change } = task;
    const version = desk.tasks.find((t) => t.id === id)?.version ?? 0;
    const tag = { "if-match": `"${String(version)}"` };
    const reply = await me.call("PATCH", `/tasks/${id}`, change, tag);
    assert.equal(reply.status, 200, reply.text);
  } else if (week) {
    await send(me, "PUT", "/availability", { week, exceptions: desk.exceptions });
  } else {
    await send(me, "PATCH", "/settings", { ...shares, ...wishes });
  }
}

let factored = 0;
let proved = 0;
/** What the browser knows of a desk. */
async function deskOf(me: Client): Promise<Desk> {
  const from = day(-1);
  const [settings, availability, zone, tasks, occurrences] = await Promise.all([
    get<Settings>(me, "/settings"),
    get<Availability>(me, "/availability"),
    get<Zone>(me, "/zone"),
    get<{ items: Task[] }>(me, "/tasks?limit=200"),
    get<{ items: Occurrence[] }>(me, `/events/occurrences?from=${from}&days=400`),
  ]);
  assert.equal(zone.name, settings.zone);
  const { week, exceptions } = availability;
  const { pace, limit } = settings;
  const known = await get<Estimates>(me, "/estimates");
  const factors = factorsOf(known, settings.estimates);
  return {
    wishes: wishesOf(settings),
    tasks: tasks.items,
    week,
    exceptions,
    occurrences: occurrences.items,
    zone,
    pace,
    limit,
    factors,
  };
}

const slot = (instant: string): number => Math.ceil(Date.parse(instant) / 300_000);
const place = (b: Block): string => `${b.task_id} ${b.start} ${b.end}`;

describe("the browser's plan", () => {
  /* Pins may break what makes a plan right; where they do not, the second checker takes it. */
  after(() => assert.ok(proved > 60, `${String(proved)} plans with pins were proved`));
  after(() => assert.ok(factored > 10, `${String(factored)} desks were not as typed`));
  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
  ];
  zones.forEach((zone, i) =>
    test(`is the server's in ${zone}`, async () => {
      const r = new Random(100 + i);
      for (let round = 0; round < 6; round++) {
        const me = await guest(at.server);
        await fill(me, r, zone);
        const [desk, stored] = await Promise.all([
          deskOf(me),
          get<Schedule>(me, "/schedule?days=400"),
        ]);
        factored += Number(desk.factors.length > 0);
        assert.deepEqual(stored.factors, desk.factors);
        for (let ask = 0; ask < 6; ask++) {
          const den = r.pick([10, 20, 100, 7]);
          const limit = { num: r.int(1, den), den };
          const pace = { num: r.int(0, limit.num), den };
          const days = r.int(1, 56);
          /* Also later than now: blocks have begun, tasks are overdue, clocks have changed. */
          const now = Date.now() + r.int(0, ask * 14 * 24 * 60) * 60_000;
          const at = Math.floor(now / 1000) * 1000;
          const query = `days=${String(days)}&at=${iso(at)}&pace=${String(pace.num)}/${String(den)}&limit=${String(limit.num)}/${String(den)}`;
          const theirs = await get<Schedule>(me, `/schedule?${query}`);
          const asked = { now: at, days, keep: "near", accepted: stored } as const;
          const { factors } = theirs;
          const ours = planHere(engine, { ...desk, pace, limit, factors }, asked);
          assert.deepEqual(ours, theirs, query);
          const verdict = check(theirs, desk.tasks);
          const pins = desk.tasks.some((t) => t.pinned.length > 0);
          assert.ok(verdict.ok || verdict.partly || pins, `${JSON.stringify(verdict)} ${query}`);
          if (verdict.ok && pins) proved++;
        }
      }
    }),
  );

  test("of a change is what the server makes of it, beside what was accepted", async () => {
    const r = new Random(300);
    let kept = 0;
    for (let round = 0; round < 40; round++) {
      const me = await guest(at.server);
      await fill(me, r, zones[r.int(0, zones.length - 1)] ?? "UTC");
      const desk = await deskOf(me);
      const accepted = await get<Schedule>(me, "/schedule?days=400");
      const draft = someDraft(r, desk);
      const ask = { now: Date.now(), days: 400, accepted } as const;
      const next = drafted(desk, draft);
      const ours = planHere(engine, next, { ...ask, ...keeping(desk, next, draft) });
      await sendDraft(me, desk, draft);
      const theirs = await get<Schedule>(me, "/schedule?days=400");
      if (slot(ours.now) !== slot(theirs.now)) continue;
      const before = new Set(accepted.blocks.map(place));
      kept += theirs.blocks.filter((b) => before.has(place(b))).length;
      assert.deepEqual(ours.blocks.map(place), theirs.blocks.map(place), JSON.stringify(draft));
    }
    assert.ok(kept > 30, String(kept));
  });
});
