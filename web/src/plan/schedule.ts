/* A plan made in this tab, in the words of GET /schedule: what the server answers for the same desk
   when asked for a preview (domain/schedule.c). Nothing is saved by it. */

import type { Block, PlanDay, Repair, Schedule } from "../api/schema";
import { instantText } from "../time/zone";
import { SLOT_MS, problemOf, type Desk, type Problem } from "./desk";
import { minutesLeft, percentFor, shortenMin } from "./estimates";
import type { Answer, Calendar, Engine, ReasonRow, RepairRow } from "./engine";
import { SLOT_MIN } from "./loads";

const REASONS = ["unfinished", "tight", "deadline", "pace", "kept"] as const;
const REPAIRS = ["raise", "free", "drop", "shorten", "extend"] as const;
const DAY_MS = 86_400_000;

const minutes = (slots: number) => slots * SLOT_MIN;
const dateText = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/* RFC 3339 of a slot. A plan has a thousand of them on few days, so a day is written once. */
const SLOTS = DAY_MS / SLOT_MS;
const ends = Array.from({ length: SLOTS }, (_, slot) => instantText(slot * SLOT_MS).slice(10));
const dates = new Map<number, string>();
const DATES_MAX = 10_000;

function instant(slot: number): string {
  const day = Math.floor(slot / SLOTS);
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size > DATES_MAX) dates.clear();
    dates.set(day, (date = dateText(day)));
  }
  return date + (ends[slot - day * SLOTS] ?? "");
}

export interface Ask {
  now: number;
  /* Local dates to show. */
  days: number;
  /* What is kept of the plan in force, as the server keeps it: for another pace or limit what is
     near, for other wishes what is near and as wished, else all that can stay. */
  keep: "near" | "wished" | "all";
  /* The task whose blocks are all to be placed anew. */
  anew?: string | null;
  /* The plan in force: a block of it that has begun counts as worked on. With its days and what the
     timer did, work that was done today counts too. */
  accepted: Pick<Schedule, "rev"> &
    Partial<Pick<Schedule, "days" | "timed">> & { blocks: readonly Block[] };
}

/* Throws when the desk breaks a rule of the planner's. */
export function planHere(engine: Engine, desk: Desk, ask: Ask): Schedule {
  const timed = ask.accepted.timed ?? null;
  const doneMin = ask.accepted.days?.[0]?.done_min ?? 0;
  const problem = problemOf(
    engine,
    desk,
    ask.now,
    ask.days,
    ask.accepted.blocks,
    ask.keep,
    ask.anew ?? null,
    {
      doneMin,
      timed,
    },
  );
  const answer = engine.solve(problem.question);
  const { critical, xmin } = answer;
  return {
    now: instantText(ask.now),
    zone: desk.zone.name,
    rev: ask.accepted.rev,
    accepted: false,
    blocks: blocksOf(problem, answer, ask.days),
    days: daysOf(problem.calendar, answer, ask.days, doneMin),
    minimum_intensity: xmin && { ...xmin, percent: Math.ceil((100 * xmin.num) / xmin.den) },
    pace: desk.pace,
    limit: desk.limit,
    score: answer.score < 0 ? null : answer.score,
    critical: critical && {
      from: instant(critical.from),
      until: instant(critical.until),
      work_min: minutes(critical.work),
      free_min: minutes(critical.free),
    },
    short_min: minutes(answer.deficit),
    ...lateOf(problem, answer, desk),
    buffers: buffersOf(problem, answer),
    repairs: answer.repairs.map((r) => repairOf(problem, r, desk)),
    missed: [],
    proposal: null,
    certificate: certificateOf(problem, answer),
    timed,
    factors: [...desk.factors],
  };
}

function blocksOf({ tasks, question }: Problem, answer: Answer, days: number): Block[] {
  const end = question.days[Math.min(days, question.days.length) - 1]?.end ?? question.now;
  const shown = answer.blocks.filter((b) => b.from < end);
  return shown.map((row, i) => {
    const task = tasks[row.task];
    const why = answer.reasons[i] as ReasonRow;
    const code = REASONS[row.from < question.now ? REASONS.length - 1 : why.code];
    return {
      task_id: task?.id ?? "",
      start: instant(row.from),
      end: instant(row.until),
      unfinished: REASONS[why.code] === "unfinished",
      reason: {
        code: code ?? "pace",
        until: task?.due ?? null,
        minutes: why.slack < 0 ? null : minutes(why.slack),
        capacity_min: minutes(why.capacity),
        load_min: minutes(why.load),
      },
    };
  });
}

/* The free windows as the schedule shows them, made once for each calendar. */
const windowsOf = new WeakMap<Calendar, PlanDay["windows"][]>();

function windows(calendar: Calendar): PlanDay["windows"][] {
  let known = windowsOf.get(calendar);
  if (!known) {
    known = calendar.days.map((day) =>
      calendar.windows
        .slice(day.first, day.first + day.count)
        .map((w) => ({ start: instant(w.from), end: instant(w.until) })),
    );
    windowsOf.set(calendar, known);
  }
  return known;
}

function daysOf(calendar: Calendar, answer: Answer, days: number, doneMin: number): PlanDay[] {
  const free = windows(calendar);
  return calendar.days.slice(0, days).map((day, i) => {
    const load = answer.loads[i];
    return {
      date: dateText(day.date),
      free_min: minutes(load?.free ?? 0),
      capacity_min: minutes(load?.capacity ?? 0),
      load_min: minutes(load?.load ?? 0),
      windows: free[i] ?? [],
      done_min: i === 0 ? doneMin : 0,
    };
  });
}

function lateOf(
  { tasks, question }: Problem,
  answer: Answer,
  { factors }: Desk,
): Pick<Schedule, "unfinished" | "overdue"> {
  const overdue = new Set(answer.overdue);
  const late = tasks.map((task, i) => ({
    task_id: task.id,
    remaining_min: minutesLeft(task, percentFor(factors, task.course_id)),
    planned_min: overdue.has(i) ? 0 : minutes(answer.planned[i] ?? 0),
    due: task.due,
  }));
  const credit = credited(answer, question.now);
  const short = (i: number) =>
    (answer.planned[i] ?? 0) < (question.tasks[i]?.work ?? 0) - (credit.get(i) ?? 0);
  return {
    unfinished: late.filter((_, i) => !overdue.has(i) && short(i)),
    overdue: late.filter((_, i) => overdue.has(i)),
  };
}

/* Tasks that are finished on time and later than their buffer. */
function buffersOf({ tasks, question }: Problem, answer: Answer): Schedule["buffers"] {
  const { buffer, now } = question;
  if (buffer === 0) return [];
  const credit = credited(answer, now);
  const ends = new Map(answer.blocks.map((b) => [b.task, b.until]));
  return tasks.flatMap((task, i) => {
    const { work, due } = question.tasks[i] ?? { work: 0, due: 0 };
    const left = work - (credit.get(i) ?? 0);
    const end = ends.get(i) ?? 0;
    const broken = end - (due - buffer);
    if (left <= 0 || due <= now || (answer.planned[i] ?? 0) < left || broken <= 0) return [];
    return [{ task_id: task.id, end: instant(end), due: task.due, broken_min: minutes(broken) }];
  });
}

/* Slots of each task that were worked in a block that has begun and goes on. */
function credited({ blocks }: Answer, now: number): Map<number, number> {
  return new Map(blocks.filter((b) => b.from < now).map((b) => [b.task, now - b.from]));
}

function repairOf({ tasks, calendar }: Problem, row: RepairRow, { factors }: Desk): Repair {
  const day = calendar.days[row.day];
  const task = tasks[row.task];
  const kind = REPAIRS[row.kind] ?? "raise";
  const counted =
    task && kind === "shorten"
      ? shortenMin(task, percentFor(factors, task.course_id), row.slots)
      : minutes(row.slots);
  return {
    kind,
    task_id: task?.id ?? null,
    date: day ? dateText(day.date) : null,
    minutes: row.slots >= 0 ? counted : null,
    to: row.to_den > 0 ? { num: row.to_num, den: row.to_den } : null,
    until: row.until >= 0 ? instant(row.until) : null,
  };
}

function certificateOf({ tasks, question }: Problem, answer: Answer): Schedule["certificate"] {
  const credit = credited(answer, question.now);
  const until = tasks
    .filter((_, i) => {
      const row = question.tasks[i];
      return row && row.work > (credit.get(i) ?? 0) && row.due > question.now;
    })
    .reduce(
      (latest, t) => (latest === null || Date.parse(t.due) > Date.parse(latest) ? t.due : latest),
      null as string | null,
    );
  return {
    feasible: answer.feasible,
    work_min: minutes(answer.total),
    ontime_min: minutes(answer.ontime),
    bound_min: minutes(answer.most),
    gap_min: minutes(answer.most - answer.ontime),
    capacity_min: minutes(answer.capacity),
    until,
  };
}
