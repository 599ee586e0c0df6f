/*
 * The university's calendar in the browser and the real program: a file is brought, looked through
 * and added; a newer one shows what has changed; all of it by keyboard too.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, pictured, said, served, sound } from "./browser.ts";
import { newDesk } from "./desk.ts";

const semester = readFileSync(new URL("../../examples/term.ics", import.meta.url), "utf8");

const at = served();

async function bring(page: Page, text: string, name = "term.ics"): Promise<void> {
  const buffer = Buffer.from(text);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/calendar", buffer });
}

/** The first deadline of the semester two days later, and another one gone. */
function nextEdition(): string {
  const [first, second] = semester.split("BEGIN:VEVENT").filter((e) => e.includes("UID:due-"));
  assert.ok(first && second);
  const due = /DTSTART;TZID=Europe\/Berlin:(\d{8})T/.exec(first)?.[1] ?? "";
  const later = String(Number(due) + 2);
  return semester.replace(first, first.replaceAll(due, later)).replace(`BEGIN:VEVENT${second}`, "");
}

test("a semester is brought, looked through, added, and followed", () =>
  pictured(at.browser, "feeds", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await newDesk(page, 0);
    await page.goto("/tasks");
    await page.getByRole("link", { name: "from your university" }).click();
    await page.getByRole("heading", { name: "From your university" }).waitFor();
    await bring(page, semester);
    await said(page, /Winter term 2036\/37 read\./);
    const add = page.getByRole("button", { name: /^Add 60 tasks and 16 events$/ });
    await add.waitFor();

    // One is not wanted, another takes longer.
    await page.getByRole("checkbox", { name: /Choir/ }).uncheck();
    const time = page.getByLabel(/^Time needed for Sheet 1: recurrences$/);
    await time.fill("much");
    assert.equal(await page.getByRole("button", { name: /^Add 60/ }).isDisabled(), true);
    await time.fill("4 h 30");
    await page.getByRole("button", { name: /^Add 60 tasks and 15 events$/ }).click();
    await said(page, /60\stasks and 15\sevents added\./);

    // Taken back by one click, the review is open again, and nothing of it is left.
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: /^Add 60 tasks and 1[56] events$/ }).waitFor();
    const tasks = await page.request.get("/api/v1/tasks");
    assert.deepEqual(((await tasks.json()) as { items: unknown[] }).items, []);
    await page.getByRole("checkbox", { name: /Choir/ }).uncheck();
    await time.fill("4 h 30");
    await page.getByRole("button", { name: /^Add 60 tasks and 15 events$/ }).click();
    await said(page, /60\stasks and 15\sevents added\./);
    await page.getByText("One thing waits for a look.").waitFor();
    await page.getByRole("button", { name: "Never ask about it" }).click();
    await page.getByText("Everything in your calendars is looked through.").waitFor();

    await bring(page, semester, "term (1).ics");
    await said(page, /Nothing in it is new\./);
    await bring(page, nextEdition());
    const news = page.locator(".feed-news li");
    await news
      .filter({ hasText: "due +2 days" })
      .getByRole("button", { name: "Take over" })
      .click();
    await said(page, /taken over\./);
    /* Both can be taken back, and are decided on again. */
    await page.getByRole("button", { name: "Undo" }).click();
    await news
      .filter({ hasText: "due +2 days" })
      .getByRole("button", { name: "Take over" })
      .click();
    await said(page, /taken over\./);
    const drop = news
      .filter({ hasText: "no longer in the calendar" })
      .getByRole("button", { name: "Drop the task" });
    await drop.click();
    await drop.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await drop.click();
    await page.getByText("Everything in your calendars is looked through.").waitFor();
    await page.goto("/tasks");
    await page.getByRole("button", { name: /^Open 59/ }).waitFor();
    const row = page.locator("tr").filter({ hasText: "Sheet 1: recurrences" });
    assert.match(await row.innerText(), /4\s*h\s*30/);
  }));

test("a link is followed; where it cannot be read, that is said once and plainly", () =>
  pictured(at.browser, "feeds-link", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await newDesk(page, 0);
    await page.goto("/university");
    const link = page.getByLabel("Calendar link");
    const follow = page.getByRole("button", { name: "Follow" });
    await link.fill("http://127.1/term.ics");
    await follow.click();
    await page.getByText("127.0.0.1 is not a public address").waitFor();
    await link.fill("webcal://localhost/term.ics");
    await link.press("Enter");
    await said(page, /The link is being read\./);
    const card = page.getByRole("region", { name: "localhost" });
    await card.getByText("inside a private network").waitFor();
    await card.getByText("It is tried again by itself.").waitFor();
    await card.getByRole("button", { name: "Read now" }).waitFor();
    /* On a phone the buttons leave its name the room for one line. */
    await page.setViewportSize({ width: 390, height: 844 });
    const name = card.getByRole("heading", { name: "localhost" });
    const lines = await name.evaluate(
      (h) => h.getBoundingClientRect().height / parseFloat(getComputedStyle(h).lineHeight),
    );
    assert.ok(lines < 1.5, `${String(lines)} lines`);
  }));

test("a link to the plan is made in the settings, read, and revoked", () =>
  pictured(at.browser, "feeds-out", async () => {
    const page = await newPerson(at.browser, at.site.url);
    await newDesk(page, 3);
    await page.goto("/settings");
    const section = page.getByRole("region", { name: "Your plan in other calendars" });
    await section.getByRole("button", { name: "Make a link" }).click();
    const address = await section.getByLabel("Secret link").inputValue();
    const calendar = await (await fetch(address)).text();
    assert.match(calendar, /SUMMARY:Due: Task 2\r\n/);
    await section.getByRole("button", { name: "Revoke" }).click();
    await said(page, /The link is revoked\./);
    assert.equal((await fetch(address)).status, 404);
    await section.getByLabel("Secret link").waitFor({ state: "detached" });
  }));

test("what is no calendar is said, and nothing is there", () =>
  pictured(at.browser, "feeds-wrong", async () => {
    const page = await newPerson(at.browser, at.site.url, { locale: "de-DE" });
    await newDesk(page, 1);
    await page.goto("/university");
    await bring(page, "<!DOCTYPE html>", "anmeldung.html");
    await page.getByRole("alert").filter({ hasText: "Das ist kein Kalender" }).waitFor();
    assert.equal(await page.locator(".feed-items").count(), 0);
  }));

test("the review by keyboard alone, on a phone", () =>
  pictured(at.browser, "feeds-keys", async () => {
    const page = await newPerson(at.browser, at.site.url, {
      viewport: { width: 390, height: 844 },
    });
    await newDesk(page, 0);
    await page.goto("/university");
    await bring(page, semester);
    await page.getByRole("button", { name: /^Add 60/ }).waitFor();
    const all = page.getByRole("checkbox", { name: "All 60" });
    await all.focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: /^Add 16 events$/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: /^Add 1.task and 16 events$/ }).focus();
    await page.keyboard.press("Enter");
    await said(page, /1\stask and 16\sevents added\./);
    await sound(page);
  }));
