/* The difference between two plans from now on: which days' loads change, how many blocks are in new
   places, and which tasks no longer fit. A block that has begun stays where it is; the newer plan names the rest of it. */

import type { Block, PlanDay } from "../api/schema";
import { SLOT_MIN } from "./loads";

export interface Difference {
  moved: number;
  movedMin: number;
  days: { date: string; was: number; now: number }[];
  /* Tasks that only now will not be finished, and those that now will. */
  late: string[];
  saved: string[];
}

type Tasks = readonly { task_id: string }[];

interface Plan {
  blocks: readonly Block[];
  days: readonly PlanDay[];
  unfinished: Tasks;
  overdue: Tasks;
  /* When it was made or judged. */
  now: string;
}

const SLOT_MS = SLOT_MIN * 60_000;

const minutesOf = (b: { start: string; end: string }, from = -Infinity) =>
  Math.max(0, Date.parse(b.end) - Math.max(from, Date.parse(b.start))) / 60_000;

export function compare(before: Plan, after: Plan): Difference {
  const unmoved = unmovedIn(before.blocks, after.now);
  const fresh = after.blocks.filter((b) => !unmoved(b));
  /* Plans are made in whole slots. */
  const now = Math.ceil(Date.parse(after.now) / SLOT_MS) * SLOT_MS;
  const was = new Map(loadsFrom(before, now));
  return {
    moved: fresh.length,
    movedMin: fresh.reduce((sum, b) => sum + minutesOf(b), 0),
    days: loadsFrom(after, now)
      .map(([date, load]) => ({ date, was: was.get(date) ?? 0, now: load }))
      .filter((d) => d.was !== d.now),
    late: without(after.unfinished, before.unfinished),
    saved: without(before.unfinished, [...after.unfinished, ...after.overdue]),
  };
}

function without(tasks: Tasks, others: Tasks): string[] {
  const gone = new Set(others.map((t) => t.task_id));
  return tasks.map((t) => t.task_id).filter((id) => !gone.has(id));
}

/* What each day still asks from `now` on. Of today a plan that is in force also counts what is past,
   so today's blocks are counted instead. */
function loadsFrom({ days, blocks }: Plan, now: number): [string, number][] {
  const tomorrow = days[1]?.windows[0] ?? days.slice(1).flatMap((d) => d.windows)[0];
  return days.map((day, i) => {
    if (i > 0) return [day.date, day.load_min];
    /* Instants are written alike, so their texts are in their order. */
    const today = tomorrow ? blocks.filter((b) => b.start < tomorrow.start) : blocks;
    return [day.date, today.reduce((sum, b) => sum + minutesOf(b, now), 0)];
  });
}

/* Where the blocks of a plan begin, read once for all the plans that it is compared with. */
const startsOf = new WeakMap<readonly Block[], ReadonlyMap<string, number>>();

function starts(blocks: readonly Block[]): ReadonlyMap<string, number> {
  let known = startsOf.get(blocks);
  if (!known) {
    known = new Map(blocks.map((b) => [`${b.task_id} ${b.end}`, Date.parse(b.start)]));
    startsOf.set(blocks, known);
  }
  return known;
}

/* Whether a block of a plan made at `now` stands where the earlier plan had it. */
export function unmovedIn(
  before: readonly Block[],
  now: string,
): (block: Pick<Block, "task_id" | "start" | "end">) => boolean {
  const known = starts(before);
  const at = Date.parse(now);
  return (block) => {
    const start = known.get(`${block.task_id} ${block.end}`);
    if (start === undefined) return false;
    const here = Date.parse(block.start);
    return start === here || (start < at && here - at < SLOT_MS && here >= at);
  };
}
