/* What a student wishes of a plan beside its being on time, in the planner's terms, as the server's
   domain/wishes.c reads it. */

import type { Block, Settings, Task } from "../api/schema";
import type { BlockRow, DayRow } from "./engine";
import { SLOT_MIN } from "./loads";

export type Wishes = Pick<
  Settings,
  | "min_session_min"
  | "max_session_min"
  | "max_task_day_min"
  | "pause_min"
  | "preferred"
  | "break_after_min"
  | "break_min"
  | "buffer_min"
>;

export const wishesOf = (s: Settings): Wishes => ({
  min_session_min: s.min_session_min,
  max_session_min: s.max_session_min,
  max_task_day_min: s.max_task_day_min,
  pause_min: s.pause_min,
  preferred: s.preferred,
  break_after_min: s.break_after_min,
  break_min: s.break_min,
  buffer_min: s.buffer_min,
});

/* A long day. */
const PIN_SLOTS_MAX = 300;
const SLOT_MS = SLOT_MIN * 60_000;

export const slotsOf = (minutes: number) => Math.ceil(minutes / SLOT_MIN);

/* Study in a row, rounded down, and the break then; 0: no breaks. */
export const breaksOf = (wishes: Wishes) => ({
  study: Math.floor(wishes.break_after_min / SLOT_MIN),
  rest: wishes.break_after_min > 0 ? slotsOf(wishes.break_min) : 0,
});

/* The pins ahead of open tasks that need work, by start: cut at midnight, where two overlap after
   all, and where their task needs no more. `accepted` are the blocks of the plan in force: one that
   has begun says how much of its pin is done. */
export function pinsOf(
  tasks: readonly Task[],
  rows: readonly { work: number }[],
  days: readonly DayRow[],
  accepted: readonly BlockRow[],
  now: number,
): BlockRow[] {
  const left = rows.map((row) => row.work);
  const all = tasks.flatMap((t, task) =>
    left[task] === 0
      ? []
      : t.pinned
          .map((pin) => ({
            task,
            from: Math.ceil(Date.parse(pin.start) / SLOT_MS),
            until: Math.floor(Date.parse(pin.end) / SLOT_MS),
          }))
          .filter(({ from, until }) => until > now && from < until && until - from <= PIN_SLOTS_MAX)
          /* What began yesterday is past. */
          .map((pin) => ({
            ...pin,
            from: Math.max(begunAt(pin, accepted, now), days[0]?.beg ?? -Infinity),
          })),
  );
  all.sort((a, b) => a.from - b.from || a.task - b.task);
  const pins: BlockRow[] = [];
  let end = -Infinity;
  for (const pin of all) {
    let from = Math.max(pin.from, end);
    const until = Math.min(pin.until, from + (left[pin.task] ?? 0));
    left[pin.task] = (left[pin.task] ?? 0) - Math.max(0, until - from);
    for (const day of days) {
      if (from >= until) break;
      if (day.end <= from) continue;
      end = Math.min(until, day.end);
      if (end > now) pins.push({ task: pin.task, from, until: end });
      from = end;
    }
  }
  return pins;
}

/* A pin under way begins where the block in the plan does that stands in it, from which what the log has
   of it is cut already; until the plan has one, nothing of it was worked on. */
function begunAt(pin: BlockRow, accepted: readonly BlockRow[], now: number): number {
  if (pin.from >= now) return pin.from;
  const block = accepted.find(
    (b) =>
      b.task === pin.task &&
      b.from >= pin.from &&
      b.from < now &&
      b.until > now &&
      b.until <= pin.until,
  );
  return block ? block.from : now;
}

/* The pin of its task that a block stands in. */
export function pinOf(task: Pick<Task, "pinned">, block: Pick<Block, "start" | "end">) {
  const [from, until] = [Date.parse(block.start), Date.parse(block.end)];
  return task.pinned.find((pin) => Date.parse(pin.start) < until && Date.parse(pin.end) > from);
}
