/* What the plan takes tasks to need: their estimates as typed, or so many per cent of them as the
   finished tasks of their course took. As the server's plan/learn.c counts, in whole numbers. */

import type { Estimates, Schedule, Settings, Task } from "../api/schema";
import { SLOT_MIN } from "./loads";

export type Factor = Schedule["factors"][number];
export type EstimateUse = Settings["estimates"];
type Work = Pick<Task, "estimate_min" | "worked_min" | "remaining_min">;

export const TYPED = 100;

export const percentFor = (factors: readonly Factor[], courseId: string | null) =>
  factors.find((f) => f.course_id === courseId)?.percent ?? TYPED;

/* The factors that a setting would give. */
export function factorsOf(estimates: Estimates, use: EstimateUse): Factor[] {
  if (use === "typed") return [];
  return estimates.courses
    .map(({ course_id, median_percent, p80_percent }) => ({
      course_id,
      percent: (use === "median" ? median_percent : p80_percent) ?? TYPED,
    }))
    .filter((f) => f.percent !== TYPED);
}

/* Slots still to be worked. What was worked is taken off one for one. */
export function slotsLeft(task: Work, percent: number): number {
  const { estimate_min, worked_min, remaining_min } = task;
  if (remaining_min === 0 && worked_min < estimate_min) return 0;
  const more = (percent - TYPED) * Math.min(estimate_min, worked_min + remaining_min);
  const over = Math.max(0, worked_min - estimate_min) * TYPED;
  let left = remaining_min * TYPED;
  if (more >= 0) left += Math.max(0, more - over);
  else if (left > 0) left = Math.max(1, left + more);
  return Math.ceil(left / (SLOT_MIN * TYPED));
}

/* The same in minutes; as typed where the plan counts as typed. */
export const minutesLeft = (task: Work, percent: number) =>
  percent === TYPED ? task.remaining_min : slotsLeft(task, percent) * SLOT_MIN;

/* By how many minutes what remains, rounded up to five, must fall for so many slots less. */
export function shortenMin(task: Work, percent: number, slots: number): number {
  const whole = Math.ceil(task.remaining_min / SLOT_MIN);
  const wanted = slotsLeft(task, percent) - slots;
  let low = 1;
  let high = whole;
  while (low < high) {
    const mid = Math.floor((low + high) / 2);
    const remaining_min = (whole - mid) * SLOT_MIN;
    if (slotsLeft({ ...task, remaining_min }, percent) <= wanted) high = mid;
    else low = mid + 1;
  }
  return high * SLOT_MIN;
}
