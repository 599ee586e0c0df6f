/*
 * Events in the browser and the real program: drawn on the calendar, repeated over a change of the
 * clocks, one of them moved, the following deleted, taken back; a day with other hours; the month.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { send } from "./desk.ts";

/** Two weeks in which Berlin goes back to winter time, in the night to Sunday 25 October. */
const SUMMER_WEEK = "/week?day=2026-10-20";
const CHANGE_WEEK_MONDAY = "2026-10-19";

const at = served();

/** Somebody in Berlin who is free from 8 to 20 every day, with ten hours of work. */
async function student(): Promise<Page> {
  const page = await newPerson(at.browser, at.site.url);
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "20:00" }));
  const due = new Date(Date.now() + 6 * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");
  await send(page, "POST", "/guest", {});
  await send(page, "PATCH", "/settings", { zone: "Europe/Berlin" });
  await send(page, "PUT", "/availability", { week });
  await send(page, "POST", "/tasks", { title: "Essay", estimate_min: 600, due });
  return page;
}

const events = (page: Page) => page.locator("button.evt");
const labels = (page: Page) =>
  events(page).evaluateAll((all) => all.map((event) => event.getAttribute("aria-label")));

/** Opens a week and waits for as many events. */
async function see(page: Page, path: string, count: number): Promise<void> {
  await page.goto(path);
  await page.locator(".cal").waitFor();
  await waitForCount(page, count);
}

async function waitForCount(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll("button.evt").length === wanted,
    count,
  );
}

async function drawOn(page: Page, column: Locator, from: number, to: number): Promise<void> {
  const box = await column.boundingBox();
  assert.ok(box);
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + box.height * from);
  await page.mouse.down();
  await page.mouse.move(x, box.y + box.height * to, { steps: 6 });
  await page.mouse.up();
}

/** Where events are in the planner's eyes: the free minutes of the week's days. */
async function freeMinutes(page: Page, date: string): Promise<number> {
  const plan = (await send(page, "GET", `/schedule?days=7&at=${CHANGE_WEEK_MONDAY}T00:00:00Z`)) as {
    days: { date: string; free_min: number }[];
  };
  return plan.days.find((day) => day.date === date)?.free_min ?? -1;
}

test(
  "a lecture drawn, repeated over the clock change, moved, ended, and taken back",
  { timeout: 8 * PATIENCE_MS },
  async () => {
    await pictured(at.browser, "events", async () => {
      const page = await student();
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      await see(page, SUMMER_WEEK, 0);

      /* The calendar shows 8 to 20: from a sixth, ten o'clock, to a quarter and a bit, 11:30. */
      await drawOn(page, page.locator(".cal .col").nth(1), 2.05 / 12, 3.45 / 12);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Title" }).fill("Algorithms lecture");
      assert.equal(await dialog.getByLabel("Day", { exact: true }).inputValue(), "2026-10-20");
      assert.equal(await dialog.getByLabel("From").inputValue(), "10:00");
      assert.equal(await dialog.getByLabel("To").inputValue(), "11:30");
      await dialog.getByRole("combobox", { name: "Repeats" }).selectOption("Weekly");
      await dialog.getByRole("button", { name: "Thursday" }).click();
      await dialog.getByRole("button", { name: "Save event" }).click();
      await said(page, /Algorithms lecture added/);
      await waitForCount(page, 2);
      assert.equal(await freeMinutes(page, "2026-10-20"), 630);
      assert.equal(await freeMinutes(page, "2026-10-21"), 720);

      /* The week after the change: the same hours on the wall. */
      await page.getByRole("button", { name: "Next week" }).click();
      await page.locator("button.evt[data-key*='2026-10-27']").waitFor();
      for (const label of await labels(page)) assert.match(label ?? "", /10:00 to 11:30/);
      const after = (await send(page, "GET", "/events/occurrences?from=2026-10-19&days=14")) as {
        items: { start: string }[];
      };
      assert.deepEqual(
        after.items.map((o) => o.start.slice(5, 16)),
        ["10-20T08:00", "10-22T08:00", "10-27T09:00", "10-29T09:00"],
      );

      /* One of them moves. */
      await page.locator("button.evt[data-key*='2026-10-27']").click();
      await page.getByRole("button", { name: "Edit" }).click();
      await dialog.getByRole("button", { name: "Only this one", pressed: true }).waitFor();
      await dialog.getByLabel("From").fill("14:00");
      await dialog.getByLabel("To").fill("15:30");
      await dialog.getByRole("button", { name: "Save event" }).click();
      await said(page, /Algorithms lecture saved/);
      await page.getByRole("button", { name: /27 October, 14:00 to 15:30/ }).waitFor();

      /* From there on there is none; then there is again, where it was moved to. */
      await page.locator("button.evt[data-key*='2026-10-27']").click();
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await page.getByRole("button", { name: "This and following" }).click();
      await said(page, /Algorithms lecture deleted/);
      await waitForCount(page, 0);
      await page.keyboard.press("z");
      await said(page, /Undone/);
      await waitForCount(page, 2);
      assert.match((await labels(page)).join(), /27 October, 14:00 to 15:30/);
      assert.deepEqual(faults, []);
    });
  },
);

test(
  "by keyboard alone: an event, and a day with other hours",
  { timeout: 6 * PATIENCE_MS },
  async () => {
    await pictured(at.browser, "events-keyboard", async () => {
      const page = await student();
      await see(page, "/week", 0);
      const stops = page.locator(".cal [data-key][tabindex='0']");
      assert.equal(await stops.count(), 1, "one tab stop");
      await stops.focus();
      for (let i = 0; i < 20 && !(await focusedKey(page)).startsWith("day "); i++)
        await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      const day = (await focusedKey(page)).slice(4);
      assert.match(day, /^\d{4}-\d\d-\d\d$/);
      assert.equal(await stops.count(), 1, "still one");

      await page.keyboard.press("n");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Title" }).fill("Choir");
      assert.equal(await dialog.getByLabel("Day", { exact: true }).inputValue(), day);
      await page.keyboard.press("Enter");
      await said(page, /Choir added/);
      await waitForCount(page, 1);

      await page.locator(`[data-key="day ${day}"]`).focus();
      await page.keyboard.press("Enter");
      await dialog.getByRole("textbox", { name: "Free on this day" }).fill("18-20:30");
      await page.keyboard.press("Enter");
      await said(page, /Hours of .+ saved/);
      await page.locator(`[data-key="day ${day}"] [aria-label="other hours than usual"]`).waitFor();
      const hours = (await send(page, "GET", "/availability")) as { exceptions: unknown };
      assert.deepEqual(hours.exceptions, [
        { date: day, windows: [{ start: "18:00", end: "20:30" }] },
      ]);
      await page.keyboard.press("z");
      await said(page, /Undone/);
      const usual = (await send(page, "GET", "/availability")) as { exceptions: unknown };
      assert.deepEqual(usual.exceptions, []);
    });
  },
);

const focusedKey = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["key"] ?? "");

test("the month leads to the week", { timeout: 4 * PATIENCE_MS }, async () => {
  await pictured(at.browser, "events-month", async () => {
    const page = await student();
    const rule = "FREQ=MONTHLY;BYDAY=-1FR";
    const lab = { title: "Lab", date: "2026-10-30", start: "09:00", end: "12:00", rule };
    await send(page, "POST", "/events", lab);
    await page.goto("/month");
    await page.getByRole("grid").waitFor();
    const stop = page.locator("[role=grid] [tabindex='0']");
    assert.equal(await stop.count(), 1, "one tab stop");
    await stop.focus();
    await page.keyboard.press("PageDown");
    await page.keyboard.press("Home");
    const before = await focusedDate(page);
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await focusedDate(page), before);
    await page
      .getByRole("button", { name: /1 event/ })
      .first()
      .waitFor();
    const date = await focusedDate(page);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/week?day=${date}`);
    await page.locator(`[data-key="day ${date}"]`).waitFor();

    /* Each is found again as it was left. */
    await page.getByRole("button", { name: "Next week" }).click();
    await page.locator(`[data-key="day ${date}"]`).waitFor({ state: "detached" });
    await page.reload();
    await page.locator(".cal").waitFor();
    assert.equal(await page.locator(`[data-key="day ${date}"]`).count(), 0);
    await page.goBack();
    await page.locator(`[role=grid] [data-date="${date}"][tabindex='0']`).waitFor();
    await page.getByRole("link", { name: "Week", exact: true }).click();
    await page.locator(".cal .dh.today").waitFor();
  });
});

const focusedDate = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["date"] ?? "");
