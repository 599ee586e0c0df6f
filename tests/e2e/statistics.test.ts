/* Where the hours went: from the log to the page, as pictures and as tables. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, picture, pictured, served } from "./browser.ts";
import { learnedDesk, send } from "./desk.ts";

const at = served();

const shot = async (page: Page, name: string): Promise<void> => {
  if (process.env["PICTURES"]) await picture(page, name);
};

interface Figures {
  work: { minutes: number }[];
  total_min: number;
}

/** "2 h 35" or "45 min", in minutes. */
function minutesOf(text: string): number {
  const [, hours, rest] = /^(?:(\d+)\sh)?\s?(\d+)?(?:\smin)?$/.exec(text.trim()) ?? [];
  return Number(hours ?? 0) * 60 + Number(rest ?? 0);
}

test("says where the hours went, and the tables say the same", async () => {
  const page = await newPerson(at.browser, at.site.url);
  await pictured(at.browser, "statistics", async () => {
    await page.goto("/");
    await page.request.post("/api/v1/guest", { data: {} });
    await page.goto("/statistics");
    await page.getByRole("heading", { name: "Nothing logged yet" }).waitFor();
    await page.getByRole("link", { name: "To today" }).waitFor();
    await page.context().clearCookies();

    await page.goto("/");
    await learnedDesk(page);
    await page.goto("/today");
    await page.getByRole("link", { name: "Statistics" }).click();
    await page.getByRole("heading", { level: 1, name: /of work this week/ }).waitFor();
    await page.getByRole("img", { name: /of work in 12\sweeks; the most,/ }).waitFor();
    await page.getByRole("img", { name: /usually take: History 1\d\d\s% and Physics/ }).waitFor();
    await shot(page, "statistics");

    const { total_min: total } = await send<Figures>(page, "GET", "/statistics");
    const hours = page.getByRole("region", { name: "Hours by week" });
    await hours.getByRole("button", { name: "As a table" }).press("Enter");
    const rows = hours.getByRole("row");
    assert.equal(await rows.count(), 13);
    let sum = 0;
    for (let i = 1; i < 13; i++)
      sum += minutesOf(await rows.nth(i).getByRole("cell").nth(1).innerText());
    assert.equal(sum, total);

    const planned = page.getByRole("region", { name: /Planned and done/ });
    await planned.getByRole("button", { name: "As a table" }).click();
    await planned.getByRole("columnheader", { name: "planned" }).waitFor();
    const accuracy = page.getByRole("region", { name: /Estimates and what tasks took/ });
    await accuracy.getByRole("button", { name: "As a table" }).click();
    await accuracy.getByRole("row").filter({ hasText: "History" }).getByText("5").waitFor();
    await page.getByRole("button", { name: "4 weeks" }).click();
    assert.equal(await rows.count(), 5);
    await page.getByText("9 finished tasks", { exact: true }).waitFor();
    await shot(page, "statistics-tables");

    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/settings");
    await page.getByRole("link", { name: "Statistics" }).click();
    await page.getByRole("img", { name: /of work in 12\sweeks/ }).waitFor();
    await page.getByRole("img", { name: /usually take/ }).waitFor();
    await shot(page, "statistics-phone");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, "statistics-dark");
  });
});

test("speaks German", async () => {
  const page = await newPerson(at.browser, at.site.url, {
    locale: "de-DE",
    viewport: { width: 390, height: 844 },
  });
  await pictured(at.browser, "statistics-de", async () => {
    await page.goto("/");
    await learnedDesk(page);
    await page.goto("/statistics");
    await page.getByRole("heading", { name: /Arbeit in dieser Woche/ }).waitFor();
    await page.getByText(/Pausen bis zu zwei Tagen/).waitFor();
    await page.getByRole("img", { name: /brauchen Aufgaben üblicherweise/ }).waitFor();
    await shot(page, "statistics-de");
  });
});
