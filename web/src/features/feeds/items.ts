/* What is asked about the things in a calendar, and how they are said. */

import type { FeedItem, FeedValue } from "../../api/schema";
import { clock, dayDate, list, moment, time, weekdayShort } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { readRule } from "../../time/repeat";
import { daysBetween, parseWall, wallAt } from "../../time/zone";

export const hasNews = (item: FeedItem) => item.state === "taken" && item.news !== "none";
export const isWaiting = (item: FeedItem) => item.state === "new" || hasNews(item);
export const isNew = (form: FeedItem["form"]) => (item: FeedItem) =>
  item.state === "new" && item.form === form;

/* Tasks by when they are due, events by when they begin. */
export function order(a: FeedItem, b: FeedItem): number {
  const key = (v: FeedValue) => v.due ?? `${v.date ?? ""}T${v.start}`;
  return key(a.now).localeCompare(key(b.now)) || a.id.localeCompare(b.id);
}

const wall = (text: string) => time(parseWall(text) ?? 0);
const hours = (v: FeedValue) =>
  v.start === "00:00" && v.end === "24:00" ? "" : ` ${wall(v.start)}–${wall(v.end)}`;

/* "Tue 14 Oct 10:15–11:45, every Tue" */
export function whenOf(v: FeedValue, zone: string): string {
  if (v.due !== null) return moment(v.due, zone);
  if (v.date === null) return "";
  const repeat = v.rule === null ? null : readRule(v.rule.replace(/;COUNT=\d+/, ""), v.date);
  const days = list((repeat?.days ?? []).map(weekdayShort));
  const often =
    v.rule === null
      ? ""
      : repeat?.unit !== "WEEKLY"
        ? `, ${m.feeds.repeats}`
        : `, ${repeat.every > 1 ? m.feeds.everyNth(repeat.every, days) : m.feeds.every(days)}`;
  return `${dayDate(v.date)}${hours(v)}${often}`;
}

/* "+2 days"; within a day the time says it. */
function shift(before: string, now: string, zone: string): string {
  const [from, to] = [wallAt(Date.parse(before), zone), wallAt(Date.parse(now), zone)];
  const days = daysBetween(from.date, to.date);
  if (days === 0) return clock(now, zone);
  const said = m.feeds.days(Math.abs(days));
  return days > 0 ? m.feeds.later(said) : m.feeds.earlier(said);
}

const datesOf = (dates: { date: string }[]) => list(dates.map((d) => dayDate(d.date)));

function changeOf(before: FeedValue, now: FeedValue, zone: string): string {
  const { title } = before;
  if (before.due !== now.due && before.due !== null && now.due !== null)
    return m.feeds.due(title, shift(before.due, now.due, zone), moment(now.due, zone));
  const times = (v: FeedValue) => JSON.stringify([v.date, v.end_date, v.start, v.end, v.rule]);
  if (times(before) !== times(now)) return m.feeds.timesNow(title, whenOf(now, zone));
  const skipped = now.skipped.filter((d) => !before.skipped.some((b) => b.date === d.date));
  if (skipped.length > 0) return m.feeds.notOn(title, datesOf(skipped));
  const said = new Set(before.moved.map((move) => JSON.stringify(move)));
  const moved = now.moved.filter((move) => !said.has(JSON.stringify(move)));
  if (moved.length > 0) return m.feeds.otherwiseOn(title, datesOf(moved));
  return title === now.title ? m.feeds.details(title) : m.feeds.renamed(title, now.title);
}

/* What is otherwise than when it was taken, in one sentence with **marked** words. */
export function newsOf(item: FeedItem, zone: string): string {
  if (item.news === "removed") return m.feeds.removed(item.now.title);
  if (item.news === "cancelled") return m.feeds.cancelled(item.now.title);
  const before = item.news === "followed" ? item.was : item.before;
  return changeOf(before ?? item.now, item.now, zone);
}
