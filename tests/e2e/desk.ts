/* A desk made by the API, for stories that begin in the middle. */
import type { Page } from "playwright-core";

const week = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
  { day, start: "08:00", end: "12:00" },
  { day, start: "13:00", end: "20:00" },
]);

/** Asks the API as the page's person, and waits when asked to. */
export async function send<T>(
  page: Page,
  method: string,
  path: string,
  data?: unknown,
): Promise<T> {
  for (;;) {
    const reply = await page.request.fetch(`/api/v1${path}`, { method, data });
    if (reply.ok()) return (reply.status() === 204 ? undefined : await reply.json()) as T;
    if (reply.status() !== 429) throw new Error(await reply.text());
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Makes the page's person a guest with free days and so many tasks, due within four weeks. */
export async function newDesk(page: Page, tasks: number): Promise<void> {
  await send(page, "POST", "/guest", {});
  await send(page, "PUT", "/availability", { week });
  for (let i = 0; i < tasks; i++)
    await send(page, "POST", "/tasks", {
      title: `Task ${String(i)}`,
      estimate_min: 20 + ((i * 37) % 8) * 10,
      due: new Date(Date.now() + (1 + ((i * 7919) % 24)) * 86_400_000)
        .toISOString()
        .replace(/\.\d+Z/, "Z"),
      priority: 1 + (i % 5),
    });
}

/** RFC 3339, so many minutes from now. */
export const minutesAhead = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z/, "Z");

const DAY_MIN = 1440;

/** Makes the page's person a guest who is free around the clock, so that it is always a time to work. */
export async function freeDesk(page: Page, titles: string[]): Promise<string[]> {
  const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "00:00", end: "24:00" }));
  await send(page, "POST", "/guest", {});
  await send(page, "PATCH", "/settings", { zone: "Europe/Berlin" });
  await send(page, "PUT", "/availability", { week: always });
  const ids: string[] = [];
  for (const [i, title] of titles.entries()) {
    const due = minutesAhead((2 + i) * DAY_MIN);
    const task = await send<{ id: string }>(page, "POST", "/tasks", {
      title,
      estimate_min: 300,
      due,
    });
    ids.push(task.id);
  }
  return ids;
}

/** The same with a task done, work logged, and the timer running on another. */
export async function busyDesk(page: Page): Promise<void> {
  const [essay, sheet, reading] = await freeDesk(page, ["Essay on Kant", "Sheet 5", "Chapter 7"]);
  await send(page, "POST", `/tasks/${essay}/work`, {
    start: minutesAhead(-3),
    minutes: 2,
    note: "An outline",
  });
  await send(page, "POST", "/tasks/complete", { ids: [reading], state: "done" });
  await send(page, "POST", "/timer/start", { task_id: sheet, focus_min: 25, break_min: 5 });
}

const DAY_MS = DAY_MIN * 60_000;

/** In the week after the next, no hour of which has come; the same one until the tests have ended. */
const MONDAY_MS = Date.now() + (14 - ((new Date().getUTCDay() + 6) % 7)) * DAY_MS;

/** So many days behind its Monday. */
export const aheadDay = (n: number): string =>
  new Date(MONDAY_MS + n * DAY_MS).toISOString().slice(0, 10);

/** Makes the page's person a guest on universal time who is free from 8 to 20 every day. */
export async function dayDesk(page: Page): Promise<void> {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "20:00" }));
  await send(page, "POST", "/guest", {});
  await send(page, "PATCH", "/settings", { zone: "UTC" });
  await send(page, "PUT", "/availability", { week: days });
}

interface Finished {
  course_id: string;
  title: string;
  estimate_min: number;
  /** Minutes logged, and how many days ago. */
  worked: number;
  ago: number;
}

const HISTORY_TASKS = ["Sources", "Reading notes", "Essay plan", "Translation", "Review"];
const PHYSICS_TASKS = ["Sheet 1", "Sheet 2", "Lab report", "Sheet 3"];

/**
 * Makes the page's person somebody who has logged and finished tasks of two courses in the past weeks,
 * History longer than estimated, and has others to do.
 */
export async function learnedDesk(page: Page): Promise<void> {
  await freeDesk(page, ["Find a room"]);
  const course = async (name: string, code: string, color: number) =>
    (await send<{ id: string }>(page, "POST", "/courses", { name, code, color })).id;
  const history = await course("History", "HIS", 2);
  const physics = await course("Physics", "PHY", 5);
  const finished: Finished[] = [
    ...HISTORY_TASKS.map((title, i) => ({
      ...{ course_id: history, title, estimate_min: 60 + 30 * i },
      ...{ worked: 95 + 40 * i, ago: 2 + 4 * i },
    })),
    ...PHYSICS_TASKS.map((title, i) => ({
      ...{ course_id: physics, title, estimate_min: 120 },
      ...{ worked: 90 + 25 * i, ago: 1 + 6 * i },
    })),
  ];
  for (const { worked, ago, ...task } of finished) {
    const due = minutesAhead(DAY_MIN);
    const { id } = await send<{ id: string }>(page, "POST", "/tasks", { ...task, due });
    const start = minutesAhead(-ago * DAY_MIN - worked);
    await send(page, "POST", `/tasks/${id}/work`, { start, minutes: worked, note: "" });
    await send(page, "POST", "/tasks/complete", { ids: [id], state: "done" });
  }
  const open = { estimate_min: 240, due: minutesAhead(9 * DAY_MIN) };
  await send(page, "POST", "/tasks", { ...open, title: "Essay on Weimar", course_id: history });
  await send(page, "POST", "/tasks", { ...open, title: "Sheet 4", course_id: physics });
}
