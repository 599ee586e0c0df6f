/* Tasks that are deleted, and how they come back: a deleted id is never used again, so as equal tasks
   with new ones. */

import { isStale } from "./client";
import * as api from "./endpoints";
import { entityId } from "./ids";
import { cache, dropTask, keys, putTasks } from "./queries";
import type { Attachment, NewTask, Task } from "./schema";

export interface Removed {
  task: Task;
  files: Attachment[];
}

/* Its files go into the trash with it. */
export async function remove(task: Task): Promise<Removed> {
  const files = await api.getAttachments(task.id);
  try {
    await api.deleteTask(task);
  } catch (error) {
    if (!isStale(error)) throw error;
    const fresh = await api.getTask(task.id);
    putTasks([fresh]);
    if (!asSeen(task, fresh)) throw error;
    await api.deleteTask(fresh);
  }
  dropTask(task.id);
  return { task, files };
}

/* Deleting a prerequisite changes a task as well, so that alone is no reason to keep it. */
function asSeen(task: Task, fresh: Task): boolean {
  const said = (t: Task) => JSON.stringify({ ...bodyOf(t), prerequisites: null });
  return said(task) === said(fresh);
}

/* Other tasks that are planned after some of these, and will have forgotten that. */
export function waitingFor(ids: ReadonlySet<string>): Task[] {
  const tasks = cache.getQueryData<Task[]>(keys.tasks) ?? [];
  return tasks.filter((t) => !ids.has(t.id) && t.prerequisites.some((id) => ids.has(id)));
}

const SERVERS = new Set(["id", "created", "completed", "version", "skipped", "next_id"]);

/* All of a task that a client may say, so that nothing is lost when it is made again. */
function bodyOf(task: Task): NewTask {
  const fields = Object.entries(task).filter(([name]) => !SERVERS.has(name));
  /* The series goes on with the next one, if this one was finished. */
  const over = { repeat_unit: "none", repeat_every: 1, repeat_until: null } as const;
  return {
    ...(Object.fromEntries(fields) as unknown as NewTask),
    ...(task.state !== "open" && over),
  };
}

/* `again` has the new ids of those that came back before it, by their old ones, and gets this one's. */
export async function bringBack({ task, files }: Removed, again: Map<string, string>) {
  const prerequisites = task.prerequisites.map((id) => again.get(id) ?? id);
  const id = entityId();
  putTasks([await api.createTask({ ...bodyOf(task), id, prerequisites })]);
  again.set(task.id, id);
  await Promise.all(files.map((file) => api.restoreAttachment(id, file.id)));
}

/* What waited for some of them waits again. */
export async function waitAgain(waiting: Task, again: ReadonlyMap<string, string>) {
  const fresh = await api.getTask(waiting.id);
  const back = waiting.prerequisites.flatMap((other) => again.get(other) ?? []);
  const change = { prerequisites: [...new Set([...fresh.prerequisites, ...back])] };
  putTasks([await api.changeTask(fresh, change)]);
}

/* In an order in which each comes after its prerequisites. */
export function inOrder(removed: readonly Removed[]): Removed[] {
  const byId = new Map(removed.map((r) => [r.task.id, r]));
  const out = new Set<Removed>();
  const put = (r: Removed) => {
    if (!byId.delete(r.task.id)) return;
    for (const id of r.task.prerequisites) {
      const before = byId.get(id);
      if (before) put(before);
    }
    out.add(r);
  };
  for (const r of removed) put(r);
  return [...out];
}
