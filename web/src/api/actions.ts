/* What a student does, each as one step that can be taken back: the change on the server, the reply
   in the cache, the plan asked for again, and a function that undoes it. */

import { asSeen, formerly } from "./asSeen";
import { ApiError } from "./client";
import * as api from "./endpoints";
import { addDays } from "../time/zone";
import { sameRatio } from "../plan/loads";
import type { Wishes } from "../plan/wishes";
import { entityId, requestKey } from "./ids";
import { maker } from "./making";
import {
  becomes,
  cache,
  dropTask,
  keys,
  putTasks,
  relog,
  replan,
  replanAround,
  tellAgain,
} from "./queries";
import { bringBack, isWaitedFor, remove } from "./removed";
import type {
  Attachment,
  Availability,
  Course,
  EventChange,
  Feed,
  FeedChoice,
  FreeDay,
  FreeWindow,
  Me,
  NewCourse,
  NewEvent,
  NewTask,
  PlanLink,
  Ratio,
  Settings,
  SettingsChange,
  StudyEvent,
  Task,
  TaskChange,
  ToldState,
} from "./schema";

export type Undo = () => Promise<unknown>;

export async function addTask(body: NewTask, key: string): Promise<Task> {
  const task = await api.createTask(body, key);
  putTasks([task]);
  void replan();
  return task;
}

export async function editTask(
  task: Task,
  change: TaskChange,
  put: typeof changeTask = api.changeTask,
): Promise<Undo> {
  const changed = await put(task, change);
  putTasks([changed]);
  await Promise.all([followSeries(task, changed), replan()]);
  if (change.state !== undefined) await relog();
  return () => editTask(changed, formerly(task, change) as TaskChange, changeTask);
}

/* Also where the timer, the plan or another device has changed something else of it. */
export const changeTask = (task: Task, change: TaskChange): Promise<Task> =>
  asSeen(
    task,
    change,
    (on) => api.changeTask(on, change),
    async () => {
      const fresh = await api.getTask(task.id);
      putTasks([fresh]);
      return fresh;
    },
  );

/* Shown at once; put back if the server refuses. */
export async function finishTask(task: Task, state: "done" | "open"): Promise<Undo> {
  putTasks([{ ...task, state }]);
  let changed: Task = { ...task, state };
  try {
    const { items } = await api.completeTasks([task.id], state);
    changed = items[0] ?? changed;
    putTasks(items);
  } catch (error) {
    putTasks([task]);
    throw error;
  }
  await Promise.all([followSeries(task, changed), relog(), replan()]);
  return () => finishTask(changed, state === "done" ? "open" : "done");
}

/* Finishing one of a series makes the next, and opening it again takes that back. */
async function followSeries(before: Task, after: Task): Promise<void> {
  if (before.next_id !== null && before.next_id !== after.next_id) dropTask(before.next_id);
  if (after.next_id !== null && before.next_id !== after.next_id)
    putTasks([await api.getTask(after.next_id)]);
}

/* What waited for it changes with it, and a timer that runs on it goes. */
export async function removeTask(task: Task): Promise<Undo> {
  const waited = isWaitedFor([task]);
  const followed = () =>
    Promise.all([waited && cache.invalidateQueries({ queryKey: keys.tasks }), relog(), replan()]);
  const removed = await remove(task);
  await followed();
  return async () => {
    await bringBack(removed);
    await followed();
  };
}

/* Into the trash, where it waits for a week. */
export async function removeAttachment(attachment: Attachment): Promise<Undo> {
  const { id, task_id: task } = attachment;
  await api.deleteAttachment(attachment);
  await filesChanged(task);
  return async () => {
    await api.restoreAttachment(task, id);
    await filesChanged(task);
  };
}

const filesChanged = (task: string) =>
  Promise.all([
    cache.invalidateQueries({ queryKey: keys.attachments(task) }),
    cache.invalidateQueries({ queryKey: keys.me }),
  ]);

/* One after the other: each is made against the version that the one before it gave. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(step: () => Promise<T>): Promise<T> {
  const mine = turn.then(step);
  turn = mine.catch(() => undefined);
  return mine;
}

async function saveHours(week: FreeWindow[] | null, days: FreeDay[] | null): Promise<Availability> {
  const before = await inTurn(async () => {
    const seen = await currentHours();
    cache.setQueryData(keys.availability, await putHours(seen, week, days));
    return seen;
  });
  await replan();
  return before;
}

/* Where another device has changed the other part only, both changes hold. */
const putHours = (seen: Availability, week: FreeWindow[] | null, days: FreeDay[] | null) =>
  asSeen(
    seen,
    { ...(week && { week }), ...(days && { exceptions: days }) },
    (on) => api.putAvailability(on.version, week ?? on.week, days ?? on.exceptions),
    async () => {
      const fresh = await api.getAvailability();
      cache.setQueryData(keys.availability, fresh);
      return fresh;
    },
  );

export async function saveWeek(week: FreeWindow[]): Promise<Undo> {
  const before = await saveHours(week, null);
  return () => saveWeek(before.week);
}

/* Days long gone no longer matter, and there is room for so many only. */
const KEPT_DAYS = 60;

/* Other hours on one date; null: as in any week. */
export async function saveDay(date: string, windows: FreeDay["windows"] | null): Promise<Undo> {
  const days = (await currentHours()).exceptions;
  const was = days.find((d) => d.date === date)?.windows ?? null;
  const oldest = addDays(new Date().toISOString().slice(0, 10), -KEPT_DAYS);
  const others = days.filter((d) => d.date !== date && d.date >= oldest);
  await saveHours(null, windows ? [...others, { date, windows }] : others);
  return () => saveDay(date, was);
}

async function currentHours(): Promise<Availability> {
  return cache.getQueryData<Availability>(keys.availability) ?? (await api.getAvailability());
}

async function saveSettings<K extends keyof SettingsChange>(
  change: Pick<Settings, K>,
): Promise<Pick<Settings, K>> {
  return inTurn(async () => {
    const before = cache.getQueryData<Settings>(keys.settings) ?? (await api.getSettings());
    cache.setQueryData(keys.settings, await changeSettings(before, change));
    return formerly(before, change) as Pick<Settings, K>;
  });
}

/* Where another device has changed other settings only, both changes hold. */
const changeSettings = (seen: Settings, change: SettingsChange) =>
  asSeen(
    seen,
    change,
    (on) => api.changeSettings(on.version, change),
    async () => {
      const fresh = await api.getSettings();
      cache.setQueryData(keys.settings, fresh);
      return fresh;
    },
  );

export async function saveZone(zone: string): Promise<Undo> {
  const before = await saveSettings({ zone });
  await replan();
  return () => saveZone(before.zone);
}

/* What the plan takes tasks to need. */
export async function saveEstimates(estimates: Settings["estimates"]): Promise<Undo> {
  const before = await saveSettings({ estimates });
  await replan();
  return () => saveEstimates(before.estimates);
}

/* How sessions should be. */
export async function saveWishes(wishes: Wishes): Promise<Undo> {
  const before = await saveSettings(wishes);
  await replan();
  return () => saveWishes(before);
}

export type Manner = Partial<Pick<Settings, "language" | "clock" | "week_start">>;

/* How the app speaks; no matter of the plan. */
export async function saveManner(change: Manner): Promise<Undo> {
  const before = await saveSettings(change as Required<Manner>);
  return () => saveManner(before);
}

/* What is told, and when. */
export type Telling = Partial<
  Pick<
    Settings,
    | "notify_reminder"
    | "notify_achievement"
    | "notify_motivation"
    | "notify_warning"
    | "notify_success"
    | "notify_info"
    | "remind_before_min"
    | "quiet_from"
    | "quiet_until"
  >
>;

export async function saveTelling(change: Telling): Promise<Undo> {
  const before = await saveSettings(change as Required<Telling>);
  tellAgain();
  return () => saveTelling(before);
}

export async function markTold(ids: string[], state: ToldState, was: ToldState): Promise<Undo> {
  cache.setQueryData(keys.notifications, await api.markNotifications(ids, state));
  return () => markTold(ids, was, state);
}

interface Shares {
  pace?: Ratio;
  limit?: Ratio;
}

/* Takes a new plan, with a pace or limit together with the plan it gives. */
export async function acceptPlan(wanted: Shares): Promise<Undo> {
  const before = cache.getQueryData<Settings>(keys.settings) ?? (await api.getSettings());
  await api.acceptSchedule(wanted);
  await planTaken();
  return () =>
    restorePlan({
      ...(wanted.pace && { pace: before.pace }),
      ...(wanted.limit && { limit: before.limit }),
    });
}

const planTaken = () =>
  Promise.all([cache.invalidateQueries({ queryKey: keys.settings }), replan()]);

/* The plan before the last acceptance. Where another was made since, its shares at least. */
async function restorePlan(before: Shares): Promise<Undo> {
  try {
    await api.restoreSchedule();
  } catch (error) {
    const gone = error instanceof ApiError && error.status === 409;
    if (!gone || Object.keys(before).length === 0) throw error;
    await api.acceptSchedule(before);
  }
  await planTaken();
  /* It was what somebody carried meanwhile that was taken back. */
  const now = cache.getQueryData<Settings>(keys.settings);
  const back = (name: keyof Shares) => {
    const wanted = before[name];
    return !wanted || !now || sameRatio(wanted, now[name]);
  };
  if (!back("pace") || !back("limit")) {
    await api.acceptSchedule(before);
    await planTaken();
  }
  return () => acceptPlan({});
}

/* Takes the plan of fewer, longer blocks. */
export async function tidyPlan(): Promise<Undo> {
  await api.acceptSchedule({ tidy: true });
  await planTaken();
  return () => restorePlan({});
}

/* Goes back to an earlier plan, with its pace and limit. */
export async function returnToPlan(id: string): Promise<Undo> {
  const { pace, limit } = cache.getQueryData<Settings>(keys.settings) ?? (await api.getSettings());
  await api.restoreFormerPlan(id);
  await planTaken();
  return () => restorePlan({ pace, limit });
}

/* ---- events ---- */

const SERVERS = new Set(["id", "created", "version"]);

/* All of an event that a client may say. */
function bodyOf(event: StudyEvent): NewEvent {
  const fields = Object.entries(event).filter(([name]) => !SERVERS.has(name));
  return Object.fromEntries(fields) as unknown as NewEvent;
}

export async function addEvent(body: NewEvent, key: string): Promise<Undo> {
  const event = await api.createEvent(body, key);
  await replanAround();
  return () => removeEvent(event);
}

/* Exceptions may go with days that the rule no longer has, so undoing brings them back. */
export async function editEvent(
  event: StudyEvent,
  change: EventChange,
  put: typeof changeEvent = api.changeEvent,
): Promise<Undo> {
  const changed = await put(event, change);
  await replanAround();
  const before = { ...formerly(event, change), skipped: event.skipped, moved: event.moved };
  return () => editEvent(changed, before as EventChange, changeEvent);
}

const changeEvent = (event: StudyEvent, change: EventChange): Promise<StudyEvent> =>
  asSeen(
    event,
    change,
    (on) => api.changeEvent(on, change),
    () => api.getEvent(event.id),
  );

/* A deleted id is never used again, so undoing makes an equal event with a new one. */
export async function removeEvent(event: StudyEvent): Promise<Undo> {
  await api.deleteEvent(event);
  await replanAround();
  const make = maker();
  return () => make(bodyOf(event), addEvent);
}

/* From one date on the repetition is otherwise; before it, nothing changes. */
export async function editFollowing(
  event: StudyEvent,
  date: string,
  change: EventChange,
): Promise<Undo> {
  const tail = await api.splitEvent(event, date);
  try {
    const changed = await api.changeEvent(tail, change);
    await replanAround();
    return async () => {
      await api.deleteEvent(changed);
      const head = await api.getEvent(event.id);
      const { rule, skipped, moved } = event;
      await editEvent(head, { rule, skipped, moved });
    };
  } catch (error) {
    await replanAround();
    throw error;
  }
}

export async function addCourse(body: NewCourse, key: string): Promise<Course> {
  const made = await api.createCourse(body, key);
  await cache.invalidateQueries({ queryKey: keys.courses });
  return made;
}

export async function editCourse(
  course: Course,
  body: { name: string; code: string; color: number },
): Promise<Course> {
  const saved = await api.changeCourse(course, body);
  await cache.invalidateQueries({ queryKey: keys.courses });
  return saved;
}

/* Its tasks and events stay, without a course. The server knows which those were: it gives them back. */
export async function removeCourse(course: Course): Promise<Undo> {
  const key = requestKey();
  await api.deleteCourse(course, key);
  await coursesChanged();
  return async () => {
    await api.restoreCourse(course.id, key);
    await coursesChanged();
  };
}

const coursesChanged = () =>
  Promise.all([
    cache.invalidateQueries({ queryKey: keys.courses }),
    cache.invalidateQueries({ queryKey: keys.tasks }),
    replanAround(),
  ]);

/* The first save makes the guest; later ones find somebody there. */
export async function ensureGuest(): Promise<void> {
  if (!cache.getQueryData<Me | null>(keys.me)) becomes(await api.createGuest());
}

export interface Term {
  courses: { key: string; name: string; code: string; color: number }[];
  availability: { week: FreeWindow[]; exceptions: FreeDay[] };
  events: (Omit<NewEvent, "id" | "course_id"> & { course?: string })[];
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
  await saveHours(term.availability.week, term.availability.exceptions);
  const ids = new Map<string, string>();
  for (const { key, ...course } of term.courses) {
    const created = await api.createCourse({ ...course, id: entityId() });
    ids.set(key, created.id);
  }
  const queue = [
    ...term.events.map(({ course = "", ...event }) => {
      return () =>
        api.createEvent({ ...event, id: entityId(), course_id: ids.get(course) ?? null });
    }),
    ...term.tasks.map(({ course, ...task }) => {
      return () => api.createTask({ ...task, id: entityId(), course_id: ids.get(course) ?? null });
    }),
  ];
  const all = queue.length;
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await next();
      progress(1 - queue.length / all);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await cache.invalidateQueries();
}

const TAKEN_AT_ONCE = 500;
const REMEMBERED_MAX = 100;

/* Reads a calendar; whether anything in it was new. */
export async function readCalendar(file: File): Promise<{ feed: Feed; isNew: boolean }> {
  const before = await cache.fetchQuery({ queryKey: keys.feeds, queryFn: api.getFeeds });
  const feed = await api.readCalendar(file, file.name.slice(0, 100));
  const known = before.find((f) => f.id === feed.id);
  await Promise.all([
    cache.invalidateQueries({ queryKey: keys.feeds }),
    cache.invalidateQueries({ queryKey: keys.feedItems(feed.id) }),
  ]);
  return { feed, isNew: known?.version !== feed.version };
}

/* A secret link to the plan for other programs, and its end. */
export async function makePlanLink(): Promise<void> {
  await api.createPlanLink();
  await cache.invalidateQueries({ queryKey: keys.planLinks });
}

export async function revokePlanLink(link: PlanLink): Promise<void> {
  await api.deletePlanLink(link);
  await cache.invalidateQueries({ queryKey: keys.planLinks });
}

/* Follows a link; whether it is new here. It is read soon, and asked for until then. */
export async function followLink(url: string): Promise<boolean> {
  const before = await cache.fetchQuery({ queryKey: keys.feeds, queryFn: api.getFeeds });
  const feed = await api.followLink(url);
  await cache.invalidateQueries({ queryKey: keys.feeds });
  return !before.some((f) => f.id === feed.id);
}

/* Something else than this page changed tasks and events. */
export async function planChanged(): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: keys.tasks }), replanAround()]);
}

export async function refreshFeed(feed: Feed): Promise<void> {
  await api.refreshFeed(feed.id);
  await cache.invalidateQueries({ queryKey: keys.feeds });
}

/* Takes and leaves things of a calendar: what was taken is planned at once. */
export async function reviewFeed(feed: Feed, take: FeedChoice[], leave: string[]): Promise<void> {
  for (let at = 0; at < Math.max(take.length, leave.length); at += TAKEN_AT_ONCE)
    await api.reviewFeed(
      feed.id,
      take.slice(at, at + TAKEN_AT_ONCE),
      leave.slice(at, at + TAKEN_AT_ONCE),
    );
  await afterReview(feed);
}

/* Follows or leaves what a calendar says otherwise. More than the server remembers at once cannot be
   taken back. */
export async function decideNews(
  feed: Feed,
  take: string[],
  leave: string[],
): Promise<Undo | undefined> {
  const choices = take.map((id) => ({ id }));
  if (take.length + leave.length > REMEMBERED_MAX) {
    await reviewFeed(feed, choices, leave);
    return undefined;
  }
  const key = requestKey();
  await api.reviewFeed(feed.id, choices, leave, [], key);
  await afterReview(feed);
  return async () => {
    await api.restoreReview(feed.id, key);
    await afterReview(feed);
  };
}

/* The way back: what was taken or left waits for a look again, and what it became is gone. */
export async function reopenFeed(feed: Feed, items: string[]): Promise<void> {
  for (let at = 0; at < items.length; at += TAKEN_AT_ONCE)
    await api.reviewFeed(feed.id, [], [], items.slice(at, at + TAKEN_AT_ONCE));
  await afterReview(feed);
}

async function afterReview(feed: Feed): Promise<void> {
  await Promise.all([
    cache.invalidateQueries({ queryKey: keys.feeds }),
    cache.invalidateQueries({ queryKey: keys.feedItems(feed.id) }),
    cache.invalidateQueries({ queryKey: keys.courses }),
    cache.invalidateQueries({ queryKey: keys.tasks }),
  ]);
  void replanAround(); /* a whole term takes a moment, and nobody waits for it here */
}

export async function forgetFeed(feed: Feed): Promise<void> {
  await api.deleteFeed(feed);
  tellAgain();
  cache.removeQueries({ queryKey: keys.feedItems(feed.id) });
  await cache.invalidateQueries({ queryKey: keys.feeds });
}
