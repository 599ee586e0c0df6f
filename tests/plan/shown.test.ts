/* The checker that the web app runs on the plan it shows: it accepts what the server answers, at any
   time, with work logged, starts and prerequisites, and rejects it with any one thing changed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Schedule, Task } from "../../web/src/api/schema.ts";
import { check } from "../../web/src/plan/check.ts";
import { type Client, guest, served } from "../support/server.ts";
import { Random } from "./generate.ts";

const at = served();

const MINUTE = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

async function ask<T>(me: Client, method: string, path: string, body?: unknown): Promise<T> {
  const reply = await me.call(method, path, body);
  assert.ok(reply.status < 300, reply.text);
  return reply.json as T;
}

/** Free hours at all times of the day, so that blocks have begun now and then. */
function hours(r: Random): object {
  const week = [];
  for (let day = 1; day <= 7; day++)
    for (let from = r.int(0, 5); from < 23 && r.chance(0.8);) {
      const until = from + r.int(1, 4);
      if (until > 23) break;
      const text = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
      week.push({ day, start: text(from), end: text(until) });
      from = until + r.int(1, 5);
    }
  return { week, exceptions: [] };
}

/** A desk, and work on it that ended just now. */
async function fill(me: Client, r: Random): Promise<void> {
  await ask(me, "PUT", "/availability", hours(r));
  const load = r.pick([60, 200, 500]);
  const tasks: Task[] = [];
  for (let n = r.int(1, 12); n > 0; n--) {
    const due = Date.now() + r.int(30, 20 * 1440) * MINUTE;
    const early = r.chance(0.3) ? iso(Date.now() + r.int(0, 5 * 1440) * MINUTE) : null;
    const before = r.chance(0.3) ? tasks[r.int(0, tasks.length - 1)] : undefined;
    const task = {
      title: `Task ${String(n)}`,
      estimate_min: r.int(1, load),
      due: iso(due),
      priority: r.int(1, 5),
      earliest: early !== null && Date.parse(early) < due ? early : null,
      prerequisites: before ? [before.id] : [],
    };
    tasks.push(await ask<Task>(me, "POST", "/tasks", task));
  }
  if (r.chance(0.5)) {
    const task = tasks[0];
    const minutes = r.int(5, 90);
    const start = iso(Date.now() - (minutes + 1) * MINUTE);
    await ask(me, "POST", `/tasks/${task?.id ?? ""}/work`, { start, minutes });
  }
}

interface Shown {
  plan: Schedule;
  tasks: Task[];
}

const shown: Shown[] = [];

/** One thing changed. Each makes something false that the page says, or breaks the plan. */
const changes: Record<string, (p: Schedule, r: Random) => unknown> = {
  "a block outside free time": (p, r) => {
    const block = some(p, r);
    const window = p.days
      .flatMap((d) => d.windows)
      .find((w) => block && w.start <= block.start && block.end <= w.end);
    return block && window && shift(block, minutesBetween(block.start, window.start) - 5);
  },
  "a block on another day": (p, r) =>
    p.proposal === null && shift(some(p, r), r.pick([-1440, 1440])),
  "a block over another": (p, r) => {
    const [a, b] = [some(p, r), some(p, r)];
    return a && b && a !== b && shift(a, minutesBetween(a.start, b.start));
  },
  "a block away": (p, r) => {
    const blocks = ahead(p);
    const gone = some(p, r);
    return gone && blocks.splice(blocks.indexOf(gone), 1);
  },
  "a block shorter": (p, r) => {
    const block = some(p, r);
    return block && (block.end = iso(Date.parse(block.end) - 5 * MINUTE));
  },
  "a block of another task": (p, r) => {
    const [a, b] = [some(p, r), some(p, r)];
    return a && b && a.task_id !== b.task_id && (a.task_id = b.task_id);
  },
  "a block in the past": (p, r) => {
    const block = some(p, r);
    return block && shift(block, minutesBetween(block.end, p.now));
  },
  "the least share": (p, r) => {
    const least = p.minimum_intensity;
    return least && (least.num += r.pick([-1, 1]));
  },
  "the least share away": (p) => p.minimum_intensity && !(p.minimum_intensity = null),
  "the per cent": (p) => p.minimum_intensity && ++p.minimum_intensity.percent,
  score: (p) => p.score !== null && --p.score,
  "the stretch's work": (p) => p.critical && (p.critical.work_min += 5),
  "the stretch's time": (p) => p.critical && (p.critical.free_min -= 5),
  "the stretch away": (p) => p.critical && !(p.critical = null),
  "the bound": (p, r) => (p.certificate.bound_min += r.pick([-5, 5])),
  "the bound and the gap": (p) => ((p.certificate.bound_min += 5), (p.certificate.gap_min += 5)),
  "the gap": (p) => (p.certificate.gap_min += 5),
  "what is on time": (p) => (p.certificate.ontime_min += 5),
  "the work": (p) => (p.certificate.work_min -= 5),
  "whether it fits": (p) => ((p.certificate.feasible = !p.certificate.feasible), true),
  "what is short": (p) => (p.short_min += 5),
  "the capacity": (p) => (p.certificate.capacity_min += 5),
  "a day's capacity": (p, r) => day(p, r, (d) => (d.capacity_min += 5)),
  "a day's free time": (p, r) => day(p, r, (d) => (d.free_min += 5)),
  "a day's load": (p, r) => p.proposal === null && day(p, r, (d) => (d.load_min -= 5)),
  "what is overdue": (p) => p.overdue.pop() !== undefined,
};

const minutesBetween = (a: string, b: string): number =>
  Math.floor((Date.parse(b) - Date.parse(a)) / MINUTE);

const ahead = (p: Schedule): Schedule["blocks"] => p.proposal?.blocks ?? p.blocks;

function some(p: Schedule, r: Random): Schedule["blocks"][number] | undefined {
  const blocks = ahead(p).filter((b) => Date.parse(b.start) >= Date.parse(p.now));
  return blocks[r.int(0, blocks.length - 1)];
}

function shift(block: Schedule["blocks"][number] | undefined, minutes: number): boolean {
  if (!block || minutes === 0) return false;
  block.start = iso(Date.parse(block.start) + minutes * MINUTE);
  block.end = iso(Date.parse(block.end) + minutes * MINUTE);
  return true;
}

function day(p: Schedule, r: Random, change: (d: Schedule["days"][number]) => unknown): boolean {
  const one = p.days[r.int(0, p.days.length - 1)];
  if (one) change(one);
  return one !== undefined;
}

describe("the checker of the web app", () => {
  test("accepts what the server answers", async () => {
    const partly = { proposals: 0, later: 0, infeasible: 0, done: 0, begun: 0, alone: 0 };
    const r = new Random(7);
    for (let round = 0; round < 60; round++) {
      const me = await guest(at.server);
      await fill(me, r);
      const { items: tasks } = await ask<{ items: Task[] }>(me, "GET", "/tasks?limit=200");
      for (let n = 0; n < 4; n++) {
        const at =
          Math.floor(Date.now() / 1000) * 1000 + (n === 0 ? 0 : r.int(0, 3 * 1440) * MINUTE);
        const stored = await ask<Schedule>(me, "GET", `/schedule?days=28&at=${iso(at)}`);
        const other = `&pace=${String(r.int(0, 5))}/10&limit=${String(r.int(5, 10))}/10`;
        const preview = await ask<Schedule>(me, "GET", `/schedule?days=28&at=${iso(at)}${other}`);
        for (const plan of [stored, preview]) {
          const verdict = check(plan, tasks);
          assert.ok(verdict.ok, `${JSON.stringify(verdict)}\n${JSON.stringify({ plan, tasks })}`);
          shown.push({ plan, tasks });
          partly.proposals += Number(plan.proposal !== null);
          partly.later += Number(tasks.some((t) => t.earliest !== null));
          partly.infeasible += Number(!plan.certificate.feasible);
          partly.done += Number((plan.days[0]?.done_min ?? 0) > 0);
          const now = Date.parse(plan.now);
          partly.begun += Number(
            stored.blocks.some((b) => Date.parse(b.start) < now && Date.parse(b.end) > now),
          );
          partly.alone += Number(verdict.alone);
        }
      }
    }
    for (const [name, n] of Object.entries(partly)) assert.ok(n > 10, `${name} ${String(n)}`);
  });

  for (const [name, change] of Object.entries(changes))
    test(`rejects ${name}`, () => {
      let rejected = 0;
      const r = new Random(9);
      for (const { plan, tasks } of shown) {
        const changed = structuredClone(plan);
        if (!change(changed, r)) continue;
        const verdict = check(changed, tasks);
        assert.ok(!verdict.ok, `${name}\n${JSON.stringify({ plan: changed, tasks, was: plan })}`);
        rejected++;
      }
      assert.ok(rejected > 5, String(rejected));
    });
});
