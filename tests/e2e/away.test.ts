/*
 * When things are not there: the server is away and comes back while somebody looks at the app, the
 * session ends elsewhere, and a dialog is left by accident. Nothing that is shown or typed goes with it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { freeDesk, newDesk, send } from "./desk.ts";
import { serve } from "./server.ts";

const EMAIL = "emmy@example.org";
const PASSWORD = "a phrase of some length";

const at = served();

const note = (page: Page) => page.getByRole("status").filter({ hasText: "not reached" });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const titled = (page: Page, name: string) =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

test("a page whose code cannot come is said in its place", { timeout: 6 * PATIENCE_MS }, () =>
  pictured(at.browser, "away-code", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await newDesk(page, 2);
    await page.goto("/tasks");
    await titled(page, "Tasks");
    await page.waitForLoadState("networkidle");
    await at.server.end("SIGKILL");
    await link(page, "Month").click();
    const fault = page.getByRole("alert").filter({ hasText: "The server was not reached" });
    await fault.waitFor();
    /* The rest of the app is there. */
    await link(page, "Tasks").click();
    await page.getByRole("button", { name: "Task 0", exact: true }).waitFor();
    await link(page, "Month").click();
    await fault.waitFor();
    at.server = await serve(at.site);
    await fault.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("grid").waitFor();
    await page.context().close();
  }),
);

test("what is shown stays while the server is away", { timeout: 6 * PATIENCE_MS }, () =>
  pictured(at.browser, "away-shown", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await freeDesk(page, ["Essay on Kant"]);
    await page.goto("/statistics");
    await titled(page, "Statistics");
    await link(page, "Tasks").click();
    const essay = page.getByRole("button", { name: "Essay on Kant", exact: true });
    await essay.waitFor();
    await at.server.end("SIGKILL");
    /* Statistics are asked for whenever one comes to them. */
    await link(page, "Statistics").click();
    await note(page).waitFor();
    await titled(page, "Statistics");
    await link(page, "Tasks").click();
    await essay.waitFor();
    await note(page).waitFor();

    at.server = await serve(at.site);
    const other = await newPerson(at.browser, at.site.url, {
      storageState: await page.context().storageState(),
    });
    await send(other, "POST", "/tasks", {
      title: "Made meanwhile",
      estimate_min: 60,
      due: new Date(Date.now() + 3 * 86_400_000).toISOString().replace(/\.\d+Z/, "Z"),
    });
    await note(page).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Made meanwhile", exact: true }).waitFor();
    await other.context().close();
    await page.context().close();
  }),
);

test("who signs in again is back where they were", { timeout: 6 * PATIENCE_MS }, () =>
  pictured(at.browser, "away-session", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await send(page, "POST", "/accounts", { email: EMAIL, password: PASSWORD });
    await page.goto("/tasks?filter=done");
    await titled(page, "Tasks");
    await send(page, "DELETE", "/session");
    await link(page, "Statistics").click();
    await titled(page, "Sign in");
    await page.getByText("Your session has ended").waitFor();
    assert.equal(await page.getByLabel("E-mail").inputValue(), EMAIL);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.locator("form").getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/statistics");

    /* So is who opens a page without a session; elsewhere than in the app it leads nowhere. */
    for (const [asked, then] of [
      ["/plan", "**/plan"],
      ["/sign-in?to=//example.org/", "**/today"],
    ] as const) {
      await send(page, "DELETE", "/session");
      await page.goto(asked);
      await titled(page, "Sign in");
      await page.getByLabel("E-mail").fill(EMAIL);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.locator("form").getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(then);
    }
    await page.context().close();
  }),
);

test("a click beside a dialog does not lose what was typed", { timeout: 4 * PATIENCE_MS }, () =>
  pictured(at.browser, "away-typed", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await newDesk(page, 1);
    await page.goto("/tasks");
    const open = page.getByRole("button", { name: "Task 0", exact: true });
    const dialog = page.getByRole("dialog");
    const beside = () => page.mouse.click(8, 8);
    await open.click();
    await dialog.getByLabel("Notes").waitFor();
    await beside();
    await dialog.waitFor({ state: "detached" });

    await open.click();
    await dialog.getByLabel("Notes").fill("Chapters 2 and 3");
    await beside();
    assert.equal(await dialog.getByLabel("Notes").inputValue(), "Chapters 2 and 3");

    /* Half a date is not saved as none. */
    const earliest = dialog.getByLabel("Not before");
    await earliest.focus();
    await page.keyboard.type("1224");
    await dialog.getByRole("button", { name: "Save task" }).click();
    assert.equal(await earliest.evaluate((e) => e === document.activeElement), true);
    await earliest.fill("");
    await dialog.getByRole("button", { name: "Save task" }).click();
    await said(page, /Task 0 saved/);
    await dialog.waitFor({ state: "detached" });
    await page.context().close();
  }),
);
