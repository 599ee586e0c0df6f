/*
 * A plan that was kept through many changes: fewer, longer blocks are offered with what they cost,
 * taken by one click, and taken back. The server's clock is set ahead between the changes, since the
 * first tasks of a new desk share the week anyway.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import {
  newPerson,
  PATIENCE_MS,
  pictured,
  said,
  served,
  setAhead,
  soundEverywhere,
} from "./browser.ts";
import { minutesAhead, send } from "./desk.ts";

const DAY_MIN = 1440;
const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "20:00" }));

interface Tidy {
  blocks: number;
  then: number;
  schedule: object | null;
}

const tidyOf = (page: Page) => send<Tidy>(page, "GET", "/schedule/tidy?days=due");
const offer = (page: Page) => page.getByRole("region", { name: /^Fewer, longer blocks/ });

const task = (page: Page, title: string, minutes: number, days: number) =>
  send(page, "POST", "/tasks", {
    title,
    estimate_min: minutes,
    due: minutesAhead(days * DAY_MIN),
  });

const at = served();

test(
  "a plan in pieces is tidied by one click, and that is taken back",
  { timeout: 10 * PATIENCE_MS },
  () =>
    pictured(at.browser, "tidy", async () => {
      const page = await newPerson(at.browser, at.site.url);
      await page.goto("/");
      await send(page, "POST", "/guest", {});
      await send(page, "PUT", "/availability", { week });
      await send(page, "POST", "/schedule/accept", { pace: { num: 15, den: 100 } });
      await task(page, "Thesis", 3600, 31);
      await page.goto("/plan");
      await page.getByRole("region", { name: "Earlier plans" }).waitFor();
      assert.equal((await tidyOf(page)).schedule, null);
      assert.equal(await offer(page).count(), 0);

      await setAhead(at, 2 * 3600);
      await task(page, "Essay on Kant", 300, 13);
      await task(page, "Sheet 5", 335, 20);
      await task(page, "Chapter 7", 370, 27);
      const tidy = await tidyOf(page);
      assert.ok(tidy.schedule && tidy.then * 1.25 <= tidy.blocks);
      await page.goto("/plan");
      const name = `Fewer, longer blocks: ${String(tidy.then)} instead of ${String(tidy.blocks)}`;
      await page.getByRole("region", { name }).waitFor();
      await offer(page)
        .getByText(/^Every deadline still holds\. .+ of blocks would move\./)
        .waitFor();
      await offer(page)
        .getByRole("img", { name: /^Proved/ })
        .waitFor();
      await soundEverywhere(page, "tidy");

      await offer(page).getByRole("button", { name: "Take fewer, longer blocks" }).focus();
      await page.keyboard.press("Enter");
      await said(page, /^\d+ blocks instead of \d+\. \d+\sblocks? moved\./);
      await offer(page).waitFor({ state: "detached" });
      assert.equal((await tidyOf(page)).schedule, null);
      await page.getByText("Fewer, longer blocks were taken").waitFor();
      await page.keyboard.press("z");
      await said(page, /Undone/);
      await page.getByRole("region", { name }).waitFor();
    }),
);
