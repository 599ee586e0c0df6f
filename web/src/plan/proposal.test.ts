import { describe, expect, it } from "vitest";
import type { Block, PlanDay, Schedule } from "../api/schema";
import { compare } from "./compare";
import { missedMinutes, proposedPlan } from "./proposal";

const at = (day: number, time: string) => `2026-11-${String(day)}T${time}:00Z`;
const now = at(18, "13:00");

function block(task_id: string, start: string, end: string): Block {
  const reason = { code: "pace" as const, until: null, minutes: 0, capacity_min: 0, load_min: 0 };
  return { task_id, start, end, unfinished: false, reason };
}

function day(date: number, load_min: number): PlanDay {
  const windows = [{ start: at(date, "07:00"), end: at(date, "20:00") }];
  const whole = { free_min: 780, capacity_min: 780, done_min: 0 };
  return { date: `2026-11-${String(date)}`, load_min, windows, ...whole };
}

const missed = [block("a", at(18, "08:00"), at(18, "09:30"))];
const kept = block("b", at(19, "08:00"), at(19, "09:00"));

const plan = {
  now,
  zone: "Europe/Berlin",
  blocks: [...missed, kept],
  days: [day(18, 90), day(19, 60), day(20, 0)],
  missed,
  unfinished: [],
  overdue: [],
  proposal: {
    moved_min: 90,
    blocks: [
      block("a", at(18, "14:00"), at(18, "14:30")),
      kept,
      block("a", at(19, "22:30"), at(19, "23:30")),
    ],
  },
} as unknown as Schedule;

describe("a plan that waits to be taken", () => {
  it("is compared with the one in force: where the missed work goes", () => {
    const after = proposedPlan(plan);
    expect(after?.missed).toEqual([]);
    /* 22:30 UTC is half an hour before midnight in Berlin. */
    expect(after?.days.map((d) => d.load_min)).toEqual([30, 120, 0]);
    expect(after && compare(plan, after)).toEqual({
      moved: 2,
      movedMin: 90,
      days: [
        { date: "2026-11-18", was: 0, now: 30 },
        { date: "2026-11-19", was: 60, now: 120 },
      ],
      late: [],
      saved: [],
    });
  });

  it("may not be there", () => {
    expect(proposedPlan({ ...plan, proposal: null })).toBeNull();
  });

  it("knows how much did not happen", () => {
    expect(missedMinutes(missed)).toBe(90);
  });
});
