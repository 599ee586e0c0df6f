import { describe, expect, it } from "vitest";
import type { Block, Occurrence, Task } from "../../api/schema";
import { dragged, placeOf, spanOf, stepped, type Carry, type Place } from "./carry";

const zone = "Europe/Berlin";
const task = { id: "t" } as Task;
const block = (start: string, end: string) =>
  ({ block: { task_id: "t", start, end } as Block, task }) as const;
const event = (start: string, end: string) => ({
  occurrence: { event_id: "e", date: start.slice(0, 10), start, end } as Occurrence,
});

function held(thing: Carry["thing"], most = 1440): Carry {
  const from = placeOf(thing, zone);
  return { thing, from, place: from, by: "keys", most };
}

const keys = (carry: Carry, ...all: [key: string, shift?: boolean][]): Place =>
  all.reduce(
    (c, [key, shift]) => ({ ...c, place: stepped(c, key, shift ?? false) ?? c.place }),
    carry,
  ).place;

describe("what is carried", () => {
  it("goes by five minutes, an hour or a day, and not over midnight", () => {
    const carry = held(block("2026-11-18T08:00:00Z", "2026-11-18T09:30:00Z"));
    expect(carry.from).toEqual({ date: "2026-11-18", a: 540, b: 630 });
    expect(keys(carry, ["ArrowDown"])).toEqual({ date: "2026-11-18", a: 545, b: 635 });
    expect(keys(carry, ["PageUp"], ["ArrowLeft"])).toEqual({ date: "2026-11-17", a: 480, b: 570 });
    const night = keys(carry, ...Array.from({ length: 30 }, () => ["PageDown"] as [string]));
    expect(night).toEqual({ date: "2026-11-18", a: 1350, b: 1440 });
    expect(stepped(carry, "x", false)).toBeNull();
  });

  it("comes onto whole steps first", () => {
    const carry = held(event("2026-11-18T08:03:00Z", "2026-11-18T09:03:00Z"));
    expect(keys(carry, ["ArrowDown"])).toMatchObject({ a: 545, b: 605 });
    expect(keys(carry, ["ArrowUp"])).toMatchObject({ a: 540, b: 600 });
  });

  it("is no longer than its task needs, and never nothing", () => {
    const carry = held(block("2026-11-18T08:00:00Z", "2026-11-18T08:20:00Z"), 30);
    const longer: [string, boolean][] = Array.from({ length: 9 }, () => ["ArrowDown", true]);
    const shorter: [string, boolean][] = Array.from({ length: 9 }, () => ["ArrowUp", true]);
    expect(keys(carry, ...longer)).toMatchObject({ a: 540, b: 570 });
    expect(keys(carry, ...shorter)).toMatchObject({ a: 540, b: 545 });
  });

  it("keeps its night where it is dragged, whichever part a hand has", () => {
    const carry = held(event("2026-11-18T21:00:00Z", "2026-11-19T01:00:00Z"));
    expect(carry.from).toEqual({ date: "2026-11-18", a: 1320, b: 1560 });
    const morning = { date: "2026-11-19", minute: 60 };
    expect(dragged(carry, "all", morning, { date: "2026-11-21", minute: 122 })).toEqual({
      ...{ date: "2026-11-20", a: 1380, b: 1620 },
    });
    /* Before midnight it would end on the day it begins. */
    expect(dragged(carry, "all", morning, { date: "2026-11-19", minute: -400 })).toEqual({
      ...{ date: "2026-11-18", a: 1205, b: 1445 },
    });
  });

  it("has its end where a hand pulls it", () => {
    const carry = held(event("2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z"));
    const grip = { date: "2026-11-18", minute: 598 };
    expect(dragged(carry, "end", grip, { date: "2026-11-19", minute: 634 })).toEqual({
      ...{ date: "2026-11-18", a: 540, b: 635 },
    });
  });

  it("keeps a block's length and an event's times where the clocks change", () => {
    const night: Place = { date: "2026-10-25", a: 60, b: 240 };
    const work = block("2026-10-24T08:00:00Z", "2026-10-24T11:00:00Z");
    const shift = event("2026-10-24T08:00:00Z", "2026-10-24T11:00:00Z");
    expect(spanOf(work, night, zone)).toEqual({
      ...{ start: "2026-10-24T23:00:00Z", end: "2026-10-25T02:00:00Z" },
    });
    expect(spanOf(shift, night, zone)).toEqual({
      ...{ start: "2026-10-24T23:00:00Z", end: "2026-10-25T03:00:00Z" },
    });
  });
});
