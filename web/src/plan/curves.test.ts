import { describe, expect, it } from "vitest";
import type { PlanDay } from "../api/schema";
import { capacityCurve, plannedMinutes, valueAt } from "./chart";
import { compare } from "./compare";
import { loadsOf, percentOf, sameRatio, shareOf } from "./loads";

const at = (time: string) => Date.parse(`2026-11-${time}:00Z`);

function day(date: string, windows: [string, string][], load = 0): PlanDay {
  const spans = windows.map(([a, b]) => ({ start: `${date}T${a}:00Z`, end: `${date}T${b}:00Z` }));
  const free = spans.reduce(
    (sum, s) => sum + (Date.parse(s.end) - Date.parse(s.start)) / 60_000,
    0,
  );
  return {
    date,
    free_min: free,
    capacity_min: free,
    load_min: load,
    windows: spans,
    done_min: 0,
  };
}

describe("shares of a day", () => {
  it("are exact fractions of slots", () => {
    expect(shareOf(100 * 5, { num: 29, den: 100 })).toBe(29 * 5);
    expect(shareOf(330, { num: 1, den: 3 })).toBe(110);
    expect(shareOf(62, { num: 1, den: 1 })).toBe(60);
    expect(percentOf({ num: 2, den: 3 })).toBe(67);
    expect(sameRatio({ num: 3, den: 5 }, { num: 60, den: 100 })).toBe(true);
  });

  it("round a task up to whole slots", () => {
    expect(plannedMinutes(7)).toBe(10);
    expect(plannedMinutes(10)).toBe(10);
  });
});

describe("the time there is", () => {
  const days = [
    day("2026-11-18", [
      ["10:00", "12:00"],
      ["14:00", "16:00"],
    ]),
    day("2026-11-19", [["10:00", "12:00"]]),
  ];

  it("grows inside windows until the share of the day is used", () => {
    const curve = capacityCurve(days, at("18T09:00"), { num: 3, den: 4 });
    expect(valueAt(curve, at("18T09:30"))).toBe(0);
    expect(valueAt(curve, at("18T11:00"))).toBe(60);
    expect(valueAt(curve, at("18T13:00"))).toBe(120);
    expect(valueAt(curve, at("18T16:00"))).toBe(180);
    expect(valueAt(curve, at("19T12:00"))).toBe(270);
    expect(valueAt(curve, at("25T12:00"))).toBe(270);
  });

  it("starts now, not at the day's beginning", () => {
    const curve = capacityCurve(days, at("18T11:00"), { num: 1, den: 1 });
    expect(valueAt(curve, at("18T12:00"))).toBe(60);
  });
});

const now = "2026-11-18T09:00:00Z";

function block(from: string, to: string) {
  const reason = { code: "pace" as const, until: null, minutes: 0, capacity_min: 0, load_min: 0 };
  const [start, end] = [`2026-11-18T${from}:00Z`, `2026-11-18T${to}:00Z`];
  return { task_id: "a", start, end, unfinished: false, reason };
}

const fits = { unfinished: [], overdue: [] };
const same = { moved: 0, movedMin: 0, days: [], late: [], saved: [] };

describe("what a plan asks", () => {
  const days = [
    day("2026-11-18", [["10:00", "12:00"]], 90),
    day("2026-11-19", [], 0),
    day("2026-11-20", [["10:00", "14:00"]], 60),
  ];

  it("names the fullest day, the mean and the days above the pace", () => {
    expect(loadsOf(days, { num: 1, den: 2 })).toEqual({
      maxMin: 90,
      meanMin: 75,
      above: [{ date: "2026-11-18", byMin: 30 }],
      lastWork: "2026-11-20",
    });
  });

  it("differs from another by days and places", () => {
    const before = {
      ...fits,
      blocks: [block("10:00", "10:30"), block("11:00", "11:30")],
      days,
      now,
    };
    const after = {
      ...fits,
      now,
      blocks: [block("10:00", "10:30"), block("12:00", "12:30")],
      days: [...days.slice(0, 2), day("2026-11-20", [], 90)],
    };
    expect(compare(before, after)).toEqual({
      moved: 1,
      movedMin: 30,
      days: [{ date: "2026-11-20", was: 60, now: 90 }],
      late: [],
      saved: [],
    });
    expect(compare(before, before)).toEqual(same);
  });

  it("leaves a block that has begun where it is, and does not count what is past", () => {
    const before = {
      ...fits,
      blocks: [block("08:00", "08:30"), block("08:50", "09:30")],
      days,
      now,
    };
    const after = { ...fits, now: "2026-11-18T09:02:00Z", blocks: [block("09:05", "09:30")], days };
    expect(compare(before, after)).toEqual(same);
    const later = { ...after, blocks: [block("09:10", "09:30")] };
    expect(compare(before, later)).toEqual({
      moved: 1,
      movedMin: 20,
      days: [{ date: "2026-11-18", was: 25, now: 20 }],
      late: [],
      saved: [],
    });
  });

  it("names what no longer fits and what fits again, but not what became overdue", () => {
    const of = (...ids: string[]) => ids.map((task_id) => ({ task_id }));
    const before = { blocks: [], days, now, unfinished: of("a", "b", "c"), overdue: [] };
    const after = { blocks: [], days, now, unfinished: of("b", "d"), overdue: of("c") };
    expect(compare(before, after)).toEqual({ ...same, late: ["d"], saved: ["a"] });
  });
});
