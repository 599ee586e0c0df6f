/* Weekly free hours as sets of minutes: painting adds and removes spans, whatever was typed. */

import type { Availability, FreeWindow, Occurrence } from "../api/schema";
import { parseWall, wallAt, wallText, weekdayOf, type LocalDate } from "../time/zone";

/* Half open, in minutes since midnight: [from, to). */
export interface Stretch {
  from: number;
  to: number;
}

/* Seven days, Monday first, each sorted and without touching stretches. */
export type Week = readonly (readonly Stretch[])[];

export const EMPTY_WEEK: Week = [[], [], [], [], [], [], []];

export function weekOf(windows: readonly FreeWindow[]): Week {
  const days: Stretch[][] = EMPTY_WEEK.map(() => []);
  for (const w of windows) {
    const from = parseWall(w.start);
    const to = parseWall(w.end);
    if (from !== null && to !== null && from < to) days[w.day - 1]?.push({ from, to });
  }
  return days.map(merged);
}

/* The free hours of one date, by the week or by its own, as a week with that day alone. */
export function hoursOn(free: Availability, date: LocalDate): Week {
  const day = weekdayOf(date);
  const own = free.exceptions.find((e) => e.date === date)?.windows;
  return weekOf(own?.map((w) => ({ day, ...w })) ?? free.week.filter((w) => w.day === day));
}

/* What events take of a date. */
export function takenOn(
  date: LocalDate,
  occurrences: readonly Occurrence[],
  zone: string,
): Stretch[] {
  return occurrences.flatMap((o) => {
    const start = wallAt(Date.parse(o.start), zone);
    const end = wallAt(Date.parse(o.end), zone);
    if (!o.busy || start.date > date || end.date < date) return [];
    const from = start.date < date ? 0 : Math.floor(start.minutes / 5) * 5;
    const to = end.date > date ? 1440 : Math.ceil(end.minutes / 5) * 5;
    return from < to ? [{ from, to }] : [];
  });
}

export function windowsOf(week: Week): FreeWindow[] {
  return week.flatMap((stretches, i) =>
    stretches.map((s) => ({ day: i + 1, start: wallText(s.from), end: wallText(s.to) })),
  );
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const s of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = out[out.length - 1];
    if (last && s.from <= last.to) last.to = Math.max(last.to, s.to);
    else out.push({ ...s });
  }
  return out;
}

function without(stretches: readonly Stretch[], cut: Stretch): Stretch[] {
  return stretches.flatMap((s) =>
    [
      { from: s.from, to: Math.min(s.to, cut.from) },
      { from: Math.max(s.from, cut.to), to: s.to },
    ].filter((rest) => rest.from < rest.to),
  );
}

/* The week with [from, to) of these days (1–7) free, or not free. */
export function paint(week: Week, days: readonly number[], span: Stretch, free: boolean): Week {
  return week.map((stretches, i) => {
    if (!days.includes(i + 1)) return stretches;
    return free ? merged([...stretches, span]) : without(stretches, span);
  });
}

/* How much of the span is free: all of it, a part, or none. */
export function coverage(week: Week, day: number, span: Stretch): "all" | "part" | "none" {
  let covered = 0;
  for (const s of week[day - 1] ?? [])
    covered += Math.max(0, Math.min(s.to, span.to) - Math.max(s.from, span.from));
  if (covered === 0) return "none";
  return covered === span.to - span.from ? "all" : "part";
}

export function freeMinutes(week: Week): number {
  return week.flat().reduce((sum, s) => sum + s.to - s.from, 0);
}

/* Where `minutes` more fit on a day, inside [after, before): in one piece directly behind a window,
   else before one, else anywhere; only when no piece is long enough in several. Hours between 8 and
   22 are tried first. */
export function roomFor(
  week: Week,
  day: number,
  minutes: number,
  after: number,
  before: number,
): Stretch[] | null {
  const taken = week[day - 1] ?? [];
  const waking = { from: Math.max(after, 480), to: Math.min(before, 1320) };
  for (const bounds of [waking, { from: after, to: before }]) {
    if (bounds.from >= bounds.to) continue;
    const gaps = taken.reduce<Stretch[]>((rest, cut) => without(rest, cut), [bounds]);
    const found = onePiece(gaps, taken, minutes) ?? pieces(gaps, minutes);
    if (found) return found;
  }
  return null;
}

function onePiece(gaps: Stretch[], taken: readonly Stretch[], minutes: number): Stretch[] | null {
  const fits = gaps.filter((g) => g.to - g.from >= minutes);
  const behind = fits.find((g) => taken.some((s) => s.to === g.from));
  if (behind) return [{ from: behind.from, to: behind.from + minutes }];
  const ahead = fits.find((g) => taken.some((s) => s.from === g.to));
  if (ahead) return [{ from: ahead.to - minutes, to: ahead.to }];
  const any = fits[0];
  if (!any) return null;
  const from = Math.max(any.from, Math.min(16 * 60, any.to - minutes));
  return [{ from, to: from + minutes }];
}

function pieces(gaps: Stretch[], minutes: number): Stretch[] | null {
  const out: Stretch[] = [];
  let left = minutes;
  for (const gap of gaps) {
    if (left === 0) break;
    const length = Math.min(left, gap.to - gap.from);
    out.push({ from: gap.from, to: gap.from + length });
    left -= length;
  }
  return left === 0 ? out : null;
}
