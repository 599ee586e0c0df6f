/* Tasks that are deleted, and how they come back: by the key of the request that deleted them, under
   their ids and with all that hangs on them. */

import { isStale } from "./client";
import * as api from "./endpoints";
import { requestKey } from "./ids";
import { cache, dropTask, keys, putTasks } from "./queries";
import type { Task } from "./schema";

/* What one request deleted. */
export interface Removed {
  tasks: readonly Task[];
  key: string;
}

/* So many at once: the server's bound. */
export const REMOVED_MAX = 50;

/* All of them or none. One that another device has changed is not deleted unseen. */
export async function removeTogether(tasks: readonly Task[]): Promise<Removed> {
  const key = requestKey();
  await api.deleteTasks(tasks, key);
  for (const { id } of tasks) dropTask(id);
  return { tasks, key };
}

export async function remove(task: Task): Promise<Removed> {
  try {
    return await removeOne(task);
  } catch (error) {
    if (!isStale(error)) throw error;
    const fresh = await api.getTask(task.id);
    putTasks([fresh]);
    if (!saysTheSame(task, fresh)) throw error;
    return removeOne(fresh);
  }
}

async function removeOne(task: Task): Promise<Removed> {
  const key = requestKey();
  await api.deleteTask(task, key);
  dropTask(task.id);
  return { tasks: [task], key };
}

/* Deleting a prerequisite changes a task as well, so that alone is no reason to keep it. */
function saysTheSame(task: Task, fresh: Task): boolean {
  const said = (t: Task) => JSON.stringify({ ...t, version: 0, prerequisites: null });
  return said(task) === said(fresh);
}

/* Whether other tasks are planned after some of these: those change with them. */
export function isWaitedFor(tasks: readonly Task[]): boolean {
  const ids = new Set(tasks.map((task) => task.id));
  const all = cache.getQueryData<Task[]>(keys.tasks) ?? [];
  return all.some((t) => !ids.has(t.id) && t.prerequisites.some((id) => ids.has(id)));
}

/* Those that are there again. */
export async function bringBack({ key }: Removed): Promise<Task[]> {
  const { items } = await api.restoreTasks(key);
  putTasks(items);
  const files = items.map(({ id }) => cache.invalidateQueries({ queryKey: keys.attachments(id) }));
  await Promise.all([...files, cache.invalidateQueries({ queryKey: keys.me })]);
  return items;
}

/* In an order in which each comes before its prerequisites: deleting those would change it. */
export function waitingFirst(tasks: readonly Task[]): Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const out: Task[] = [];
  const put = (task: Task) => {
    if (!byId.delete(task.id)) return;
    for (const id of task.prerequisites) {
      const before = byId.get(id);
      if (before) put(before);
    }
    out.push(task);
  };
  for (const task of tasks) put(task);
  return out.reverse();
}
