import { describe, expect, it } from "vitest";
import type { Schedule, Task } from "../api/schema";
import { check } from "./check";

/* Two tasks on one afternoon of four free hours, three of them allowed. */
const at = (time: string) => `2026-11-18T${time}:00Z`;

function task(id: string, minutes: number, due: string): Task {
  return {
    id,
    title: id,
    notes: "",
    course_id: null,
    estimate_min: minutes,
    worked_min: 0,
    remaining_min: minutes,
    priority: 3,
    due,
    state: "open",
    created: at("08:00"),
    completed: null,
    version: 1,
    earliest: null,
    prerequisites: [],
    checklist: [],
    repeat_unit: "none",
    repeat_every: 1,
    skipped: 0,
    next_id: null,
    repeat_until: null,
    min_session_min: 0,
    pinned: [],
  };
}

const tasks = [task("a", 58, at("16:00")), task("b", 60, at("18:00"))];

function block(task_id: string, start: string, end: string) {
  const reason = {
    code: "pace" as const,
    until: null,
    minutes: 0,
    capacity_min: 180,
    load_min: 120,
  };
  return { task_id, start: at(start), end: at(end), unfinished: false, reason };
}

function plan(): Schedule {
  return {
    now: at("12:00"),
    zone: "UTC",
    rev: 1,
    accepted: true,
    blocks: [block("a", "14:00", "15:00"), block("b", "15:00", "16:00")],
    days: [
      {
        date: "2026-11-18",
        free_min: 240,
        capacity_min: 180,
        load_min: 120,
        windows: [{ start: at("14:00"), end: at("18:00") }],
        done_min: 0,
      },
    ],
    minimum_intensity: { num: 1, den: 2, percent: 50 },
    pace: { num: 1, den: 2 },
    limit: { num: 3, den: 4 },
    score: 50,
    critical: { from: at("12:00"), until: at("18:00"), work_min: 120, free_min: 120 },
    short_min: 0,
    unfinished: [],
    overdue: [],
    buffers: [],
    repairs: [],
    missed: [],
    proposal: null,
    certificate: {
      feasible: true,
      bound_min: 120,
      ontime_min: 120,
      gap_min: 0,
      work_min: 120,
      capacity_min: 180,
      until: at("18:00"),
    },
    timed: null,
    factors: [],
  };
}

const first = <T>(items: T[]): T => items[0] as T;

const SOFTER = { until: at("16:00"), work_min: 60, free_min: 120 };
const share = (num: number, den: number, percent: number) => ({ num, den, percent });

/* The sums of a plan for so much work, of which no more is due by any moment than at the end. */
function promising(p: Schedule, minutes: number): Schedule {
  Object.assign(p.critical ?? {}, { work_min: minutes, free_min: minutes });
  const [num, den] = [minutes / 5, 48];
  p.minimum_intensity = share(num, den, Math.ceil((100 * num) / den));
  p.score = Math.round(100 * (1 - num / den));
  Object.assign(p.certificate, { bound_min: minutes, ontime_min: minutes, work_min: minutes });
  return p;
}

describe("the second checker", () => {
  it("accepts a right plan", () => {
    expect(check(plan(), tasks)).toEqual({ ok: true, alone: true });
  });

  const mutants: [string, (p: Schedule) => void][] = [
    ["an overlap", (p) => Object.assign(first(p.blocks.slice(1)), block("b", "14:30", "15:30"))],
    ["a block outside free time", (p) => (first(p.blocks).start = at("13:30"))],
    ["a block after its due", (p) => Object.assign(first(p.blocks), block("a", "16:00", "17:00"))],
    ["a block that was missed", (p) => (p.now = at("15:30"))],
    ["a block of an unknown task", (p) => (first(p.blocks).task_id = "c")],
    ["an empty block", (p) => (first(p.blocks).end = first(p.blocks).start)],
    ["a missing block", (p) => (p.blocks.pop(), (first(p.days).load_min = 60))],
    [
      "a shortened block",
      (p) => ((first(p.blocks).end = at("14:55")), (first(p.days).load_min = 115)),
    ],
    [
      "too much of a task",
      (p) => (p.blocks.push(block("b", "16:00", "16:05")), (first(p.days).load_min = 125)),
    ],
    ["a wrong sum", (p) => (first(p.days).load_min = 115)],
    [
      "an unfinished task where all fit",
      (p) =>
        p.unfinished.push({ task_id: "b", remaining_min: 60, planned_min: 55, due: at("18:00") }),
    ],
    ["a day above its limit", (p) => (p.limit = { num: 2, den: 5 })],
    ["a day above its capacity", (p) => (first(p.days).capacity_min = 115)],
    ["a false certificate", (p) => p.critical && (p.critical.work_min = 115)],
    ["a stretch that contradicts", (p) => p.critical && (p.critical.free_min = 115)],
    ["a stretch that is not the tightest", (p) => Object.assign(p.critical ?? {}, SOFTER)],
    ["no stretch", (p) => (p.critical = null)],
    ["a least share that is too small", (p) => (p.minimum_intensity = share(23, 48, 48))],
    ["one that need not be so large", (p) => (p.minimum_intensity = share(25, 48, 53))],
    ["one between two that matter", (p) => (p.minimum_intensity = share(101, 200, 51))],
    ["no least share", (p) => (p.minimum_intensity = null)],
    ["another per cent", (p) => p.minimum_intensity && p.minimum_intensity.percent--],
    ["another score", (p) => (p.score = 51)],
    ["a false bound", (p) => ((p.certificate.bound_min = 125), (p.certificate.gap_min = 5))],
    ["a gap that is none", (p) => (p.certificate.gap_min = 5)],
    ["other work", (p) => (p.certificate.work_min = 115)],
    ["another capacity", (p) => (p.certificate.capacity_min = 240)],
    ["another last due date", (p) => (p.certificate.until = at("16:00"))],
    ["that it does not fit", (p) => (p.certificate.feasible = false)],
    ["a shortage that is none", (p) => (p.short_min = 5)],
    ["more free time than there is", (p) => (first(p.days).free_min = 245)],
    ["work done today that does not count", (p) => (first(p.days).done_min = 10)],
    [
      "an overdue task that is none",
      (p) => p.overdue.push({ task_id: "b", remaining_min: 5, planned_min: 0, due: at("11:00") }),
    ],
  ];

  it.each(mutants)("rejects %s", (_name, mutate) => {
    const mutant = plan();
    mutate(mutant);
    expect(check(mutant, tasks).ok).toBe(false);
  });

  it("counts a course's tasks as long as the plan says they take", () => {
    const [a, b] = tasks as [Task, Task];
    const shorter = [{ ...a, estimate_min: 40, remaining_min: 40 }, b];
    const p = plan();
    p.factors = [{ course_id: null, percent: 150 }];
    expect(check(p, shorter).ok).toBe(false);
    const both = [
      { ...a, estimate_min: 40, remaining_min: 40 },
      { ...b, estimate_min: 40, worked_min: 10, remaining_min: 50, course_id: null },
    ];
    expect(check(p, both)).toEqual({ ok: false, why: { code: "tooLittle", title: "b" } });
    const half = { ...b, estimate_min: 48, worked_min: 12, remaining_min: 36 };
    expect(check(p, [both[0] as Task, half])).toEqual({ ok: true, alone: true });
  });

  it("holds the plan to earliest starts and prerequisites", () => {
    const a = first(tasks);
    const b = tasks[1] as Task;
    const [one, two] = plan().blocks;
    expect(one?.task_id).toBe("a");
    expect(two?.start).toBeDefined();
    const early = [{ ...a, earliest: one?.end ?? "" }, b];
    expect(check(plan(), early)).toEqual({ ok: false, why: { code: "early", title: "a" } });
    expect(check(plan(), [a, { ...b, prerequisites: ["a"] }]).ok).toBe(true);
    const crossed = [{ ...a, prerequisites: ["b"] }, b];
    expect(check(plan(), crossed)).toEqual({ ok: false, why: { code: "waits", title: "a" } });
  });

  it("credits a block that has begun", () => {
    const begun = { ...plan(), now: at("14:20") };
    begun.critical = { from: at("14:20"), until: at("18:00"), work_min: 100, free_min: 100 };
    expect(check(promising(begun, 100), tasks).ok).toBe(true);
  });

  it("takes off what the running timer did", () => {
    const p = plan();
    p.timed = { task_id: "a", minutes: 60 };
    expect(check(p, tasks)).toEqual({ ok: false, why: { code: "tooMuch", title: "a" } });
    p.blocks = [block("b", "15:00", "16:00")];
    first(p.days).load_min = 60;
    expect(check(promising(p, 60), tasks)).toEqual({ ok: true, alone: true });
  });

  it("counts what was done today against today", () => {
    const p = plan();
    Object.assign(first(p.days), { done_min: 60, capacity_min: 120 });
    p.certificate.capacity_min = 120;
    p.minimum_intensity = share(3, 4, 75);
    p.score = 25;
    expect(check(p, tasks).ok).toBe(true);
    first(p.days).capacity_min = 180;
    expect(check(p, tasks).ok).toBe(false);
  });

  it("credits a block that has begun in what is planned for the rest", () => {
    const rest = promising(plan(), 100);
    Object.assign(rest, { now: at("14:20"), accepted: false });
    first(rest.days).load_min = 100;
    expect(check(rest, tasks).ok).toBe(true);
    first(rest.blocks).start = at("14:20");
    expect(check(rest, tasks)).toEqual({ ok: false, why: { code: "tooLittle", title: "a" } });
  });

  it("proves nothing of what is due behind the days shown", () => {
    const far = { ...(tasks[1] as Task), due: "2026-11-20T12:00:00Z" };
    const told = { ...plan(), critical: { ...SOFTER, from: at("12:00") } };
    told.critical.free_min = 60;
    expect(check(told, [first(tasks), far])).toEqual({ ok: false, partly: true });
  });

  it("says when no single stretch is the proof", () => {
    /* Half an hour of each is due at 15:00, but b can begin at 14:45 only. */
    const p = plan();
    const both = [
      { ...task("a", 30, at("15:00")), earliest: at("14:00") },
      { ...task("b", 15, at("15:00")), earliest: at("14:45") },
    ];
    p.blocks = [block("a", "14:00", "14:30"), block("b", "14:45", "15:00")];
    first(p.days).load_min = 45;
    p.critical = { from: at("14:00"), until: at("15:00"), work_min: 45, free_min: 45 };
    Object.assign(p.certificate, { bound_min: 45, ontime_min: 45, work_min: 45 });
    p.certificate.until = at("15:00");
    p.minimum_intensity = share(3, 16, 19);
    p.score = 81;
    expect(check(p, both)).toEqual({ ok: true, alone: true });
    p.critical = { from: at("14:45"), until: at("15:00"), work_min: 15, free_min: 15 };
    expect(check(p, both)).toEqual({ ok: true, alone: false });
  });

  it("judges the proposal where the accepted plan no longer holds", () => {
    const blocks = [block("a", "15:00", "16:00"), block("b", "16:00", "17:00")];
    const late = {
      ...plan(),
      now: at("14:58"),
      accepted: false,
      proposal: { blocks, moved_min: 120 },
    };
    late.days = late.days.map((d) => ({ ...d, load_min: 120 }));
    expect(check(late, tasks).ok).toBe(true);
    expect(check({ ...late, proposal: null }, tasks).ok).toBe(false);
  });

  it("does not count finished or overdue tasks as missing", () => {
    const more = [
      ...tasks,
      task("late", 60, at("11:00")),
      { ...task("d", 60, at("17:00")), state: "done" as const },
    ];
    const overdue = [{ task_id: "late", remaining_min: 60, planned_min: 0, due: at("11:00") }];
    expect(check({ ...plan(), overdue }, more).ok).toBe(true);
    expect(check(plan(), more).ok).toBe(false);
  });
});
