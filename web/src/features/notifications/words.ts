/* How each notification is said, and where it leads. */

import type { Told } from "../../api/schema";
import { clock, duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";

type Way = keyof typeof m.notifications.ways;

const WAYS: Record<Told["code"], Way> = {
  block_soon: "today",
  due_soon: "tasks",
  is_it_done: "tasks",
  overdue: "tasks",
  short: "plan",
  missed: "today",
  link_fails: "university",
  unsure: "university",
  followed: "university",
  new_in_feed: "university",
  guest: "signUp",
  day_done: "statistics",
  week_on_time: "statistics",
  week: "statistics",
  hours: "statistics",
  tasks: "statistics",
  on_time: "statistics",
  days: "statistics",
};

export function wayOf(told: Told): { to: string; words: string } {
  const way = WAYS[told.code];
  return { to: way === "signUp" ? "/sign-up" : `/${way}`, words: m.notifications.ways[way] };
}

function week(minutes: number, before: number, finished: number): string {
  const words = m.notifications.week(duration(minutes), finished);
  /* Less is no news. */
  return before > 0 && minutes > before
    ? `${words} ${m.notifications.weekMore(duration(minutes - before))}`
    : words;
}

function followed(told: Told, zone: string): string {
  const { title, when, was, count } = told;
  if ((count ?? 1) > 1) return m.notifications.followed(title ?? "", count ?? 0);
  if (when === null || was === null) return m.notifications.changed(title ?? "");
  return m.notifications.movedFrom(title ?? "", moment(was, zone), moment(when, zone));
}

/* One sentence or two, with **marked** words. */
export function wordsOf(told: Told, zone: string): string {
  const words = m.notifications;
  const title = told.title ?? "";
  const n = told.count ?? 0;
  const time = duration(told.minutes ?? 0);
  const when = told.when === null ? "" : moment(told.when, zone);
  switch (told.code) {
    case "block_soon":
      return words.blockSoon(title, told.when === null ? "" : clock(told.when, zone), time);
    case "due_soon":
      return words.dueSoon(title, when, time);
    case "is_it_done":
      return words.isItDone(title);
    case "overdue":
      return words.overdue(title, when, time);
    case "short":
      return words.short(time, when);
    case "missed":
      return words.missed(n, time);
    case "link_fails":
      return words.linkFails(title, when);
    case "unsure":
      return words.unsure(title, n);
    case "followed":
      return followed(told, zone);
    case "new_in_feed":
      return words.newInFeed(title, n);
    case "guest":
      return words.guest(when);
    case "day_done":
      return words.dayDone(time);
    case "week_on_time":
      return words.weekOnTime(n);
    case "week":
      return week(told.minutes ?? 0, told.minutes_before ?? 0, n);
    case "hours":
      return words.hours(n);
    case "tasks":
      return words.tasks(n);
    case "on_time":
      return words.onTime(n);
    case "days":
      return words.days(n);
  }
}
