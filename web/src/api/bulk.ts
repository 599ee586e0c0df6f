/* One action on many tasks, as one step that can be taken back. A task that the server refuses, or
   that another device has changed in the very fields that are to be set, is left as it is and named;
   the others are done. */

import { changeTask } from "./actions";
import { formerly } from "./asSeen";
import { ApiError } from "./client";
import * as api from "./endpoints";
import { cache, dropTask, keys, putTasks, relog, replan } from "./queries";
import { bringBack, inOrder, remove, waitAgain, waitingFor, type Removed } from "./removed";
import type { Task, TaskChange } from "./schema";

export interface Fault {
  task: Task;
  error: unknown;
}

export interface Done {
  /* How many are as wanted. */
  count: number;
  faults: Fault[];
  /* Not tried, since it was stopped. */
  left: number;
  /* Of those so many had to be changed, and can be taken back; null: none. */
  changed: number;
  undo: Step | null;
}

/* Told how it goes on, and may stop it. */
export interface Watch {
  signal: AbortSignal;
  progress: (done: number) => void;
}

export type Step = (watch: Watch) => Promise<Done>;

const AT_ONCE = 4;
/* The server lets a person ask so often; a long list goes at its pace. */
const WAITS_MAX = 30;
const WAIT_MS = 1_000;

async function patiently<T>(step: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited++) {
    try {
      return await step();
    } catch (error) {
      const asked = error instanceof ApiError && error.status === 429;
      if (!asked || waited >= WAITS_MAX) throw error;
      const ms = Math.max(error.retryAfter * 1000, WAIT_MS);
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
}

interface Went<T> {
  faults: Fault[];
  left: T[];
}

/* Takes the step for each thing; a thing may stand for several tasks. */
async function each<T>(
  things: readonly T[],
  step: (thing: T) => Promise<void>,
  tasksOf: (thing: T) => Task[],
  watch: Watch,
  atOnce = AT_ONCE,
): Promise<Went<T>> {
  const queue = [...things];
  const faults: Fault[] = [];
  let done = 0;
  const worker = async () => {
    while (queue.length > 0 && !watch.signal.aborted) {
      const thing = queue.shift() as T;
      try {
        await patiently(() => step(thing));
      } catch (error) {
        for (const task of tasksOf(thing)) {
          if (error instanceof ApiError && error.status === 404) dropTask(task.id);
          faults.push({ task, error });
        }
      }
      done += tasksOf(thing).length;
      watch.progress(done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { faults, left: queue };
}

/* Whatever else has changed with it: the next of a series, what waited, the timer, the plan. */
async function settle(whole: boolean): Promise<void> {
  const tasks = whole ? cache.invalidateQueries({ queryKey: keys.tasks }) : null;
  await Promise.all([tasks, relog(), replan()]);
}

const repeats = (tasks: readonly Task[]) => tasks.some((t) => t.repeat_unit !== "none");

/* The change that is made to each; null: it is as wanted already. */
export function changeMany(
  tasks: readonly Task[],
  changeOf: (task: Task) => TaskChange | null,
): Step {
  return async (watch) => {
    const changed: Task[] = [];
    const before = new Map<string, TaskChange>();
    let waiting: Task[] = [];
    let count = 0;
    const step = async (task: Task) => {
      const change = changeOf(task);
      if (change !== null) {
        const now = await changeTask(task, change);
        before.set(task.id, formerly(task, change) as TaskChange);
        changed.push(now);
        waiting.push(now);
        /* The list is rendered again with each, so not too often. */
        if (waiting.length >= 50) {
          putTasks(waiting);
          waiting = [];
        }
      }
      count++;
    };
    const { faults, left } = await each(tasks, step, (task) => [task], watch);
    putTasks(waiting);
    const states = [...before.values()].some((change) => change.state !== undefined);
    await settle(states && repeats(changed));
    const undo = changed.length > 0 ? changeMany(changed, (t) => before.get(t.id) ?? null) : null;
    return { count, faults, left: left.length, changed: changed.length, undo };
  };
}

/* The server's bound. */
const COMPLETED_MAX = 200;

/* Done, or open again. Of each hundredfold all go at once; if one of them cannot, each by itself. */
export function finishMany(tasks: readonly Task[], state: "done" | "open"): Step {
  return async (watch) => {
    const changed: Task[] = [];
    const faults: Fault[] = [];
    const step = async (some: readonly Task[]): Promise<void> => {
      try {
        const ids = some.map((t) => t.id);
        const { items } = await api.completeTasks(ids, state);
        putTasks(items);
        changed.push(...items);
      } catch (error) {
        const refused = error instanceof ApiError && [404, 409].includes(error.status);
        if (!refused || some.length === 1) throw error;
        const alone = { signal: watch.signal, progress: () => undefined };
        const went = await each(
          some,
          (task) => step([task]),
          (task) => [task],
          alone,
        );
        faults.push(...went.faults);
      }
    };
    const groups: Task[][] = [];
    for (let i = 0; i < tasks.length; i += COMPLETED_MAX)
      groups.push(tasks.slice(i, i + COMPLETED_MAX));
    const went = await each(groups, step, (group) => group, watch, 1);
    faults.push(...went.faults);
    await settle(repeats(changed));
    const other = state === "done" ? "open" : "done";
    return {
      count: changed.length,
      faults,
      left: tasks.length - changed.length - faults.length,
      changed: changed.length,
      undo: changed.length > 0 ? finishMany(changed, other) : null,
    };
  };
}

export function removeMany(tasks: readonly Task[]): Step {
  return async (watch) => {
    const waiting = waitingFor(new Set(tasks.map((t) => t.id)));
    const removed: Removed[] = [];
    const step = async (task: Task) => {
      removed.push(await remove(task));
    };
    const { faults, left } = await each(tasks, step, (task) => [task], watch);
    await settle(waiting.length > 0);
    const undo = removed.length > 0 ? bringBackMany(removed, waiting) : null;
    const count = removed.length;
    return { count, faults, left: left.length, changed: count, undo };
  };
}

/* One after the other where one waits for another. Deleting them again is not offered. */
function bringBackMany(removed: readonly Removed[], waiting: readonly Task[]): Step {
  return async (watch) => {
    const again = new Map<string, string>();
    const ordered = removed.some(({ task }) => task.prerequisites.length > 0);
    const step = (one: Removed) => bringBack(one, again);
    const atOnce = ordered ? 1 : AT_ONCE;
    const went = await each(inOrder(removed), step, ({ task }) => [task], watch, atOnce);
    const rewait = (other: Task) => waitAgain(other, again);
    const rest = { ...watch, progress: () => undefined };
    const waited = await each(waiting, rewait, (task) => [task], rest);
    await settle(false);
    const faults = [...went.faults, ...waited.faults];
    return { count: again.size, faults, left: went.left.length, changed: again.size, undo: null };
  };
}
