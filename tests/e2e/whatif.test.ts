/*
 * What-if: a change is planned in the browser while it is being made, without the server and without
 * saving anything; where the planner cannot be had there, the server previews it in the same place.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, pictured, served } from "./browser.ts";
import { minutesAhead, newDesk } from "./desk.ts";

describe("what if", () => {
  const at = served();

  /** The week of a new desk, and the previews that the server is asked for from then on. */
  async function week(page: Page): Promise<string[]> {
    await page.goto("/");
    await newDesk(page, 12);
    /* Late on a Sunday, the week itself has none any more. */
    await page.goto(`/week?day=${minutesAhead(1440).slice(0, 10)}`);
    await page.locator(".blk").first().waitFor();
    await page.waitForLoadState("networkidle");
    const asked: string[] = [];
    page.on("request", (request) => {
      if (/\/schedule\?.*pace=/.test(request.url())) asked.push(request.url());
    });
    return asked;
  }

  const times = (page: Page): Promise<string[]> =>
    page
      .locator("button.blk")
      .evaluateAll((all) => all.map((b) => b.getAttribute("aria-label") ?? ""));

  async function movesPace(page: Page): Promise<void> {
    const whatIf = page.getByRole("region", { name: "What if" });
    const accepted = await times(page);
    await page.getByRole("slider", { name: "Pace" }).fill("20");
    await whatIf.getByText(/Every deadline still holds/).waitFor();
    await page.locator(".blk.mvd").first().waitFor();
    assert.notDeepEqual(await times(page), accepted);
    await page.keyboard.press("Escape");
    await whatIf.waitFor({ state: "detached" });
    assert.deepEqual(await times(page), accepted);
  }

  test("is planned here, and asks the server nothing", () =>
    pictured(at.browser, "whatif-here", async () => {
      const page = await newPerson(at.browser, at.site.url);
      const asked = await week(page);
      await movesPace(page);
      assert.deepEqual(asked, []);
    }));

  test("is asked from the server where the planner is not to be had", () =>
    pictured(at.browser, "whatif-server", async () => {
      const page = await newPerson(at.browser, at.site.url);
      await page.route(/\.wasm$/, (route) => route.abort());
      const asked = await week(page);
      await movesPace(page);
      assert.ok(asked.length > 0);
    }));

  test("says of another time what it would break, and that another breaks nothing", () =>
    pictured(at.browser, "why-not", async () => {
      const page = await newPerson(at.browser, at.site.url);
      await week(page);
      await page.locator("button.blk").last().click();
      const inspector = page.locator(".insp");
      await inspector.getByText("Why not there").click();
      const ahead = (days: number): string =>
        new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      await inspector.getByLabel("Day").fill(ahead(27));
      await inspector.getByLabel("Time").fill("14:00");
      await inspector.getByText(/of Task \d+ would miss/).waitFor();
      await inspector.getByLabel("Day").fill(ahead(-2));
      await inspector.getByText(/has passed/).waitFor();
      await inspector.getByLabel("Day").fill(ahead(1));
      await inspector.getByLabel("Time").fill("02:00");
      await inspector.getByText(/are outside your free time/).waitFor();
    }));
});
