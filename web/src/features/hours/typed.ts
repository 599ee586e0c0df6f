/* Free hours of a day as they are typed. */

import type { FreeDay } from "../../api/schema";
import { parseWall, wallText, type Minutes } from "../../time/zone";

const DAY_END: Minutes = 1440;
const HALF: Minutes = 720;

type Half = "a" | "p";

/* A time as it is written: what the clock shows, and which half of the day, if that is said. */
interface Written {
  clock: Minutes;
  half: Half | null;
}

/* "8", "08:00", "8:30 pm", "8 a.m." */
function timeOf(text: string): Written | null {
  const match = /^(\d{1,2})(:\d{2})?(?:\s*([ap])\.?m\.?)?$/i.exec(text.trim());
  if (!match) return null;
  const [, hour = "", minutes = ":00", letter] = match;
  const clock = parseWall(hour + minutes);
  const half = letter === undefined ? null : (letter.toLowerCase() as Half);
  return clock === null ? null : { clock, half };
}

/* On a clock of twelve hours 12 comes before 1. */
function inHalf(clock: Minutes, half: Half): Minutes | null {
  if (clock < 60 || clock >= HALF + 60) return null;
  return (clock % HALF) + (half === "p" ? HALF : 0);
}

/* "8-10am" is all in the morning, "10-2pm" begins there. What could be both is neither. */
function spanOf(from: Written, to: Written): [Minutes | null, Minutes | null] {
  if (from.half === null && to.half === null) return [from.clock, to.clock];
  if (to.half === null) return [null, null];
  const end = inHalf(to.clock, to.half);
  if (from.half !== null) return [inHalf(from.clock, from.half), end === 0 ? DAY_END : end];
  if (end === null || end === 0) return [null, null];
  const near = inHalf(from.clock, to.half);
  return [near !== null && near < end ? near : inHalf(from.clock, "a"), end];
}

/* "08:00-10:00, 14–18", "8am-10am, 2:30-6pm" or null. Minutes may be left out. */
export function parseHours(text: string): FreeDay["windows"] | null {
  const out: FreeDay["windows"] = [];
  for (const piece of text.split(/[,;]/).filter((p) => p.trim() !== "")) {
    const [from, to, ...more] = piece.split(/[-–]|\b(?:to|bis)\b/).map(timeOf);
    if (!from || !to || more.length > 0) return null;
    const [start, end] = spanOf(from, to);
    if (start === null || end === null || start >= end) return null;
    out.push({ start: wallText(start), end: wallText(end) });
  }
  return out;
}
