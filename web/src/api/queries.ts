/* What the server knows, kept in one cache. Components read it by these hooks; whoever changes
   something writes the reply into the cache and calls `replan`, since the server re-plans with it. */

import {
  QueryCache,
  QueryClient,
  keepPreviousData,
  queryOptions,
  useQuery,
} from "@tanstack/react-query";
import { heard } from "./away";
import { ApiError, onStale } from "./client";
import * as api from "./endpoints";
import type { Attachment, Feed, Me, Ratio, Schedule, Task, Timer } from "./schema";

export const keys = {
  me: ["me"],
  settings: ["settings"],
  availability: ["availability"],
  courses: ["courses"],
  tasks: ["tasks"],
  schedule: ["schedule"],
  estimates: ["estimates"],
  statistics: ["statistics"],
  chances: ["chances"],
  zone: ["zone"],
  audit: ["audit"],
  registration: ["registration"],
  people: ["people"],
  invitations: ["invitations"],
  occurrences: ["occurrences"],
  timer: ["timer"],
  work: ["work"],
  feeds: ["feeds"],
  planLinks: ["plan-links"],
  notifications: ["notifications"],
  feedItems: (feed: string) => ["feed-items", feed] as const,
  attachments: (task: string) => ["attachments", task] as const,
} as const;

export const cache = new QueryClient({
  queryCache: new QueryCache({
    /* A session that ended elsewhere: forget who we were, and the app shows the way back in. */
    onError: (error, query) => {
      heard(error);
      if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== "me")
        sessionEnded();
    },
    /* What changed meanwhile is asked for anew. */
    onSuccess: () => {
      if (heard(null)) void cache.invalidateQueries();
    },
  }),
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: 30_000,
      gcTime: 600_000,
      /* Asked also when the browser thinks that there is no network: a server in the house needs none,
         and who waits is told why. */
      networkMode: "always",
      refetchOnReconnect: true,
    },
  },
});

export function sessionEnded(): void {
  const me = cache.getQueryData<Me | null>(keys.me);
  cache.setQueryData(keys.me, null);
  if (me) cache.setQueryData(["ended"], me);
}

/* Nobody's data may outlive their session in this tab. */
export function becomes(me: Me | null): void {
  cache.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
  cache.setQueryData(keys.me, me);
}

/* undefined while unknown, null without a session. */
const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await api.getMe(signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 300_000,
});
const settingsQuery = queryOptions({ queryKey: keys.settings, queryFn: api.getSettings });
const availabilityQuery = queryOptions({
  queryKey: keys.availability,
  queryFn: api.getAvailability,
});
const coursesQuery = queryOptions({ queryKey: keys.courses, queryFn: api.getCourses });
const tasksQuery = queryOptions({ queryKey: keys.tasks, queryFn: api.getTasks });

export const useMe = () => useQuery(meQuery);
/* Who may sign up here: the same for everybody, and for as long as the server runs. */
export const useRegistration = () =>
  useQuery({
    queryKey: keys.registration,
    queryFn: api.getRegistration,
    staleTime: Infinity,
  });
export const useSettings = () => useQuery(settingsQuery);
export const useAvailability = () => useQuery(availabilityQuery);
export const useCourses = () => useQuery(coursesQuery);
export const useAttachments = (task: string) =>
  useQuery({ queryKey: keys.attachments(task), queryFn: () => api.getAttachments(task) });
export const useTasks = () => useQuery(tasksQuery);

/* What finished tasks tell, and how likely deadlines are met: asked for by whoever shows it. */
export const useEstimates = () => useQuery({ queryKey: keys.estimates, queryFn: api.getEstimates });

/* A year and the weeks around its ends. */
const STATISTICS_DAYS = 380;

export const useStatistics = () =>
  useQuery({
    queryKey: keys.statistics,
    queryFn: () => api.getStatistics(STATISTICS_DAYS),
    staleTime: 0,
  });
export const useChances = () => useQuery({ queryKey: keys.chances, queryFn: api.getChances });

export const usePlanLinks = () => useQuery({ queryKey: keys.planLinks, queryFn: api.getPlanLinks });

/* Some are told because time passes: the server says when to ask again. In the background too, since
   the browser may be asked to tell them. */
const TELL_MS = 300_000;

export const useNotifications = () =>
  useQuery({
    queryKey: keys.notifications,
    queryFn: api.getNotifications,
    refetchInterval: ({ state: { data } }) =>
      data
        ? Math.min(TELL_MS, Math.max(1_000, Date.parse(data.later) - Date.parse(data.now)))
        : TELL_MS,
    refetchIntervalInBackground: true,
  });

/* After something has changed: many changes in a row ask once. */
const SETTLE_MS = 700;
let asking: ReturnType<typeof setTimeout> | undefined;

export function tellAgain(): void {
  clearTimeout(asking);
  asking = setTimeout(
    () => void cache.invalidateQueries({ queryKey: keys.notifications }),
    SETTLE_MS,
  );
}

/* Another device was faster: the newest state is loaded, as is said then. Settings and free hours are by
   those who change them, many changes in a row once. */
let catching: ReturnType<typeof setTimeout> | undefined;

onStale(() => {
  clearTimeout(catching);
  catching = setTimeout(() => {
    for (const queryKey of [keys.tasks, keys.courses, keys.occurrences, keys.timer, keys.work])
      void cache.invalidateQueries({ queryKey });
  }, SETTLE_MS);
});

/* A link that is about to be read is looked at again soon. */
export const isBeingRead = (feed: Feed, now = Date.now()) =>
  feed.next !== null && Date.parse(feed.next) <= now;

export const useFeeds = () =>
  useQuery({
    queryKey: keys.feeds,
    queryFn: api.getFeeds,
    refetchInterval: ({ state }) => (state.data?.some((f) => isBeingRead(f)) ? 1_500 : 300_000),
  });
/* A new edition has new things in it: they are asked for with its version. */
export const feedItemsQuery = (feed: Feed) =>
  queryOptions({
    queryKey: [...keys.feedItems(feed.id), feed.version] as const,
    queryFn: () => api.getFeedItems(feed.id),
    placeholderData: keepPreviousData,
  });
export const useFeedItems = (feed: Feed) => useQuery(feedItemsQuery(feed));

/* The clock changes of the settings' zone; a day later the server lists others. */
export const useZone = (name: string | undefined) =>
  useQuery({
    queryKey: [...keys.zone, name],
    queryFn: api.getZone,
    enabled: name !== undefined,
    staleTime: 86_400_000,
  });

interface Shares {
  pace?: Ratio;
  limit?: Ratio;
}

const share = (ratio?: Ratio) => (ratio ? `${ratio.num}/${ratio.den}` : "");
const ACCEPTED = "accepted";
const scheduleQuery = (wanted?: Shares) =>
  queryOptions({
    queryKey: [
      ...keys.schedule,
      wanted ? `${share(wanted.pace)} ${share(wanted.limit)}` : ACCEPTED,
    ] as const,
    queryFn: ({ signal }) => api.getSchedule(wanted, signal),
  });

/* Asks for what every page shows before any page is there to ask. Who is not signed in gets no
   answer to any of it, which is no harm. */
export function askAhead(): Promise<unknown> {
  return Promise.all([
    cache.prefetchQuery(meQuery),
    cache.prefetchQuery(settingsQuery),
    cache.prefetchQuery(availabilityQuery),
    cache.prefetchQuery(coursesQuery),
    cache.prefetchQuery(tasksQuery),
    cache.prefetchQuery(scheduleQuery()),
  ]);
}

/* The stored plan, or with a pace or limit a preview of it by the server; the latest wins and the
   former picture stays until the new one is there. */
export function useSchedule(wanted?: Shares) {
  return useQuery({
    ...scheduleQuery(wanted),
    placeholderData: keepPreviousData,
    /* Time passes: blocks begin, are missed, and the seal must not outlive its hour. */
    refetchInterval: wanted ? false : 300_000,
    ...(wanted && { gcTime: 10_000 }),
  });
}

/* Asked for by whoever shows it: the server makes another plan for it. */
export const useTidy = () =>
  useQuery({ queryKey: [...keys.schedule, "tidy"], queryFn: api.getTidy });

/* The plans that gave way to another; with each new plan, there may be one more. */
const FORMER = [...keys.schedule, "former"] as const;

export const useFormerPlans = () =>
  useQuery({ queryKey: FORMER, queryFn: api.getFormerPlans, placeholderData: keepPreviousData });

export const useFormerPlan = (id: string) =>
  useQuery({
    queryKey: [...FORMER, id],
    queryFn: ({ signal }) => api.getFormerPlan(id, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });

/* When events take place on these dates; the former picture stays until the new one is there. */
export function useOccurrences(from: string, days: number) {
  return useQuery({
    queryKey: [...keys.occurrences, from, days],
    queryFn: ({ signal }) => api.getOccurrences(from, days, signal),
    enabled: days > 0,
    placeholderData: keepPreviousData,
  });
}

/* The stored plan as it was last heard of; what a change does to it is said in comparison. */
export const knownPlan = (): Schedule | undefined => cache.getQueryData(scheduleQuery().queryKey);

/* The timer, with how far the server's clock is ahead of this one. */
export interface Ticking extends Timer {
  skewMs: number;
}

/* Another device may start or stop it, so it is asked for again every half minute. */
export const useTimer = () =>
  useQuery({
    queryKey: keys.timer,
    queryFn: async (): Promise<Ticking> => {
      const timer = await api.getTimer();
      return { ...timer, skewMs: Date.parse(timer.now) - Date.now() };
    },
    staleTime: 5_000,
    refetchInterval: 30_000,
  });

/* The log of what ended after an instant; the former picture stays until the new one is there. */
export const useWork = (since: string) =>
  useQuery({
    queryKey: [...keys.work, since],
    queryFn: () => api.getWork(since),
    placeholderData: keepPreviousData,
  });

/* Ask for the log and the timer again; resolves when they are there. */
export async function relog(): Promise<void> {
  tellAgain();
  await Promise.all([
    cache.invalidateQueries({ queryKey: keys.timer }),
    cache.invalidateQueries({ queryKey: keys.work }),
  ]);
}

/* A list that is on its way may be older than what is put into it: it is asked for anew. */
function askAnewIfOnItsWay(): void {
  if (cache.isFetching({ queryKey: keys.tasks }) > 0)
    void cache.invalidateQueries({ queryKey: keys.tasks });
}

/* Puts tasks into the list as the server returned them. */
export function putTasks(changed: Task[]): void {
  askAnewIfOnItsWay();
  cache.setQueryData<Task[]>(keys.tasks, (list) => {
    if (!list) return list;
    const byId = new Map(list.map((task) => [task.id, task]));
    for (const task of changed) byId.set(task.id, task);
    return [...byId.values()];
  });
}

/* Puts an attachment into the list of its task. */
export function putAttachment(changed: Attachment): void {
  cache.setQueryData<Attachment[]>(
    keys.attachments(changed.task_id),
    (list) =>
      list &&
      [...list.filter((a) => a.id !== changed.id), changed].sort((a, b) =>
        a.id.localeCompare(b.id),
      ),
  );
}

export function dropTask(id: string): void {
  askAnewIfOnItsWay();
  cache.setQueryData<Task[]>(keys.tasks, (list) => list?.filter((task) => task.id !== id));
}

/* The same after events have changed. */
export async function replanAround(): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: keys.occurrences }), replan()]);
}

/* Ask for the plan again; resolves when it is there. */
export function replan(): Promise<void> {
  tellAgain();
  void cache.invalidateQueries({ queryKey: keys.estimates });
  void cache.invalidateQueries({ queryKey: keys.chances });
  return cache.invalidateQueries({ queryKey: keys.schedule });
}
