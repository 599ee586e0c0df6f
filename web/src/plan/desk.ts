/* From a desk to the planner's question, as the server's domain/replan.c does: open tasks by id, free
   hours expanded by the zone's own table, the horizon up to the last due date. In slots of 300 s. */

import type { FreeDay, FreeWindow, Occurrence, Ratio, Task, Zone } from "../api/schema";
import { breaksOf, pinsOf, slotsOf, type Wishes } from "./wishes";
import { parseWall } from "../time/zone";
import type { Calendar, Engine, Question, ZoneChanges } from "./engine";
import { percentFor, slotsLeft, type Factor } from "./estimates";
import { SLOT_MIN } from "./loads";

export const SLOT_MS = SLOT_MIN * 60_000;
const DAY_S = 86_400;
const HORIZON_DAYS_MAX = 3660;

/* What a plan depends on. */
export interface Desk {
  tasks: readonly Task[];
  week: readonly FreeWindow[];
  exceptions: readonly FreeDay[];
  /* When events take place, by start, for as far as the horizon may reach. */
  occurrences: readonly Occurrence[];
  zone: Zone;
  pace: Ratio;
  limit: Ratio;
  wishes: Wishes;
  /* Courses whose tasks are not counted as typed. */
  factors: readonly Factor[];
}

/* The question, and the names of things in it. */
export interface Problem {
  tasks: Task[];
  calendar: Calendar;
  question: Question;
}

export const slotFloor = (ms: number) => Math.floor(ms / SLOT_MS);
export const slotCeil = (ms: number) => Math.ceil(ms / SLOT_MS);

const changesOf = new WeakMap<Zone, ZoneChanges>();

function zoneChanges(zone: Zone): ZoneChanges {
  let known = changesOf.get(zone);
  if (!known) {
    const changes = zone.turns.map((t) => ({ at: Date.parse(t.at) / 1000, offset_s: t.offset_s }));
    changesOf.set(zone, (known = { first_s: zone.first_s, changes }));
  }
  return known;
}

/* The local date at an instant, in days since 1970. */
function localDay(zone: ZoneChanges, ms: number): number {
  const second = Math.floor(ms / 1000);
  let offset = zone.first_s;
  for (const change of zone.changes) {
    if (change.at > second) break;
    offset = change.offset_s;
  }
  return Math.floor((second + offset) / DAY_S);
}

const minutesOf = (w: { start: string; end: string }) => ({
  start: parseWall(w.start) ?? 0,
  end: parseWall(w.end) ?? 0,
});

/* Free hours, events and zone change seldom; tasks, pace and limit at every frame. */
let preferred: { key: unknown[]; windows: Calendar["windows"] } | null = null;

function preferredOf(engine: Engine, desk: Desk, from: number, days: number): Calendar["windows"] {
  const { preferred: wished } = desk.wishes;
  if (wished.length === 0) return [];
  const key = [engine, wished, desk.zone, from, days];
  if (!preferred || key.some((part, i) => part !== preferred?.key[i])) {
    const week = wished.map((w) => ({ day: w.day, ...minutesOf(w) }));
    const zone = zoneChanges(desk.zone);
    const hours = { zone, from, days, study: 0, rest: 0, week, busy: [], exceptions: [] };
    preferred = { key, windows: engine.expand(hours).windows };
  }
  return preferred.windows;
}

let last: { key: unknown[]; calendar: Calendar } | null = null;

function calendarOf(engine: Engine, desk: Desk, from: number, days: number): Calendar {
  const { study, rest } = breaksOf(desk.wishes);
  const { exceptions: own, occurrences } = desk;
  const key = [engine, desk.week, own, occurrences, desk.zone, study, rest, from, days];
  if (!last || key.some((part, i) => part !== last?.key[i])) {
    const week = desk.week.map((w) => ({ day: w.day, ...minutesOf(w) }));
    const zone = zoneChanges(desk.zone);
    const exceptions = own.map((e) => ({
      date: Date.parse(`${e.date}T00:00:00Z`) / (DAY_S * 1000),
      windows: e.windows.map(minutesOf),
    }));
    const busy = occurrences
      .filter((o) => o.busy)
      .map((o) => ({ from: Date.parse(o.start), until: Date.parse(o.end) }));
    last = {
      key,
      calendar: engine.expand({ zone, from, days, study, rest, week, busy, exceptions }),
    };
  }
  return last.calendar;
}

/* What the log has: minutes of today, and blocks that ended under the running timer. */
export interface Logged {
  doneMin: number;
  timed: { task_id: string; minutes: number } | null;
}

/* The plan in force is the same at every frame. */
type Accepted = readonly { task_id: string; start: string; end: string }[];
const stretches = new WeakMap<Accepted, { task_id: string; from: number; until: number }[]>();

function stretchesOf(accepted: Accepted) {
  let known = stretches.get(accepted);
  if (!known) {
    known = accepted.map((b) => ({
      task_id: b.task_id,
      from: slotFloor(Date.parse(b.start)),
      until: slotFloor(Date.parse(b.end)),
    }));
    stretches.set(accepted, known);
  }
  return known;
}

/* The problem of a desk at `now`, for `days` local dates at least. `accepted` are the blocks of the
   plan in force, of which so much is kept, and nothing that lies ahead of the task `anew`. */
export function problemOf(
  engine: Engine,
  desk: Desk,
  now: number,
  days: number,
  accepted: Accepted,
  keep: Question["keep"],
  anew: string | null,
  logged: Logged = { doneMin: 0, timed: null },
): Problem {
  const zone = zoneChanges(desk.zone);
  const tasks = desk.tasks
    .filter((t) => t.state === "open")
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const today = localDay(zone, now);
  let horizon = days;
  const index = new Map(tasks.map((t, i) => [t.id, i]));
  const prerequisites: { task: number }[] = [];
  const rows = tasks.map((t) => {
    const due = Date.parse(t.due);
    const timed = logged.timed?.task_id === t.id ? logged.timed.minutes / SLOT_MIN : 0;
    const work = Math.max(0, slotsLeft(t, percentFor(desk.factors, t.course_id)) - timed);
    if (work > 0) {
      const until = Math.max(due, ...t.pinned.map((p) => Date.parse(p.end)));
      horizon = Math.max(horizon, localDay(zone, until) - today + 1);
    }
    const release = t.earliest === null ? 0 : slotCeil(Date.parse(t.earliest));
    const first = prerequisites.length;
    for (const id of t.prerequisites) {
      const before = index.get(id);
      if (before !== undefined) prerequisites.push({ task: before });
    }
    const count = prerequisites.length - first;
    const dates = { due: slotFloor(due), release };
    return {
      work,
      weight: t.priority,
      ...dates,
      first,
      count,
      session_min: slotsOf(t.min_session_min),
    };
  });
  const reach = Math.min(horizon, HORIZON_DAYS_MAX);
  const calendar = calendarOf(engine, desk, today, reach);
  const blocks = stretchesOf(accepted).map(({ task_id, from, until }) => ({
    task: index.get(task_id) ?? -1,
    from,
    until,
  }));
  const question: Question = {
    now: slotCeil(now),
    limit: desk.limit,
    pace: desk.pace,
    objective: "tasks",
    days: withDone(calendar, logged.doneMin / SLOT_MIN),
    windows: calendar.windows,
    tasks: rows,
    prerequisites,
    shape: {
      session_min: slotsOf(desk.wishes.min_session_min),
      session_max: slotsOf(desk.wishes.max_session_min),
      day_max: slotsOf(desk.wishes.max_task_day_min),
      pause: Math.max(slotsOf(desk.wishes.pause_min), breaksOf(desk.wishes).rest),
    },
    buffer: slotsOf(desk.wishes.buffer_min),
    preferred: preferredOf(engine, desk, today, reach),
    pins: pinsOf(tasks, rows, calendar.days, blocks, slotCeil(now)),
    blocks: blocks.map((b) =>
      b.task >= 0 && b.from >= slotCeil(now) && tasks[b.task]?.id === anew ? { ...b, task: -1 } : b,
    ),
    keep,
  };
  return { tasks, calendar, question };
}

function withDone({ days }: Calendar, slots: number): Calendar["days"] {
  return slots === 0 ? days : days.map((day, i) => (i === 0 ? { ...day, done: slots } : day));
}
