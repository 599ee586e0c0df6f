/* How a task repeats, as its form has it. */

import type { Series } from "../../time/series";

/* The server's bound. */
const EVERY_MAX = 365;

export interface RepeatDraft {
  repeat: Series["unit"];
  every: string;
  until: string;
}

export function seriesOf({ repeat, every, until }: RepeatDraft): Series {
  if (repeat === "none") return { unit: "none", every: 1, until: null };
  return { unit: repeat, every: Number(every), until: until || null };
}

export const isEvery = (n: number) => Number.isInteger(n) && n >= 1 && n <= EVERY_MAX;
