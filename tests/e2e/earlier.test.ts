/*
 * The history of the plan: another pace is taken, the plan before it is looked at and gone back to by
 * one click, and that is taken back; by pointer, by keyboard and on a phone, light and dark.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import {
  findings,
  newPerson,
  PATIENCE_MS,
  pictured,
  said,
  served,
  soundEverywhere,
} from "./browser.ts";
import { freeDesk, send } from "./desk.ts";

const TITLES = ["Essay on Kant", "Sheet 5", "Chapter 7"];
const CALM = { num: 10, den: 100 };

interface Plan {
  pace: { num: number; den: number };
  accepted: boolean;
  unfinished: unknown[];
}

const planOf = (page: Page) => send<Plan>(page, "GET", "/schedule");
const earlier = (page: Page) => page.getByRole("region", { name: "Earlier plans" });
const percentOf = ({ pace }: Plan) => (100 * pace.num) / pace.den;

describe("earlier plans", () => {
  const at = served();

  async function person(): Promise<Page> {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await freeDesk(page, TITLES);
    return page;
  }

  test("one is compared, gone back to, and that is taken back", { timeout: 8 * PATIENCE_MS }, () =>
    pictured(at.browser, "earlier", async () => {
      const page = await person();
      const was = percentOf(await planOf(page));
      await page.goto("/plan");
      await earlier(page)
        .getByText(/^Nothing yet\./)
        .waitFor();
      assert.deepEqual(await findings(page), []);
      await send(page, "POST", "/schedule/accept", { pace: CALM });
      await page.reload();
      const row = earlier(page).getByRole("listitem");
      await row.getByText(`Pace ${String(was)}\u00a0% → 10\u00a0%`).waitFor();

      await row.getByRole("button", { name: /^Compare with the plan before/ }).click();
      await row.getByText(/^Every deadline still holds\. \d+ blocks?, .+, would lie/).waitFor();
      await row.getByRole("img", { name: /^Proved/ }).waitFor();
      await row.getByRole("table").waitFor();
      await soundEverywhere(page, "earlier");

      await row.getByRole("button", { name: /^Go back to the plan before/ }).click();
      await said(page, /^Back to the plan before .+\. \d+\sblocks? moved\./);
      const back = await planOf(page);
      assert.equal(percentOf(back), was);
      assert.ok(back.accepted);
      assert.deepEqual(back.unfinished, []);
      await earlier(page).getByText("Went back to an earlier plan").waitFor();

      await page.keyboard.press("z");
      await said(page, /Undone/);
      assert.equal(percentOf(await planOf(page)), 10);
      await earlier(page).getByText("A plan was taken back").waitFor();
    }),
  );

  test("by keyboard, and all of a long history", { timeout: 8 * PATIENCE_MS }, () =>
    pictured(at.browser, "earlier-keys", async () => {
      const page = await person();
      for (const num of [10, 50, 10, 50, 10, 50, 10])
        await send(page, "POST", "/schedule/accept", { pace: { num, den: 100 } });
      await page.goto("/plan");
      const rows = earlier(page).getByRole("listitem");
      await rows.first().waitFor();
      assert.equal(await rows.count(), 5);
      await earlier(page).getByRole("button", { name: "Show all" }).focus();
      await page.keyboard.press("Enter");
      await rows.nth(6).waitFor();
      assert.equal(await rows.count(), 7);
      const compare = rows.first().getByRole("button", { name: /^Compare/ });
      await compare.focus();
      await page.keyboard.press("Enter");
      await rows.first().getByText("would lie elsewhere.").waitFor();
      assert.equal(await compare.getAttribute("aria-expanded"), "true");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await said(page, /^Back to the plan before/);
      assert.equal(percentOf(await planOf(page)), 50);
    }),
  );
});
