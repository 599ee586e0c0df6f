/*
 * The main story in one browser and the real program: from an empty page to a certified plan, why a
 * block is where it is, another pace, a task done and undone, a crash of the server, an account, and
 * a second browser that finds everything. Rate limits are on, as they are for people.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { serve } from "./server.ts";

/** The most a person may have to commit until the plan is there and proved. */
const COMMITS_AT_MOST = 8;
const EMAIL = "ada@example.org";
const PASSWORD = "correct horse battery";
const TASKS = [
  { line: "essay on Kant 3h in 4 days 18:00", title: "Essay on Kant" },
  { line: "problem sheet 2h30 in 5 days", title: "Problem sheet" },
  { line: "read chapter 7 4h in 6 days", title: "Read chapter 7" },
];
const ESSAY = "Essay on Kant";

const at = served();

/** Acts on a page and counts what commits: clicks, drags, Enter. Typing commits nothing. */
class Hand {
  commits = 0;

  constructor(readonly page: Page) {}

  async click(target: Locator): Promise<void> {
    this.commits++;
    await target.click();
  }

  async enter(): Promise<void> {
    this.commits++;
    await this.page.keyboard.press("Enter");
  }

  async drag(from: Locator, to: Locator): Promise<void> {
    this.commits++;
    const a = await middle(from);
    const b = await middle(to);
    await this.page.mouse.move(a.x, a.y);
    await this.page.mouse.down();
    await this.page.mouse.move(b.x, b.y, { steps: 8 });
    await this.page.mouse.up();
  }
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  await of.scrollIntoViewIfNeeded();
  const box = await of.boundingBox();
  assert.ok(box, "nothing to point at");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The titles on the page with the list of tasks, sorted. */
async function listed(page: Page): Promise<string[]> {
  await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
  return (await page.locator("table.tbl button.ttl").allInnerTexts()).sort();
}

const blocks = (page: Page) => page.locator("button.blk");
const times = (page: Page) =>
  blocks(page).evaluateAll((all) => all.map((block) => block.getAttribute("aria-label")));

async function firstRun(hand: Hand): Promise<void> {
  const { page } = hand;
  await page.goto("/");
  await hand.click(page.getByRole("link", { name: "Start with my own free hours" }));
  await hand.drag(
    page.getByRole("button", { name: "Monday 09:00 to 09:30" }),
    page.getByRole("button", { name: "Sunday 16:30 to 17:00" }),
  );
  await page.getByText("56 h a week").waitFor();
  await page.getByText("Europe/Berlin").waitFor();
  await hand.click(page.getByRole("button", { name: "Next: your tasks" }));
  const line = page.getByRole("textbox", { name: "New task" });
  for (const { line: words, title } of TASKS) {
    await line.pressSequentially(words);
    await hand.enter();
    await page.getByRole("region", { name: "Added so far" }).getByText(title).waitFor();
  }
  await hand.click(page.getByRole("link", { name: "Show my plan" }));
  await page.getByRole("heading", { level: 1, name: /^All 3 tasks fit at \d+\s?% / }).waitFor();
  await page.getByText("Checked twice, by the planner and by a separate checker").waitFor();
}

async function whyHere(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Start with today" }).click();
  await page.getByRole("heading", { name: "Due next" }).waitFor();
  await page.getByRole("link", { name: "Week", exact: true }).click();
  await page.getByRole("group", { name: /^Calendar of study blocks/ }).waitFor();
  /* Late on a Sunday everything is in the next week. */
  if ((await blocks(page).count()) === 0)
    await page.getByRole("button", { name: "Next week" }).click();
  await blocks(page).first().click();
  const panel = page.locator("section.insp");
  await panel.getByRole("heading", { name: "Why here" }).waitFor();
  await panel.getByText(/is due .+; .+ (left|are split over)/).waitFor();
  await panel.getByText(/slack/).waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
}

async function anotherPace(page: Page): Promise<void> {
  const slider = page.getByRole("slider", { name: "Pace" });
  const before = await times(page);
  assert.equal(await slider.inputValue(), "60");
  const box = await slider.boundingBox();
  assert.ok(box);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.6, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, y, { steps: 10 });
  await page.mouse.up();
  const whatIf = page.getByRole("region", { name: "What if" });
  await whatIf.getByText(/Every deadline still holds/).waitFor();
  await whatIf.getByText(/blocks? moves?/).waitFor();
  await whatIf.getByRole("button", { name: "Apply" }).click();
  await said(page, /^Pace (29|30|31)\s?%/);
  await whatIf.waitFor({ state: "detached" });
  assert.notDeepEqual(await times(page), before, "another pace has to move blocks");
}

async function doneAndUndone(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Tasks", exact: true }).click();
  await page.getByRole("checkbox", { name: `Done: ${ESSAY}` }).click();
  await said(page, /Essay on Kant done/);
  await page.getByRole("button", { name: ESSAY, exact: true }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Undo/ }).click();
  await said(page, /Undone/);
  await page.getByRole("button", { name: ESSAY, exact: true }).waitFor();
  assert.deepEqual(await listed(page), TASKS.map((task) => task.title).sort());
}

/** What is there: titles, blocks of the week, and the pace. */
async function everything(page: Page): Promise<unknown> {
  await page.goto("/tasks");
  await page
    .locator("table.tbl button.ttl")
    .nth(TASKS.length - 1)
    .waitFor();
  const titles = await listed(page);
  await page.goto("/week");
  await page.getByRole("group", { name: /^Calendar of study blocks/ }).waitFor();
  if ((await blocks(page).count()) === 0)
    await page.getByRole("button", { name: "Next week" }).click();
  await blocks(page).first().waitFor();
  const pace = await page.getByRole("slider", { name: "Pace" }).inputValue();
  const free = await page.locator(".fr").count();
  return { titles, blocks: await times(page), pace, free };
}

async function sign(page: Page, how: "Sign up" | "Sign in", says: RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name: how }).waitFor();
  await page.getByRole("textbox", { name: "E-mail" }).fill(EMAIL);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: how, exact: true }).click();
  await said(page, says);
}

test(
  "from nothing to a plan, through a crash, to a second browser",
  { timeout: 12 * PATIENCE_MS },
  async () => {
    await pictured(at.browser, "journey", async () => {
      const page = await newPerson(at.browser, at.site.url);
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("response", (r) => r.status() >= 500 && faults.push(`${r.status()} ${r.url()}`));

      const hand = new Hand(page);
      await firstRun(hand);
      assert.ok(hand.commits <= COMMITS_AT_MOST, `${hand.commits} commits to a plan`);
      await whyHere(page);
      await anotherPace(page);
      await doneAndUndone(page);

      const kept = await everything(page);
      await at.server.end("SIGKILL");
      at.server = await serve(at.site);
      await page.reload();
      assert.deepEqual(await everything(page), kept, "a crash must lose nothing");

      await page.getByRole("link", { name: "Sign up" }).click();
      await sign(page, "Sign up", /Signed up as ada@example\.org/);
      assert.deepEqual(await everything(page), kept, "an account keeps what the guest had");

      const elsewhere = await newPerson(at.browser, at.site.url);
      await elsewhere.goto("/");
      await elsewhere.getByRole("link", { name: "Sign in" }).click();
      await sign(elsewhere, "Sign in", /Signed in as ada@example\.org/);
      assert.deepEqual(await everything(elsewhere), kept, "another browser sees the same");
      assert.deepEqual(faults, []);
    });
  },
);
