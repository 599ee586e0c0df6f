/* What a plan asks of each day. Shares are exact fractions of 5-minute slots, as in the planner. */

import type { PlanDay, Ratio } from "../api/schema";

export const SLOT_MIN = 5;

/* The part of a day's free minutes that a share allows, in whole slots. */
export function shareOf(freeMin: number, share: Ratio): number {
  return Math.floor((Math.floor(freeMin / SLOT_MIN) * share.num) / share.den) * SLOT_MIN;
}

export const ratioOfPercent = (percent: number): Ratio => ({ num: percent, den: 100 });

/* The nearest whole percent, for a slider. */
export const percentOf = (share: Ratio) => Math.round((share.num * 100) / share.den);

export const sameRatio = (a: Ratio, b: Ratio) => a.num * b.den === b.num * a.den;

export interface Loads {
  maxMin: number;
  /* Mean over the days of the first week that have free time or work. */
  meanMin: number;
  /* Days on which deadlines demand more than the pace. */
  above: { date: string; byMin: number }[];
  lastWork: string | null;
}

export function loadsOf(days: readonly PlanDay[], pace: Ratio): Loads {
  const first = days.slice(0, 7).filter((d) => d.free_min > 0 || d.load_min > 0);
  const sum = first.reduce((total, d) => total + d.load_min, 0);
  const busy = days.filter((d) => d.load_min > 0);
  return {
    maxMin: Math.max(0, ...days.map((d) => d.load_min)),
    meanMin: first.length ? Math.round(sum / first.length / SLOT_MIN) * SLOT_MIN : 0,
    above: days
      .map((d) => ({ date: d.date, byMin: d.load_min - shareOf(d.free_min, pace) }))
      .filter((d) => d.byMin > 0),
    lastWork: busy[busy.length - 1]?.date ?? null,
  };
}
