/* What finished tasks tell, where it is shown, and planning with it. */
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, picture, pictured, served } from "./browser.ts";
import { learnedDesk, minutesAhead } from "./desk.ts";

const at = served();

const shot = async (page: Page, name: string): Promise<void> => {
  if (process.env["PICTURES"]) await picture(page, name);
};

test("plans with room to spare, and says so", async () => {
  const page = await newPerson(at.browser, at.site.url);
  await pictured(at.browser, "estimates", async () => {
    await page.goto("/");
    await learnedDesk(page);
    await page.goto("/tasks");
    const row = page.getByRole("row").filter({ hasText: "Essay on Weimar" });
    await row.getByText(/usually [5-7]\sh/).waitFor();
    await shot(page, "estimates-tasks");
    await row.getByRole("button", { name: "Essay on Weimar" }).first().click();
    const range = page.getByText(/Usually \d\sh.* from 5\sfinished tasks of History/);
    await range.waitFor();
    await page.getByLabel("Estimate").fill("30 min");
    await page.getByText(/Usually 45\smin \(\d+\smin–1\sh/).waitFor();
    await shot(page, "estimates-editor");
    await page.keyboard.press("Escape");

    await page.goto("/settings");
    const section = page.getByRole("region", { name: "How long things take" });
    await section.getByText(/History: usually 1\d\d\s%/).waitFor();
    await section.getByRole("button", { name: "Room to spare" }).click();
    await section.getByRole("list").first().waitFor();
    await shot(page, "estimates-settings");
    await section.getByRole("button", { name: "Save" }).click();
    await page.getByText("Planned with: Room to spare.").first().waitFor();

    await page.goto("/tasks");
    await row.getByRole("gridcell", { name: /^4\sh\s*planned with [6-9]\sh/ }).waitFor();

    await page.goto("/plan");
    const chances = page.getByRole("region", { name: /How likely/ });
    await chances.getByText(/Both deadlines are met with a chance of/).waitFor();
    await page.getByText("Checked twice", { exact: false }).first().waitFor();
    await shot(page, "estimates-plan");
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(page, "estimates-plan-phone");
    await page.goto("/settings");
    await section.waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    await shot(page, "estimates-settings-phone-dark");

    await page.setViewportSize({ width: 1280, height: 900 });
    /* Late on a Sunday, the week itself has none any more. */
    await page.goto(`/week?day=${minutesAhead(1440).slice(0, 10)}`);
    await page.locator("button.flag, button.blk").filter({ hasText: "Weimar" }).first().click();
    await page.getByText(/four of five tasks of History take no more/).waitFor();
    await shot(page, "estimates-week");
  });
});
