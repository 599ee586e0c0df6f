/*
 * Right results made wrong, and the proof that they are. Each operator changes a result as a mistaken
 * planner might, or one that lies; those on the plan tell its sums anew, so that nothing but the
 * mistake itself gives them away. Not every change makes a result wrong (two tasks of one due date
 * may change places), so `wrong` says what makes it so, slot by slot and by comparison with the right
 * one, without the checker.
 */
import type { Random } from "./generate.ts";
import type { Instance, Pair, Result } from "./format.ts";

type Block = [task: number, from: number, until: number];
type Change = (x: Case) => boolean;

interface Case {
  instance: Instance;
  result: Result;
  r: Random;
}

const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
const any = <T>(r: Random, list: readonly T[]): T | undefined => list[r.int(0, list.length - 1)];
const isPin = ({ pins = [] }: Instance, [id, a, b]: Block): boolean =>
  pins.some((p) => p[0] === id && p[1] === a && p[2] === b);

/** Tells the sums of what the plan now holds. */
function retell({ instance, result }: Case): boolean {
  const weight = new Map(instance.tasks.map((t) => [t.id, t.w]));
  const due = new Map(instance.tasks.map((t) => [t.id, t.due]));
  result.plan = result.plan.filter(([, a, b]) => a < b).sort((x, y) => x[1] - y[1]);
  result.loads = instance.days.map(({ beg, end }) =>
    sum(result.plan.map(([, a, b]) => (a >= beg && a < end ? b - Math.max(a, instance.now) : 0))),
  );
  result.maxload = Math.max(0, ...result.loads);
  if (instance.pins) return true;
  const told = result.wontime + result.gap;
  const good = result.plan.filter(([id]) => due.has(id));
  result.ontime = sum(good.map(([, a, b]) => b - a));
  result.wontime = sum(good.map(([id, a, b]) => (b - a) * (weight.get(id) ?? 0)));
  result.gap = told - result.wontime;
  result.deficit = result.total - result.ontime;
  return true;
}

/** A piece of a block that is no pin, cut out of the plan. */
function cut(x: Case): Block | undefined {
  const free = x.result.plan.filter((block) => !isPin(x.instance, block));
  const block = any(x.r, free);
  if (!block) return undefined;
  const [id, a, b] = block;
  const from = x.r.chance(0.5) ? a : x.r.int(a, b - 1);
  const until = x.r.chance(0.5) ? b : x.r.int(from + 1, b);
  x.result.plan.splice(x.result.plan.indexOf(block), 1, [id, a, from], [id, until, b]);
  return [id, from, until];
}

const placed = (x: Case, [id, a, b]: Block, at: number): boolean => {
  x.result.plan.push([id, at, at + b - a]);
  return retell(x);
};

/** Free slots that nobody has, in stretches. */
function idle({ instance, result }: Case): Pair[] {
  return instance.days
    .flatMap((d) => d.free)
    .flatMap(([a, b]) => {
      const out: Pair[] = [];
      let at = Math.max(a, instance.now);
      for (const [, from, until] of result.plan)
        if (until > at && from < b) {
          if (from > at) out.push([at, from]);
          at = until;
        }
      if (at < b) out.push([at, b]);
      return out;
    });
}

function movedTo(x: Case, places: (piece: Block) => Pair[]): boolean {
  const piece = cut(x);
  if (!piece) return false;
  const length = piece[2] - piece[1];
  const place = any(
    x.r,
    places(piece).filter(([a, b]) => b > a && !(a <= piece[1] && piece[1] < b && b - a === length)),
  );
  if (!place) return false;
  return placed(x, piece, place[0] + x.r.int(0, Math.max(0, place[1] - place[0] - length)));
}

function swapped(x: Case): boolean {
  const one = cut(x);
  const other = cut(x);
  if (!one || !other || one[0] === other[0]) return false;
  const n = Math.min(one[2] - one[1], other[2] - other[1]);
  x.result.plan.push([other[0], one[1], one[1] + n], [one[0], one[1] + n, one[2]]);
  x.result.plan.push([one[0], other[1], other[1] + n], [other[0], other[1] + n, other[2]]);
  return retell(x);
}

/** A piece of what waits for another, and one of that, change places. */
function precedence(x: Case): boolean {
  const of = (id: number) => x.result.plan.filter((b) => b[0] === id && !isPin(x.instance, b));
  const pairs = x.instance.tasks.flatMap(({ id, pre = [] }) => pre.map((first) => [id, first]));
  const pair = any(
    x.r,
    pairs.filter((ids) => ids.every((id) => of(id).length > 0)),
  );
  const [late, soon] = (pair ?? []).map((id) => any(x.r, of(id)));
  if (!late || !soon) return false;
  const n = Math.min(late[2] - late[1], soon[2] - soon[1], x.r.int(1, 4));
  const [take, give] = [late, soon].map((block) => {
    if (x.r.chance(0.5)) return (block[1] += n) - n;
    return (block[2] -= n);
  });
  if (take === undefined || give === undefined) return false;
  x.result.plan.push([late[0], give, give + n], [soon[0], take, take + n]);
  return retell(x);
}

/** Takes something away, or adds it, and tells the sums as they were; or one of them wrongly. */
function uncounted(x: Case): boolean {
  const { result, r } = x;
  if (r.chance(0.4)) return cut(x) !== undefined && ((result.plan = filled(result.plan)), true);
  const day = r.int(0, result.loads.length - 1);
  if (r.chance(0.4)) result.loads[day] = (result.loads[day] ?? 0) + r.pick([-1, 1, 2]);
  else if (r.chance(0.5)) result.ontime += r.pick([-1, 1, 5]);
  else result.wontime += r.pick([-1, 1, 5]);
  return true;
}

const filled = (plan: Block[]): Block[] => plan.filter(([, a, b]) => a < b);

function forged(x: Case): boolean {
  const { instance, result, r } = x;
  const by = r.pick([-2, -1, 1, 2]);
  const { critical, xmin } = result;
  const forgeries: (() => unknown)[] = [
    () => (result.total += by),
    () => (result.maxload += by),
    () => (result.feasible = !result.feasible),
    () => (result.deficit += by),
    () => (result.deficit_full += by),
    () => (result.gap += by),
    () => (result.overdue = result.overdue.length > 0 ? result.overdue.slice(1) : [1]),
    () => xmin && (xmin[0] += by),
    () => xmin && (xmin[1] += Math.abs(by)),
    () => (result.xmin = xmin ? null : [1, 1]),
    () => (result.xmin = instance.X),
    () => critical && (critical.work += by),
    () => critical && (critical.free += by),
    () => (result.critical = null),
    () => result.pinned && (result.pinned.late += by),
    () => result.pinned && (result.pinned.over += by),
    () => result.pinned && (result.pinned.outside += by),
    () => result.friction !== undefined && (result.friction += by),
    () =>
      result.by && (result.by = result.by.map(([id, at]) => [id, r.chance(0.5) ? at + by : at])),
  ];
  return any(r, forgeries)?.() !== undefined;
}

export const operators: Record<string, Change> = {
  moved: (x) => movedTo(x, () => [...idle(x), [x.instance.now, x.instance.now + 300]]),
  "moved within the day": (x) =>
    movedTo(x, ([, from]) => {
      const day = x.instance.days.find((d) => from >= d.beg && from < d.end);
      return idle(x).filter(([a, b]) => day && a >= day.beg && b <= day.end);
    }),
  swapped,
  given: (x) => {
    const piece = cut(x);
    const other = any(x.r, x.instance.tasks);
    return piece && other && other.id !== piece[0]
      ? placed(x, [other.id, piece[1], piece[2]], piece[1])
      : false;
  },
  shortened: (x) => cut(x) !== undefined && retell(x),
  lengthened: (x) => {
    const block = any(
      x.r,
      x.result.plan.filter((b) => !isPin(x.instance, b)),
    );
    if (!block) return false;
    if (x.r.chance(0.5)) block[2] += x.r.int(1, 3);
    else block[1] -= x.r.int(1, 3);
    return retell(x);
  },
  overlapping: (x) =>
    movedTo(x, ([, from]) =>
      x.result.plan.filter(([, a]) => a !== from).map(([, a, b]): Pair => [a, b]),
    ),
  early: (x) =>
    movedTo(x, ([id]) => {
      const task = x.instance.tasks.find((t) => t.id === id);
      const from = Math.max(x.instance.now, task?.rel ?? 0);
      return [[from - 12, from] as Pair, ...idle(x).filter(([a]) => a < from)];
    }),
  late: (x) =>
    movedTo(x, ([id]) => {
      const due = x.instance.tasks.find((t) => t.id === id)?.due ?? 0;
      const later = idle(x).filter(([, b]) => b > due);
      return [...later.map(([a, b]): Pair => [Math.max(a, due), b]), [due - 1, due + 12]];
    }),
  uncounted,
  precedence,
  capacity: (x) => {
    const full = x.instance.days.filter((_, d) => (x.result.loads[d] ?? 0) > 0);
    const day = any(x.r, full);
    return movedTo(x, () => idle(x).filter(([a]) => day && a >= day.beg && a < day.end));
  },
  unpinned: (x) => {
    const pin = any(
      x.r,
      x.result.plan.filter((b) => isPin(x.instance, b)),
    );
    if (!pin) return false;
    const by = x.r.pick([-3, -1, 1, 3, 40]);
    pin[1] += by;
    pin[2] += by;
    return retell(x);
  },
  forged,
  "a repair that is none": (x) => {
    const { repairs } = x.result;
    const repair = any(x.r, repairs);
    if (!repair) repairs.push({ kind: "drop", task: x.instance.tasks[0]?.id ?? 0 });
    else repairs.push({ ...repair });
    return true;
  },
};

/** What the definitions give of a plan: who has each slot, and what each task has. */
class Picture {
  readonly owner = new Map<number, number>();
  readonly held = new Map<number, number>();
  readonly loads: number[];

  constructor(
    readonly instance: Instance,
    readonly plan: Block[],
  ) {
    for (const [id, a, b] of plan)
      for (let slot = Math.max(a, instance.now); slot < b; slot++) {
        this.owner.set(slot, id);
        this.held.set(id, (this.held.get(id) ?? 0) + 1);
      }
    this.loads = instance.days.map(
      ({ beg, end }) => [...this.owner.keys()].filter((s) => s >= beg && s < end).length,
    );
  }

  get finished(): number[] {
    const { tasks, now } = this.instance;
    return tasks
      .filter((t) => t.p > 0 && t.due > now && this.held.get(t.id) === t.p)
      .map((t) => t.id);
  }
}

const capacityOf = (instance: Instance, d: number, [num, den]: Pair): number => {
  const day = instance.days[d];
  if (!day) return 0;
  const all = sum(day.free.map(([a, b]) => b - a));
  const left = sum(day.free.map(([a, b]) => Math.max(0, b - Math.max(a, instance.now))));
  return Math.min(left, Math.max(0, Math.floor((all * num) / den) - day.done));
};

/** A block where none may be. */
function forbidden({ instance, plan, owner, held, loads }: Picture): string | undefined {
  const { now, days, tasks } = instance;
  const pinned = new Set((instance.pins ?? []).flatMap(([, a, b]) => range(a, b)));
  let end = -Infinity;
  for (const block of plan) {
    const [id, a, b] = block;
    const task = tasks.find((t) => t.id === id);
    if (!task || a >= b || a < end) return "no block";
    end = b;
    if (isPin(instance, block)) continue;
    if (!days.some((d) => d.free.some(([x, y]) => x <= a && b <= y))) return "not free";
    if (a < now || a < (task.rel ?? a) || b > task.due) return "not in time";
    if (range(a, b).some((slot) => pinned.has(slot))) return "on a pin";
  }
  if (instance.pins) return undefined;
  if (tasks.some((t) => (held.get(t.id) ?? 0) > t.p)) return "more than its work";
  if (loads.some((load, d) => load > capacityOf(instance, d, instance.X))) return "above capacity";
  if (owner.size !== sum(plan.map(([, a, b]) => b - a))) return "two at once";
  return undefined;
}

const range = (a: number, b: number): number[] =>
  Array.from({ length: Math.max(0, b - a) }, (_, i) => a + i);

/** Whether a task has a slot before what it waits for is finished. */
function hasty({ instance, plan, held }: Picture): boolean {
  const live = new Map(
    instance.tasks.filter((t) => t.p > 0 && t.due > instance.now).map((t) => [t.id, t]),
  );
  return plan.some(([id, a]) =>
    (live.get(id)?.pre ?? []).some((before) => {
      const task = live.get(before);
      if (!task) return false;
      if (held.get(before) !== task.p) return true;
      return plan.some(([other, , b]) => other === before && b > a);
    }),
  );
}

/** What decides among plans in which no block is forbidden, the more important first. */
function worth(x: Picture, pinned: boolean): string {
  const { instance, held, finished, loads } = x;
  const weight = new Map(instance.tasks.map((t) => [t.id, t.w]));
  const work = new Map(instance.tasks.map((t) => [t.id, t.p]));
  const value = [
    sum([...held.values()]),
    instance.objective === "tasks" ? sum(finished.map((id) => weight.get(id) ?? 0)) : 0,
    instance.objective === "tasks" ? sum(finished.map((id) => work.get(id) ?? 0)) : 0,
    sum([...held].map(([id, n]) => n * (weight.get(id) ?? 0))),
  ];
  const over = loads.map((load, d) => {
    const pace = capacityOf(instance, d, instance.pace ?? [0, 1]);
    return Math.max(0, load - Math.min(pace, capacityOf(instance, d, instance.X)));
  });
  return JSON.stringify([value, pinned ? [] : over.sort((a, b) => a - b)]);
}

/** A slot of a day with loads as they are that is idle, or another's, though it should not be. */
function tardy({ instance, owner }: Picture, by: Result["by"]): boolean {
  const told = new Map(by);
  const task = new Map(instance.tasks.map((t) => [t.id, { ...t, due: told.get(t.id) ?? t.due }]));
  for (const { free } of instance.days) {
    const slots = free.flatMap(([a, b]) => range(a, b)).filter((s) => s >= instance.now);
    for (const [i, slot] of slots.entries())
      for (const next of slots.slice(i + 1)) {
        const waits = task.get(owner.get(next) ?? NaN);
        if (!waits || (waits.rel ?? slot) > slot) continue;
        const has = task.get(owner.get(slot) ?? NaN);
        if (!has || has.due > waits.due) return true;
      }
  }
  return false;
}

/** A block behind the date told for its task. */
function tooLate(instance: Instance, { plan, by }: Result): boolean {
  const told = new Map(by);
  return plan.some((b) => !isPin(instance, b) && b[2] > (told.get(b[0]) ?? b[2]));
}

/** The sums that a result tells of its plan. */
function falseSums(x: Picture, result: Result): boolean {
  if (x.instance.pins) return false;
  const weight = new Map(x.instance.tasks.map((t) => [t.id, t.w]));
  const slots = sum([...x.held.values()]);
  const value = sum([...x.held].map(([id, n]) => n * (weight.get(id) ?? 0)));
  return (
    JSON.stringify(result.loads) !== JSON.stringify(x.loads) ||
    result.maxload !== Math.max(0, ...x.loads) ||
    result.ontime !== slots ||
    result.wontime !== value
  );
}

/** What there is one right answer to. */
const certificate = (r: Result): string => {
  const { xmin, total, feasible, overdue, deficit, deficit_full, pinned, friction } = r;
  const c = r.critical && [r.critical.work, r.critical.free];
  const kinds = r.repairs.map((x) => x.kind);
  const repaired = kinds.length - new Set(kinds).size + Number(feasible && kinds.length > 0);
  return JSON.stringify([
    [xmin, total, feasible, overdue, deficit, deficit_full, r.wontime + r.gap],
    [c, pinned, friction, repaired, r.by],
  ]);
};

/**
 * Why `mutant` is not as right as `right`; undefined: it may be.
 * - A certificate that differs is false: its members are determined by the instance.
 * - A plan with a forbidden block, or sums that are not its own, is wrong by itself.
 * - `right` is optimal (by brute force and the oracle), so what is worth something else is worse; but
 *   with prerequisites, or with starts and whole tasks, where not all fits, only a heuristic chose.
 * - Where each day has what it had, its order may still be wrong.
 */
export function wrong(instance: Instance, right: Result, mutant: Result): string | undefined {
  if (certificate(right) !== certificate(mutant)) return "a false certificate";
  const [one, other] = [new Picture(instance, right.plan), new Picture(instance, mutant.plan)];
  for (const pin of instance.pins ?? [])
    if (pin[2] > instance.now && !mutant.plan.some((b) => String(b) === String(pin)))
      return "a pin is gone";
  const place = forbidden(other);
  if (place) return place;
  if (falseSums(other, mutant)) return "false sums";
  const linked = instance.tasks.some((t) => (t.pre ?? []).length > 0);
  const whole = instance.objective === "tasks";
  if (linked && !instance.pins && (right.feasible || whole) && hasty(other))
    return "before a prerequisite";
  const starts = instance.tasks.some((t) => t.rel !== undefined);
  if (!right.feasible && (linked || (starts && whole))) return undefined;
  if (tooLate(instance, mutant)) return "behind its buffer";
  const pinned = instance.pins !== undefined;
  if (worth(one, pinned) !== worth(other, pinned)) return "worth less";
  const shaped = instance.shape !== undefined || instance.tasks.some((t) => (t.min ?? 0) > 0);
  if (shaped || linked || pinned) return undefined;
  if (String(one.loads) === String(other.loads) && tardy(other, right.by))
    return "not the earliest first";
  return undefined;
}

/** The result after one change, or undefined where there is nothing to change like that. */
export function mutate(
  instance: Instance,
  right: Result,
  operator: string,
  r: Random,
): Result | undefined {
  const result = structuredClone(right);
  const change = operators[operator];
  if (!change?.({ instance, result, r })) return undefined;
  result.plan = filled(result.plan).sort((a, b) => a[1] - b[1]);
  return JSON.stringify(result) === JSON.stringify(right) ? undefined : result;
}
