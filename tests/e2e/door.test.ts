/* What the browser asks the server for, and when: a page's first moments over a slow network. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, pictured, served } from "./browser.ts";

const at = served();

/** The paths that are asked for from here on, in their order. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

test("a stranger at the door is not asked who they are, and somebody known goes in", async () => {
  const page = await newPerson(at.browser, at.site.url);
  await pictured(at.browser, "door", async () => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() !== "log") complaints.push(message.text());
    });
    const paths = asked(page);
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    assert.ok(!paths.includes("/api/v1/me"), paths.join());
    assert.deepEqual(complaints, []);

    await page
      .getByRole("link", { name: /start|plan/i })
      .first()
      .click();
    await page.waitForURL("**/start/hours");
    await page.evaluate(() =>
      fetch("/api/v1/guest", {
        method: "POST",
        body: "{}",
        headers: { "content-type": "application/json" },
      }),
    );
    await page.goto("/start/hours");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    await page.goto("/");
    await page.waitForURL((url) => url.pathname !== "/");
  });
  await page.context().close();
});

test("a page's files and data are asked for before the first script has come", async () => {
  const page = await newPerson(at.browser, at.site.url);
  await pictured(at.browser, "early", async () => {
    await page.goto("/");
    await page.evaluate(() =>
      fetch("/api/v1/guest", {
        method: "POST",
        body: "{}",
        headers: { "content-type": "application/json" },
      }),
    );
    let arrive = () => {};
    const held = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/\/assets\/index-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    const paths = asked(page);
    const going = page.goto("/week");
    const early = [
      /\/assets\/WeekPage-.*\.js$/,
      /\/assets\/WeekPage-.*\.css$/,
      /\/tasks$/,
      /\/me$/,
    ];
    for (const path of early)
      while (!paths.some((p) => path.test(p))) await new Promise((r) => setTimeout(r, 50));
    arrive();
    await going;
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    for (const path of early)
      assert.equal(
        paths.filter((p) => path.test(p)).length,
        1,
        `${String(path)} is asked for once`,
      );
  });
  await page.context().close();
});

test("a page that comes late begins at its heading, unless somebody went on", async () => {
  const page = await newPerson(at.browser, at.site.url);
  await pictured(at.browser, "late", async () => {
    let arrive = () => {};
    const held = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/\/assets\/HoursStep-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto("/");
    await page.locator("a[href='/start/hours']").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/start/hours");
    /* Longer than the page is waited for at first. */
    await page.waitForTimeout(400);
    arrive();
    const heading = page.getByRole("heading", { level: 1, name: "When could you study?" });
    await heading.waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    await page.keyboard.press("Tab");
    assert.match(
      (await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) ?? "",
      /^Monday /,
    );
  });
  await page.context().close();
});
