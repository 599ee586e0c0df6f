/*
 * Is a result right, when tasks may start late or have prerequisites? As checker.ts, from the
 * definitions alone: what is most, or enough, is a largest flow; what is flat, early or critical is
 * compared with every exchange or stretch there is.
 *
 * Clauses beside those of checker.ts: release precedence
 */
import { type Problem, checkCandidate, sum } from "./checker.ts";
import { type Job as Dates, mostOnTime } from "../../web/src/plan/flow.ts";
import { wishes } from "./friction.ts";
import type { Critical, Pair, Result } from "./format.ts";

interface Job extends Dates {
  id: number;
  w: number;
}

type Say = (what: string) => void;

/** The live tasks with the dates that count: pushed along prerequisites until nothing moves. */
export function jobsOf(problem: Problem): Job[] {
  const { now } = problem.instance;
  const jobs = new Map<number, Job>();
  for (const { id, p, w, rel = now, due } of problem.live)
    jobs.set(id, { id, p, w, rel: Math.max(rel, now), due });
  for (let moved = true; moved;) {
    moved = false;
    for (const task of problem.live)
      for (const id of task.pre ?? []) {
        const after = jobs.get(task.id);
        const before = jobs.get(id);
        if (!after || !before) continue;
        if (before.rel > after.rel || after.due < before.due) moved = true;
        after.rel = Math.max(after.rel, before.rel);
        before.due = Math.min(before.due, after.due);
      }
  }
  return [...jobs.values()];
}

export class Later {
  readonly jobs: Job[];
  readonly days: number[][];
  readonly limit: number[];
  readonly pace: number[];
  readonly linked: boolean;

  constructor(
    readonly problem: Problem,
    readonly result: Result,
  ) {
    const { instance } = problem;
    this.jobs = jobsOf(problem);
    this.days = problem.rooms.map((r) => r.slots);
    this.limit = problem.capacities(instance.X);
    this.pace = problem
      .capacities(instance.pace ?? [0, 1])
      .map((p, d) => Math.min(p, this.limit[d] ?? 0));
    this.linked = instance.tasks.some((t) => (t.pre ?? []).length > 0);
  }

  most(jobs: Job[], capacities: number[]): number {
    return mostOnTime(jobs, this.days, capacities);
  }

  /** Most weighted slots: those that tasks of at least each weight can have. */
  bound(jobs: Job[]): number {
    const atLeast = (w: number): Job[] => jobs.filter((j) => j.w >= w);
    return sum([1, 2, 3, 4, 5].map((w) => this.most(atLeast(w), this.limit)));
  }

  /** The precedence of cut tasks is nobody's: dates differ from those of the relaxation. */
  get loose(): boolean {
    return this.linked && !this.result.feasible && this.problem.instance.objective === "tasks";
  }
}

const held = (result: Result): Map<number, number> => {
  const slots = new Map<number, number>();
  for (const [id, a, b] of result.plan) slots.set(id, (slots.get(id) ?? 0) + b - a);
  return slots;
};

function checkOrder({ problem, result }: Later, say: Say): void {
  const { instance } = problem;
  const byId = new Map(instance.tasks.map((t) => [t.id, t]));
  const live = new Map(problem.live.map((t) => [t.id, t]));
  for (const [id, a] of result.plan)
    if (a < (byId.get(id)?.rel ?? -Infinity)) say(`release: task ${id} begins at ${a}`);
  if (!result.feasible && instance.objective !== "tasks") return;
  const slots = held(result);
  for (const [id, a] of result.plan)
    for (const before of byId.get(id)?.pre ?? []) {
      const task = live.get(before);
      if (!task) continue;
      const late = result.plan.some(([other, , b]) => other === before && b > a);
      if (late || slots.get(before) !== task.p) say(`precedence: ${id} at ${a} before ${before}`);
    }
}

function checkValues(later: Later, say: Say): void {
  const { problem, result, jobs, limit } = later;
  const { instance, total } = problem;
  const same = (clause: string, told: unknown, is: unknown): void => {
    if (JSON.stringify(told) !== JSON.stringify(is))
      say(`${clause}: is ${JSON.stringify(is)}, told ${JSON.stringify(told)}`);
  };
  const most = later.most(jobs, limit);
  same("feasible", result.feasible, most === total);
  same("deficit", result.deficit, total - most);
  same("deficit-full", result.deficit_full, total - later.most(jobs, problem.capacities([1, 1])));
  if (!later.loose) same("value", result.ontime, most);
  const own = new Map(problem.live.map((t) => [t.id, t.due]));
  const bound = later.loose ? jobs.map((j) => ({ ...j, due: own.get(j.id) ?? j.due })) : jobs;
  same("gap", result.wontime + result.gap, later.bound(bound));
  if (instance.objective !== "tasks" || result.feasible) same("value", result.gap, 0);
}

/** Nothing more can be finished beside what is, and the rest is filled by weight. */
function checkCut(later: Later, say: Say): void {
  const { problem, result, jobs, limit } = later;
  if (problem.instance.objective !== "tasks" || result.feasible) return;
  const slots = held(result);
  const finished = jobs.filter((j) => slots.get(j.id) === j.p);
  const ids = new Set(finished.map((j) => j.id));
  const pre = new Map(problem.live.map((t) => [t.id, t.pre ?? []]));
  const work = sum(finished.map((j) => j.p));
  for (const job of jobs) {
    const ready = (pre.get(job.id) ?? []).every((id) => ids.has(id) || !pre.has(id));
    if (ids.has(job.id) || !ready) continue;
    if (later.most([...finished, job], limit) === work + job.p)
      say(`cut: ${job.id} could be finished too`);
  }
  if (later.linked) return;
  let value = sum(finished.map((j) => j.p * j.w));
  let before = work;
  for (let w = 5; w >= 1; w--) {
    const all = later.most([...finished, ...jobs.filter((j) => !ids.has(j.id) && j.w >= w)], limit);
    value += w * (all - before);
    before = all;
  }
  if (result.wontime !== value) say(`value: ${value} weighted slots beside what is finished`);
}

function checkLeast({ problem, result, ...later }: Later, say: Say): void {
  const fits = (share: Pair): boolean =>
    mostOnTime(later.jobs, later.days, problem.capacities(share)) === problem.total;
  if (!result.xmin) {
    if (fits([1, 1])) say("xmin: everything fits at 1");
    return;
  }
  const [num, den] = result.xmin;
  if (!fits(result.xmin)) say("xmin: does not fit");
  checkCandidate(problem, result.xmin, say);
  const lower = problem.candidates().findLast(([k, f]) => k * den < num * f);
  if (lower && fits(lower)) say(`xmin: ${lower.join("/")} is enough`);
}

/** The best of all stretches between a start and a due date. */
function checkCritical({ problem, result, jobs, days }: Later, say: Say): void {
  const { instance } = problem;
  const told = result.critical;
  if (jobs.length === 0 || (result.xmin && result.xmin[0] === 0)) {
    if (told) say("critical: there is none");
    return;
  }
  let judged: Pair = instance.X;
  let shown: Pair = instance.X;
  if (result.feasible && result.xmin) {
    const [num, den] = result.xmin;
    shown = result.xmin;
    judged = problem.candidates().findLast(([k, f]) => k * den < num * f) ?? [0, 1];
  }
  const free = (share: Pair, from: number, until: number): number => {
    const caps = problem.capacities(share);
    const inside = (slots: number[]): number => slots.filter((s) => s >= from && s < until).length;
    return sum(days.map((slots, d) => Math.min(caps[d] ?? 0, inside(slots))));
  };
  const measure = (from: number, until: number): [number, number] => [
    sum(jobs.filter((j) => Math.min(j.rel, j.due) >= from && j.due <= until).map((j) => j.p)),
    free(judged, from, until),
  ];
  const better = ([w, f]: [number, number], [v, g]: [number, number]): number =>
    w - f !== v - g ? w - f - (v - g) : w * g - v * f;
  const starts = [...new Set(jobs.map((j) => Math.min(j.rel, j.due)))];
  const ends = [...new Set(jobs.map((j) => j.due))].sort((a, b) => a - b);
  let best: [number, number] | null = null;
  let end = 0;
  for (const until of ends)
    for (const from of starts) {
      const now = measure(from, until);
      if (from > until || now[0] === 0 || (best && better(now, best) <= 0)) continue;
      best = now;
      end = until;
    }
  if (!told || !best) return say("critical: there is one");
  const mine = measure(told.from, told.until);
  const is: Critical = { ...told, until: end, work: mine[0] };
  is.free = free(shown, told.from, told.until);
  if (better(mine, best) !== 0 || JSON.stringify(is) !== JSON.stringify(told))
    say(`critical: ${JSON.stringify(told)} has ${mine.join()}, ${best.join()} by ${end} is best`);
}

/** Least overtime, and none of it can move to a day that has at least two slots less. */
function checkFlat(later: Later, say: Say): void {
  const { problem, result, limit, pace } = later;
  if (later.loose) return;
  const slots = held(result);
  const jobs = later.jobs.map((j) => ({ ...j, p: slots.get(j.id) ?? 0 }));
  const all = sum(jobs.map((j) => j.p));
  const over = result.loads.map((load, d) => Math.max(0, load - (pace[d] ?? 0)));
  const had = problem.pinnedOvertime(problem.instance.pace ?? [0, 1]);
  const total = over.map((o, d) => o + (had[d] ?? 0));
  const least = all - later.most(jobs, pace);
  if (sum(over) !== least) say(`overtime-least: ${sum(over)} slots, ${least} are enough`);
  const levels = over.map((o, d) => (pace[d] ?? 0) + o);
  let tries = 150;
  for (let i = 0; i < over.length; i++)
    for (let j = 0; j < over.length && tries > 0; j++) {
      const room = (limit[j] ?? 0) > (levels[j] ?? 0);
      if (!over[i] || (total[i] ?? 0) < (total[j] ?? 0) + 2 || !room) continue;
      tries--;
      const moved = levels.map((l, d) => l - Number(d === i) + Number(d === j));
      if (later.most(jobs, moved) === all) say(`overtime-flat: day ${i} could give to ${j}`);
    }
}

/** No slot is left, or given to what is due later, while something that could be there waits. */
function checkEarly(later: Later, say: Say): void {
  const { result, days, pace } = later;
  if (later.loose) return;
  const jobs = new Map(later.jobs.map((j) => [j.id, j]));
  const owner = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [id, a, b] of result.plan)
    for (let slot = a; slot < b; slot++) {
      owner.set(slot, id);
      last.set(id, Math.max(last.get(id) ?? -Infinity, slot));
    }
  days.forEach((slots, d) => {
    const full = (result.loads[d] ?? 0) >= (pace[d] ?? 0);
    slots.forEach((slot, i) => {
      const has = jobs.get(owner.get(slot) ?? NaN);
      const sameDay = new Set(slots.slice(i + 1).map((s) => owner.get(s)));
      for (const job of jobs.values()) {
        const waits = (last.get(job.id) ?? -Infinity) > slot;
        if (!waits || job.rel > slot || job.due <= slot) continue;
        if (has && job.due < has.due) say(`edf: ${has.id} at ${slot} before ${job.id}`);
        if (!has && (!full || sameDay.has(job.id))) say(`early: ${job.id} could be at ${slot}`);
      }
    });
  });
}

/** `near`: the problem with the due dates that buffers make. */
export function checkLater(problem: Problem, near: Problem, result: Result, say: Say): void {
  const later = new Later(problem, result);
  const placed = new Later(near, result);
  checkOrder(later, say);
  checkValues(later, say);
  checkCut(later, say);
  checkLeast(later, say);
  checkCritical(later, say);
  checkFlat(placed, say);
  if (!wishes(problem.instance)) checkEarly(placed, say);
  const kinds = result.repairs.map((r) => r.kind);
  if (new Set(kinds).size !== kinds.length) say("repair-kind: one is offered twice");
  if (result.feasible && kinds.length > 0) say("repair-kind: nothing is broken");
  if (!result.feasible && result.xmin && !kinds.includes("raise")) say("repair-missing: raise");
}

/** The first due date by which not all that is due by then fits. */
export function firstShortLater(problem: Problem): number {
  const jobs = jobsOf(problem).sort((a, b) => a.due - b.due);
  const days = problem.rooms.map((r) => r.slots);
  const limit = problem.capacities(problem.instance.X);
  for (const { due } of jobs) {
    const by = jobs.filter((j) => j.due <= due);
    if (mostOnTime(by, days, limit) < sum(by.map((j) => j.p))) return due;
  }
  return 0;
}
