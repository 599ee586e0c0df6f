/* Answers instances as `studybunny plan` does, by the planner that browsers run: build/wasm/plan.wasm
   behind the web app's own wrapper. */
import { readFileSync } from "node:fs";
import { Engine, type Answer, type RepairRow } from "../../web/src/plan/engine.ts";
import type { Instance, Pair } from "./format.ts";
import { wishes } from "./friction.ts";

const DAY_MS = 86_400_000;
/* The least slot: an earliest start that is past, whatever is now. */
const NEVER_LATER = -(2 ** 29);

export async function loadEngine(): Promise<Engine> {
  const bytes = readFileSync(new URL("../../build/wasm/plan.wasm", import.meta.url));
  const module = await WebAssembly.compile(bytes);
  if (WebAssembly.Module.imports(module).length > 0) throw new Error("plan.wasm imports something");
  return Engine.of(await WebAssembly.instantiate(module, {}));
}

const fraction = ([num, den]: Pair) => ({ num, den });

export function ask(engine: Engine, instance: Instance): Answer {
  const { shape = {} } = instance;
  let first = 0;
  const days = instance.days.map(({ date, beg, end, free, done }) => {
    const day = {
      date: Date.parse(date) / DAY_MS,
      beg,
      end,
      first,
      count: free.length,
      done,
      held: 0,
    };
    first += free.length;
    return day;
  });
  const at = new Map(instance.tasks.map((t, i) => [t.id, i]));
  const prerequisites = instance.tasks.flatMap((t) => t.pre ?? []);
  let listed = 0;
  const tasks = instance.tasks.map(({ p, due, w, rel, pre = [], min = 0 }) => {
    const count = pre.length;
    const dates = { due, release: rel ?? NEVER_LATER };
    const row = { work: p, weight: w, ...dates, first: listed, count, session_min: min };
    listed += count;
    return row;
  });
  return engine.solve({
    now: instance.now,
    inSlot: false,
    limit: fraction(instance.X),
    pace: fraction(instance.pace ?? [0, 1]),
    objective: instance.objective ?? "minutes",
    days,
    windows: instance.days.flatMap((d) => d.free.map(([from, until]) => ({ from, until }))),
    tasks,
    prerequisites: prerequisites.map((id) => ({ task: at.get(id) ?? -1 })),
    shape: {
      session_min: shape.min ?? 0,
      session_max: shape.max ?? 0,
      day_max: shape.day ?? 0,
      pause: shape.pause ?? 0,
    },
    buffer: instance.buffer ?? 0,
    preferred: (shape.preferred ?? []).map(([from, until]) => ({ from, until })),
    pins: (instance.pins ?? []).map(([id, from, until]) => ({
      task: at.get(id) ?? -1,
      from,
      until,
    })),
    blocks: [],
    keep: "nothing",
    move: instance.move && {
      task: at.get(instance.move[0]) ?? -1,
      from: instance.move[1],
      until: instance.move[2],
    },
  });
}

const KINDS = ["raise", "free", "drop", "shorten", "extend"];

function repairOf(instance: Instance, r: RepairRow): object {
  const kind = KINDS[r.kind];
  return {
    kind,
    ...(r.task >= 0 && { task: instance.tasks[r.task]?.id }),
    ...(r.day >= 0 && { day: instance.days[r.day]?.date }),
    ...(r.slots >= 0 && { slots: r.slots }),
    ...(kind === "raise" && { to: [r.to_num, r.to_den] }),
    ...(kind === "extend" && { to: r.until }),
  };
}

/** The line that `studybunny plan` writes. */
export function answerLine(engine: Engine, instance: Instance): string {
  const a = ask(engine, instance);
  const id = (task: number): number => instance.tasks[task]?.id ?? NaN;
  return JSON.stringify({
    xmin: a.xmin && [a.xmin.num, a.xmin.den],
    total: a.total,
    feasible: a.feasible,
    ontime: a.ontime,
    wontime: a.wontime,
    maxload: a.maxload,
    loads: a.loads.map((l) => l.load),
    overdue: a.overdue.map(id).sort((x, y) => x - y),
    plan: a.blocks.map((b) => [id(b.task), b.from, b.until]),
    critical: a.critical,
    deficit: a.deficit,
    deficit_full: a.deficitFull,
    repairs: a.repairs.map((r) => repairOf(instance, r)),
    gap: a.gap,
    ...((instance.pins ?? instance.move) && { pinned: a.pinned }),
    ...(wishes(instance) && { friction: a.friction, friction_bound: a.frictionBound }),
    ...(a.elsewhere && {
      elsewhere: {
        ...a.elsewhere,
        lacks: a.elsewhere.lacks.map(({ task, slots }) => [id(task), slots]),
      },
    }),
  });
}
