/* A change that is only being considered: what it would make of a desk. */

import type { FreeWindow, Ratio, Task } from "../api/schema";
import type { Desk } from "./desk";
import type { Factor } from "./estimates";
import type { Wishes } from "./wishes";

export interface Draft {
  pace?: Ratio;
  limit?: Ratio;
  /* Of a task that exists; what is not given stays. */
  task?: Pick<Task, "id"> & Partial<Task>;
  /* The weekly free hours. */
  week?: readonly FreeWindow[];
  /* Courses whose tasks are not to be counted as typed. */
  factors?: readonly Factor[];
  /* How sessions should be. */
  wishes?: Wishes;
  /* Whoever considers it says its cost too, so nobody else need. */
  quiet?: boolean;
}

const above = (a: Ratio, b: Ratio) => a.num * b.den > b.num * a.den;

export function drafted(desk: Desk, draft: Draft): Desk {
  const { task } = draft;
  const limit = draft.limit ?? desk.limit;
  const pace = draft.pace ?? desk.pace;
  return {
    ...desk,
    limit,
    /* The pace is never above the limit. */
    pace: above(pace, limit) ? limit : pace,
    week: draft.week ?? desk.week,
    factors: draft.factors ?? desk.factors,
    wishes: draft.wishes ?? desk.wishes,
    tasks: task ? desk.tasks.map((t) => (t.id === task.id ? { ...t, ...task } : t)) : desk.tasks,
  };
}

/* Whether the server can preview it too: it knows other paces and limits only. */
export const serverCan = ({ task, week, factors, wishes }: Draft) =>
  !(task ?? week ?? factors ?? wishes);

/* What of the plan in force stays, as the server decides it (domain/replan.c). */
export function keeping(desk: Desk, { pace, limit, wishes, task }: Draft) {
  const before = task && desk.tasks.find((t) => t.id === task.id);
  const wished = task?.min_session_min;
  return {
    keep: pace || limit || wishes ? ("near" as const) : ("all" as const),
    anew: before && wished !== undefined && wished !== before.min_session_min ? before.id : null,
  };
}
