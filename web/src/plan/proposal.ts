/* The plan that waits to be taken, as a schedule to compare with the one in force. Its certificate is
   already that of the new one: what can be done depends on the desk, not on the plan. */

import type { Schedule } from "../api/schema";
import { wallAt } from "../time/zone";

export function proposedPlan(plan: Schedule): Schedule | null {
  if (!plan.proposal) return null;
  const { blocks } = plan.proposal;
  const loads = new Map<string, number>();
  for (const b of blocks) {
    const start = Date.parse(b.start);
    const { date } = wallAt(start, plan.zone);
    loads.set(date, (loads.get(date) ?? 0) + (Date.parse(b.end) - start) / 60_000);
  }
  return {
    ...plan,
    blocks,
    days: plan.days.map((day) => ({ ...day, load_min: loads.get(day.date) ?? 0 })),
    missed: [],
    proposal: null,
  };
}

/* Minutes of the blocks that did not happen. */
export const missedMinutes = (missed: readonly { start: string; end: string }[]) =>
  missed.reduce((sum, b) => sum + (Date.parse(b.end) - Date.parse(b.start)) / 60_000, 0);
