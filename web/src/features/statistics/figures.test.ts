import { describe, expect, it } from "vitest";
import type { Statistics } from "../../api/schema";
import { daysOf, partsOf, rowNow, rowsOf, weeksOf } from "./figures";

const work = (date: string, minutes: number, course_id: string | null = null) => ({
  date,
  minutes,
  course_id,
});

const figures = (part: Partial<Statistics>): Statistics => ({
  zone: "UTC",
  from: "2026-01-01",
  until: "2026-12-31",
  work: [],
  planned: [],
  first: null,
  total_min: 0,
  done: 0,
  on_time: 0,
  milestones: [],
  ...part,
});

/* 2026-11-16 is a Monday. */
const monday = (date: string) =>
  new Date(Date.parse(date) - ((new Date(date).getUTCDay() + 6) % 7) * 86_400_000)
    .toISOString()
    .slice(0, 10);

describe("weeks", () => {
  const log = [
    work("2026-11-08", 10, "a"),
    work("2026-11-09", 20, "b"),
    work("2026-11-15", 30, "a"),
    work("2026-11-16", 70, "b"),
    work("2026-10-01", 999, "a"),
  ];

  it("hold their seven days, and the present one comes last", () => {
    const weeks = weeksOf(log, "2026-11-18", 3, monday);
    expect(weeks.map((w) => [w.from, w.minutes])).toEqual([
      ["2026-11-02", 10],
      ["2026-11-09", 50],
      ["2026-11-16", 70],
    ]);
  });

  it("stack their courses in one order", () => {
    const week = weeksOf(log, "2026-11-18", 3, monday)[1];
    expect(week?.parts.map((p) => p.courseId)).toEqual(["a", "b"]);
    expect(partsOf(log)[0]).toEqual({ courseId: "a", minutes: 1039 });
  });
});

describe("days", () => {
  it("put what was planned beside what was done", () => {
    const log = [work("2026-11-17", 30, "a"), work("2026-11-17", 15)];
    const planned = [{ date: "2026-11-16", minutes: 60 }];
    expect(daysOf(figures({ work: log, planned }), "2026-11-17", 2)).toEqual([
      { date: "2026-11-16", planned: 60, done: 0 },
      { date: "2026-11-17", planned: 0, done: 45 },
    ]);
  });
});

describe("rows of days", () => {
  it("forgive a break of two days, not of three", () => {
    const log = ["2026-11-01", "2026-11-02", "2026-11-05", "2026-11-09"].map((d) => work(d, 20));
    expect(rowsOf(log)).toEqual([
      { from: "2026-11-01", until: "2026-11-05", days: 3 },
      { from: "2026-11-09", until: "2026-11-09", days: 1 },
    ]);
  });

  it("go on while the break is short", () => {
    const log = [work("2026-11-09", 20), work("2026-11-10", 20), work("2026-11-10", 5, "a")];
    expect(rowNow(log, "2026-11-13")?.days).toBe(2);
    expect(rowNow(log, "2026-11-14")).toBeNull();
    expect(rowNow([], "2026-11-14")).toBeNull();
  });
});
