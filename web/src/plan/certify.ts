/* Is a plan's certificate true: how much can be on time, the least share of free time with which all
   is, and the stretch that is the reason. From the definitions (docs/planner.md): where everything may
   start now by counting up to each due date, else by largest flows. */

import { flaw, type Flaw } from "./flaw";
import type { Ratio } from "../api/schema";
import { mostOnTime, type Job } from "./flow";
import { apart, type Apart } from "./apart";
import { down, sum, type Case, type Day } from "./judged";
import { SLOT_MIN } from "./loads";

const ALL: Ratio = { num: 1, den: 1 };
const NONE: Ratio = { num: 0, den: 1 };

/* What a share of a day's free time allows: work on that day counts against it, */
export const allowedOn = (day: Day, share: Ratio) =>
  Math.max(0, Math.floor((day.free * share.num) / share.den) - day.done);

/* and so does what is past of its free time. */
export const capacityOf = (day: Day, share: Ratio) =>
  Math.min(day.ahead.length, allowedOn(day, share));

/* How many of ascending slots lie before `slot`. */
function before(slots: readonly number[], slot: number): number {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((slots[mid] ?? 0) < slot) low = mid + 1;
    else high = mid;
  }
  return low;
}

/* The dates that count: a task waits for what its prerequisites wait for, and they are due when it
   is; but what waits for them is not always to be done (`all`). */
function datesOf({ tasks, now }: Case, all: boolean): Job[] {
  const dates = new Map<string, Job>();
  for (const [id, { need, earliest, due }] of tasks)
    if (need > 0) dates.set(id, { p: need, rel: Math.max(now, earliest), due });
  for (let moved = true; moved;) {
    moved = false;
    for (const [id, { after }] of tasks)
      for (const other of after) {
        const mine = dates.get(id);
        const before = dates.get(other);
        const due = mine && before && all ? Math.min(before.due, mine.due) : before?.due;
        if (!mine || !before || due === undefined) continue;
        if (before.rel <= mine.rel && before.due === due) continue;
        mine.rel = Math.max(mine.rel, before.rel);
        before.due = due;
        moved = true;
      }
  }
  return [...dates.values()];
}

/* The work and the free time of a desk, and what can be on time with a share of it. */
class Capacity {
  readonly total: number;
  private readonly startsNow: boolean;
  readonly dues: number[];

  constructor(
    readonly jobs: readonly Job[],
    readonly days: readonly Day[],
    readonly now: number,
  ) {
    this.total = sum(jobs.map((j) => j.p));
    this.startsNow = jobs.every((j) => j.rel <= now);
    this.dues = [...new Set(jobs.map((j) => j.due))].sort((a, b) => a - b);
  }

  /* Capacity inside [from, until). */
  free(share: Ratio, from: number, until: number): number {
    return sum(
      this.days.map((day) =>
        Math.min(capacityOf(day, share), before(day.ahead, until) - before(day.ahead, from)),
      ),
    );
  }

  /* What must be done inside [from, until). */
  work(from: number, until: number): number {
    const inside = this.jobs.filter((j) => Math.min(j.rel, j.due) >= from && j.due <= until);
    return sum(inside.map((j) => j.p));
  }

  most(share: Ratio): number {
    const capacities = this.days.map((day) => capacityOf(day, share));
    if (!this.startsNow) {
      const slots = this.days.map((day) => day.ahead);
      return mostOnTime(this.jobs, slots, capacities);
    }
    /* Whatever is due later may be late, and of the rest what has room. */
    const later = this.dues.map((due) => this.total - this.work(this.now, due));
    const room = this.dues.map((due) => this.free(share, this.now, due));
    return Math.min(this.total, ...room.map((r, k) => r + (later[k] ?? 0)));
  }

  fits(share: Ratio): boolean {
    return this.most(share) === this.total;
  }

  /* The greatest share below `share` at which a day has less to give. */
  below(share: Ratio): Ratio {
    let best = NONE;
    for (const free of new Set(this.days.map((day) => day.free))) {
      if (free === 0) continue;
      const k = Math.ceil((free * share.num) / share.den) - 1;
      if (k * best.den > best.num * free) best = { num: k, den: free };
    }
    return best;
  }

  changes(share: Ratio): boolean {
    return (
      share.num === 0 || this.days.some((d) => d.free > 0 && (d.free * share.num) % share.den === 0)
    );
  }

  /* Whether some stretch from now is short by more than `short`. */
  worse(share: Ratio, short: number): boolean {
    if (!this.startsNow) return false;
    return this.dues.some(
      (due) => this.work(this.now, due) - this.free(share, this.now, due) > short,
    );
  }
}

function intensity({ plan }: Case, c: Capacity): Flaw | null {
  const least = plan.minimum_intensity;
  if (least === null) return c.fits(ALL) ? flaw("fitsAll") : null;
  if (!c.fits(least)) return flaw("tooFew", { percent: least.percent });
  if (!c.changes(least)) return flaw("noStep");
  if (least.num > 0 && c.fits(c.below(least)))
    return flaw("lessIsEnough", { percent: least.percent });
  if (least.percent !== Math.ceil((100 * least.num) / least.den)) return flaw("percent");
  const score = Math.floor((200 * (least.den - least.num) + least.den) / (2 * least.den));
  return plan.score === score ? null : flaw("score");
}

/* Where not all fits, some task is not done, and its due date presses none of its prerequisites. */
function boundOf(it: Case, most: number, c: Capacity): number {
  if (most === c.total) return most;
  return new Capacity(datesOf(it, false), it.days, it.now).most(it.plan.limit);
}

function sums(it: Case, c: Capacity, { rest, pinned }: Apart): Flaw | null {
  const { plan, pieces, complete, tasks } = it;
  const { certificate } = plan;
  const most = c.most(plan.limit);
  const bound = boundOf(rest, most, c) + pinned;
  const work = c.total + pinned;
  const told = (slots: number, minutes: number) => slots * SLOT_MIN === minutes;
  if (!told(work, certificate.work_min)) return flaw("work", { minutes: work * SLOT_MIN });
  if (!complete) return null;
  if (certificate.feasible !== (most === c.total)) return flaw("verdict");
  if (!told(bound, certificate.bound_min)) return flaw("bound", { minutes: bound * SLOT_MIN });
  if (!told(c.total - most, plan.short_min))
    return flaw("short", { minutes: (c.total - most) * SLOT_MIN });
  if (certificate.gap_min !== certificate.bound_min - certificate.ontime_min) return flaw("gap");
  const planned = sum(pieces.map((p) => p.to - p.from));
  if (planned * SLOT_MIN < certificate.ontime_min || planned > bound)
    return flaw("planned", { minutes: planned * SLOT_MIN });
  const all = sum(it.days.map((day) => capacityOf(day, plan.limit)));
  if (!told(all, certificate.capacity_min)) return flaw("room", { minutes: all * SLOT_MIN });
  const last = Math.max(...[...tasks.values()].filter((t) => t.need > 0).map((t) => t.due), 0);
  const until = certificate.until === null ? 0 : down(certificate.until);
  return until === last ? null : flaw("last");
}

/* The stretch names as much work and time as there is in it, and none from now is tighter. `alone`:
   it is short all by itself one step below the least share (or at the limit, where not all fits). */
function stretch({ plan, now, complete }: Case, c: Capacity): { why: Flaw | null; alone: boolean } {
  const { critical, minimum_intensity: least } = plan;
  const none = c.total === 0 || least?.num === 0;
  if (critical === null) return { why: none ? null : flaw("noStretch"), alone: false };
  if (none) return { why: flaw("stretch"), alone: false };
  const from = Math.max(now, down(critical.from));
  const until = down(critical.until);
  const work = c.work(from, until);
  const fail = (why: Flaw) => ({ why, alone: false });
  if (work * SLOT_MIN !== critical.work_min)
    return fail(flaw("dueBy", { minutes: work * SLOT_MIN, at: critical.until }));
  const { feasible } = plan.certificate;
  if (!complete) return { why: null, alone: false };
  const shown = feasible && least ? least : plan.limit;
  const judged = feasible && least ? c.below(least) : plan.limit;
  const free = c.free(shown, from, until);
  if (free * SLOT_MIN !== critical.free_min)
    return fail(flaw("freeBefore", { minutes: free * SLOT_MIN, at: critical.until }));
  const short = work - c.free(judged, from, until);
  if (c.worse(judged, short)) return fail(flaw("tighter"));
  return { why: null, alone: short > 0 };
}

/* Why it is not true, and whether the stretch alone proves it. */
export function certify(it: Case): { why: Flaw | null; alone: boolean } {
  const parts = apart(it);
  const { rest } = parts;
  const c = new Capacity(datesOf(rest, true), rest.days, it.now);
  const { why, alone } = stretch(rest, c);
  return { why: sums(it, c, parts) ?? (it.complete ? intensity(it, c) : null) ?? why, alone };
}
