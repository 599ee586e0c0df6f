/*
 * Is a result right? Written from the definitions in docs/planner.md alone, sharing nothing with the
 * planner: slots are counted one by one, and what is optimal is proved by conditions that only an
 * optimum meets, not by computing it the same way again.
 *
 * check() returns what is wrong, each complaint beginning with the name of its clause. Clauses:
 *   plan      overlap window midnight now due capacity work task order
 *   sums      total ontime wontime loads maxload overdue feasible deficit deficit-full gap
 *   optimum   value cut xmin critical
 *   shape     overtime-least overtime-flat, and without wishes pace early edf; with them friction
 *   buffer    buffer; the shape is then that of the dates by which tasks are told to be finished
 *   pins      pin, pinned, and all of the above for what they leave
 *   repairs   repair-kind repair-missing (that each works is checked by running the planner again)
 */
import { checkBuffers, hastened } from "./buffers.ts";
import { checkLater } from "./later.ts";
import { frictionOf, wishes } from "./friction.ts";
import { checkPins } from "./pins.ts";
import type { Critical, Day, Instance, Pair, Repair, Result, Task } from "./format.ts";

const floorShare = (slots: number, [num, den]: Pair): number => Math.floor((slots * num) / den);

/** A day as the definitions see it: its free slots from now on, one by one. */
interface Room {
  day: Day;
  total: number;
  slots: number[];
}

export class Problem {
  readonly rooms: Room[];
  readonly live: Task[];
  readonly overdue: Task[];
  readonly dues: number[];
  readonly total: number;

  constructor(readonly instance: Instance) {
    const { now } = instance;
    this.rooms = instance.days.map((day) => {
      const all = day.free.flatMap(([a, b]) => Array.from({ length: b - a }, (_, i) => a + i));
      return { day, total: all.length + (day.held ?? 0), slots: all.filter((slot) => slot >= now) };
    });
    this.overdue = instance.tasks.filter((t) => t.p > 0 && t.due <= now);
    this.live = instance.tasks.filter((t) => t.p > 0 && t.due > now);
    this.dues = [...new Set(this.live.map((t) => t.due))].sort((a, b) => a - b);
    this.total = sum(this.live.map((t) => t.p));
  }

  get startsNow(): boolean {
    return this.instance.tasks.every((t) => t.rel === undefined && t.pre === undefined);
  }

  capacities(share: Pair): number[] {
    return this.rooms.map(({ day, total, slots }) =>
      Math.min(slots.length, Math.max(0, floorShare(total, share) - day.done)),
    );
  }

  /** Overtime that pins ahead have had already, per day: their slots above what is left of its pace. */
  pinnedOvertime(share: Pair): number[] {
    return this.rooms.map(({ day, total }) => {
      const pinned = day.pinned ?? 0;
      return Math.max(0, pinned - Math.max(0, floorShare(total, share) - (day.done - pinned)));
    });
  }
  /** C(t) for each due date under the given day capacities. */
  upTo(capacities: number[]): number[] {
    let before = 0;
    let d = 0;
    return this.dues.map((due) => {
      for (; d < this.rooms.length && this.room(d).day.end <= due; d++)
        before += capacities[d] ?? 0;
      if (d === this.rooms.length) return before;
      const here = this.room(d).slots.filter((slot) => slot < due).length;
      return before + Math.min(capacities[d] ?? 0, here);
    });
  }

  /** W(t) for each due date, counting what `of` says of each task. */
  work(of: (task: Task) => number = (t) => t.p): number[] {
    const at = new Map<number, number>();
    for (const task of this.live) at.set(task.due, (at.get(task.due) ?? 0) + of(task));
    let all = 0;
    return this.dues.map((due) => (all += at.get(due) ?? 0));
  }

  /** Most slots on time of the chosen tasks: the least of C(t) + what is due later, and of all. */
  most(room: number[], chosen: (task: Task) => boolean): number {
    const work = this.work((t) => (chosen(t) ? t.p : 0));
    const all = work.at(-1) ?? 0;
    return Math.min(all, ...room.map((c, k) => c + all - (work[k] ?? 0)));
  }

  fits(share: Pair): boolean {
    const room = this.upTo(this.capacities(share));
    return this.work().every((w, k) => w <= (room[k] ?? 0));
  }

  room(d: number): Room {
    const room = this.rooms[d];
    if (!room) throw new Error(`no day ${d}`);
    return room;
  }

  /** Every k/F of a day, ascending: where capacities change. */
  candidates(): Pair[] {
    const seen = new Map<number, Pair>();
    for (const total of new Set(this.rooms.map((r) => r.total)))
      for (let k = 0; k <= total && total > 0; k++) seen.set(k / total, [k, total]);
    seen.set(0, [0, 1]);
    return [...seen.entries()].sort((a, b) => a[0] - b[0]).map(([, pair]) => pair);
  }
}

export function sum(list: number[]): number {
  return list.reduce((a, b) => a + b, 0);
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** How much of each task the plan holds. */
function planned(result: Result): Map<number, number> {
  const held = new Map<number, number>();
  for (const [id, a, b] of result.plan) held.set(id, (held.get(id) ?? 0) + b - a);
  return held;
}

function checkBlocks(problem: Problem, result: Result, say: (what: string) => void): void {
  const { instance } = problem;
  const byId = new Map(instance.tasks.map((t) => [t.id, t]));
  let last = -Infinity;
  let start = -Infinity;
  for (const block of result.plan) {
    const [id, a, b] = block;
    const where = `block ${JSON.stringify(block)}`;
    const task = byId.get(id);
    if (!task) say(`task: ${where} is of no task`);
    if (b <= a) say(`order: ${where} is empty`);
    if (a < start) say(`order: ${where} begins before the one in front of it`);
    if (a < last) say(`overlap: ${where} begins before ${last}`);
    if (a < instance.now) say(`now: ${where} begins before now`);
    if (task && b > task.due) say(`due: ${where} ends after ${task.due}`);
    if (instance.days.some((d) => a < d.end && d.end < b)) say(`midnight: ${where} crosses it`);
    if (!instance.days.some((d) => d.free.some(([from, until]) => from <= a && b <= until)))
      say(`window: ${where} lies in no free window`);
    start = a;
    last = Math.max(last, b);
  }
  for (const [id, slots] of planned(result))
    if (slots > (byId.get(id)?.p ?? 0)) say(`work: task ${id} has ${slots} slots planned`);
  const capacities = problem.capacities(instance.X);
  loadsOf(problem, result).forEach((load, d) => {
    if (load > (capacities[d] ?? 0)) say(`capacity: day ${d} has ${load} of ${capacities[d]}`);
  });
}

function loadsOf(problem: Problem, result: Result): number[] {
  return problem.rooms.map(({ day }) =>
    sum(result.plan.filter(([, a]) => a >= day.beg && a < day.end).map(([, a, b]) => b - a)),
  );
}

function checkSums(problem: Problem, result: Result, say: (what: string) => void): void {
  const { instance, total } = problem;
  const weight = new Map(instance.tasks.map((t) => [t.id, t.w]));
  const same = (clause: string, told: unknown, is: unknown): void => {
    if (JSON.stringify(told) !== JSON.stringify(is))
      say(`${clause}: is ${JSON.stringify(is)}, told ${JSON.stringify(told)}`);
  };
  const loads = loadsOf(problem, result);
  const ontime = sum(result.plan.map(([, a, b]) => b - a));
  const wontime = sum(result.plan.map(([id, a, b]) => (b - a) * (weight.get(id) ?? 0)));
  const full = problem.upTo(problem.capacities([1, 1]));
  same("total", result.total, total);
  same("ontime", result.ontime, ontime);
  same("wontime", result.wontime, wontime);
  same("loads", result.loads, loads);
  same("maxload", result.maxload, Math.max(0, ...loads));
  same(
    "overdue",
    result.overdue,
    problem.overdue.map((t) => t.id).sort((a, b) => a - b),
  );
  if (!problem.startsNow) return;
  same("feasible", result.feasible, problem.fits(instance.X));
  same("deficit", result.deficit, total - ontime);
  same("deficit-full", result.deficit_full, total - problem.most(full, () => true));
  same("gap", result.gap, bound(problem) - wontime);
}

/** Most weighted slots: the slots that tasks of weight 1 or more, 2 or more … can have on time. */
function bound(problem: Problem): number {
  const room = problem.upTo(problem.capacities(problem.instance.X));
  return sum([1, 2, 3, 4, 5].map((w) => problem.most(room, (t) => t.w >= w)));
}

/** Greatest weight of tasks finished on time, and the least work of such a set, by weight kept. */
export function bestCut(problem: Problem): { weight: number; work: number } {
  const room = problem.upTo(problem.capacities(problem.instance.X));
  const least: number[] = [0];
  problem.dues.forEach((due, k) => {
    for (const task of problem.live.filter((t) => t.due === due))
      for (let v = least.length - 1; v >= 0; v--) {
        const work = (least[v] ?? Infinity) + task.p;
        if (work <= (room[k] ?? 0)) {
          for (let u = least.length; u <= v + task.w; u++) least[u] = Infinity;
          least[v + task.w] = Math.min(least[v + task.w] ?? Infinity, work);
        }
      }
  });
  let weight = least.length - 1;
  while (least[weight] === Infinity) weight--;
  return { weight, work: least[weight] ?? 0 };
}

function checkValue(problem: Problem, result: Result, say: (what: string) => void): void {
  const { instance } = problem;
  const room = problem.upTo(problem.capacities(instance.X));
  const most = problem.most(room, () => true);
  if (result.ontime !== most) say(`value: ${most} slots can be on time`);
  if (instance.objective !== "tasks") {
    if (result.wontime !== bound(problem)) say(`value: ${bound(problem)} weighted slots can be`);
    return;
  }
  const held = planned(result);
  const done = problem.live.filter((t) => held.get(t.id) === t.p);
  const best = bestCut(problem);
  const weight = sum(done.map((t) => t.w));
  if (weight !== best.weight) say(`cut: weight ${weight} is finished of ${best.weight}`);
  const work = sum(done.map((t) => t.p));
  if (weight === best.weight && work !== best.work) say(`cut: takes ${work}, not ${best.work}`);
  /* The others have the most weighted slots in what the finished leave: no slot of one can be given
     to a weightier one. */
  for (const light of problem.live.filter((t) => held.has(t.id) && !done.includes(t)))
    for (const heavy of problem.live.filter((t) => t.w > light.w && !done.includes(t))) {
      const moved = problem.work(
        (t) => (held.get(t.id) ?? 0) + (t === heavy ? 1 : 0) - (t === light ? 1 : 0),
      );
      if (moved.every((w, k) => w <= (room[k] ?? 0)))
        say(`cut: a slot of ${light.id} should be of ${heavy.id}`);
    }
}

function checkIntensity(problem: Problem, result: Result, say: (what: string) => void): void {
  const { xmin } = result;
  if (xmin === null) {
    if (problem.fits([1, 1])) say("xmin: it fits at 1");
    return;
  }
  checkCandidate(problem, xmin, say);
  if (!problem.fits(xmin)) say(`xmin: it does not fit at ${xmin.join("/")}`);
  const lower = below(problem, xmin);
  if (lower && problem.fits(lower)) say(`xmin: it fits at ${lower[0]}/${lower[1]} already`);
}

/** In lowest terms, and where some day's capacity changes: between two of these a lesser one does. */
export function checkCandidate(
  problem: Problem,
  [num, den]: Pair,
  say: (what: string) => void,
): void {
  if (gcd(num, den) !== 1) say("xmin: is not in lowest terms");
  const changes = problem.candidates().some(([k, f]) => k * den === num * f);
  if (den < 1 || !changes) say("xmin: no capacity changes there");
}

/** The greatest candidate below `share`. */
function below(problem: Problem, share: Pair): Pair | undefined {
  return problem.candidates().findLast(([k, f]) => k * share[1] < share[0] * f);
}

function criticalOf(problem: Problem, result: Result): Critical | null {
  const { instance } = problem;
  if (problem.live.length === 0 || result.xmin?.[0] === 0) return null;
  const judged = result.feasible && result.xmin ? below(problem, result.xmin) : instance.X;
  const shown = result.feasible && result.xmin ? result.xmin : instance.X;
  if (!judged) return null;
  const work = problem.work();
  const free = problem.upTo(problem.capacities(judged));
  const reported = problem.upTo(problem.capacities(shown));
  const better = (a: number, b: number): boolean => {
    const [wa, fa, wb, fb] = [work[a] ?? 0, free[a] ?? 0, work[b] ?? 0, free[b] ?? 0];
    if (wa - fa !== wb - fb) return wa - fa > wb - fb;
    return wa * fb > wb * fa;
  };
  let best = 0;
  for (let k = 1; k < problem.dues.length; k++) if (better(k, best)) best = k;
  return {
    from: instance.now,
    until: problem.dues[best] ?? 0,
    work: work[best] ?? 0,
    free: reported[best] ?? 0,
  };
}

/**
 * Overtime: what the prefixes of days need above the pace, given what is planned of each task. It is
 * least in total when it equals the greatest need, and flat when no slot of it can move from a day to
 * another that has at least two less. (Such exchanges suffice: the admissible overtimes are the bases
 * of a contra-polymatroid.)
 */
function checkOvertime(problem: Problem, result: Result, say: (what: string) => void): void {
  const { instance } = problem;
  const limit = problem.capacities(instance.X);
  const pace = problem
    .capacities(instance.pace ?? [0, 1])
    .map((p, d) => Math.min(p, limit[d] ?? 0));
  const loads = loadsOf(problem, result);
  const over = loads.map((load, d) => Math.max(0, load - (pace[d] ?? 0)));
  const had = problem.pinnedOvertime(instance.pace ?? [0, 1]);
  const need = needs(problem, planned(result));
  const slack: number[] = [];
  let sumPace = 0;
  let sumOver = 0;
  let greatest = 0;
  for (let d = 0; d < loads.length; d++) {
    sumPace += pace[d] ?? 0;
    sumOver += over[d] ?? 0;
    slack[d] = sumPace + sumOver - (need[d + 1] ?? 0);
    greatest = Math.max(greatest, (need[d + 1] ?? 0) - sumPace);
  }
  if (sumOver !== greatest) say(`overtime-least: ${sumOver} slots, ${greatest} are enough`);
  for (let i = 0; i < over.length; i++) {
    let least = Infinity;
    for (let j = 0; j < over.length; j++) {
      if (j > i) least = Math.min(least, slack[j - 1] ?? 0);
      const lower = (over[i] ?? 0) + (had[i] ?? 0) >= (over[j] ?? 0) + (had[j] ?? 0) + 2;
      const room = (limit[j] ?? 0) - (pace[j] ?? 0) > (over[j] ?? 0);
      if (lower && room && (over[i] ?? 0) > 0 && (j < i || least > 0))
        say(`overtime-flat: day ${i} could give to ${j}`);
    }
  }
  if (wishes(instance)) return;
  const end = loads.findLastIndex((load) => load > 0);
  for (let d = 0; d < end; d++)
    if ((loads[d] ?? 0) < (pace[d] ?? 0)) say(`pace: day ${d} has ${loads[d]} of ${pace[d]}`);
}

/** Least work in the first d days, for each d, so that nothing planned is late. */
function needs(problem: Problem, held: Map<number, number>): number[] {
  const need = new Array<number>(problem.rooms.length + 1).fill(0);
  const work = problem.work((t) => held.get(t.id) ?? 0);
  problem.dues.forEach((due, k) => {
    const w = work[k] ?? 0;
    const whole = problem.rooms.filter(({ day }) => day.end <= due).length;
    const part = problem.rooms[whole]?.slots.filter((slot) => slot < due).length ?? 0;
    need[whole] = Math.max(need[whole] ?? 0, w - part);
    if (whole < problem.rooms.length) need[whole + 1] = Math.max(need[whole + 1] ?? 0, w);
  });
  return need;
}

/** Within a day the first slots are used, and over all days the earliest due date comes first. */
function checkEarly(problem: Problem, result: Result, say: (what: string) => void): void {
  const due = new Map(problem.instance.tasks.map((t) => [t.id, t.due]));
  problem.rooms.forEach(({ day, slots }, d) => {
    const blocks = result.plan.filter(([, a]) => a >= day.beg && a < day.end);
    const used = blocks.flatMap(([, a, b]) => Array.from({ length: b - a }, (_, i) => a + i));
    if (used.some((slot, i) => slot !== slots[i])) say(`early: day ${d} leaves a slot for a later`);
  });
  result.plan.forEach(([id], i) => {
    const previous = result.plan[i - 1];
    if (previous && (due.get(previous[0]) ?? 0) > (due.get(id) ?? 0))
      say(`edf: block ${i} is of a task due before that of the block in front of it`);
  });
  const runs = result.plan.filter(([id], i) => result.plan[i - 1]?.[0] !== id).map(([id]) => id);
  if (new Set(runs).size !== runs.length) say("edf: a task is interrupted by another");
}

/** Is friction what is told, and not below what is told to be the least possible? */
function checkFriction(instance: Instance, result: Result, say: (what: string) => void): void {
  const friction = frictionOf(instance, result);
  if (result.friction !== friction) say(`friction: is ${friction}, told ${result.friction}`);
  if ((result.friction_bound ?? Infinity) > friction) say("friction: the bound is above it");
}

/** Which kinds of repair exist, and for "free" the fewest slots over whole days in front. */
function checkRepairs(problem: Problem, result: Result, say: (what: string) => void): void {
  const { instance } = problem;
  const kinds = result.repairs.map((r) => r.kind);
  const has = (kind: Repair["kind"]): boolean => kinds.includes(kind);
  const expect = (kind: Repair["kind"], exists: boolean): void => {
    if (exists && !has(kind)) say(`repair-missing: ${kind}`);
    if (!exists && has(kind)) say(`repair-kind: ${kind} cannot help`);
  };
  if (new Set(kinds).size !== kinds.length) say("repair-kind: one is offered twice");
  if (result.feasible) {
    if (kinds.length > 0) say("repair-kind: nothing is broken");
    return;
  }
  const work = problem.work();
  const room = problem.upTo(problem.capacities(instance.X));
  const short = problem.dues.flatMap((due, k) => ((work[k] ?? 0) > (room[k] ?? 0) ? [due] : []));
  const first = short[0] ?? 0;
  const most = Math.max(...work.map((w, k) => w - (room[k] ?? 0)));
  const single = problem.live.filter((t) => t.due <= first && t.p >= most);
  const last = work[problem.dues.indexOf(short.at(-1) ?? 0)] ?? 0;
  expect("raise", result.xmin !== null);
  expect("drop", single.length > 0);
  expect(
    "shorten",
    single.some((t) => t.p > most),
  );
  expect("extend", single.length > 0 && sum(problem.capacities(instance.X)) >= last);
}

export function check(instance: Instance, result: Result): string[] {
  if (instance.pins) return checkPins(instance, result);
  const problem = new Problem(instance);
  const complaints: string[] = [];
  const say = (what: string): void => void complaints.push(what);
  checkBlocks(problem, result, say);
  checkSums(problem, result, say);
  checkBuffers(problem, result, say);
  const near = new Problem(hastened(instance, result));
  if (!problem.startsNow) {
    checkLater(problem, near, result, say);
    if (wishes(instance)) checkFriction(instance, result, say);
    return complaints;
  }
  checkValue(problem, result, say);
  checkIntensity(problem, result, say);
  const critical = criticalOf(problem, result);
  if (JSON.stringify(result.critical) !== JSON.stringify(critical))
    say(`critical: is ${JSON.stringify(critical)}, told ${JSON.stringify(result.critical)}`);
  checkOvertime(near, result, say);
  if (wishes(instance)) checkFriction(instance, result, say);
  else checkEarly(near, result, say);
  checkRepairs(problem, result, say);
  return complaints;
}
