import { describe, expect, it } from "vitest";
import type { Schedule } from "../../api/schema";
import { columnsOf, hoursOf, neighbour } from "./layout";

const reason = { code: "pace" as const, until: null, minutes: 0, capacity_min: 0, load_min: 0 };
const block = (start: string, end: string) => ({
  task_id: "a",
  start,
  end,
  unfinished: false,
  reason,
});

const plan = {
  zone: "Europe/Berlin",
  blocks: [
    block("2026-11-18T13:00:00Z", "2026-11-18T14:30:00Z"),
    block("2026-11-18T08:00:00Z", "2026-11-18T09:00:00Z"),
    block("2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z"),
    block("2026-11-20T06:00:00Z", "2026-11-20T06:30:00Z"),
  ],
  days: [
    {
      date: "2026-11-18",
      free_min: 0,
      capacity_min: 0,
      load_min: 0,
      windows: [{ start: "2026-11-18T21:00:00Z", end: "2026-11-18T23:30:00Z" }],
    },
  ],
} as unknown as Schedule;

const availability = {
  week: [{ day: 1, start: "09:00", end: "10:00" }],
  exceptions: [],
  version: 1,
};
const columns = columnsOf("2026-11-16", plan, new Map(), availability);

describe("the week's columns", () => {
  it("stand on the wall clock, in order", () => {
    expect(columns[2]?.blocks.map((p) => [p.a, p.b])).toEqual([
      [540, 600],
      [840, 930],
    ]);
  });

  it("end at midnight", () => {
    expect(columns[2]?.free).toEqual([{ a: 22 * 60, b: 1440 }]);
  });

  it("take the template for days that are no longer planned", () => {
    expect(columns[0]?.free).toEqual([{ a: 540, b: 600 }]);
  });

  it("show the hours that are used", () => {
    expect(hoursOf(columns)).toEqual({ first: 7, last: 24 });
  });

  it("lead from block to block by arrows", () => {
    const start = "2026-11-18T13:00:00Z";
    expect(neighbour(columns, start, "up")?.start).toBe("2026-11-18T08:00:00Z");
    expect(neighbour(columns, start, "down")).toBeNull();
    expect(neighbour(columns, start, "right")?.start).toBe("2026-11-20T12:00:00Z");
    expect(neighbour(columns, start, "left")).toBeNull();
  });
});
