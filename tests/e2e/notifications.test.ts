/*
 * Notifications in the browser and the real program: a bell that counts, a page on which they are
 * read and dismissed, quiet hours, and the browser's own, which is asked for only when switched on.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { newPerson, pictured, said, served } from "./browser.ts";
import { freeDesk, minutesAhead, send } from "./desk.ts";

const HOUR_MIN = 60;

const at = served();

const bell = (page: Page, name: RegExp) =>
  page.locator('a[href="/notifications"]').and(page.getByRole("link", { name }));
const entry = (page: Page, words: string) => page.getByRole("listitem").filter({ hasText: words });

const addTask = (page: Page, title: string, hours: number) =>
  send<{ id: string }>(page, "POST", "/tasks", {
    title,
    estimate_min: 30,
    due: minutesAhead(hours * HOUR_MIN),
  });

/** Somebody who has two deadlines within the day, and nothing else to be told of. */
async function person(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPerson(at.browser, at.site.url, options);
  await page.goto("/");
  await freeDesk(page, []);
  /* Far enough ahead that no block begins while the story lasts. */
  await send(page, "PATCH", "/settings", { remind_before_min: 0 });
  await addTask(page, "Lab 3", 20);
  await addTask(page, "Sheet 5", 22);
  return page;
}

const dueSoon = (page: Page, title: string) => entry(page, `${title} is due`);

test("the bell counts; what was read, dismissed and brought back stays so", () =>
  pictured(at.browser, "notifications", async () => {
    const page = await person();
    await page.goto("/today");
    await bell(page, /^Notifications, \d unread$/).click();
    await page.getByRole("heading", { level: 1, name: /things are new/ }).waitFor();
    const lab = dueSoon(page, "Lab 3");
    assert.match(await lab.innerText(), /Lab 3 is due .+, with 30\smin left to do\./);

    await lab.getByRole("button", { name: /^Read/ }).click();
    await said(page, /Read\./);
    await page.getByText(/^Already read \(1\)$/).click();
    await lab.getByRole("button", { name: /^Dismiss/ }).click();
    await said(page, /Dismissed\./);
    await lab.waitFor({ state: "detached" });
    await page.keyboard.press("z");
    await said(page, /Undone/);
    await page.getByText(/^Already read \(1\)$/).waitFor();

    await dueSoon(page, "Sheet 5")
      .getByRole("button", { name: /^Dismiss/ })
      .click();
    await dueSoon(page, "Sheet 5").waitFor({ state: "detached" });
    const rest = page.getByRole("button", { name: "All read" });
    if (await rest.isVisible()) await rest.click();
    await page.reload();
    await dueSoon(page, "Sheet 5").waitFor({ state: "detached" });

    /* What is over goes by itself. */
    const { items } = await send<{ items: { id: string; title: string }[] }>(page, "GET", "/tasks");
    const ids = items.filter((t) => t.title === "Lab 3").map((t) => t.id);
    await send(page, "POST", "/tasks/complete", { ids });
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await entry(page, "The first task is finished").waitFor({ state: "attached" });
    assert.equal(await dueSoon(page, "Lab 3").count(), 0);
  }));

test("kinds are switched off, and quiet hours are quiet", () =>
  pictured(at.browser, "notifications-settings", async () => {
    const page = await person({ viewport: { width: 390, height: 844 } });
    await page.goto("/notifications");
    await dueSoon(page, "Lab 3").waitFor();
    await page.getByRole("link", { name: "Choose what you are told" }).click();
    const section = page.getByRole("region", { name: "Notifications" });
    await section.getByRole("switch", { name: "Quiet hours" }).click();
    await said(page, /Notifications changed\./);
    /* Hours around now, by UTC and by the clock in Berlin. */
    const until = minutesAhead(3 * HOUR_MIN).slice(11, 16);
    await section.getByLabel("From").fill(minutesAhead(-3 * HOUR_MIN).slice(11, 16));
    await section.getByLabel("Until").fill(until);
    await section.getByLabel("Until").blur();
    await bell(page, /^Notifications$/).click();
    await page.getByText(new RegExp(`^Quiet hours until ${until}`)).waitFor();
    await dueSoon(page, "Lab 3").waitFor();

    await page.getByRole("link", { name: "Choose what you are told" }).click();
    await section.getByRole("switch", { name: "Quiet hours" }).click();
    await bell(page, /unread$/).waitFor();
    await section.getByRole("switch", { name: "Reminders" }).click();
    await bell(page, /^Notifications$/).waitFor();
    await bell(page, /^Notifications/).click();
    await page.getByRole("heading", { level: 1, name: "Nothing new" }).waitFor();
    assert.equal(await dueSoon(page, "Lab 3").count(), 0);
  }));

/** Keeps what the browser is asked to show, and whether it was asked for leave. */
const watched = () => {
  const seen = window as unknown as { told: string[]; asked: number };
  const Real = window.Notification;
  seen.told = [];
  seen.asked = 0;
  window.Notification = class extends Real {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      seen.told.push(options?.body ?? "");
    }
    static override requestPermission() {
      seen.asked++;
      return Real.requestPermission();
    }
  };
};

const told = (page: Page) => page.evaluate(() => (window as unknown as { told: string[] }).told);

test("the browser tells what is new, once, and only after it was switched on", () =>
  pictured(at.browser, "notifications-browser", async () => {
    const page = await person({ permissions: ["notifications"] });
    await page.addInitScript(watched);
    await page.goto("/today");
    await bell(page, /unread$/).waitFor();
    await page.goto("/settings");
    const section = page.getByRole("region", { name: "Notifications" });
    const own = section.getByRole("switch", { name: "Also by the browser" });
    await own.waitFor();
    const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked);
    assert.deepEqual([await asked(), await told(page)], [0, []]);
    await own.click();
    await said(page, /The browser tells you from now on\./);
    assert.equal(await asked(), 1);
    assert.deepEqual(await told(page), ["This is how StudyBunny tells you."]);

    await addTask(page, "Quiz 2", 10);
    await page.goto("/today");
    await page.waitForFunction(() => (window as unknown as { told: string[] }).told.length > 0);
    const first = await told(page);
    assert.ok(
      first.some((text) => text.startsWith("Quiz 2 is due")),
      String(first),
    );
    assert.ok(!first.some((text) => text.startsWith("Lab 3")), "what was there is not told again");
    await page.reload();
    await bell(page, /unread$/).waitFor();
    await page.waitForTimeout(500);
    assert.deepEqual(await told(page), []);

    const quiet = { quiet_from: "00:00", quiet_until: "24:00" };
    await send(page, "PATCH", "/settings", quiet);
    await addTask(page, "Talk", 12);
    await page.goto("/notifications");
    await dueSoon(page, "Talk").waitFor();
    assert.deepEqual(await told(page), [], "in quiet hours it waits");
    await send(page, "PATCH", "/settings", { quiet_until: "00:00" });
    await page.reload();
    await page.waitForFunction(() => (window as unknown as { told: string[] }).told.length > 0);
    assert.match(String(await told(page)), /Talk is due/);
  }));
