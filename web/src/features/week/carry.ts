/* What is being carried to another time: where it may be put, and where keys and a pointer put it.
   Times are minutes on the wall of the day on which it begins; what ends on a later day goes on beyond
   1440, and still does so wherever it is put. */

import type { Block, Occurrence, Task } from "../../api/schema";
import {
  addDays,
  daysBetween,
  instantOf,
  instantText,
  wallAt,
  type LocalDate,
} from "../../time/zone";
import type { Placed } from "./layout";

export interface Place extends Placed {
  date: LocalDate;
}

export type Thing = { block: Block; task: Task } | { occurrence: Occurrence };

/* What a hand has of it: all of it, or its end. */
export type Edge = "all" | "end";

export interface Carry {
  thing: Thing;
  from: Place;
  place: Place;
  by: "pointer" | "keys";
  /* The longest that it may be. */
  most: number;
}

export const STEP = 5;
const HOUR = 60;
const DAY = 1440;

const lengthOf = ({ a, b }: Placed) => b - a;
/* How many midnights lie in it. */
const nights = ({ b }: Placed) => Math.ceil(b / DAY) - 1;

export const isBlock = (thing: Thing): thing is { block: Block; task: Task } => "block" in thing;
export const titleOf = (thing: Thing) =>
  isBlock(thing) ? thing.task.title : thing.occurrence.title;

/* A block keeps its real length where the clocks change, an event its times on the wall. */
export function placeOf(thing: Thing, zone: string): Place {
  if (isBlock(thing)) {
    const { date, minutes: a } = wallAt(Date.parse(thing.block.start), zone);
    const length = (Date.parse(thing.block.end) - Date.parse(thing.block.start)) / 60_000;
    return { date, a, b: Math.min(DAY, a + length) };
  }
  const start = wallAt(Date.parse(thing.occurrence.start), zone);
  const end = wallAt(Date.parse(thing.occurrence.end), zone);
  const b = daysBetween(start.date, end.date) * DAY + end.minutes;
  return { date: start.date, a: start.minutes, b };
}

/* The same stretch as instants. */
export function spanOf(thing: Thing, { date, a, b }: Place, zone: string) {
  const start = instantOf(date, a, zone);
  const nightsPast = Math.floor(b / DAY);
  const end = isBlock(thing)
    ? start + (b - a) * 60_000
    : instantOf(addDays(date, nightsPast), b - nightsPast * DAY, zone);
  return { start: instantText(start), end: instantText(end) };
}

export const samePlace = (x: Place, y: Place) => x.date === y.date && x.a === y.a && x.b === y.b;

/* It begins and ends as many midnights apart as it does now. */
function movedTo(carry: Carry, date: LocalDate, minute: number): Place {
  const { place } = carry;
  const length = lengthOf(place);
  const n = nights(place);
  const low = Math.max(0, n * DAY + STEP - length);
  const high = Math.min(DAY - STEP, (n + 1) * DAY - length);
  const a = Math.max(low, Math.min(high, minute));
  return { date, a, b: a + length };
}

function endingAt({ place, most }: Carry, minute: number): Place {
  const n = nights(place);
  const low = Math.max(place.a + STEP, n * DAY + STEP);
  const high = Math.min((n + 1) * DAY, place.a + Math.max(STEP, most));
  return { ...place, b: Math.max(low, Math.min(high, minute)) };
}

/* Onto whole steps, whichever way it goes. */
const next = (minute: number, by: number) =>
  (by > 0 ? Math.floor(minute / STEP) : Math.ceil(minute / STEP)) * STEP + by;

const MOVES: Partial<Record<string, number>> = {
  ArrowUp: -STEP,
  ArrowDown: STEP,
  PageUp: -HOUR,
  PageDown: HOUR,
};
const DAYS: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/* Where a key puts it; null: a key that means nothing here. */
export function stepped(carry: Carry, key: string, shift: boolean): Place | null {
  const { date, a, b } = carry.place;
  const by = MOVES[key];
  const days = DAYS[key];
  if (by !== undefined)
    return shift ? endingAt(carry, next(b, by)) : movedTo(carry, date, next(a, by));
  if (days !== undefined && !shift) return { date: addDays(date, days), a, b };
  return null;
}

const snap = (minute: number) => Math.round(minute / STEP) * STEP;

/* Where a hand that took hold at `grip` and is now over `at` puts it; both with the day of the column
   and a minute on its wall. */
export function dragged(carry: Carry, edge: Edge, grip: Point, at: Point): Place {
  const { from } = carry;
  const apart = daysBetween(from.date, grip.date);
  if (edge === "end") return endingAt(carry, snap(from.b + at.minute - grip.minute));
  return movedTo(carry, addDays(at.date, -apart), snap(from.a + at.minute - grip.minute));
}

export interface Point {
  date: LocalDate;
  minute: number;
}
