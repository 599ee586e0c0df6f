/* What the list of tasks is made of: each task with what is derived from it, which filter shows it,
   and in which order. */

import type { Course, Schedule, Task } from "../../api/schema";

/* How a task stands towards the plan, the worst first. */
export const STANDINGS = [
  "overdue",
  "unfit",
  "fits",
  "unplanned",
  "empty",
  "done",
  "dropped",
] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Row {
  task: Task;
  course: Course | undefined;
  due: number;
  /* Of the work, what is done: 0 to 1. */
  share: number;
  left: number;
  standing: Standing;
}

/* Worked and remaining are what is stored; the share is derived. */
function progressOf(task: Task): number {
  if (task.state === "done") return 1;
  const known = Math.max(task.estimate_min, task.worked_min + task.remaining_min);
  return known === 0 ? 0 : 1 - task.remaining_min / known;
}

export function rowsOf(
  tasks: readonly Task[],
  courses: readonly Course[],
  plan: Pick<Schedule, "unfinished"> | undefined,
  now: number,
): Row[] {
  const unfit = plan && new Set(plan.unfinished.map((u) => u.task_id));
  const byId = new Map(courses.map((c) => [c.id, c]));
  const standingOf = (task: Task, due: number): Standing => {
    if (task.state !== "open") return task.state;
    if (due <= now) return "overdue";
    if (!unfit) return "unplanned";
    if (task.remaining_min === 0) return "empty";
    return unfit.has(task.id) ? "unfit" : "fits";
  };
  return tasks.map((task) => {
    const due = Date.parse(task.due);
    return {
      task,
      course: task.course_id === null ? undefined : byId.get(task.course_id),
      due,
      share: progressOf(task),
      left: task.state === "done" ? 0 : task.remaining_min,
      standing: standingOf(task, due),
    };
  });
}

export const FILTERS = ["open", "week", "overdue", "unfit", "done", "dropped"] as const;
export type Filter = (typeof FILTERS)[number];

export const isFilter = (name: string | null): name is Filter =>
  (FILTERS as readonly (string | null)[]).includes(name);

/* Tasks that are behind: nothing of them can be late, and they can only be opened again. */
export const isPast = (filter: Filter) => filter === "done" || filter === "dropped";

const WEEK_MS = 7 * 86_400_000;

export function matches({ task, due, standing }: Row, filter: Filter, now: number): boolean {
  switch (filter) {
    case "open":
      return task.state === "open";
    case "week":
      return task.state === "open" && due > now && due <= now + WEEK_MS;
    default:
      return standing === filter;
  }
}

/* Whether each word of a search is in the title or in the name or code of the course. */
export function searcher(search: string): (row: Row) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  };
}

/* What is searched in a row, made when it first is. */
const texts = new WeakMap<Row, string>();

function textOf(row: Row): string {
  let text = texts.get(row);
  if (text === undefined) {
    const { task, course } = row;
    text = `${task.title} ${course?.code ?? ""} ${course?.name ?? ""}`.toLowerCase();
    texts.set(row, text);
  }
  return text;
}

const SEARCHES_MAX = 64;

/* For searches in the same rows, as they are typed: one that goes on from another looks only in what
   that one found, and where all of it is found again it is the same list. */
export function searching(rows: readonly Row[]): (search: string) => readonly Row[] {
  const known = new Map<string, readonly Row[]>([["", rows]]);
  const before = (search: string): readonly Row[] => {
    for (let end = search.length - 1; end > 0; end--) {
      const found = known.get(search.slice(0, end));
      if (found) return found;
    }
    return rows;
  };
  return (search) => {
    let found = known.get(search);
    if (!found) {
      const among = before(search);
      found = among.filter(searcher(search));
      if (found.length === among.length) found = among;
      if (known.size < SEARCHES_MAX) known.set(search, found);
    }
    return found;
  };
}

export const SORTS = ["due", "progress", "left", "priority", "plan"] as const;
export type SortBy = (typeof SORTS)[number];

export interface Sort {
  by: SortBy;
  down: boolean;
}

const VALUES: Record<SortBy, (row: Row) => number> = {
  due: (row) => row.due,
  progress: (row) => row.share,
  left: (row) => row.left,
  priority: (row) => row.task.priority,
  plan: (row) => STANDINGS.indexOf(row.standing),
};

/* What one wants to see first: what is due soonest, the most, and the worst. */
const FIRST_DOWN: Record<SortBy, boolean> = {
  due: false,
  progress: true,
  left: true,
  priority: true,
  plan: false,
};

/* Choosing what it is sorted by already turns it round. */
export const nextSort = (sort: Sort, by: SortBy): Sort => ({
  by,
  down: sort.by === by ? !sort.down : FIRST_DOWN[by],
});

/* What is equal stays in the order of due dates, and those in that of their making. */
export function sorted(rows: readonly Row[], { by, down }: Sort): Row[] {
  const value = VALUES[by];
  const turn = down ? -1 : 1;
  return [...rows].sort(
    (a, b) =>
      turn * (value(a) - value(b)) ||
      (by === "due" ? turn : 1) * (a.due - b.due) ||
      (a.task.id < b.task.id ? -1 : 1),
  );
}

export const sortText = ({ by, down }: Sort) => (down ? `-${by}` : by);

export function readSort(text: string | null, fallback: Sort): Sort {
  const down = text?.startsWith("-") ?? false;
  const by = SORTS.find((name) => name === text?.slice(down ? 1 : 0));
  return by ? { by, down } : fallback;
}
