/* Why not there: what it would break to do a block at another time. Planned here with the block forced
   there (src/plan/elsewhere.h), so the minutes are exact. Nothing is saved by it. */

import type { Task } from "../api/schema";
import { SLOT_MS, problemOf, slotFloor, type Desk } from "./desk";
import type { Elsewhere, Engine } from "./engine";
import { SLOT_MIN } from "./loads";
import type { Ask } from "./schedule";

export type Misfit = Exclude<keyof Elsewhere, "missed" | "lacks">;

export interface WhyNot {
  /* What would miss its due date that does not now, by due date. */
  lacks: { task: Task; minutes: number }[];
  /* What is wrong with the place itself, in minutes; none: nothing. */
  misfits: Partial<Record<Misfit, number>>;
}

const MISFITS: readonly Misfit[] = ["past", "taken", "outside", "early", "late", "over", "waits"];

/* `block` of the plan at the instant `there`, as long as it is or until `until`; null: its task is not
   to be done. */
export function whyNot(
  engine: Engine,
  desk: Desk,
  ask: Ask,
  block: { task_id: string; start: string; end: string },
  there: number,
  until = there + Date.parse(block.end) - Date.parse(block.start),
): WhyNot | null {
  const { accepted } = ask;
  const { tasks, question } = problemOf(
    engine,
    desk,
    ask.now,
    ask.days,
    accepted.blocks,
    ask.keep,
    null,
    {
      doneMin: accepted.days?.[0]?.done_min ?? 0,
      timed: accepted.timed ?? null,
    },
  );
  const task = tasks.findIndex((t) => t.id === block.task_id);
  const from = slotFloor(there);
  const slots = Math.round((until - there) / SLOT_MS);
  if (task < 0 || slots < 1) return null;
  /* Its own pin goes with it. */
  const [was, end] = [slotFloor(Date.parse(block.start)), slotFloor(Date.parse(block.end))];
  const pins = question.pins.filter((p) => p.task !== task || p.until <= was || p.from >= end);
  const move = { task, from, until: from + slots };
  const { elsewhere } = engine.solve({ ...question, pins, move });
  if (!elsewhere) return null;
  const lacks = elsewhere.lacks.flatMap((lack) => {
    const late = tasks[lack.task];
    return late ? [{ task: late, minutes: lack.slots * SLOT_MIN }] : [];
  });
  const misfits: WhyNot["misfits"] = {};
  for (const kind of MISFITS) if (elsewhere[kind] > 0) misfits[kind] = elsewhere[kind] * SLOT_MIN;
  return { lacks, misfits };
}
