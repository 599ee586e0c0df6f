import { describe, expect, it } from "vitest";
import type { Ticking } from "../../api/queries";
import type { WorkEntry } from "../../api/schema";
import { clockText, standingOf } from "./timer";

const MIN = 60_000;
const start = Date.parse("2026-11-18T13:00:00Z");
const text = (instant: number) => new Date(instant).toISOString();

function work(part: Partial<WorkEntry> = {}): WorkEntry {
  return {
    id: "w",
    task_id: "t",
    course_id: null,
    start: text(start),
    end: null,
    minutes: 0,
    kind: "timer",
    state: "running",
    focus_min: 0,
    break_min: 0,
    note: "",
    version: 1,
    ...part,
  };
}

const timer = (w: WorkEntry | null, forgotten_min = 240, skewMs = 0): Ticking => ({
  now: text(start),
  forgotten_min: w && forgotten_min,
  work: w,
  skewMs,
});

const phase = (w: WorkEntry, afterMin: number, log: WorkEntry[] = []) =>
  standingOf(timer(w), log, start + afterMin * MIN)?.phase;

describe("the timer", () => {
  it("is none, or works", () => {
    expect(standingOf(undefined, [], start)).toBeNull();
    expect(standingOf(timer(null), [], start)).toBeNull();
    const standing = standingOf(timer(work()), [], start + 12 * MIN);
    expect(standing).toMatchObject({ phase: { kind: "working" }, elapsedMs: 12 * MIN });
  });

  it("goes by the server's clock", () => {
    const ahead = standingOf(timer(work(), 240, 5 * MIN), [], start + 10 * MIN);
    expect(ahead?.elapsedMs).toBe(15 * MIN);
    expect(standingOf(timer(work(), 240, -5 * MIN), [], start)?.elapsedMs).toBe(0);
  });

  it("counts a focus down, and says when it is over", () => {
    const focus = work({ focus_min: 25, break_min: 5 });
    expect(phase(focus, 10)).toEqual({ kind: "focus", leftMs: 15 * MIN });
    expect(phase(focus, 25)).toEqual({ kind: "over" });
  });

  it("earns a break by a whole focus", () => {
    const rest = { focus_min: 25, break_min: 5, state: "paused" as const };
    const whole = work({ ...rest, minutes: 25, end: text(start + 25 * MIN) });
    expect(phase(whole, 27)).toEqual({ kind: "break", leftMs: 3 * MIN });
    expect(phase(whole, 31)).toEqual({ kind: "break", leftMs: 0 });
    const part = work({ ...rest, minutes: 10, end: text(start + 10 * MIN) });
    expect(phase(part, 11)).toEqual({ kind: "paused" });
  });

  it("is forgotten once it ran longer than the server takes for work", () => {
    expect(phase(work(), 240)).toEqual({ kind: "working" });
    expect(phase(work(), 241)).toEqual({ kind: "forgotten" });
  });

  it("counts the stretches of this sitting, on this task only", () => {
    const before = (id: string, fromMin: number, minutes: number, part: Partial<WorkEntry> = {}) =>
      work({
        id,
        start: text(start + fromMin * MIN),
        end: text(start + (fromMin + minutes) * MIN),
        minutes,
        state: "done",
        ...part,
      });
    const log = [
      before("1", -20, 15),
      before("2", -45, 20),
      before("long ago", -120, 30),
      before("other", -4, 3, { task_id: "o" }),
      before("by hand", -30, 5, { kind: "manual" }),
      work(),
    ];
    expect(standingOf(timer(work()), log, start + 2 * MIN)?.sittingMs).toBe(37 * MIN);
    const paused = work({ state: "paused", minutes: 10, end: text(start + 10 * MIN) });
    const all = standingOf(timer(paused), [...log.slice(0, 2), paused], start + 90 * MIN);
    expect(all).toMatchObject({ elapsedMs: 0, sittingMs: 45 * MIN });
  });
});

it("writes a clock", () => {
  expect([0, 61_999, 3_599_000, 3_723_000].map(clockText)).toEqual([
    "00:00",
    "01:01",
    "59:59",
    "1:02:03",
  ]);
});
