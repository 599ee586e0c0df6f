/* A task's checklist. Ticks come faster than replies, so what is wanted shows at once, and is sent
   one after the other, the latest last. */

import type { Undo } from "./actions";
import * as api from "./endpoints";
import { cache, keys, putTasks } from "./queries";
import type { Task } from "./schema";

export type Step = Task["checklist"][number];

const wanted = new Map<string, Step[]>();
let sending: Promise<unknown> = Promise.resolve();

const known = (id: string) =>
  cache.getQueryData<Task[]>(keys.tasks)?.find((task) => task.id === id);

/* As they are this moment, which may be ahead of what is drawn. */
export const stepsOf = (id: string): Step[] => known(id)?.checklist ?? [];

export async function saveSteps(id: string, change: (steps: Step[]) => Step[]): Promise<Undo> {
  const task = known(id);
  const before = stepsOf(id);
  const checklist = change(before);
  wanted.set(id, checklist);
  if (task) putTasks([{ ...task, checklist }]);
  const turn = sending.then(() => send(id));
  sending = turn.catch(() => undefined);
  await turn;
  return () => saveSteps(id, () => before);
}

async function send(id: string): Promise<void> {
  const checklist = wanted.get(id);
  /* One that came later has sent it along. */
  if (!checklist) return;
  wanted.delete(id);
  try {
    const { version } = known(id) ?? (await api.getTask(id));
    const changed = await api.changeTask({ id, version }, { checklist });
    putTasks([{ ...changed, checklist: wanted.get(id) ?? changed.checklist }]);
  } catch (error) {
    putTasks([await api.getTask(id)]);
    throw error;
  }
}
