/*
 * A day on Today: the timer is started by a key, is there after a reload and on another device, is
 * paused and stopped; work is logged by hand, corrected, deleted and brought back; a task is done and
 * undone. The desk is free around the clock, so that there is a block at any time.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { freeDesk, minutesAhead, send } from "./desk.ts";

const TITLES = ["Essay on Kant", "Sheet 5", "Chapter 7"];
const [ESSAY = ""] = TITLES;

interface Entry {
  minutes: number;
  start: string;
  kind: string;
  note: string;
}

const card = (page: Page) => page.locator("section.nowcard");
const button = (page: Page, name: string | RegExp) => card(page).getByRole("button", { name });
const doneList = (page: Page) => page.getByRole("region", { name: "Done today" });

const heard = (page: Page, words: RegExp, timeout = PATIENCE_MS): Promise<void> =>
  page.getByRole("status").filter({ hasText: words }).waitFor({ state: "attached", timeout });

const logOf = async (page: Page, task: string): Promise<Entry[]> =>
  (await send<{ items: Entry[] }>(page, "GET", `/tasks/${task}/work`)).items;

/** The same person at another device. */
async function elsewhere(browser: Browser, url: string, page: Page): Promise<Page> {
  const other = await newPerson(browser, url, {
    storageState: await page.context().storageState(),
  });
  await other.goto("/week");
  return other;
}

describe("today", () => {
  const at = served();

  async function person(): Promise<{ page: Page; essay: string }> {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    const [essay = ""] = await freeDesk(page, TITLES);
    await page.goto("/week");
    await page.locator(".cal").waitFor();
    /* Known by now, they need no welcome. */
    await page.goto("/");
    await page.waitForURL("**/today");
    await card(page).getByRole("heading", { name: ESSAY }).waitFor();
    return { page, essay };
  }

  test("the timer runs on every device", { timeout: 3 * PATIENCE_MS }, () =>
    pictured(at.browser, "today-timer", async () => {
      const { page } = await person();
      await card(page)
        .getByText(/^(Now, until|Next,) \d\d:\d\d$/)
        .waitFor();
      await page.getByText(/left today, done by/).waitFor();
      await page.keyboard.press("Space");
      const clock = card(page).getByRole("timer");
      await clock.filter({ hasText: /^00:0[1-9]$/ }).waitFor();
      await heard(page, /Working on Essay on Kant/);
      await page.reload();
      await clock.filter({ hasText: /^00:[0-5]\d$/ }).waitFor();
      await page.waitForFunction(() => /^00:\d\d Essay on Kant · Today/.test(document.title));

      const other = await elsewhere(at.browser, at.site.url, page);
      const pill = other.getByRole("link", { name: /^Timer: Essay on Kant, 00:/ });
      await pill.click();
      await other.waitForURL("**/today");
      await button(other, "Pause").click();
      await button(other, "Go on").waitFor();
      await page.reload();
      await card(page).getByText("Paused", { exact: true }).waitFor();
      await button(page, "Go on").click();
      await button(page, "Pause").waitFor();
      await page.locator("h1").focus();
      await page.keyboard.press("Space");
      await said(page, /Under half a minute, so nothing was logged/);
      await button(page, /^Start/).waitFor();
      await page.waitForFunction(() => document.title === "Today – StudyBunny");
    }),
  );

  test("the timer keeps the focus of who uses keys alone", { timeout: 4 * PATIENCE_MS }, () =>
    pictured(at.browser, "today-keys", async () => {
      const { page } = await person();
      const ready = page.locator(":focus:not([aria-disabled=true])");
      const held = (words: RegExp) => ready.filter({ hasText: words }).waitFor();
      const enter = () => page.keyboard.press("Enter");
      await button(page, /^Start/).focus();
      await enter();
      await held(/^Pause/);
      await enter();
      await held(/^Go on/);
      await enter();
      await held(/^Pause/);
      await page.keyboard.press("Tab");
      await held(/^Stop/);
      await enter();
      await held(/^Start/);
      /* Done: what comes next has the card, and after the last one nothing has. */
      for (const next of ["Sheet 5", "Chapter 7"]) {
        await button(page, /^Done/).focus();
        await enter();
        await card(page).getByRole("heading", { name: next }).waitFor();
        await held(/^Start/);
      }
      await button(page, /^Done/).focus();
      await enter();
      await held(/^Add task/);
    }),
  );

  test("the block that is named is explained", { timeout: 3 * PATIENCE_MS }, () =>
    pictured(at.browser, "today-explain", async () => {
      const { page } = await person();
      await page.getByRole("link", { name: "Explain or move" }).click();
      await page.waitForURL("**/week?*");
      const panel = page.locator("section.insp");
      await panel.getByRole("heading", { name: ESSAY }).waitFor();
      await panel.getByRole("heading", { name: "Why here" }).waitFor();
    }),
  );

  test("what is overdue is said where nothing is planned", { timeout: 3 * PATIENCE_MS }, () =>
    pictured(at.browser, "today-overdue", async () => {
      const page = await newPerson(at.browser, at.site.url);
      await page.goto("/");
      await freeDesk(page, []);
      for (const title of ["Sheet 1", "Sheet 2"])
        await send(page, "POST", "/tasks", { title, estimate_min: 60, due: minutesAhead(-60) });
      await page.goto("/today");
      await page.getByText("2 tasks are overdue. They are not in the plan").waitFor();
      await page.getByRole("link", { name: "2 tasks overdue" }).waitFor();
      await page.getByRole("link", { name: "Show tasks" }).click();
      await page.waitForURL("**/tasks?filter=overdue");
      await page.getByRole("button", { name: "Sheet 1", exact: true }).waitFor();
      await page.getByRole("link", { name: "Plan", exact: true }).click();
      await page.getByText("2 tasks are overdue. They are not in the plan").waitFor();
      await page.getByText("Nothing is due, so everything fits").waitFor();
      /* Any pace is the same. */
      await page.getByRole("link", { name: "Week", exact: true }).click();
      await page.locator(".cal").waitFor();
      assert.equal(await page.getByRole("slider", { name: "Pace" }).count(), 0);
    }),
  );

  test("a focus ends with a word and a break", { timeout: 7 * PATIENCE_MS }, () =>
    pictured(at.browser, "today-focus", async () => {
      const { page, essay } = await person();
      await button(page, "Focus and break lengths").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("spinbutton", { name: "Focus, minutes" }).fill("0");
      await dialog.getByRole("button", { name: "Start" }).click();
      await dialog.getByText("1 to 180 minutes.").waitFor();
      await dialog.getByRole("spinbutton", { name: "Focus, minutes" }).fill("1");
      await dialog.getByRole("spinbutton", { name: "Break, minutes" }).fill("3");
      await dialog.getByRole("button", { name: "Start" }).click();
      await card(page).getByText("of 1 min to focus, 5 h of the task left").waitFor();
      await button(page, "Pause").waitFor();
      await heard(page, /Focus is over: Essay on Kant/, 90_000);
      await card(page).getByText("Focus is over", { exact: true }).waitFor();
      await button(page, /^Take 3\smin$/).click();
      await card(page).getByText("of 3 min to rest").waitFor();
      await page.reload();
      await card(page).getByText("of 3 min to rest").waitFor();
      await button(page, "Focus 1/3").waitFor({ state: "detached" });
      assert.deepEqual(
        (await logOf(page, essay)).map((w) => [w.minutes, w.kind]),
        [[1, "timer"]],
      );
      await button(page, "Stop").click();
      await button(page, "Focus 1/3").waitFor();
    }),
  );

  test("work is logged by hand, corrected, deleted and brought back", () =>
    pictured(at.browser, "today-log", async () => {
      const { page, essay } = await person();
      await button(page, "Log other time").click();
      const dialog = page.getByRole("dialog");
      const field = (name: string) => dialog.getByLabel(name, { exact: true });
      await dialog.getByRole("button", { name: "Log time" }).click();
      await dialog.getByText(/Write hours and minutes/).waitFor();
      const yesterday = new Date(Date.now() - 86_400_000).toLocaleDateString("sv", {
        timeZone: "Europe/Berlin",
      });
      await field("How long").fill("40 min");
      await field("Day").fill(yesterday);
      await field("From").fill("16:00");
      await dialog.getByRole("button", { name: "Log time" }).click();
      await said(page, /^40\smin logged on Essay on Kant\./);
      const [entry] = await logOf(page, essay);
      assert.equal(entry?.minutes, 40);
      assert.equal(
        new Date(entry.start).toLocaleString("sv", { timeZone: "Europe/Berlin" }),
        `${yesterday} 16:00:00`,
      );
      await page.keyboard.press("z");
      await said(page, /Undone/);
      assert.deepEqual(await logOf(page, essay), []);

      await button(page, "Log other time").click();
      await field("How long").fill("1 min");
      await field("Note").fill("An outline");
      await dialog.getByRole("button", { name: "Log time" }).click();
      await doneList(page).getByText("1 min logged · An outline").waitFor();
      await doneList(page)
        .getByRole("button", { name: /^Correct Essay on Kant/ })
        .click();
      await field("How long").fill("2 min");
      await dialog.getByRole("button", { name: "Save" }).click();
      await doneList(page).getByText("2 min logged · An outline").waitFor();
      await page.getByRole("button", { name: /^Undo/ }).click();
      await doneList(page).getByText("1 min logged · An outline").waitFor();
      await doneList(page)
        .getByRole("button", { name: /^Correct Essay on Kant/ })
        .click();
      await dialog.getByRole("button", { name: "Delete" }).click();
      await said(page, /1\smin on Essay on Kant deleted/);
      await doneList(page).waitFor({ state: "detached" });
      /* The button that opened it is gone. */
      await button(page, /^Start/)
        .and(page.locator(":focus"))
        .waitFor();
      await page.keyboard.press("z");
      await doneList(page).getByText("1 min logged · An outline").waitFor();
    }));

  test("the block's buttons stand in one line, and logging other time beside the reason", () =>
    pictured(at.browser, "today-buttons", async () => {
      const { page } = await person();
      for (const [locale, log] of [
        ["en-GB", "Log other time"],
        ["de-DE", "Andere Zeit eintragen"],
      ] as const) {
        const storageState = await page.context().storageState();
        const there = await newPerson(at.browser, at.site.url, { locale, storageState });
        await there.goto("/today");
        await button(there, log).waitFor();
        await there.evaluate(() => document.fonts.ready);
        const topOf = async (found: Locator) => Math.round((await found.boundingBox())?.y ?? 0);
        const acts = await card(there).locator(".now-acts > *").all();
        const tops = await Promise.all(acts.map(topOf));
        assert.equal(acts.length, 3);
        assert.deepEqual(new Set(tops), new Set(tops.slice(0, 1)), locale);
        const why = card(there).getByRole("link", { name: /^(Explain or move|Erklären)/ });
        const [left, right] = [await why.boundingBox(), await button(there, log).boundingBox()];
        assert.ok(left && right && right.x > left.x + left.width, locale);
        assert.ok(right.y + right.height > left.y, locale);
      }
    }));

  test("a task is done by a key, and Z takes it back", () =>
    pictured(at.browser, "today-done", async () => {
      const { page } = await person();
      await page.keyboard.press("d");
      await said(page, /^Essay on Kant done\./);
      await card(page).getByRole("heading", { name: "Sheet 5" }).waitFor();
      await doneList(page).getByText(ESSAY).waitFor();
      await page.keyboard.press("z");
      await said(page, /Undone/);
      await doneList(page).waitFor({ state: "detached" });
      await page
        .getByRole("region", { name: "Due next" })
        .getByRole("button", { name: ESSAY })
        .waitFor();
    }));

  test("says what it is when there is nothing", () =>
    pictured(at.browser, "today-nothing", async () => {
      const page = await newPerson(at.browser, at.site.url);
      await page.goto("/");
      await send(page, "POST", "/guest", {});
      await page.goto("/today");
      await page.getByRole("heading", { name: "Nothing to plan yet" }).waitFor();
      const due = new Date(Date.now() + 86_400_000).toISOString();
      const task = await send<{ id: string }>(page, "POST", "/tasks", {
        title: "Letter",
        estimate_min: 10,
        due,
      });
      await send(page, "POST", "/tasks/complete", { ids: [task.id], state: "done" });
      await page.reload();
      await page.getByRole("heading", { name: "Everything is done" }).waitFor();
      await doneList(page).getByText("Letter").waitFor();
    }));
});
