/* The planner in this tab: plan.wasm, the server's own C, behind a typed call. src/wasm/border.h says
   what crosses the border: flat arrays of 32-bit words, a head and records behind it. This file
   writes and reads them by the names below and checks, when the module is loaded, that the module
   names the same words in the same places. A new member of a record is one name here.

   One question at a time, answered at once. Memory belongs to the module, is used again, and may
   move when it grows, so no view of it is kept. What comes back are copies. */

const RECORDS = {
  question: [
    ...["now", "in_slot", "limit_num", "limit_den", "pace_num", "pace_den", "objective"],
    ...["session_min", "session_max", "day_max", "pause", "buffer", "keep"],
    ...["days", "windows", "tasks", "prerequisites", "preferred", "pins", "blocks", "moves"],
  ],
  day: ["date", "beg", "end", "first", "count", "done", "held"],
  window: ["from", "until"],
  task: ["work", "due", "weight", "release", "first", "count", "session_min"],
  prerequisite: ["task"],
  preferred: ["from", "until"],
  pin: ["task", "from", "until"],
  block: ["task", "from", "until"],
  move: ["task", "from", "until"],
  answer: [
    ...["status", "flaw", "ahead", "xmin_num", "xmin_den", "score", "feasible"],
    ...[
      "total",
      "capacity",
      "ontime",
      "most",
      "wontime_low",
      "wontime_high",
      "gap_low",
      "gap_high",
    ],
    ...["pinned", "late", "early", "over", "outside", "surplus"],
    ...["friction_low", "friction_high", "friction_bound_low", "friction_bound_high"],
    ...["maxload", "deficit", "deficit_full"],
    ...["critical_from", "critical_until", "critical_work", "critical_free"],
    ...["blocks", "reasons", "loads", "planned", "slack", "overdue", "missed", "repairs"],
    ...["past", "taken", "outside_there", "early_there", "late_there"],
    ...["over_there", "waits_there", "missed_there", "lacks"],
  ],
  reason: ["code", "slack", "day", "capacity", "load"],
  load: ["free", "avail", "capacity", "pace", "level", "load"],
  repair: ["kind", "task", "day", "slots", "until", "to_num", "to_den"],
  lack: ["task", "slots"],
  dates: [
    ...["from", "days", "first_s", "study", "rest"],
    ...["changes", "week", "busy", "exceptions", "windows"],
  ],
  change: ["at_low", "at_high", "offset_s"],
  week: ["day", "start", "end"],
  busy: ["from_low", "from_high", "until_low", "until_high"],
  exception: ["date", "first", "count"],
  calendar: ["status", "days", "windows"],
} as const;

type RecordName = keyof typeof RECORDS;
type Row<R extends RecordName> = Record<(typeof RECORDS)[R][number], number>;

/* In slots of 300 s since 1970; src/plan/plan.h says what each means. */
export type DayRow = Row<"day">;
export type WindowRow = Row<"window">;
export type TaskRow = Row<"task">;
export type BlockRow = Row<"block">;
export type ReasonRow = Row<"reason">;
export type LoadRow = Row<"load">;
export type RepairRow = Row<"repair">;

export interface Fraction {
  num: number;
  den: number;
}

export const OBJECTIVES = { minutes: 0, tasks: 1 } as const;

/* What a new plan keeps of an earlier one: nothing but what has begun was worked, what has begun and
   the next 24 hours, of these what goes against no wish, or all that can stay. */
export const KEEPS = { nothing: 0, near: 1, wished: 2, all: 3 } as const;

export interface Question {
  now: number;
  /* The present lies in the slot before: a block that ends with it is under way. */
  inSlot: boolean;
  limit: Fraction;
  pace: Fraction;
  objective: keyof typeof OBJECTIVES;
  days: readonly DayRow[];
  windows: readonly WindowRow[];
  tasks: readonly TaskRow[];
  /* Of all tasks, one list behind the other: indexes of tasks. */
  prerequisites: readonly Row<"prerequisite">[];
  /* How the student likes to work; 0 and empty: no such wish. */
  shape: Record<"session_min" | "session_max" | "day_max" | "pause", number>;
  preferred: readonly WindowRow[];
  /* Slots: everything is to be finished so long before it is due, where it can be. */
  buffer: number;
  /* Blocks that stay where they are, by start. */
  pins: readonly BlockRow[];
  /* Of a plan made earlier, by start; task −1: it is not open. One that has begun is credited to its
     task. */
  blocks: readonly BlockRow[];
  keep: keyof typeof KEEPS;
  /* Why not there: the answer is the plan with this stretch pinned, and what it breaks. */
  move?: BlockRow | undefined;
}

/* What is wrong with the stretch asked for, and what would miss its due date that does not now;
   src/plan/elsewhere.h says it exactly. */
export interface Elsewhere {
  past: number;
  taken: number;
  outside: number;
  early: number;
  late: number;
  over: number;
  waits: number;
  missed: number;
  lacks: Row<"lack">[];
}

export interface Answer {
  /* Of the blocks in the question: 0 while they still hold. */
  flaw: number;
  xmin: Fraction | null;
  score: number;
  feasible: boolean;
  total: number;
  capacity: number;
  ontime: number;
  most: number;
  wontime: number;
  gap: number;
  /* Slots of pins, and what is wrong with them. */
  pinned: Record<"slots" | "late" | "early" | "over" | "outside" | "surplus", number>;
  friction: number;
  frictionBound: number;
  maxload: number;
  deficit: number;
  deficitFull: number;
  critical: { from: number; until: number; work: number; free: number } | null;
  blocks: BlockRow[];
  reasons: ReasonRow[];
  loads: LoadRow[];
  planned: number[];
  slack: number[];
  overdue: number[];
  missed: number[];
  repairs: RepairRow[];
  elsewhere: Elsewhere | null;
}

/* A zone as the server sends it: from each `at` on, local time is UTC + offset_s. Seconds. */
export interface ZoneChanges {
  first_s: number;
  changes: readonly { at: number; offset_s: number }[];
}

export interface Dates {
  zone: ZoneChanges;
  /* The first local date, in days since 1970, and how many. */
  from: number;
  days: number;
  /* Weekday 1–7; minutes since midnight. */
  week: readonly Row<"week">[];
  /* Slots of study in a row, and of the break then; 0: no breaks. */
  study: number;
  rest: number;
  /* Times that are taken, ascending; milliseconds. */
  busy: readonly { from: number; until: number }[];
  /* Dates with other hours than the week's, ascending: days since 1970, windows by start. */
  exceptions: readonly { date: number; windows: readonly { start: number; end: number }[] }[];
}

export interface Calendar {
  days: DayRow[];
  windows: WindowRow[];
}

/* Exceptions point into one list of windows, whose weekday counts for nothing. */
function otherwise(exceptions: Dates["exceptions"]) {
  const windows: Row<"week">[] = [];
  const rows: Row<"exception">[] = [];
  for (const { date, windows: own } of exceptions) {
    rows.push({ date, first: windows.length, count: own.length });
    windows.push(...own.map(({ start, end }) => ({ day: 0, start, end })));
  }
  return { rows, windows };
}

interface Module {
  memory: WebAssembly.Memory;
  _initialize(): void;
  border_room(words: number): number;
  border_solve(): number;
  border_expand(): number;
  border_problem(): number;
  border_layout(): number;
}

const WORD = 4;
const HIGH = 2 ** 32;
const wordsOf = (record: RecordName, count: number) => RECORDS[record].length * count;

/* Puts words one behind the other. */
class Writer {
  private at = 0;
  constructor(private readonly view: Int32Array) {}

  rows<R extends RecordName>(record: R, rows: readonly Row<R>[]): this {
    const names = RECORDS[record] as readonly (keyof Row<R>)[];
    for (const row of rows) for (const name of names) this.view[this.at++] = row[name];
    return this;
  }
}

class Reader {
  constructor(
    private readonly view: Int32Array,
    private at: number,
  ) {}

  rows<R extends RecordName>(record: R, count: number): Row<R>[] {
    const names = RECORDS[record] as readonly (keyof Row<R>)[];
    return Array.from({ length: count }, () => {
      const row = {} as Row<R>;
      for (const name of names) row[name] = this.view[this.at++] as Row<R>[keyof Row<R>];
      return row;
    });
  }

  head<R extends RecordName>(record: R): Row<R> {
    return this.rows(record, 1)[0] as Row<R>;
  }

  words(count: number): number[] {
    this.at += count;
    return [...this.view.subarray(this.at - count, this.at)];
  }
}

const low = (value: number) => value | 0;
const high = (value: number) => Math.floor(value / HIGH);
const both = (lowWord: number, highWord: number) => highWord * HIGH + (lowWord >>> 0);

export class Engine {
  private constructor(private readonly module: Module) {}

  /* Takes an instance of plan.wasm; throws when its words are not those above. */
  static of(instance: WebAssembly.Instance): Engine {
    const module = instance.exports as unknown as Module;
    module._initialize();
    const engine = new Engine(module);
    const ours = Object.entries(RECORDS).map(([record, names]) =>
      [`${record} ${names.length}`, ...names.map((name, i) => ` ${name} ${i}`)].join("\n"),
    );
    if (engine.text(module.border_layout()) !== ours.join("\n") + "\n")
      throw new Error("plan.wasm is not of this version of the app");
    return engine;
  }

  /* Bytes that the module holds. */
  get memory(): number {
    return this.module.memory.buffer.byteLength;
  }

  /* Plans. Throws when the question breaks a rule of the planner's, naming what. */
  solve(question: Question): Answer {
    const { days, windows, tasks, prerequisites, preferred, pins, blocks, move } = question;
    const moves = move ? [move] : [];
    const writer = this.room(
      wordsOf("question", 1) +
        wordsOf("day", days.length) +
        wordsOf("window", windows.length) +
        wordsOf("task", tasks.length) +
        wordsOf("prerequisite", prerequisites.length) +
        wordsOf("preferred", preferred.length) +
        wordsOf("pin", pins.length) +
        wordsOf("block", blocks.length) +
        wordsOf("move", moves.length),
    );
    const head: Row<"question"> = {
      now: question.now,
      in_slot: Number(question.inSlot),
      limit_num: question.limit.num,
      limit_den: question.limit.den,
      pace_num: question.pace.num,
      pace_den: question.pace.den,
      objective: OBJECTIVES[question.objective],
      ...question.shape,
      buffer: question.buffer,
      keep: KEEPS[question.keep],
      days: days.length,
      windows: windows.length,
      tasks: tasks.length,
      prerequisites: prerequisites.length,
      preferred: preferred.length,
      pins: pins.length,
      blocks: blocks.length,
      moves: moves.length,
    };
    writer.rows("question", [head]).rows("day", days).rows("window", windows);
    writer.rows("task", tasks).rows("prerequisite", prerequisites);
    writer.rows("preferred", preferred).rows("pin", pins).rows("block", blocks);
    writer.rows("move", moves);
    const reader = this.read(this.module.border_solve());
    const a = reader.head("answer");
    if (a.status !== 0) throw this.refusal();
    return {
      flaw: a.flaw,
      xmin: a.xmin_den === 0 ? null : { num: a.xmin_num, den: a.xmin_den },
      score: a.score,
      feasible: a.feasible !== 0,
      total: a.total,
      capacity: a.capacity,
      ontime: a.ontime,
      most: a.most,
      wontime: both(a.wontime_low, a.wontime_high),
      gap: both(a.gap_low, a.gap_high),
      pinned: {
        slots: a.pinned,
        late: a.late,
        early: a.early,
        over: a.over,
        outside: a.outside,
        surplus: a.surplus,
      },
      friction: both(a.friction_low, a.friction_high),
      frictionBound: both(a.friction_bound_low, a.friction_bound_high),
      maxload: a.maxload,
      deficit: a.deficit,
      deficitFull: a.deficit_full,
      critical:
        a.critical_work === 0
          ? null
          : {
              from: a.critical_from,
              until: a.critical_until,
              work: a.critical_work,
              free: a.critical_free,
            },
      blocks: reader.rows("block", a.blocks),
      reasons: reader.rows("reason", a.reasons),
      loads: reader.rows("load", a.loads),
      planned: reader.words(a.planned),
      slack: reader.words(a.slack),
      overdue: reader.words(a.overdue),
      missed: reader.words(a.missed),
      repairs: reader.rows("repair", a.repairs),
      elsewhere: move
        ? {
            past: a.past,
            taken: a.taken,
            outside: a.outside_there,
            early: a.early_there,
            late: a.late_there,
            over: a.over_there,
            waits: a.waits_there,
            missed: a.missed_there,
            lacks: reader.rows("lack", a.lacks),
          }
        : null,
    };
  }

  /* The free windows of these dates. Throws as solve. */
  expand({ zone, from, days, study, rest, week, busy, exceptions }: Dates): Calendar {
    const { rows, windows } = otherwise(exceptions);
    const writer = this.room(
      wordsOf("dates", 1) +
        wordsOf("change", zone.changes.length) +
        wordsOf("week", week.length) +
        wordsOf("busy", busy.length) +
        wordsOf("exception", rows.length) +
        wordsOf("week", windows.length),
    );
    const head: Row<"dates"> = {
      from,
      days,
      first_s: zone.first_s,
      study,
      rest,
      changes: zone.changes.length,
      week: week.length,
      busy: busy.length,
      exceptions: rows.length,
      windows: windows.length,
    };
    const changes = zone.changes.map(({ at, offset_s }) => ({
      at_low: low(at),
      at_high: high(at),
      offset_s,
    }));
    const taken = busy.map((b) => ({
      from_low: low(b.from),
      from_high: high(b.from),
      until_low: low(b.until),
      until_high: high(b.until),
    }));
    writer.rows("dates", [head]).rows("change", changes).rows("week", week).rows("busy", taken);
    writer.rows("exception", rows).rows("week", windows);
    const reader = this.read(this.module.border_expand());
    const c = reader.head("calendar");
    if (c.status !== 0) throw this.refusal();
    return { days: reader.rows("day", c.days), windows: reader.rows("window", c.windows) };
  }

  private room(words: number): Writer {
    const at = this.module.border_room(words);
    if (at === 0) throw new Error("the question is too large");
    return new Writer(new Int32Array(this.module.memory.buffer, at, words));
  }

  private read(at: number): Reader {
    return new Reader(new Int32Array(this.module.memory.buffer), at / WORD);
  }

  private refusal(): Error {
    return new Error(this.text(this.module.border_problem()));
  }

  private text(at: number): string {
    const bytes = new Uint8Array(this.module.memory.buffer, at);
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  }
}
