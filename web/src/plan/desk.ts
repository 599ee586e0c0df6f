/* From a desk to the planner's question, as the server's domain/replan.c does: open tasks by id, free
   hours expanded by the zone's own table, the horizon up to the last due date. In slots of 300 s. */

import type { FreeDay, FreeWindow, Occurrence, Ratio, Task, Zone } from "../api/schema";
import { breaksOf, pinsOf, slotsOf, type Wishes } from "./wishes";
import { parseWall } from "../time/zone";
import type { Calendar, Engine, Question, ZoneChanges } from "./engine";
import { percentFor, slotsLeft, type Factor } from "./estimates";
import { lately } from "./lately";
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

const preferredOf = lately(
  (engine: Engine, wished: Wishes["preferred"], zone: Zone, from: number, days: number) => {
    const week = wished.map((w) => ({ day: w.day, ...minutesOf(w) }));
    const hours = { from, days, study: 0, rest: 0, week, busy: [], exceptions: [] };
    return engine.expand({ zone: zoneChanges(zone), ...hours }).windows;
  },
);

const calendarOf = lately(
  (
    engine: Engine,
    free: readonly FreeWindow[],
    own: readonly FreeDay[],
    occurrences: readonly Occurrence[],
    zone: Zone,
    study: number,
    rest: number,
    from: number,
    days: number,
  ): Calendar => {
    const week = free.map((w) => ({ day: w.day, ...minutesOf(w) }));
    const exceptions = own.map((e) => ({
      date: Date.parse(`${e.date}T00:00:00Z`) / (DAY_S * 1000),
      windows: e.windows.map(minutesOf),
    }));
    const busy = occurrences
      .filter((o) => o.busy)
      .map((o) => ({ from: Date.parse(o.start), until: Date.parse(o.end) }));
    const hours = { from, days, study, rest, week, busy, exceptions };
    return engine.expand({ zone: zoneChanges(zone), ...hours });
  },
);

/* What the log has: minutes of today, and blocks that ended under the running timer. */
export interface Logged {
  doneMin: number;
  timed: { task_id: string; minutes: number } | null;
}

type Accepted = readonly { task_id: string; start: string; end: string }[];

const stretchesOf = lately((accepted: Accepted) =>
  accepted.map((b) => ({
    task_id: b.task_id,
    from: slotFloor(Date.parse(b.start)),
    until: slotFloor(Date.parse(b.end)),
  })),
);

/* The open tasks by id, as the planner is told of them, and the last instant that a plan has to reach
   for their sake. */
const openOf = lately(
  (all: readonly Task[], factors: readonly Factor[], timed: Logged["timed"]) => {
    const tasks = all
      .filter((t) => t.state === "open")
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    const index = new Map(tasks.map((t, i) => [t.id, i]));
    const prerequisites: { task: number }[] = [];
    let last = -Infinity;
    const rows = tasks.map((t) => {
      const due = Date.parse(t.due);
      const done = timed?.task_id === t.id ? timed.minutes / SLOT_MIN : 0;
      const work = Math.max(0, slotsLeft(t, percentFor(factors, t.course_id)) - done);
      if (work > 0) last = Math.max(last, due, ...t.pinned.map((p) => Date.parse(p.end)));
      const first = prerequisites.length;
      for (const id of t.prerequisites) {
        const before = index.get(id);
        if (before !== undefined) prerequisites.push({ task: before });
      }
      return {
        work,
        weight: t.priority,
        due: slotFloor(due),
        release: t.earliest === null ? 0 : slotCeil(Date.parse(t.earliest)),
        first,
        count: prerequisites.length - first,
        session_min: slotsOf(t.min_session_min),
      };
    });
    return { tasks, index, rows, prerequisites, last };
  },
);

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
  const { wishes } = desk;
  const { study, rest } = breaksOf(wishes);
  const { tasks, index, rows, prerequisites, last } = openOf(
    desk.tasks,
    desk.factors,
    logged.timed,
  );
  const zone = zoneChanges(desk.zone);
  const today = localDay(zone, now);
  const needed = last === -Infinity ? days : Math.max(days, localDay(zone, last) - today + 1);
  const reach = Math.min(needed, HORIZON_DAYS_MAX);
  const calendar = calendarOf(
    engine,
    desk.week,
    desk.exceptions,
    desk.occurrences,
    desk.zone,
    study,
    rest,
    today,
    reach,
  );
  const blocks = stretchesOf(accepted).map(({ task_id, from, until }) => ({
    task: index.get(task_id) ?? -1,
    from,
    until,
  }));
  const question: Question = {
    now: slotCeil(now),
    inSlot: slotFloor(now) < slotCeil(now),
    limit: desk.limit,
    pace: desk.pace,
    objective: "tasks",
    days: withDone(calendar, logged.doneMin / SLOT_MIN),
    windows: calendar.windows,
    tasks: rows,
    prerequisites,
    shape: {
      session_min: slotsOf(wishes.min_session_min),
      session_max: slotsOf(wishes.max_session_min),
      day_max: slotsOf(wishes.max_task_day_min),
      pause: Math.max(slotsOf(wishes.pause_min), rest),
    },
    buffer: slotsOf(wishes.buffer_min),
    preferred: preferredOf(engine, wishes.preferred, desk.zone, today, reach),
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
