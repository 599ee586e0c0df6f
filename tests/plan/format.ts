/* The lines that `studybunny plan` reads and writes; docs/planner.md describes them. */

export type Pair = [number, number];

export interface Day {
  date: string;
  beg: number;
  end: number;
  free: Pair[];
  done: number;
  /** Free slots that are in no window; the checker's own, never sent. */
  held?: number;
  /** Of `done`, slots of pins ahead; only in what pins leave. */
  pinned?: number;
}

export interface Task {
  id: number;
  p: number;
  due: number;
  w: number;
  rel?: number;
  pre?: number[];
  min?: number;
}

/** Wishes, slots: sessions at least and at most so long, of one task a day, gaps that are pauses. */
export interface Shape {
  min?: number;
  max?: number;
  day?: number;
  pause?: number;
  preferred?: Pair[];
}

export interface Instance {
  tz: string;
  epoch: number;
  now: number;
  X: Pair;
  pace?: Pair;
  objective?: "minutes" | "tasks";
  days: Day[];
  tasks: Task[];
  shape?: Shape;
  /** Slots: finished so long before it is due, where that can be. */
  buffer?: number;
  pins?: [task: number, from: number, until: number][];
  accepted?: [task: number, from: number, until: number][];
  /** Asks what it would break to do so much of a task there. */
  move?: [task: number, from: number, until: number];
}

export interface Critical {
  from: number;
  until: number;
  work: number;
  free: number;
}

export interface Repair {
  kind: "raise" | "free" | "drop" | "shorten" | "extend";
  task?: number;
  day?: string;
  slots?: number;
  to?: number | Pair;
}

export interface Pinned {
  slots: number;
  late: number;
  early: number;
  over: number;
  outside: number;
  surplus: number;
}

export interface Elsewhere {
  past: number;
  taken: number;
  outside: number;
  early: number;
  late: number;
  over: number;
  waits: number;
  missed: number;
  lacks: [task: number, slots: number][];
}

export interface Result {
  xmin: Pair | null;
  total: number;
  feasible: boolean;
  ontime: number;
  wontime: number;
  maxload: number;
  loads: number[];
  overdue: number[];
  plan: [task: number, from: number, until: number][];
  critical: Critical | null;
  deficit: number;
  deficit_full: number;
  repairs: Repair[];
  gap: number;
  pinned?: Pinned;
  holds?: boolean;
  moved?: number;
  friction?: number;
  friction_bound?: number;
  elsewhere?: Elsewhere;
  /** With a buffer: by when what is planned of each task is done; its due date if nothing is. */
  by?: [task: number, slot: number][];
}

export interface Refusal {
  error: string;
  line: number;
}

/* What the vectors say of an instance. */
export interface Answer {
  xmin: Pair | null;
  total: number;
  feasible: boolean;
  ontime: number;
  wontime: number;
  maxload: number;
  sumsq: number;
  overdue: number[];
  loads: number[];
}
