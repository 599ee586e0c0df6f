/* A right body for every operation that takes one. */
import { newEmail, password } from "../support/server.ts";

/** Work that may be logged, now and again alike. */
const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
const week = [{ day: 1, start: "09:00", end: "12:00" }];

/** A lecture on Tuesdays. */
export function anEvent(): Record<string, unknown> {
  return {
    title: "Lecture",
    date: "2036-10-14",
    start: "10:15",
    end: "11:45",
    rule: "FREQ=WEEKLY;COUNT=15",
  };
}

let calendars = 0;

/** A calendar that has nothing in common with another. */
export function aCalendar(): string {
  calendars += 1;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Test//EN",
    "BEGIN:VEVENT",
    `UID:sheet-${String(calendars)}@test`,
    "DTSTART:20361024T100000Z",
    "SUMMARY:Sheet 1",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

/** The key of a request that deleted a task of the caller. */
export const deletionKey = "0192f0c1-2345-4abc-8def-000000000001";

/** The key of a review of the caller's calendar, which may be taken back. */
export const reviewKey = "0192f0c1-2345-4abc-8def-000000000002";

/** `id`: of a task of the caller. */
export function sampleBody(method: string, path: string, id: string): unknown {
  switch (`${method} ${path.replace("/api/v1", "")}`) {
    case "POST /guest":
    case "POST /schedule/accept":
    case "POST /schedule/restore":
    case "POST /former-plans/{id}/restore":
      return {};
    case "POST /accounts":
      return { email: newEmail(), password };
    case "PATCH /admin/users/{id}":
      return { admin: false, disabled: true, storage_mib: 10 };
    case "POST /admin/invitations":
      return { note: "For Anna", admin: false, days: 3 };
    case "POST /session":
      return { email: newEmail(), password, guest: "keep" };
    case "PATCH /me":
      return { email: newEmail(), current_password: password };
    case "PATCH /settings":
      return {
        zone: "Europe/Berlin",
        pace: { num: 1, den: 2 },
        limit: { num: 1, den: 1 },
        language: "de",
        clock: "24h",
        week_start: "monday",
        estimates: "median",
      };
    case "PUT /availability":
      return { week, exceptions: [{ date: "2036-11-26", windows: [] }] };
    case "POST /events":
    case "PATCH /events/{id}":
      return anEvent();
    case "POST /events/{id}/split":
      return { date: "2036-10-28" };
    case "POST /feeds":
      return { url: "https://calendar.example.org/term.ics", name: "Term" };
    case "POST /calendar-links":
    case "POST /feeds/{id}/refresh":
      return {};
    case "PATCH /feeds/{id}":
      return { name: "Algorithms" };
    case "POST /feeds/{id}/review/restore":
      return { review: reviewKey };
    case "POST /feeds/{id}/review":
      return { take: [], leave: [], reopen: [] };
    case "POST /courses":
    case "PATCH /courses/{id}":
      return { name: "History", code: "HIS", color: 3 };
    case "POST /courses/{id}/restore":
    case "POST /tasks/restore":
      return { deletion: deletionKey };
    case "POST /tasks":
    case "PATCH /tasks/{id}":
      return {
        title: "Essay",
        notes: "",
        estimate_min: 60,
        worked_min: 0,
        remaining_min: 60,
        priority: 3,
        due: "2036-11-27T17:00:00Z",
        state: "open",
        course_id: null,
        earliest: null,
        prerequisites: [],
        checklist: [{ text: "Outline", done: false }],
        repeat_unit: "week",
        repeat_every: 2,
        min_session_min: 25,
        pinned: [],
      };
    case "POST /tasks/{id}/work":
    case "PATCH /work/{id}":
      return { start: anHourAgo, minutes: 25, note: "" };
    case "POST /timer/start":
      return { task_id: id, focus_min: 25, break_min: 5 };
    case "POST /timer/pause":
    case "POST /timer/stop":
      return {};
    case "POST /tasks/{id}/attachments":
      return { name: "notes.txt", size: 5 };
    case "POST /timer/resume":
    case "POST /tasks/{id}/attachments/{part}/restore":
      return {};
    case "POST /notifications/marks":
      return { ids: [id], state: "read" };
    case "POST /tasks/complete":
      return { ids: [id], state: "done" };
    case "POST /tasks/delete":
      return { tasks: [{ id, version: 0 }] };
    default:
      throw new Error(`no sample body for ${method} ${path}`);
  }
}
