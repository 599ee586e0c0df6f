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
  tasks: Map<string, { title: string; need: number; due: number }>;
}

const up = (instant: string) => Math.ceil(Date.parse(instant) / SLOT_MS);
const down = (instant: string) => Math.floor(Date.parse(instant) / SLOT_MS);

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
      const need = Math.max(0, Math.ceil(t.remaining_min / SLOT_MIN) - elapsed);
      return [t.id, { title: t.title, need, due: down(t.due) }] as const;
    });
  return { plan, now, pieces, tasks: new Map(live) };
}

export function check(plan: Schedule, tasks: readonly Task[]): Verdict {
  const c = caseOf(plan, tasks);
  const why = placement(c) ?? dayLimits(c) ?? sums(c) ?? stretch(c);
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

/* The tightest stretch names as much work as there is. */
function stretch({ plan, now, tasks }: Case): string | null {
  const { critical } = plan;
  if (!critical) return null;
  const until = down(critical.until);
  let work = 0;
  for (const task of tasks.values()) {
    if (task.due > now && task.due <= until) work += task.need * SLOT_MIN;
  }
  if (work !== critical.work_min)
    return `${work} min are due by ${critical.until}, not ${critical.work_min}`;
  const short = critical.work_min - critical.free_min;
  if (plan.certificate.feasible ? short > 0 : short <= 0) return "a stretch that contradicts";
  return null;
}
