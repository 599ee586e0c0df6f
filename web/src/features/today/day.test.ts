import { describe, expect, it } from "vitest";
import type { Block, Occurrence, Schedule, Task, WorkEntry } from "../../api/schema";
import { dayOf, doneOn, loggedByDay } from "./day";

/* Wednesday in Berlin, an hour ahead of UTC. */
const at = (time: string, day = 18) => `2026-11-${String(day)}T${time}:00Z`;
const ZONE = "Europe/Berlin";
const now = Date.parse(at("13:10"));

function block(task_id: string, start: string, end: string): Block {
  const reason = { code: "pace" as const, until: null, minutes: 0, capacity_min: 0, load_min: 0 };
  return { task_id, start, end, unfinished: false, reason };
}

const planOf = (...blocks: Block[]) => ({ zone: ZONE, blocks }) as unknown as Schedule;

function event(title: string, start: string, end: string, all_day = false): Occurrence {
  const date = start.slice(0, 10);
  return {
    event_id: title,
    date,
    start,
    end,
    all_day,
    busy: true,
    title,
    place: "",
    course_id: null,
  };
}

describe("a day", () => {
  const plan = planOf(
    block("gone", at("08:00"), at("09:00")),
    block("a", at("12:30"), at("14:00")),
    block("b", at("14:15"), at("15:15")),
    block("c", at("22:30"), at("22:45")),
    block("d", at("23:30"), at("23:45")),
  );

  it("has what is on, what comes next, and what is left", () => {
    const day = dayOf(plan, [], now);
    expect([day.date, day.now?.task_id, day.next?.task_id]).toEqual(["2026-11-18", "a", "b"]);
    expect(day.leftMin).toBe(50 + 60 + 15);
    expect(day.until).toBe(at("22:45"));
  });

  it("holds blocks and events by time, but not what is tomorrow, over, or all day", () => {
    const day = dayOf(
      plan,
      [
        event("seminar", at("15:30"), at("17:00")),
        event("lecture", at("08:00"), at("10:00")),
        event("on", at("13:00"), at("13:30")),
        event("trip", at("23:00", 17), at("23:00"), true),
        event("tomorrow", at("23:30"), at("23:50")),
      ],
      now,
    );
    const names = day.rest.map((i) => ("block" in i ? i.block.task_id : i.occurrence.title));
    expect(names).toEqual(["on", "b", "seminar", "c"]);
    expect(day.rest.map((i) => "on" in i && i.on)).toEqual([true, false, false, false]);
  });

  it("looks ahead when today has nothing more", () => {
    const day = dayOf(planOf(block("d", at("09:00", 20), at("10:00", 20))), [], now);
    expect(day).toMatchObject({ now: null, rest: [], leftMin: 0, until: null });
    expect(day.next?.task_id).toBe("d");
  });
});

function entry(id: string, task_id: string, start: string, minutes: number, end?: string) {
  const over = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  return {
    id,
    task_id,
    start,
    end: end ?? over,
    minutes,
    kind: "timer",
    state: "done",
  } as WorkEntry;
}

const task = (id: string, state: Task["state"], completed: string | null) =>
  ({ id, title: id, state, completed }) as Task;

describe("what is done", () => {
  const tasks = [
    task("a", "done", at("12:00")),
    task("b", "done", at("11:00")),
    task("c", "open", null),
    task("old", "done", at("12:00", 17)),
  ];

  it("is work that ended today, and tasks finished without any", () => {
    const work = [
      entry("2", "c", at("12:30"), 20),
      entry("1", "a", at("09:00"), 30),
      entry("night", "c", at("22:50", 17), 20),
      entry("yesterday", "c", at("20:00", 17), 20),
      { ...entry("runs", "c", at("13:00"), 0), end: null, state: "running" as const },
    ];
    const done = doneOn("2026-11-18", ZONE, work, tasks);
    expect(done.map((d) => ("entry" in d ? d.entry.id : d.task?.id))).toEqual([
      "night",
      "1",
      "b",
      "2",
    ]);
    expect(done[0]?.task?.id).toBe("c");
  });

  it("is counted on the day it began", () => {
    const work = [
      entry("1", "a", at("09:00"), 30),
      entry("2", "b", at("10:00"), 15),
      entry("3", "a", at("22:50", 17), 20),
    ];
    expect([...loggedByDay(work, ZONE)]).toEqual([
      ["2026-11-18", 45],
      ["2026-11-17", 20],
    ]);
  });
});
