/* The two curves whose crossing decides everything: work due by a moment, and study time up to it. */

import type { PlanDay, Ratio, Task } from "../api/schema";
import { percentFor, slotsLeft, type Factor } from "./estimates";
import { SLOT_MIN, shareOf } from "./loads";

export interface Point {
  at: number;
  min: number;
}

/* Study time from now on when each day may use `share` of its free minutes, as a broken line. */
export function capacityCurve(days: readonly PlanDay[], now: number, share: Ratio): Point[] {
  const points: Point[] = [{ at: now, min: 0 }];
  let total = 0;
  const to = (at: number) => points.push({ at, min: total });
  for (const day of days) {
    let left = shareOf(day.free_min, share);
    for (const window of day.windows) {
      const from = Math.max(now, Date.parse(window.start));
      const minutes = Math.min(left, (Date.parse(window.end) - from) / 60_000);
      if (minutes <= 0) continue;
      to(from);
      total += minutes;
      left -= minutes;
      to(from + minutes * 60_000);
    }
  }
  return points;
}

/* What is typed, in whole slots. */
export const plannedMinutes = (remaining: number) => Math.ceil(remaining / SLOT_MIN) * SLOT_MIN;

/* Work due by each moment, as steps; overdue work is not in it. */
export function workSteps(
  tasks: readonly Task[],
  factors: readonly Factor[],
  now: number,
  end: number,
): Point[] {
  const due = tasks
    .filter((t) => t.state === "open")
    .map((t) => ({
      at: Date.parse(t.due),
      min: slotsLeft(t, percentFor(factors, t.course_id)) * SLOT_MIN,
    }))
    .filter((t) => t.min > 0 && t.at > now && t.at <= end)
    .sort((a, b) => a.at - b.at);
  const steps: Point[] = [{ at: now, min: 0 }];
  let total = 0;
  for (const task of due) {
    steps.push({ at: task.at, min: total });
    total += task.min;
    steps.push({ at: task.at, min: total });
  }
  steps.push({ at: end, min: total });
  return steps;
}

export function valueAt(curve: readonly Point[], at: number): number {
  let before = curve[0];
  for (const point of curve) {
    if (point.at > at) {
      if (!before || point.at === before.at) return before?.min ?? 0;
      const part = (at - before.at) / (point.at - before.at);
      return before.min + part * (point.min - before.min);
    }
    before = point;
  }
  return before?.min ?? 0;
}
