/* The API's operations, typed. What each does and refuses is said in the OpenAPI document. */

import { ask } from "./client";
import { requestKey } from "./ids";
import type {
  Attachment,
  AccountChange,
  AuditEntry,
  Availability,
  Chances,
  Course,
  Credentials,
  Estimates,
  ExportCheck,
  ImportReport,
  Invitation,
  InvitationMade,
  SignIn,
  EventChange,
  Feed,
  FeedChoice,
  FeedItem,
  FormerPlan,
  FreeDay,
  FreeWindow,
  Me,
  NewAttachment,
  NewCourse,
  NewEvent,
  NewTask,
  Notifications,
  Occurrence,
  Page,
  Person,
  PersonPatch,
  PlanLink,
  Ratio,
  Registration,
  Schedule,
  Settings,
  SettingsChange,
  Statistics,
  StudyEvent,
  Task,
  TaskChange,
  Timer,
  TimerStart,
  ToldState,
  WorkChange,
  WorkEntry,
  NewWork,
  Zone,
  Tidy,
} from "./schema";

const PAGE = 200;

export const createGuest = () => ask<Me>("POST", "/guest", { body: {} });
export const createAccount = (body: Credentials) => ask<Me>("POST", "/accounts", { body });
export const signIn = (body: SignIn) => ask<Me>("POST", "/session", { body });
export const signOut = (everywhere = false) =>
  ask<undefined>("DELETE", everywhere ? "/session?everywhere=true" : "/session");
export const getMe = (signal?: AbortSignal) => ask<Me>("GET", "/me", { ...(signal && { signal }) });
export const changeMe = (body: AccountChange) => ask<Me>("PATCH", "/me", { body });
export const getAudit = (cursor: string) =>
  ask<Page<AuditEntry>>("GET", `/me/audit?limit=50${cursor && `&cursor=${cursor}`}`);
export const getRegistration = () => ask<Registration>("GET", "/registration");
export const getPeople = (search: string, cursor: string) => {
  const query = new URLSearchParams({ limit: "50" });
  if (search) query.set("search", search);
  if (cursor) query.set("cursor", cursor);
  return ask<Page<Person>>("GET", `/admin/users?${query}`);
};
export const changePerson = (id: string, body: PersonPatch) =>
  ask<undefined>("PATCH", `/admin/users/${id}`, { body });
export const getInvitations = () => all<Invitation>("/admin/invitations");
export const createInvitation = (body: { note: string; admin: boolean }) =>
  ask<InvitationMade>("POST", "/admin/invitations", { body });
export const endInvitation = (id: string) => ask<undefined>("DELETE", `/admin/invitations/${id}`);
/* All files are read for it, and all of an archive comes or goes at once: that takes its time. */
const LONG_MS = 3_600_000;
export const checkExport = () =>
  ask<ExportCheck>("GET", "/me/export/check", { timeoutMs: LONG_MS });
export const importArchive = (file: Blob) =>
  ask<ImportReport>("POST", "/me/import", { body: file, timeoutMs: LONG_MS });
export const deleteMe = () => ask<undefined>("DELETE", "/me");

export const getSettings = () => ask<Settings>("GET", "/settings");
export const changeSettings = (version: number, body: SettingsChange) =>
  ask<Settings>("PATCH", "/settings", { body, ifMatch: version });

export const getEstimates = () => ask<Estimates>("GET", "/estimates");
export const getChances = () => ask<Chances>("GET", "/schedule/chances");

export const getStatistics = (days: number) => ask<Statistics>("GET", `/statistics?days=${days}`);

export const getZone = () => ask<Zone>("GET", "/zone");

export const getAvailability = () => ask<Availability>("GET", "/availability");
export const putAvailability = (version: number, week: FreeWindow[], exceptions: FreeDay[]) =>
  ask<Availability>("PUT", "/availability", { body: { week, exceptions }, ifMatch: version });

async function all<T>(
  path:
    | "/admin/invitations"
    | "/courses"
    | "/tasks"
    | "/work"
    | "/feeds"
    | `/feeds/${string}/items`
    | `/tasks/${string}/attachments`,
  query = "",
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const next: Page<T> = await ask<Page<T>>(
      "GET",
      `${path}?limit=${PAGE}${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    items.push(...next.items);
    cursor = next.next;
  }
  return items;
}

export const getCourses = () => all<Course>("/courses");
export const createCourse = (body: NewCourse, key = requestKey()) =>
  ask<Course>("POST", "/courses", { body, key });
export const changeCourse = (course: Course, body: Partial<NewCourse>) =>
  ask<Course>("PATCH", `/courses/${course.id}`, { body, ifMatch: course.version });
export const deleteCourse = (course: Course, key: string) =>
  ask<undefined>("DELETE", `/courses/${course.id}`, { key, ifMatch: course.version });
/* `deletion`: the key of the request that deleted it. */
export const restoreCourse = (id: string, deletion: string) =>
  ask<Course>("POST", `/courses/${id}/restore`, { body: { deletion } });

export const getTasks = () => all<Task>("/tasks");
export const getTask = (id: string) => ask<Task>("GET", `/tasks/${id}`);
export const createTask = (body: NewTask, key = requestKey()) =>
  ask<Task>("POST", "/tasks", { body, key });
export const changeTask = (task: Pick<Task, "id" | "version">, body: TaskChange) =>
  ask<Task>("PATCH", `/tasks/${task.id}`, { body, ifMatch: task.version });
export const deleteTask = (task: Task, key: string) =>
  ask<undefined>("DELETE", `/tasks/${task.id}`, { key, ifMatch: task.version });
export const deleteTasks = (tasks: readonly Task[], key: string) => {
  const seen = tasks.map(({ id, version }) => ({ id, version }));
  return ask<undefined>("POST", "/tasks/delete", { key, body: { tasks: seen } });
};
/* `deletion`: the key of the request that deleted them. */
export const restoreTasks = (deletion: string) =>
  ask<{ items: Task[] }>("POST", "/tasks/restore", { body: { deletion } });
export const completeTasks = (ids: string[], state: "done" | "open") =>
  ask<{ items: Task[] }>("POST", "/tasks/complete", { body: { ids, state } });

/* The log of all tasks, as far as it ended after this instant. */
export const getWork = (since: string) =>
  all<WorkEntry>("/work", `&since=${encodeURIComponent(since)}`);
export const getEntry = (id: string) => ask<WorkEntry>("GET", `/work/${id}`);
export const logWork = (task: string, body: NewWork, key = requestKey()) =>
  ask<WorkEntry>("POST", `/tasks/${task}/work`, { body, key });
export const changeWork = (entry: Pick<WorkEntry, "id" | "version">, body: WorkChange) =>
  ask<WorkEntry>("PATCH", `/work/${entry.id}`, { body, ifMatch: entry.version });
export const deleteWork = (entry: Pick<WorkEntry, "id" | "version">) =>
  ask<undefined>("DELETE", `/work/${entry.id}`, { ifMatch: entry.version });

export const getTimer = () => ask<Timer>("GET", "/timer");
export const startTimer = (body: TimerStart) => ask<WorkEntry>("POST", "/timer/start", { body });
/* null: all of the stretch was work. */
export const pauseTimer = (minutes: number | null) =>
  ask<WorkEntry>("POST", "/timer/pause", { body: { minutes } });
export const resumeTimer = () => ask<WorkEntry>("POST", "/timer/resume", { body: {} });
export const stopTimer = (minutes: number | null) =>
  ask<WorkEntry>("POST", "/timer/stop", { body: { minutes } });

export const getEvent = (id: string) => ask<StudyEvent>("GET", `/events/${id}`);
export const createEvent = (body: NewEvent, key = requestKey()) =>
  ask<StudyEvent>("POST", "/events", { body, key });
export const changeEvent = (event: Pick<StudyEvent, "id" | "version">, body: EventChange) =>
  ask<StudyEvent>("PATCH", `/events/${event.id}`, { body, ifMatch: event.version });
export const deleteEvent = (event: Pick<StudyEvent, "id" | "version">) =>
  ask<undefined>("DELETE", `/events/${event.id}`, { ifMatch: event.version });
/* A new event that goes on from `date`, where this one then ends. */
export const splitEvent = (event: Pick<StudyEvent, "id" | "version">, date: string) =>
  ask<StudyEvent>("POST", `/events/${event.id}/split`, { body: { date }, ifMatch: event.version });

export async function getOccurrences(
  from: string,
  days: number,
  signal?: AbortSignal,
): Promise<Occurrence[]> {
  const path = `/events/occurrences?from=${from}&days=${days}` as const;
  return (await ask<Page<Occurrence>>("GET", path, { ...(signal && { signal }) })).items;
}

export const getAttachments = (task: string) => all<Attachment>(`/tasks/${task}/attachments`);
export const getAttachment = (task: string, id: string) =>
  ask<Attachment>("GET", `/tasks/${task}/attachments/${id}`);
export const createAttachment = (task: string, body: NewAttachment) =>
  ask<Attachment>("POST", `/tasks/${task}/attachments`, { body });
export const deleteAttachment = (attachment: Attachment) =>
  ask<undefined>("DELETE", `/tasks/${attachment.task_id}/attachments/${attachment.id}`, {
    ifMatch: attachment.version,
  });
export const restoreAttachment = (task: string, id: string) =>
  ask<Attachment>("POST", `/tasks/${task}/attachments/${id}/restore`, { body: {} });

export const getPlanLinks = async () => (await ask<Page<PlanLink>>("GET", "/calendar-links")).items;
export const createPlanLink = () => ask<PlanLink>("POST", "/calendar-links", { body: {} });
export const deletePlanLink = (link: PlanLink) =>
  ask<undefined>("DELETE", `/calendar-links/${link.id}`, { ifMatch: link.version });

export const getNotifications = () => ask<Notifications>("GET", "/notifications");
export const markNotifications = (ids: string[], state: ToldState) =>
  ask<Notifications>("POST", "/notifications/marks", { body: { ids, state } });

export const getFeeds = () => all<Feed>("/feeds");
export const getFeedItems = (feed: string) => all<FeedItem>(`/feeds/${feed}/items`);
export const followLink = (url: string) => ask<Feed>("POST", "/feeds", { body: { url } });
export const refreshFeed = (feed: string) =>
  ask<Feed>("POST", `/feeds/${feed}/refresh`, { body: {} });
export const readCalendar = (file: Blob, name: string) =>
  ask<Feed>("POST", `/feeds/file?name=${encodeURIComponent(name)}`, {
    body: file,
    type: "text/calendar",
  });
export const reviewFeed = (
  feed: string,
  take: FeedChoice[],
  leave: string[],
  reopen: string[] = [],
  key = requestKey(),
) => ask<Feed>("POST", `/feeds/${feed}/review`, { body: { take, leave, reopen }, key });
/* `review`: the key of the request that decided. */
export const restoreReview = (feed: string, review: string) =>
  ask<Feed>("POST", `/feeds/${feed}/review/restore`, { body: { review } });
export const deleteFeed = (feed: Feed) =>
  ask<undefined>("DELETE", `/feeds/${feed.id}`, { ifMatch: feed.version });

/* As far as the last due date. With a pace or limit: a preview that stores nothing. */
export function getSchedule(
  shares: { pace?: Ratio; limit?: Ratio } = {},
  signal?: AbortSignal,
): Promise<Schedule> {
  const query = Object.entries(shares).map(([name, { num, den }]) => `&${name}=${num}/${den}`);
  return ask<Schedule>("GET", `/schedule?days=due${query.join("")}`, { ...(signal && { signal }) });
}

export const acceptSchedule = (body: { pace?: Ratio; limit?: Ratio; tidy?: boolean } = {}) =>
  ask<Schedule>("POST", "/schedule/accept", { body });
/* Whether there could be fewer, longer blocks. */
export const getTidy = () => ask<Tidy>("GET", "/schedule/tidy?days=due");
/* The plans that gave way to another, the latest first. */
export const getFormerPlans = async () =>
  (await ask<Page<FormerPlan>>("GET", "/former-plans")).items;
/* How it would be to go back to one now. */
export const getFormerPlan = (id: string, signal?: AbortSignal) =>
  ask<Schedule>("GET", `/former-plans/${id}?days=due`, { ...(signal && { signal }) });
export const restoreFormerPlan = (id: string) =>
  ask<Schedule>("POST", `/former-plans/${id}/restore`, { body: {} });
/* Takes the last acceptance back. */
export const restoreSchedule = () => ask<Schedule>("POST", "/schedule/restore", { body: {} });
