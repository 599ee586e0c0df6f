/* One action on many tasks, as one step that can be taken back. A task that the server refuses, or
   that another device has changed in the very fields that are to be set, is left as it is and named;
   the others are done. */

import { changeTask } from "./actions";
import { formerly } from "./asSeen";
import { ApiError } from "./client";
import * as api from "./endpoints";
import { cache, dropTask, keys, putTasks, relog, replan } from "./queries";
import {
  bringBack,
  isWaitedFor,
  remove,
  REMOVED_MAX,
  removeTogether,
  waitingFirst,
  type Removed,
} from "./removed";
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

/* Takes the step for so many at a time, one group after the other; if it cannot be taken for one of
   them, for each by itself. */
async function eachGroup(
  tasks: readonly Task[],
  most: number,
  step: (some: readonly Task[]) => Promise<void>,
  watch: Watch,
  atOnce = AT_ONCE,
): Promise<Went<Task>> {
  const faults: Fault[] = [];
  const alone = { signal: watch.signal, progress: () => undefined };
  const left: Task[] = [];
  const together = async (group: readonly Task[]) => {
    try {
      await step(group);
    } catch (error) {
      const refused = error instanceof ApiError && [404, 409, 412].includes(error.status);
      if (!refused || group.length === 1) throw error;
      const went = await each(
        group,
        (task) => step([task]),
        (task) => [task],
        alone,
        atOnce,
      );
      faults.push(...went.faults);
      left.push(...went.left);
    }
  };
  const groups: Task[][] = [];
  for (let i = 0; i < tasks.length; i += most) groups.push(tasks.slice(i, i + most));
  const went = await each(groups, together, (group) => group, watch, 1);
  return { faults: [...faults, ...went.faults], left: [...left, ...went.left.flat()] };
}

/* The server's bound. */
const COMPLETED_MAX = 200;

/* Done, or open again. */
export function finishMany(tasks: readonly Task[], state: "done" | "open"): Step {
  return async (watch) => {
    const changed: Task[] = [];
    const step = async (some: readonly Task[]) => {
      const ids = some.map((t) => t.id);
      const { items } = await api.completeTasks(ids, state);
      putTasks(items);
      changed.push(...items);
    };
    const { faults, left } = await eachGroup(tasks, COMPLETED_MAX, step, watch);
    await settle(repeats(changed));
    const other = state === "done" ? "open" : "done";
    const undo = changed.length > 0 ? finishMany(changed, other) : null;
    const count = changed.length;
    return { count, faults, left: left.length, changed: count, undo };
  };
}

export function removeMany(tasks: readonly Task[]): Step {
  return async (watch) => {
    const waited = isWaitedFor(tasks);
    const removed: Removed[] = [];
    const step = async (some: readonly Task[]) => {
      const [only] = some;
      removed.push(await (only && some.length === 1 ? remove(only) : removeTogether(some)));
    };
    /* One after the other, as they come back in the opposite order. */
    const { faults, left } = await eachGroup(waitingFirst(tasks), REMOVED_MAX, step, watch, 1);
    await settle(waited);
    const count = removed.flatMap((one) => one.tasks).length;
    const undo = count > 0 ? bringBackMany(removed, waited) : null;
    return { count, faults, left: left.length, changed: count, undo };
  };
}

/* The last first: each knows only of what was there when it went. Deleting them again is not offered. */
function bringBackMany(removed: readonly Removed[], waited: boolean): Step {
  return async (watch) => {
    let count = 0;
    const step = async (one: Removed) => {
      count += (await bringBack(one)).length;
    };
    const tasksOf = (one: Removed) => [...one.tasks];
    const went = await each([...removed].reverse(), step, tasksOf, watch, 1);
    await settle(waited);
    const left = went.left.flatMap(tasksOf).length;
    return { count, faults: went.faults, left, changed: count, undo: null };
  };
}
