/* A second opinion on a plan, written apart from the planner: it reads only what was promised (the
   tasks, the free windows, the blocks) and counts in whole slots. Who shows the proof mark asks here
   first. Judged is what lies ahead: the accepted blocks, or the proposal where those no longer hold.
   A block that has begun counts as worked on, so its elapsed part is taken off its task. */

import type { Block, Schedule, Task } from "../api/schema";
import { SLOT_MIN, shareOf } from "./loads";

export type Verdict = { ok: true } | { ok: false; why: string };

const SLOT_MS = SLOT_MIN * 60_000;

/* A block in slots. `from` is not before now; what lies before is `elapsed`. */
interface Piece {
  block: Block;
  from: number;
  to: number;
  elapsed: number;
}

interface Case {
  plan: Schedule;
  now: number;
  pieces: Piece[];
  /* Open tasks that are not overdue, with the slots they still need. */
  tasks: Map<string, Need>;
}

interface Need {
  title: string;
  need: number;
  due: number;
  earliest: number;
  after: readonly string[];
}

const up = (instant: string) => Math.ceil(Date.parse(instant) / SLOT_MS);
const down = (instant: string) => Math.floor(Date.parse(instant) / SLOT_MS);

/* Slots that a task is to get: its estimate, or what its course makes of it, less what was worked.
   Worked out for itself, as everything here. */
function needOf(task: Task, plan: Schedule): number {
  const factor = plan.factors.find((f) => f.course_id === task.course_id);
  const { estimate_min: typed, worked_min: worked, remaining_min: left } = task;
  if (!factor) return Math.ceil(left / SLOT_MIN);
  if (left === 0 && worked < typed) return 0;
  const extra = ((factor.percent - 100) * Math.min(typed, worked + left)) / 100;
  const unused = extra > 0 ? Math.max(0, extra - Math.max(0, worked - typed)) : extra;
  /* What is off by a rounding of fractions is not another slot. */
  const slots = Math.ceil((left + unused) / SLOT_MIN - 1e-9);
  return Math.max(left > 0 ? 1 : 0, slots);
}

function caseOf(plan: Schedule, tasks: readonly Task[]): Case {
  const now = up(plan.now);
  const pieces = (plan.proposal?.blocks ?? plan.blocks)
    .map((block) => ({
      block,
      from: Math.max(now, down(block.start)),
      to: up(block.end),
      elapsed: Math.max(0, now - down(block.start)),
    }))
    .filter((p) => p.to > now);
  const live = tasks
    .filter((t) => t.state === "open" && down(t.due) > now)
    .map((t) => {
      const begun = pieces.filter((p) => p.block.task_id === t.id);
      const elapsed = begun.reduce((sum, p) => sum + p.elapsed, 0);
      const timed = plan.timed?.task_id === t.id ? plan.timed.minutes / SLOT_MIN : 0;
      const need = Math.max(0, needOf(t, plan) - timed - elapsed);
      const earliest = t.earliest === null ? now : Math.max(now, up(t.earliest));
      return [
        t.id,
        { title: t.title, need, due: down(t.due), earliest, after: t.prerequisites },
      ] as const;
    });
  return { plan, now, pieces, tasks: new Map(live) };
}

export function check(plan: Schedule, tasks: readonly Task[]): Verdict {
  const c = caseOf(plan, tasks);
  const why = placement(c) ?? order(c) ?? dayLimits(c) ?? sums(c) ?? stretch(c);
  return why === null ? { ok: true } : { ok: false, why };
}

/* Each block lies in one free window, not after its task's due, and none overlaps another. */
function placement({ plan, pieces, tasks }: Case): string | null {
  const windows = plan.days.flatMap((d) =>
    d.windows.map((w) => [up(w.start), down(w.end)] as const),
  );
  let end = -Infinity;
  for (const { block, from, to } of [...pieces].sort((a, b) => a.from - b.from)) {
    const task = tasks.get(block.task_id);
    if (!task) return `a block of a task that is not to be done (${block.start})`;
    if (from >= to) return `an empty block (${block.start})`;
    if (from < end) return `two blocks at ${block.start}`;
    if (!windows.some(([a, b]) => a <= from && to <= b)) return `no free time at ${block.start}`;
    if (to > task.due) return `a block after its due (${block.end})`;
    end = to;
  }
  return null;
}

/* No block before its task's earliest start, or before what it waits for is finished. */
function order({ pieces, tasks }: Case): string | null {
  for (const { block, from, elapsed } of pieces) {
    const task = tasks.get(block.task_id);
    if (!task) continue;
    if (elapsed === 0 && from < task.earliest) return `${task.title} begins too early`;
    for (const id of task.after) {
      const done = pieces
        .filter((p) => p.block.task_id === id && p.to <= from)
        .reduce((sum, p) => sum + p.to - p.from, 0);
      if (done < (tasks.get(id)?.need ?? 0)) return `${task.title} does not wait`;
    }
  }
  return null;
}

/* The dates that count: a task waits for what its prerequisites wait for, and they are due when it
   is. */
function datesOf(tasks: Case["tasks"]): { need: number; since: number; by: number }[] {
  const dates = new Map<string, { need: number; since: number; by: number }>();
  for (const [id, { need, earliest, due }] of tasks)
    if (need > 0) dates.set(id, { need, since: earliest, by: due });
  for (let moved = true; moved;) {
    moved = false;
    for (const [id, { after }] of tasks)
      for (const other of after) {
        const mine = dates.get(id);
        const before = dates.get(other);
        if (!mine || !before || (before.since <= mine.since && before.by <= mine.by)) continue;
        mine.since = Math.max(mine.since, before.since);
        before.by = Math.min(before.by, mine.by);
        moved = true;
      }
  }
  return [...dates.values()];
}

/* No day carries more than its share of free time allows. */
function dayLimits({ plan, pieces }: Case): string | null {
  for (const day of plan.days) {
    const spans = day.windows.map((w) => [up(w.start), down(w.end)] as const);
    const load = pieces
      .filter((p) => spans.some(([a, b]) => a <= p.from && p.from < b))
      .reduce((sum, p) => sum + (p.to - p.from) * SLOT_MIN, 0);
    if (load > day.capacity_min || load > shareOf(day.free_min, plan.limit))
      return `too much on ${day.date}`;
    if (plan.accepted && load > day.load_min) return `${day.date} says it carries less`;
  }
  return null;
}

/* No task gets more than it needs, and each that is due within the days shown gets all of it unless
   it is named as unfinished. */
function sums({ plan, pieces, tasks }: Case): string | null {
  const shown = Math.max(...plan.days.flatMap((d) => d.windows.map((w) => up(w.end))), -Infinity);
  const unfinished = new Set(plan.unfinished.map((u) => u.task_id));
  if (plan.certificate.feasible && unfinished.size > 0) return "unfinished tasks where all fit";
  for (const [id, task] of tasks) {
    const planned = pieces
      .filter((p) => p.block.task_id === id)
      .reduce((sum, p) => sum + p.to - p.from, 0);
    if (planned > task.need) return `too much of ${task.title}`;
    if (planned < task.need && task.due <= shown && !unfinished.has(id))
      return `${task.title} is not finished`;
  }
  return null;
}

/* The tightest stretch names as much work as there is in it. Where nothing may start late it also
   says whether all fits. */
function stretch({ plan, now, tasks }: Case): string | null {
  const { critical } = plan;
  if (!critical) return null;
  const from = Math.max(now, down(critical.from));
  const until = down(critical.until);
  const dates = datesOf(tasks);
  const work = dates
    .filter((t) => Math.min(t.since, t.by) >= from && t.by <= until)
    .reduce((sum, t) => sum + t.need * SLOT_MIN, 0);
  if (work !== critical.work_min)
    return `${work} min are due by ${critical.until}, not ${critical.work_min}`;
  const short = critical.work_min - critical.free_min;
  if (plan.certificate.feasible && short > 0) return "a stretch that contradicts";
  if (!plan.certificate.feasible && short <= 0 && dates.every((t) => t.since <= now))
    return "a stretch that contradicts";
  return null;
}
