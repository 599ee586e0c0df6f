/* A task's checklist. Ticks come faster than replies, so what is wanted stands before what the server
   last said until the server has it, and is sent one after the other, the latest last. */

import { useSyncExternalStore } from "react";
import type { Undo } from "./actions";
import { isStale } from "./client";
import * as api from "./endpoints";
import { cache, keys, putTasks, useTasks } from "./queries";
import type { Task } from "./schema";

export type Step = Task["checklist"][number];

/* What the server does not have yet, by task. */
const wanted = new Map<string, Step[]>();
const listeners = new Set<() => void>();
let sending: Promise<unknown> = Promise.resolve();

function want(id: string, checklist: Step[] | null): void {
  if (checklist) wanted.set(id, checklist);
  else wanted.delete(id);
  for (const heard of listeners) heard();
}

function listen(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

const known = (id: string) =>
  cache.getQueryData<Task[]>(keys.tasks)?.find((task) => task.id === id);

/* As they are this moment, which may be ahead of what is drawn. */
export const stepsOf = (id: string): Step[] => wanted.get(id) ?? known(id)?.checklist ?? [];

/* Drawn in the same turn as the click that changed them: a box never springs back. */
export function useSteps(task: Task): Step[] {
  const ours = useSyncExternalStore(listen, () => wanted.get(task.id));
  const fresh = useTasks().data?.find((t) => t.id === task.id) ?? task;
  return ours ?? fresh.checklist;
}

/* Ends when all that was wanted has been sent. */
export const stepsSent = (): Promise<unknown> => sending;

export async function saveSteps(id: string, change: (steps: Step[]) => Step[]): Promise<Undo> {
  const before = stepsOf(id);
  want(id, change(before));
  const turn = sending.then(() => send(id));
  sending = turn.catch(() => undefined);
  await turn;
  return () => saveSteps(id, () => before);
}

async function send(id: string): Promise<void> {
  const checklist = wanted.get(id);
  /* One that came earlier has sent it along. */
  if (!checklist) return;
  try {
    putTasks([await put(known(id) ?? (await api.getTask(id)), checklist)]);
  } catch (error) {
    /* One that came later carries this too, and has its own turn. */
    if (wanted.get(id) !== checklist) return;
    want(id, null);
    putTasks([await api.getTask(id)]);
    throw error;
  }
  if (wanted.get(id) === checklist) want(id, null);
}

/* Another change of the task, as a timer's that stopped, does not undo a tick. */
async function put(task: Task, checklist: Step[]): Promise<Task> {
  try {
    return await api.changeTask(task, { checklist });
  } catch (error) {
    const theirs = isStale(error) ? await api.getTask(task.id) : null;
    if (JSON.stringify(theirs?.checklist) !== JSON.stringify(task.checklist)) throw error;
    return await api.changeTask({ id: task.id, version: theirs?.version ?? 0 }, { checklist });
  }
}
