/* What the form of an event holds, from and to what the API speaks. */

import type { EventChange, NewEvent, Occurrence, StudyEvent } from "../../api/schema";
import { m } from "../../i18n/messages";
import { readRule, writeRule, type Repeat, type Unit } from "../../time/repeat";
import { addDays, daysBetween, parseWall, wallText, weekdayOf } from "../../time/zone";

/* What a change of a repeated event is meant for. */
export type Scope = "one" | "following" | "all";

export interface Draft {
  title: string;
  place: string;
  notes: string;
  course: string;
  date: string;
  endDate: string;
  start: string;
  end: string;
  allDay: boolean;
  busy: boolean;
  /* "asItIs": a rule that this form has no words for. */
  repeat: Unit | "never" | "asItIs";
  every: string;
  days: number[];
  until: string;
}

export type Faults = Partial<Record<keyof Draft, string>>;

const DAY_END = "24:00";

export function newDraft(date: string, from: number, to: number): Draft {
  return {
    title: "",
    place: "",
    notes: "",
    course: "",
    date,
    endDate: date,
    start: wallText(from),
    end: wallText(to),
    allDay: false,
    busy: true,
    repeat: "never",
    every: "1",
    days: [weekdayOf(date)],
    until: "",
  };
}

export function draftOf(event: StudyEvent, occurrence: Occurrence, scope: Scope): Draft {
  const date = scope === "all" ? event.date : occurrence.date;
  const span = event.end_date ? daysBetween(event.date, event.end_date) : 0;
  const read: Repeat | null = event.rule === null ? null : readRule(event.rule, event.date);
  const allDay = event.start === "00:00" && event.end === DAY_END;
  const draft: Draft = {
    title: event.title,
    place: event.place,
    notes: event.notes,
    course: event.course_id ?? "",
    date,
    endDate: addDays(date, span),
    start: allDay ? "09:00" : event.start,
    end: allDay ? "10:00" : event.end,
    allDay,
    busy: event.busy,
    repeat: event.rule === null ? "never" : (read?.unit ?? "asItIs"),
    every: String(read?.every ?? 1),
    days: read?.days.length ? read.days : [weekdayOf(date)],
    until: read?.until ?? "",
  };
  const move = scope === "one" && event.moved.find((each) => each.date === occurrence.date);
  if (!move) return draft;
  return {
    ...draft,
    title: move.title ?? draft.title,
    place: move.place ?? draft.place,
    date: move.to,
    endDate: addDays(move.to, span),
    start: move.start,
    end: move.end,
  };
}

/* A time of day for the API; the browser's own field cannot write 24:00. */
function times(draft: Draft): { start: string; end: string; days: number } {
  const span = Math.max(0, daysBetween(draft.date, draft.endDate));
  if (draft.allDay) return { start: "00:00", end: DAY_END, days: span };
  if (span === 0 && draft.end === "00:00") return { start: draft.start, end: DAY_END, days: 0 };
  if (span === 0 && endsNextDay(draft)) return { start: draft.start, end: draft.end, days: 1 };
  return { start: draft.start, end: draft.end, days: span };
}

/* A shift from ten to six. */
export function endsNextDay(draft: Draft): boolean {
  const start = parseWall(draft.start);
  const end = parseWall(draft.end);
  return start !== null && end !== null && end < start && end > 0 && !draft.allDay;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const EVERY_MAX = 99;

/* It begins on another date than `from`: it goes on for as many days, and that weekday goes along. */
export function onDate(draft: Draft, from: string, date: string): Partial<Draft> {
  if (!DATE.test(date) || !DATE.test(from)) return { date };
  const own = weekdayOf(from);
  return {
    date,
    endDate: addDays(date, Math.max(0, daysBetween(from, draft.endDate))),
    days: draft.days.map((day) => (day === own ? weekdayOf(date) : day)),
  };
}

export function faultsOf(draft: Draft): Faults {
  const faults: Faults = {};
  if (draft.title.trim() === "") faults.title = m.events.needTitle;
  if (!DATE.test(draft.date)) faults.date = m.events.badDate;
  if (!draft.allDay && parseWall(draft.start) === null) faults.start = m.events.badTime;
  if (!draft.allDay && parseWall(draft.end) === null) faults.end = m.events.badTime;
  if (!draft.allDay && draft.start === draft.end && draft.endDate <= draft.date)
    faults.end = m.events.badEnd;
  if (draft.endDate && draft.endDate < draft.date) faults.endDate = m.events.badEnd;
  if (draft.repeat === "never" || draft.repeat === "asItIs") return faults;
  if (!/^\d+$/.test(draft.every) || Number(draft.every) < 1 || Number(draft.every) > EVERY_MAX)
    faults.every = m.events.badEvery;
  if (draft.until && draft.until < draft.date) faults.until = m.events.badUntil;
  return faults;
}

function ruleOf(draft: Draft, before: string | null): string | null {
  if (draft.repeat === "never") return null;
  if (draft.repeat === "asItIs") return before;
  const { repeat: unit, days, until } = draft;
  return writeRule({ unit, every: Number(draft.every), days, until }, draft.date);
}

export function bodyOf(draft: Draft, before: StudyEvent | null): NewEvent {
  const { start, end, days } = times(draft);
  return {
    title: draft.title.trim(),
    notes: draft.notes,
    place: draft.place.trim(),
    course_id: draft.course || null,
    date: draft.date,
    end_date: days > 0 ? addDays(draft.date, days) : null,
    start,
    end,
    rule: ruleOf(draft, before?.rule ?? null),
    busy: draft.busy,
  };
}

/* What differs; days of the repetition are judged from `date` on. */
export function changeOf(draft: Draft, event: StudyEvent, date: string): EventChange {
  const body = bodyOf(draft, event);
  const shift = daysBetween(event.date, date);
  const was: Record<string, unknown> = {
    ...event,
    date,
    end_date: event.end_date && addDays(event.end_date, shift),
  };
  const read = event.rule === null ? null : readRule(event.rule, event.date);
  if (read) was["rule"] = writeRule(read, date);
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => was[name] !== value),
  ) as EventChange;
}

/* One day of the repetition is otherwise. */
export function moveOf(draft: Draft, event: StudyEvent, date: string): EventChange {
  const { start, end } = times(draft);
  const title = draft.title.trim();
  const place = draft.place.trim();
  const others = event.moved.filter((each) => each.date !== date);
  const same =
    draft.date === date &&
    start === event.start &&
    end === event.end &&
    title === event.title &&
    place === event.place;
  if (same) return { moved: others };
  const move = {
    date,
    to: draft.date,
    start,
    end,
    title: title === event.title ? null : title,
    place: place === event.place ? null : place,
  };
  return { moved: [...others, move] };
}
