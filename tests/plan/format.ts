/* The lines that `studybunny plan` reads and writes; docs/planner.md describes them. */

export type Pair = [number, number];

export interface Day {
  date: string;
  beg: number;
  end: number;
  free: Pair[];
  done: number;
}

export interface Task {
  id: number;
  p: number;
  due: number;
  w: number;
  rel?: number;
  pre?: number[];
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
