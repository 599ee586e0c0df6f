/* When it is too much: what could be dropped, shortened, moved or made room for; each repairs it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, PATIENCE_MS, picture, pictured, served } from "./browser.ts";
import { minutesAhead, send } from "./desk.ts";

const at = served();

/** Two hours a day, and nine of work within three days. */
async function tooMuch(page: Page): Promise<void> {
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "18:00", end: "20:00" }));
  await send(page, "POST", "/guest", {});
  await send(page, "PATCH", "/settings", { zone: "Europe/Berlin" });
  await send(page, "PUT", "/availability", { week });
  for (const [title, priority] of [
    ["Essay on Kant", 5],
    ["Sheet 5", 3],
    ["Chapter 7", 1],
  ] as const)
    await send(page, "POST", "/tasks", {
      title,
      estimate_min: 180,
      priority,
      due: minutesAhead(3 * 1440),
    });
}

test(
  "what does not fit is repaired by one of the changes offered, and each is enough",
  { timeout: 6 * PATIENCE_MS },
  async () => {
    const page = await newPerson(at.browser, at.site.url);
    await pictured(at.browser, "repairs", async () => {
      await page.goto("/");
      await tooMuch(page);
      await page.goto("/plan");
      const short = page.getByRole("heading", { level: 1, name: /It does not all fit: .* short/ });
      await short.waitFor();
      await page.getByRole("article").filter({ hasText: "Drop Chapter 7" }).waitFor();
      if (process.env["PICTURES"]) await picture(page, "repairs");
      // What matters least is the one to drop.
      assert.equal(await page.getByRole("heading", { name: /Drop Essay on Kant/ }).count(), 0);
      const offers = page.getByRole("article").getByRole("button");
      const names = await offers.evaluateAll((all) => all.map((b) => b.getAttribute("aria-label")));
      assert.ok(names.length >= 3, String(names));
      for (const name of names) {
        await page.getByRole("button", { name: name ?? "", exact: true }).click();
        await short.waitFor({ state: "detached" });
        const plan = await send<{ short_min: number }>(page, "GET", "/schedule?days=14");
        assert.equal(plan.short_min, 0, String(name));
        await page.getByRole("button", { name: "Undo" }).first().click();
        await short.waitFor();
      }
    });
  },
);
