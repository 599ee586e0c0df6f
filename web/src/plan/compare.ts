/* The difference between two plans: which days' loads change, and how many blocks are new places. */

import type { Block, PlanDay } from "../api/schema";

export interface Difference {
  moved: number;
  movedMin: number;
  days: { date: string; was: number; now: number }[];
}

const keyOf = (b: Block) => `${b.task_id} ${b.start} ${b.end}`;

export function compare(
  before: { blocks: readonly Block[]; days: readonly PlanDay[] },
  after: { blocks: readonly Block[]; days: readonly PlanDay[] },
): Difference {
  const places = new Set(before.blocks.map(keyOf));
  const fresh = after.blocks.filter((b) => !places.has(keyOf(b)));
  const loads = new Map(before.days.map((d) => [d.date, d.load_min]));
  return {
    moved: fresh.length,
    movedMin: fresh.reduce((sum, b) => sum + (Date.parse(b.end) - Date.parse(b.start)) / 60_000, 0),
    days: after.days
      .map((d) => ({ date: d.date, was: loads.get(d.date) ?? 0, now: d.load_min }))
      .filter((d) => d.was !== d.now),
  };
}

/* Whether a block of the new plan stands where the old one had it. */
export function unmovedIn(before: readonly Block[]): (block: Block) => boolean {
  const places = new Set(before.map(keyOf));
  return (block) => places.has(keyOf(block));
}
