import { describe, expect, it } from "vitest";
import type { Schedule } from "../../api/schema";
import { columnsOf, eventsByDay, hoursOf, neighbour, steadily } from "./layout";

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

  it("begin at midnight, however an instant is written", () => {
    const blocks = [
      block("2026-11-15T22:59:59.5Z", "2026-11-15T23:30:00Z"),
      block("2026-11-16T00:00:00.000+01:00", "2026-11-16T01:00:00+01:00"),
      block("2026-11-15T22:00:00-03:00", "2026-11-15T23:00:00-03:00"),
      block("2026-11-22T23:59:59.999+01:00", "2026-11-23T00:30:00+01:00"),
      block("2026-11-22T23:00:00.000Z", "2026-11-22T23:30:00Z"),
    ];
    const shown = columnsOf("2026-11-16", { ...plan, blocks }, new Map(), availability);
    const starts = shown.map((column) => column.blocks.map((p) => p.block.start));
    expect(starts[0]).toEqual([blocks[1]?.start, blocks[2]?.start]);
    expect(starts[6]).toEqual([blocks[3]?.start]);
    expect(starts.slice(1, 6).flat()).toEqual([]);
  });

  it("end at midnight", () => {
    expect(columns[2]?.free).toEqual([{ a: 22 * 60, b: 1440 }]);
  });

  it("take the template for days that are no longer planned", () => {
    expect(columns[0]?.free).toEqual([{ a: 540, b: 600 }]);
  });

  it("stay what they were where a new plan looks the same", () => {
    const steady = steadily();
    const of = (blocks: typeof plan.blocks) =>
      steady(columnsOf("2026-11-16", { ...plan, blocks }, new Map(), availability));
    const before = of(plan.blocks);
    const later = block("2026-11-20T12:05:00Z", "2026-11-20T13:00:00Z");
    const moved = plan.blocks.map((b) => (b.start === "2026-11-20T12:00:00Z" ? later : { ...b }));
    const after = of(moved);
    expect(after.map((column, i) => column === before[i])).toEqual(
      after.map(({ date }) => date !== "2026-11-20"),
    );
    expect(after[4]?.blocks.map((p) => p.a)).toEqual([420, 785]);
    expect(of(moved.map((b) => ({ ...b, task_id: "b" })))[4]).not.toBe(after[4]);
  });

  it("show the hours that are used", () => {
    expect(hoursOf(columns)).toEqual({ first: 7, last: 24 });
  });

  it("lead from block to block by arrows, and to the heads of days", () => {
    const start = "2026-11-18T13:00:00Z";
    expect(neighbour(columns, start, "up")).toBe("2026-11-18T08:00:00Z");
    expect(neighbour(columns, "2026-11-18T08:00:00Z", "up")).toBe("day 2026-11-18");
    expect(neighbour(columns, start, "down")).toBeNull();
    expect(neighbour(columns, start, "right")).toBe("2026-11-20T12:00:00Z");
    expect(neighbour(columns, start, "left")).toBeNull();
    expect(neighbour(columns, "day 2026-11-18", "left")).toBe("day 2026-11-17");
    expect(neighbour(columns, "day 2026-11-16", "left")).toBeNull();
    expect(neighbour(columns.slice(2, 3), "2026-11-18T08:00:00Z", "up")).toBeNull();
  });

  it("have events beside those they overlap, and over midnight in both days", () => {
    const event = (id: string, start: string, end: string, all_day = false) => ({
      ...{ event_id: id, date: start.slice(0, 10), start, end, all_day, busy: true },
      ...{ title: id, place: "", course_id: null },
    });
    const list = [
      event("a", "2026-11-17T08:00:00Z", "2026-11-17T10:00:00Z"),
      event("b", "2026-11-17T09:00:00Z", "2026-11-17T09:30:00Z"),
      event("c", "2026-11-17T09:30:00Z", "2026-11-17T11:00:00Z"),
      event("d", "2026-11-17T12:00:00Z", "2026-11-17T13:00:00Z"),
      event("night", "2026-11-17T21:00:00Z", "2026-11-18T05:00:00Z"),
      event("holiday", "2026-11-18T23:00:00Z", "2026-11-20T23:00:00Z", true),
    ];
    const placed = eventsByDay(list, plan.zone);
    const week = columnsOf("2026-11-16", plan, new Map(), availability, placed);
    expect(week[1]?.events.map((p) => [p.occurrence.title, p.lane, p.lanes])).toEqual([
      ["a", 0, 2],
      ["b", 1, 2],
      ["c", 1, 2],
      ["d", 0, 1],
      ["night", 0, 1],
    ]);
    expect(week[1]?.events[4]).toMatchObject({ a: 1320, b: 1440 });
    expect(week[2]?.events[0]).toMatchObject({ a: 0, b: 360 });
    expect(week.map((c) => c.allDay.length)).toEqual([0, 0, 0, 1, 1, 0, 0]);
  });

  it("show the hours of a day that is otherwise", () => {
    const exceptions = [{ date: "2026-11-16", windows: [{ start: "18:00", end: "24:00" }] }];
    const [monday] = columnsOf("2026-11-16", plan, new Map(), { ...availability, exceptions });
    expect(monday?.free).toEqual([{ a: 1080, b: 1440 }]);
    expect(monday?.otherwise).toBe(true);
  });
});
