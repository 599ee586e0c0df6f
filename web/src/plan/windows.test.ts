import { describe, expect, it } from "vitest";
import type { Occurrence } from "../api/schema";
import {
  EMPTY_WEEK,
  coverage,
  freeMinutes,
  hoursOn,
  paint,
  roomFor,
  takenOn,
  weekOf,
  windowsOf,
} from "./windows";

const span = (from: number, to: number) => ({ from: from * 60, to: to * 60 });

describe("painting free hours", () => {
  it("joins what touches and keeps other days", () => {
    let week = paint(EMPTY_WEEK, [1, 2], span(9, 10), true);
    week = paint(week, [1], span(10, 11), true);
    expect(windowsOf(week)).toEqual([
      { day: 1, start: "09:00", end: "11:00" },
      { day: 2, start: "09:00", end: "10:00" },
    ]);
    expect(freeMinutes(week)).toBe(180);
  });

  it("cuts a hole and drops what is covered", () => {
    let week = paint(EMPTY_WEEK, [3], span(9, 12), true);
    week = paint(week, [3], span(10, 11), false);
    expect(week[2]).toEqual([span(9, 10), span(11, 12)]);
    expect(paint(week, [3], span(0, 24), false)[2]).toEqual([]);
  });

  it("goes through the wire form unchanged, 24:00 included", () => {
    const windows = [{ day: 7, start: "22:05", end: "24:00" }];
    expect(windowsOf(weekOf(windows))).toEqual(windows);
  });

  it("tells a half covered cell from a full one", () => {
    const week = weekOf([{ day: 1, start: "09:15", end: "10:00" }]);
    expect(coverage(week, 1, { from: 540, to: 570 })).toBe("part");
    expect(coverage(week, 1, { from: 570, to: 600 })).toBe("all");
    expect(coverage(week, 1, { from: 600, to: 630 })).toBe("none");
  });
});

describe("room for more", () => {
  const week = weekOf([{ day: 6, start: "14:30", end: "17:30" }]);

  it("extends a window", () => {
    expect(roomFor(week, 6, 105, 0, 1440)).toEqual([{ from: 1050, to: 1155 }]);
  });

  it("goes before the window when the deadline is too near", () => {
    expect(roomFor(week, 6, 105, 0, 1080)).toEqual([{ from: 765, to: 870 }]);
  });

  it("takes several pieces when none is long enough", () => {
    const split = weekOf([
      { day: 2, start: "10:00", end: "12:00" },
      { day: 2, start: "14:00", end: "20:00" },
    ]);
    expect(roomFor(split, 2, 300, 0, 1440)).toEqual([
      { from: 480, to: 600 },
      { from: 720, to: 840 },
      { from: 1200, to: 1260 },
    ]);
  });

  it("finds none in a full day", () => {
    expect(roomFor(paint(EMPTY_WEEK, [1], span(0, 24), true), 1, 5, 0, 1440)).toBeNull();
  });
});

describe("one date", () => {
  it("has the week's hours, or its own", () => {
    const free = {
      week: [{ day: 5, start: "09:00", end: "10:00" }],
      exceptions: [{ date: "2026-11-27", windows: [{ start: "18:00", end: "24:00" }] }],
      version: 1,
    };
    expect(windowsOf(hoursOn(free, "2026-11-20"))).toEqual(free.week);
    expect(windowsOf(hoursOn(free, "2026-11-27"))).toEqual([
      { day: 5, start: "18:00", end: "24:00" },
    ]);
    expect(windowsOf(hoursOn(free, "2026-11-28"))).toEqual([]);
  });

  it("is taken by what takes place on it, in whole slots", () => {
    const event = (start: string, end: string, busy = true) =>
      ({ start: `2026-11-${start}:00Z`, end: `2026-11-${end}:00Z`, busy }) as Occurrence;
    const list = [
      event("26T21:00", "27T01:00"),
      event("27T08:07", "27T09:33"),
      event("27T12:00", "27T13:00", false),
      event("27T22:30", "28T05:00"),
      event("28T08:00", "28T09:00"),
    ];
    expect(takenOn("2026-11-27", list, "Europe/Berlin")).toEqual([
      span(0, 2),
      { from: 545, to: 635 },
      { from: 1410, to: 1440 },
    ]);
  });
});
