/*
 * The page with all tasks: what is shown and in which order, and one action on many, each taken back
 * by one undo. What the page says is held against what the server has.
 */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { minutesAhead, newDesk, send } from "./desk.ts";

const TEST_MS = 4 * PATIENCE_MS;
const DAY_MIN = 1440;
const LONG = 90;

interface Kept {
  id: string;
  version: number;
  title: string;
  due: string;
  priority: number;
  state: string;
  course_id: string | null;
  prerequisites: string[];
  worked_min: number;
}

const at = served();

afterEach(async () => {
  for (const context of at.browser.contexts()) await context.close();
});

const TITLES = ["Essay", "Sheet 1", "Sheet 2", "Lab report", "Reading", "Talk"];

/** Somebody with six tasks, due one after the other in that order, and the page that lists them. */
async function listing(address = "/tasks"): Promise<Page> {
  const page = await newPerson(at.browser, at.site.url);
  await page.goto("/");
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "20:00" }));
  await send(page, "POST", "/guest", {});
  await send(page, "PATCH", "/settings", { zone: "Europe/Berlin" });
  await send(page, "PUT", "/availability", { week });
  for (const [i, title] of TITLES.entries())
    await send(page, "POST", "/tasks", {
      title,
      estimate_min: 60 + 10 * i,
      due: minutesAhead((2 + 3 * i) * DAY_MIN),
      priority: 1 + ((i * 2) % 5),
    });
  await page.goto(address);
  return page;
}

const kept = async (page: Page): Promise<Kept[]> =>
  (await send<{ items: Kept[] }>(page, "GET", "/tasks?limit=200")).items;
const one = async (page: Page, title: string): Promise<Kept> => {
  const found = (await kept(page)).find((task) => task.title === title);
  assert.ok(found, title);
  return found;
};
/** What another device does to a task. */
async function elsewhere(page: Page, method: string, title: string, data?: unknown): Promise<void> {
  const { id, version } = await one(page, title);
  const headers = { "if-match": `"${String(version)}"` };
  const reply = await page.request.fetch(`/api/v1/tasks/${id}`, { method, data, headers });
  assert.ok(reply.ok(), await reply.text());
}
/** Everything of the tasks but their versions, which only grow. */
const content = (tasks: Kept[]): unknown => tasks.map((task) => ({ ...task, version: 0 }));

const row = (page: Page, title: string): Locator =>
  page.getByRole("row").filter({ has: page.getByRole("button", { name: title, exact: true }) });
const selected = (page: Page): Promise<string[]> =>
  page.locator("tr[aria-selected=true] .ttl").allInnerTexts();
const bar = (page: Page): Locator => page.getByRole("toolbar");

async function undo(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Undo/ }).click();
  await said(page, /^Undone\./);
}

/** Waits until the list shows these, in this order. */
async function shows(page: Page, expected: string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("tr[data-id] .ttl")].map((t) => t.textContent).join("|") ===
      wanted,
    expected.join("|"),
  );
}

test("one task after the other is typed, from the first on", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-first", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await send(page, "POST", "/guest", {});
    await page.goto("/tasks");
    await page.getByRole("heading", { name: "Nothing to plan yet" }).waitFor();
    const line = page.getByRole("textbox", { name: "New task" });
    await line.focus();
    for (const title of ["Letter", "Talk", "Poster"]) {
      await page.keyboard.type(`${title} 30 min`);
      await page.keyboard.press("Enter");
      await row(page, title).waitFor();
      await line.and(page.locator(":focus:not([readonly])")).waitFor();
    }
    assert.deepEqual((await kept(page)).map((task) => task.title).sort(), [
      "Letter",
      "Poster",
      "Talk",
    ]);
    await page.goto("/today");
    await page.goto("/tasks");
    await row(page, "Talk").waitFor();
    assert.equal(await line.count(), 0);
  });
});

test("a long word stays within a narrow window", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-narrow", async () => {
    const page = await listing();
    const title = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    await send(page, "POST", "/tasks", { title, estimate_min: 60, due: minutesAhead(DAY_MIN) });
    for (const width of [800, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto("/tasks");
      await page.getByRole("button", { name: title }).first().waitFor();
      const edges = await page.evaluate(() => {
        const cards = [...document.querySelectorAll(".tcard .pri5")];
        const last = cards.map((card) => card.getBoundingClientRect().right);
        return [document.documentElement.scrollWidth, ...last];
      });
      assert.ok(Math.max(...edges) <= width, `${String(width)}: ${edges.join(" ")}`);
    }
  });
});

test("order and filter, by head and address, outlast a reload", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-order", async () => {
    const page = await listing();
    await shows(page, TITLES);
    const head = page.getByRole("columnheader", { name: "Priority" });
    assert.equal(await head.getAttribute("aria-sort"), "none");
    await head.getByRole("button").click();
    await shows(page, ["Sheet 2", "Reading", "Sheet 1", "Lab report", "Essay", "Talk"]);
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    await head.getByRole("button").press("Enter");
    await shows(page, ["Essay", "Talk", "Lab report", "Sheet 1", "Reading", "Sheet 2"]);
    await page.reload();
    await shows(page, ["Essay", "Talk", "Lab report", "Sheet 1", "Reading", "Sheet 2"]);

    await page.getByRole("button", { name: /^Due in 7 days/ }).click();
    await shows(page, ["Essay", "Sheet 1"]);
    assert.match(page.url(), /\/tasks\?filter=week$/);
    await page.reload();
    await shows(page, ["Essay", "Sheet 1"]);

    await page.goto("/tasks?filter=dropped");
    await page.getByRole("heading", { name: "Nothing was dropped" }).waitFor();
    await page.getByRole("button", { name: "Show open tasks" }).click();
    await page.getByRole("searchbox").fill("sheet");
    await shows(page, ["Sheet 1", "Sheet 2"]);
    await page.getByRole("searchbox").fill("nowhere");
    await page.getByRole("heading", { name: "Nothing here matches “nowhere”" }).waitFor();
    await page.getByRole("button", { name: "Clear the search" }).click();
    await page
      .locator("tr[data-id]")
      .nth(TITLES.length - 1)
      .waitFor();
    assert.equal(await page.locator("tr[data-id]").count(), TITLES.length);
  });
});

test("by keyboard: a range, all, none; done, and one undo", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-keys", async () => {
    const page = await listing();
    await shows(page, TITLES);
    const before = content(await kept(page));
    await row(page, "Essay").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    assert.deepEqual(await selected(page), ["Sheet 1", "Sheet 2", "Lab report"]);
    await page.keyboard.press("Shift+ArrowUp");
    assert.deepEqual(await selected(page), ["Sheet 1", "Sheet 2"]);
    await page.keyboard.press("Control+a");
    assert.deepEqual(await selected(page), TITLES);
    await page.keyboard.press("Escape");
    assert.deepEqual(await selected(page), []);
    await bar(page).waitFor({ state: "detached" });

    await row(page, "Sheet 1").click();
    await row(page, "Lab report").click({ modifiers: ["Shift"] });
    await row(page, "Talk").click({ modifiers: ["Control"] });
    assert.deepEqual(await selected(page), ["Sheet 1", "Sheet 2", "Lab report", "Talk"]);
    await bar(page).getByText("4 selected").waitFor();
    await bar(page).getByRole("button", { name: "Done" }).click();
    await said(page, /^4\stasks done\./);
    await shows(page, ["Essay", "Reading"]);
    assert.equal((await kept(page)).filter((task) => task.state === "done").length, 4);
    await undo(page);
    await shows(page, TITLES);
    assert.deepEqual(content(await kept(page)), before);
  });
});

test(
  "moving keeps the time of day; dropping, and opening again",
  { timeout: TEST_MS },
  async () => {
    await pictured(at.browser, "tasks-move", async () => {
      const page = await listing();
      await shows(page, TITLES);
      const before = await kept(page);
      const clock = (due: string) =>
        new Date(due).toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" });
      await page.getByRole("button", { name: "Select", exact: true }).click();
      await page.getByRole("checkbox", { name: "Select all" }).click();
      await bar(page).getByRole("button", { name: "Move" }).click();
      const days = page.getByRole("spinbutton", { name: "Days" });
      await days.fill("0.5");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: "Move", exact: true })
        .last()
        .click();
      await page.getByText("A whole number from").waitFor();
      await days.fill("200");
      await page.getByRole("button", { name: /^Move 200\sdays later$/ }).click();
      await said(page, /^6\stasks moved\./);
      for (const task of before) {
        const now = await one(page, task.title);
        const on = (due: string) =>
          Date.parse(new Date(due).toLocaleDateString("en-CA", { timeZone: "Europe/Berlin" }));
        assert.equal(on(now.due) - on(task.due), 200 * DAY_MIN * 60_000, task.title);
        assert.equal(clock(now.due), clock(task.due), "summer time has come in between");
      }
      await bar(page).getByText("6 selected").waitFor();
      await undo(page);
      assert.deepEqual(content(await kept(page)), content(before));

      await bar(page).getByRole("button", { name: "Drop" }).click();
      await said(page, /^6\stasks dropped\./);
      await page.getByRole("heading", { name: "Nothing is open" }).waitFor();
      await page.getByRole("button", { name: /^Dropped/ }).click();
      await page.getByRole("button", { name: "Reopen Talk" }).click();
      await said(page, /^Talk is open again/);
      await shows(page, ["Reading", "Lab report", "Sheet 2", "Sheet 1", "Essay"]);
      await page.getByRole("button", { name: "Select", exact: true }).click();
      await page.getByRole("checkbox", { name: "Select Essay" }).click();
      await bar(page).getByRole("button", { name: "Reopen" }).click();
      await said(page, /^1\stask open again\./);
      assert.equal((await one(page, "Essay")).state, "open");
    });
  },
);

test("what another device did is respected and told", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-refused", async () => {
    const page = await listing();
    await shows(page, TITLES);
    await elsewhere(page, "PATCH", "Essay", { notes: "Written elsewhere" });
    await elsewhere(page, "PATCH", "Sheet 1", { priority: 2 });
    await elsewhere(page, "DELETE", "Talk");
    /* The server asks to wait more often than one request would. */
    let asked = 0;
    const report = (await one(page, "Lab report")).id;
    await page.route(`**/api/v1/tasks/${report}`, async (route) => {
      if (route.request().method() !== "PATCH" || ++asked > 4) return route.continue();
      return route.fulfill({ status: 429, headers: { "Retry-After": "0" }, body: "{}" });
    });

    await page.getByRole("button", { name: "Select", exact: true }).click();
    await page.keyboard.press("Control+a");
    await bar(page).getByRole("button", { name: "Priority" }).click();
    await page.getByRole("button", { name: "4: high" }).click();
    await said(page, /^4 of 6\stasks set to priority 4\./);
    assert.ok(asked > 4, "it has to go on asking");
    const note = page.getByRole("alert");
    await note.getByText("2 tasks stayed as they were.").waitFor();
    await note.getByText(/^Sheet 1: Another device was faster/).waitFor();
    await note.getByText(/^Talk: /).waitFor();
    const priorities = async () =>
      Object.fromEntries((await kept(page)).map((task) => [task.title, task.priority]));
    const changed = { Essay: 4, "Sheet 1": 2, "Sheet 2": 4, "Lab report": 4, Reading: 4 };
    assert.deepEqual(await priorities(), changed);

    await note.getByRole("button", { name: "Select these" }).click();
    assert.deepEqual(await selected(page), ["Sheet 1"], "what is gone cannot be selected");
    await undo(page);
    const back = { Essay: 1, "Sheet 1": 2, "Sheet 2": 5, "Lab report": 2, Reading: 4 };
    assert.deepEqual(await priorities(), back);
  });
});

test("what was deleted comes back with what waited for it", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-deleted", async () => {
    const page = await listing();
    const wait = async (title: string, other: string) =>
      elsewhere(page, "PATCH", title, { prerequisites: [(await one(page, other)).id] });
    await wait("Sheet 2", "Sheet 1");
    await wait("Talk", "Sheet 2");
    await elsewhere(page, "PATCH", "Sheet 1", {
      checklist: [{ text: "Read it", done: true }],
      repeat_unit: "week",
      repeat_every: 2,
    });
    const start = minutesAhead(-60);
    const sheet = (await one(page, "Sheet 1")).id;
    const work = `/tasks/${sheet}/work`;
    const entry = await send<{ id: string }>(page, "POST", work, { start, minutes: 20 });
    const course = await send<{ id: string }>(page, "POST", "/courses", { name: "Logic" });
    await page.reload();
    await shows(page, TITLES);
    const before = content(await kept(page));

    await row(page, "Essay").click();
    await row(page, "Sheet 2").click({ modifiers: ["Shift"] });
    await bar(page).getByRole("button", { name: "Course" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Logic" }).click();
    await said(page, /^3\stasks put into Logic\./);
    assert.equal((await one(page, "Sheet 1")).course_id, course.id);
    await undo(page);

    await bar(page).getByRole("button", { name: "Delete" }).click();
    await said(page, /^3\stasks deleted\./);
    await shows(page, ["Lab report", "Reading", "Talk"]);
    assert.deepEqual((await one(page, "Talk")).prerequisites, []);
    await undo(page);
    await shows(page, TITLES);
    assert.deepEqual(content(await kept(page)), before);

    // One by itself; and the work that was logged on it counts for it.
    await page.getByRole("button", { name: "Sheet 1", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await said(page, /^Sheet 1 deleted\./);
    await shows(
      page,
      TITLES.filter((title) => title !== "Sheet 1"),
    );
    await undo(page);
    await shows(page, TITLES);
    assert.deepEqual(content(await kept(page)), before);
    const headers = { "if-match": "*" };
    const gone = await page.request.delete(`/api/v1/work/${entry.id}`, { headers });
    assert.ok(gone.ok(), await gone.text());
    assert.equal((await one(page, "Sheet 1")).worked_min, 0);
  });
});

test("a deleted course comes back with all that was in it", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-course", async () => {
    const page = await listing();
    const body = { name: "Logic", code: "LOG", color: 7 };
    const course = await send<{ id: string }>(page, "POST", "/courses", body);
    for (const title of ["Essay", "Talk"])
      await elsewhere(page, "PATCH", title, { course_id: course.id });
    const noon = { start: "12:00", end: "13:00", date: "2036-10-14" };
    const event = { ...noon, title: "Lecture", course_id: course.id };
    const { id: lecture } = await send<{ id: string }>(page, "POST", "/events", event);
    const courses = async () => (await send<{ items: object[] }>(page, "GET", "/courses")).items;
    const lectureIn = async () =>
      (await send<{ course_id: string | null }>(page, "GET", `/events/${lecture}`)).course_id;
    await page.reload();
    await shows(page, TITLES);
    const before = await kept(page);

    await page.getByRole("button", { name: "Courses", exact: true }).click();
    await page.getByRole("button", { name: "Edit Logic" }).click();
    await page.getByRole("button", { name: "Delete course" }).click();
    await said(page, /^Logic deleted\./);
    assert.deepEqual(await courses(), []);
    assert.equal((await one(page, "Essay")).course_id, null);
    assert.equal(await lectureIn(), null);
    const notes = "Written elsewhere";
    await elsewhere(page, "PATCH", "Talk", { notes });

    await undo(page);
    const [back] = await courses();
    assert.deepEqual({ ...back, version: 0 }, { id: course.id, ...body, version: 0 });
    const now = before.map((task) => (task.title === "Talk" ? { ...task, notes } : task));
    assert.deepEqual(content(await kept(page)), content(now));
    assert.equal(await lectureIn(), course.id);
    /* The list behind the toast has it again. */
    await page.getByRole("button", { name: "Edit Logic" }).waitFor();
  });
});

test("of a long list only what is near the window is there", { timeout: TEST_MS }, async () => {
  await pictured(at.browser, "tasks-long", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await newDesk(page, LONG);
    await page.goto("/tasks");
    const rows = page.locator("tr[data-id]");
    await rows.first().waitFor();
    assert.equal(await page.getByRole("grid").getAttribute("aria-rowcount"), String(LONG + 1));
    assert.ok((await rows.count()) < LONG / 2, "not all of it");
    await rows.first().focus();
    await page.keyboard.press("End");
    const focused = page.locator("tr[data-id]:focus");
    assert.equal(await focused.getAttribute("aria-rowindex"), String(LONG + 1));
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused.getAttribute("aria-rowindex"), String(LONG));

    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
    await page.waitForFunction(() => {
      const middle = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
      return middle?.closest("tr[data-id]");
    });
    assert.equal(await focused.getAttribute("aria-rowindex"), String(LONG), "the focus stays");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+End");
    await bar(page).getByText(`${LONG} selected`).waitFor();
    await page.keyboard.press("Escape");

    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.equal(await rows.count(), LONG, "on paper there is all of it");
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.waitForFunction((n) => document.querySelectorAll("tr[data-id]").length < n, LONG);

    await page
      .getByRole("button", { name: /^Edit / })
      .first()
      .click();
    await page.getByRole("dialog").waitFor();
  });
});
