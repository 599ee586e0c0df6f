/* A second opinion on a plan, written apart from the planner: it reads only what was promised (the
   tasks, the free windows, the blocks, the certificate) and counts in whole slots. Who shows the proof
   mark asks here first. Judged is what lies ahead: the accepted blocks, or the proposal where those no
   longer hold. */

import type { Schedule, Task } from "../api/schema";
import { allowedOn, capacityOf, certify } from "./certify";
import { flaw, type Flaw } from "./flaw";
import { caseOf, dateOf, sum, type Case, type Day, type Piece } from "./judged";
import { SLOT_MIN } from "./loads";

/* Right, all of it; `alone`: its tightest stretch proves by itself that no less is enough. Or right
   as far as the days shown reach. Or wrong. */
export type Verdict =
  | { ok: true; alone: boolean }
  | { ok: false; partly: true }
  | { ok: false; partly?: never; why: Flaw };

export function check(plan: Schedule, tasks: readonly Task[]): Verdict {
  const c = caseOf(plan, tasks);
  const { why, alone } = certify(c);
  const wrong = pins(c) ?? placement(c) ?? order(c) ?? overdue(c) ?? dayLimits(c) ?? sums(c) ?? why;
  if (wrong !== null) return { ok: false, why: wrong };
  return c.complete ? { ok: true, alone } : { ok: false, partly: true };
}

/* What is pinned is there. */
function pins({ parts, pinned }: Case): Flaw | null {
  return length(parts) < pinned ? flaw("pinned") : null;
}

/* Each block but what is pinned lies in one free window, not after its task's due, and none overlaps
   another. */
function placement({ days, pieces, parts, tasks }: Case): Flaw | null {
  const free = ({ block, from, to }: Piece) =>
    parts.some((p) => p.block === block && p.from <= from && to <= p.to);
  const windows = days.flatMap((d) => d.windows);
  let end = -Infinity;
  for (const piece of [...pieces].sort((a, b) => a.from - b.from)) {
    const { block, from, to } = piece;
    const task = tasks.get(block.task_id);
    if (from >= to) return flaw("empty", { at: block.start });
    if (from < end) return flaw("two", { at: block.start });
    end = to;
    if (free(piece)) continue;
    if (!task) return flaw("notToDo", { at: block.start });
    if (!windows.some(([a, b]) => a <= from && to <= b))
      return flaw("notFree", { at: block.start });
    if (to > task.due) return flaw("late", { at: block.end });
  }
  return null;
}

/* No block before its task's earliest start, or before what it waits for is finished. */
function order({ pieces, tasks }: Case): Flaw | null {
  for (const { block, from, elapsed } of pieces) {
    const task = tasks.get(block.task_id);
    if (!task) continue;
    if (elapsed === 0 && from < task.earliest) return flaw("early", { title: task.title });
    for (const id of task.after) {
      const done = pieces
        .filter((p) => p.block.task_id === id && p.to <= from)
        .reduce((sum, p) => sum + p.to - p.from, 0);
      if (done < (tasks.get(id)?.need ?? 0)) return flaw("waits", { title: task.title });
    }
  }
  return null;
}

/* What is overdue is named, and nothing else. */
function overdue({ plan, overdue }: Case): Flaw | null {
  const named = new Set(plan.overdue.map((t) => t.task_id));
  const right = named.size === overdue.length && overdue.every((id) => named.has(id));
  return right ? null : flaw("overdue");
}

const length = (pieces: readonly Piece[]) => sum(pieces.map((p) => p.to - p.from));

const within = (pieces: readonly Piece[], { windows }: Day) =>
  pieces.filter((p) => windows.some(([a, b]) => a <= p.from && p.from < b));

/* What is pinned may lie outside of free time. */
const outside = (parts: readonly Piece[], day: Day, zone: string) =>
  parts.filter((p) => dateOf(p, zone) === day.date && within([p], day).length === 0);

/* Days have the free time and capacity that they tell, and carry no more than their share unless it
   is pinned. That there is room for it is seen by where the blocks lie. */
function dayLimits({ plan, days, pieces, parts }: Case): Flaw | null {
  for (const [i, day] of days.entries()) {
    const told = plan.days[i];
    const capacity = capacityOf(day, plan.limit);
    const besides = length(outside(parts, day, plan.zone));
    const load = length(within(pieces, day)) + besides;
    const pinned = length(within(parts, day)) + besides;
    if (told?.free_min !== day.free * SLOT_MIN) return flaw("free", { date: day.date });
    if (told.capacity_min !== capacity * SLOT_MIN) return flaw("capacity", { date: day.date });
    if (load > Math.max(allowedOn(day, plan.limit), pinned))
      return flaw("over", { date: day.date });
    if (plan.proposal !== null) continue;
    /* Today also carries what is past. */
    const same = i === 0 ? told.load_min >= load * SLOT_MIN : told.load_min === load * SLOT_MIN;
    if (!same) return flaw("load", { date: day.date });
  }
  return null;
}

/* No task gets more than it needs, and each that is due within the days shown gets all of it unless
   it is named as unfinished. */
function sums({ plan, days, pieces, tasks, complete }: Case): Flaw | null {
  const shown = Math.max(...days.flatMap((d) => d.windows.map(([, b]) => b)), -Infinity);
  const unfinished = new Set(plan.unfinished.map((u) => u.task_id));
  if (plan.certificate.feasible && unfinished.size > 0) return flaw("unfinished");
  for (const [id, task] of tasks) {
    const planned = sum(pieces.filter((p) => p.block.task_id === id).map((p) => p.to - p.from));
    if (planned > task.need) return flaw("tooMuch", { title: task.title });
    if (planned < task.need && (complete || task.due <= shown) && !unfinished.has(id))
      return flaw("tooLittle", { title: task.title });
  }
  return null;
}
