/* Working: the timer and the log. Each step also brings up to date what it moves: the task, the log,
   the timer and the plan. */

import type { Undo } from "./actions";
import { asSeen, formerly } from "./asSeen";
import { ApiError } from "./client";
import * as api from "./endpoints";
import { maker, type Make } from "./making";
import { cache, dropTask, keys, putTasks, relog, replan, type Ticking } from "./queries";
import type { NewWork, TimerStart, WorkChange, WorkEntry } from "./schema";

async function refreshTask(id: string): Promise<void> {
  try {
    putTasks([await api.getTask(id)]);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
    dropTask(id);
  }
}

async function moved(...tasks: string[]): Promise<void> {
  await Promise.all([...new Set(tasks)].map(refreshTask));
  await Promise.all([relog(), replan()]);
}

/* A timer on another task ends. */
export async function startTimer(start: TimerStart): Promise<void> {
  const other = cache.getQueryData<Ticking>(keys.timer)?.work;
  await api.startTimer(start);
  await moved(start.task_id, ...(other ? [other.task_id] : []));
}

/* `minutes`: so much of the stretch was work; null: all of it. */
export async function pauseTimer(minutes: number | null = null): Promise<WorkEntry> {
  const entry = await api.pauseTimer(minutes);
  await moved(entry.task_id);
  return entry;
}

export async function resumeTimer(): Promise<void> {
  const entry = await api.resumeTimer();
  await moved(entry.task_id);
}

/* The stretch as it was logged; one of 0 minutes was not. */
export async function stopTimer(minutes: number | null = null): Promise<WorkEntry> {
  const entry = await api.stopTimer(minutes);
  await moved(entry.task_id);
  return entry;
}

/* What is logged by hand. */
export type Logged = Required<Omit<NewWork, "id">>;

export async function addWork(task: string, body: NewWork, key: string): Promise<Undo> {
  const entry = await api.logWork(task, body, key);
  await moved(task);
  return () => removeWork(entry);
}

/* One of several: how it is logged, and what it became. */
export interface Logging {
  make: Make;
  entry: WorkEntry | null;
}

/* Several at once, each of its task. `logged` has those that an attempt before this one has asked for, by
   their beginnings, and gets the others: none is logged twice. */
export async function addWorks(
  list: readonly (Logged & { task: string })[],
  logged: Map<string, Logging>,
): Promise<Undo> {
  const tasks = list.map(({ task }) => task);
  try {
    for (const { task, ...body } of list) {
      const one = logged.get(body.start) ?? { make: maker(), entry: null };
      logged.set(body.start, one);
      one.entry ??= await one.make(body, (made, key) => api.logWork(task, made, key));
    }
  } finally {
    await moved(...tasks);
  }
  return async () => {
    for (const one of logged.values()) {
      if (one.entry) await api.deleteWork(one.entry);
      one.entry = null;
    }
    await moved(...tasks);
  };
}

export async function editWork(
  entry: WorkEntry,
  change: WorkChange,
  put: typeof changeWork = api.changeWork,
): Promise<Undo> {
  const changed = await put(entry, change);
  await moved(entry.task_id);
  return () => editWork(changed, formerly(entry, change) as WorkChange, changeWork);
}

const changeWork = (entry: WorkEntry, change: WorkChange): Promise<WorkEntry> =>
  asSeen(
    entry,
    change,
    (on) => api.changeWork(on, change),
    () => api.getEntry(entry.id),
  );

/* A deleted id is never used again, so undoing logs an equal stretch with a new one. */
export async function removeWork(entry: WorkEntry): Promise<Undo> {
  const { task_id: task, start, minutes, note } = entry;
  await api.deleteWork(entry);
  await moved(task);
  const make = maker();
  return () => make({ start, minutes, note }, (body, key) => addWork(task, body, key));
}
