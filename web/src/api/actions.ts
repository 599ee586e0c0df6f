/* What a student does, each as one step that can be taken back: the change on the server, the reply
   in the cache, the plan asked for again, and a function that undoes it. */

import * as api from "./endpoints";
import { entityId } from "./ids";
import { becomes, cache, dropTask, keys, putTasks, replan } from "./queries";
import type {
  Availability,
  Course,
  FreeWindow,
  Me,
  NewTask,
  Ratio,
  Settings,
  SettingsChange,
  Task,
  TaskChange,
  TaskState,
} from "./schema";

export type Undo = () => Promise<unknown>;

export async function addTask(body: Omit<NewTask, "id">): Promise<Task> {
  const task = await api.createTask({ ...body, id: entityId() });
  putTasks([task]);
  void replan();
  return task;
}

export async function editTask(task: Task, change: TaskChange): Promise<Undo> {
  const changed = await api.changeTask(task, change);
  putTasks([changed]);
  await replan();
  const before = Object.fromEntries(
    Object.keys(change).map((name) => [name, task[name as keyof TaskChange]]),
  ) as TaskChange;
  return () => editTask(changed, before);
}

/* Shown at once; put back if the server refuses. */
export async function finishTask(task: Task, state: "done" | "open"): Promise<Undo> {
  putTasks([{ ...task, state }]);
  try {
    const { items } = await api.completeTasks([task.id], state);
    putTasks(items);
  } catch (error) {
    putTasks([task]);
    throw error;
  }
  await replan();
  return () => finishTask({ ...task, state }, state === "done" ? "open" : "done");
}

/* A deleted id is never used again, so undoing makes an equal task with a new one. */
export async function removeTask(task: Task): Promise<Undo> {
  await api.deleteTask(task);
  dropTask(task.id);
  await replan();
  return async () => {
    const { title, notes, course_id, estimate_min, worked_min, remaining_min, priority, due } =
      task;
    const again = await addTask({
      title,
      notes,
      course_id,
      estimate_min,
      worked_min,
      remaining_min,
      priority,
      due,
    });
    await restoreState(again, task.state);
  };
}

async function restoreState(task: Task, state: TaskState): Promise<void> {
  if (state === "done") await finishTask(task, "done");
  if (state === "dropped") await editTask(task, { state });
}

export async function saveWeek(week: FreeWindow[]): Promise<Undo> {
  const before =
    cache.getQueryData<Availability>(keys.availability) ?? (await api.getAvailability());
  const saved = await api.putAvailability(before.version, week);
  cache.setQueryData(keys.availability, saved);
  await replan();
  return () => saveWeek(before.week);
}

async function saveSettings<K extends keyof SettingsChange>(
  change: Pick<Settings, K>,
): Promise<Pick<Settings, K>> {
  const before = cache.getQueryData<Settings>(keys.settings) ?? (await api.getSettings());
  cache.setQueryData(keys.settings, await api.changeSettings(before.version, change));
  const names = Object.keys(change) as K[];
  return Object.fromEntries(names.map((name) => [name, before[name]])) as Pick<Settings, K>;
}

export async function saveZone(zone: string): Promise<Undo> {
  const before = await saveSettings({ zone });
  await replan();
  return () => saveZone(before.zone);
}

export type Manner = Partial<Pick<Settings, "language" | "clock" | "week_start">>;

/* How the app speaks; no matter of the plan. */
export async function saveManner(change: Manner): Promise<Undo> {
  const before = await saveSettings(change as Required<Manner>);
  return () => saveManner(before);
}

/* Takes a pace or limit together with the plan it gives. */
export async function acceptPlan(wanted: { pace?: Ratio; limit?: Ratio }): Promise<Undo> {
  const before = cache.getQueryData<Settings>(keys.settings) ?? (await api.getSettings());
  await api.acceptSchedule(wanted);
  await Promise.all([cache.invalidateQueries({ queryKey: keys.settings }), replan()]);
  return () =>
    acceptPlan({
      ...(wanted.pace && { pace: before.pace }),
      ...(wanted.limit && { limit: before.limit }),
    });
}

export async function saveCourse(
  course: Course | null,
  body: { name: string; code: string; color: number },
): Promise<Course> {
  const saved = course
    ? await api.changeCourse(course, body)
    : await api.createCourse({ ...body, id: entityId() });
  await cache.invalidateQueries({ queryKey: keys.courses });
  return saved;
}

/* Its tasks stay, without a course. */
export async function removeCourse(course: Course): Promise<void> {
  await api.deleteCourse(course);
  await Promise.all([
    cache.invalidateQueries({ queryKey: keys.courses }),
    cache.invalidateQueries({ queryKey: keys.tasks }),
  ]);
}

/* The first save makes the guest; later ones find somebody there. */
export async function ensureGuest(): Promise<void> {
  if (!cache.getQueryData<Me | null>(keys.me)) becomes(await api.createGuest());
}

export interface Term {
  courses: { key: string; name: string; code: string; color: number }[];
  availability: { week: FreeWindow[] };
  tasks: (Omit<NewTask, "due" | "id" | "course_id"> & { course: string; due: string })[];
}

const AT_ONCE = 4;

/* Puts a whole term on an empty desk; `progress` hears the share that is done. */
export async function loadTerm(
  term: Term,
  zone: string,
  progress: (share: number) => void,
): Promise<void> {
  await ensureGuest();
  await saveZone(zone);
  await saveWeek(term.availability.week);
  const ids = new Map<string, string>();
  for (const { key, ...course } of term.courses) {
    const created = await api.createCourse({ ...course, id: entityId() });
    ids.set(key, created.id);
  }
  let sent = 0;
  const queue = [...term.tasks];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { course, ...task } = next;
      await api.createTask({ ...task, id: entityId(), course_id: ids.get(course) ?? null });
      progress(++sent / term.tasks.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await cache.invalidateQueries();
}
