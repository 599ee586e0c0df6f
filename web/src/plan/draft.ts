/* A change that is only being considered: what it would make of a desk. */

import type { FreeWindow, Occurrence, Ratio, Task } from "../api/schema";
import type { Desk } from "./desk";
import type { Factor } from "./estimates";
import type { Wishes } from "./wishes";

export interface Draft {
  pace?: Ratio;
  limit?: Ratio;
  /* Of a task that exists; what is not given stays. */
  task?: Pick<Task, "id"> & Partial<Task>;
  /* When one of the times of an event would be. */
  occurrence?: Pick<Occurrence, "event_id" | "date" | "start" | "end">;
  /* The weekly free hours. */
  week?: readonly FreeWindow[];
  /* Courses whose tasks are not to be counted as typed. */
  factors?: readonly Factor[];
  /* How sessions should be. */
  wishes?: Wishes;
  /* Whoever considers it says its cost too, so nobody else need. */
  quiet?: boolean;
}

/* By start, as the desk has them. */
function withMoved(
  occurrences: readonly Occurrence[],
  moved: NonNullable<Draft["occurrence"]>,
): Occurrence[] {
  const is = (o: Occurrence) => o.event_id === moved.event_id && o.date === moved.date;
  return occurrences
    .map((o) => (is(o) ? { ...o, ...moved } : o))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

const above = (a: Ratio, b: Ratio) => a.num * b.den > b.num * a.den;

export function drafted(desk: Desk, draft: Draft): Desk {
  const { task, occurrence } = draft;
  const limit = draft.limit ?? desk.limit;
  const pace = draft.pace ?? desk.pace;
  return {
    ...desk,
    limit,
    /* The pace is never above the limit. */
    pace: above(pace, limit) ? limit : pace,
    week: draft.week ?? desk.week,
    occurrences: occurrence ? withMoved(desk.occurrences, occurrence) : desk.occurrences,
    factors: draft.factors ?? desk.factors,
    wishes: draft.wishes ?? desk.wishes,
    tasks: task ? desk.tasks.map((t) => (t.id === task.id ? { ...t, ...task } : t)) : desk.tasks,
  };
}

/* Whether the server can preview it too: it knows other paces and limits only. */
export const serverCan = ({ task, occurrence, week, factors, wishes }: Draft) =>
  !(task ?? occurrence ?? week ?? factors ?? wishes);

const same = (a: Ratio, b: Ratio) => a.num * b.den === b.num * a.den;

/* What of the plan in force stays when `desk` becomes `next`, as the server decides it
   (domain/replan.c). */
export function keeping(desk: Desk, next: Desk, { task }: Draft) {
  const before = task && desk.tasks.find((t) => t.id === task.id);
  const wished = task?.min_session_min;
  const shares = same(desk.pace, next.pace) && same(desk.limit, next.limit);
  const wishes = JSON.stringify(desk.wishes) === JSON.stringify(next.wishes);
  return {
    keep: !wishes ? ("wished" as const) : !shares ? ("near" as const) : ("all" as const),
    anew: before && wished !== undefined && wished !== before.min_session_min ? before.id : null,
  };
}
