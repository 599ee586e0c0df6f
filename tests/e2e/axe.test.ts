/*
 * Every page as axe sees it: wide and narrow, light and dark. axe finds about half of what can shut
 * people out; what it finds is always wrong, so it may find nothing.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { launch, newPerson, picture } from "./browser.ts";
import { newSite, removeSite, type Running, serve, type Site } from "./server.ts";

const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"] as const;
const TEST_MS = 120_000;

let browser: Browser;
let site: Site;
let server: Running;

before(async () => {
  site = await newSite();
  server = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.end("SIGTERM");
  await removeSite(site);
});

/** What axe finds, one line each: by all its rules, or by the one that looks at colours. */
async function findings(page: Page, colorsOnly: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (colorsOnly) axe.withRules("color-contrast");
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}

interface View {
  name: string;
  path: string;
  /** Something that is there once the page is. */
  shows: string;
  /** What to do before looking. */
  open?: (page: Page) => Promise<void>;
}

/**
 * Looks at a page in every width and scheme; all findings are told at once. Only colours differ in
 * the dark, so only they are looked at again.
 */
async function inspect(page: Page, { name, path, shows, open }: View): Promise<void> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(path);
    await page.locator(shows).first().waitFor();
    await open?.(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const here = await findings(page, colorScheme === "dark");
      const where = `${name}-${width}-${colorScheme}`;
      if (here.length > 0 || process.env["PICTURES"]) await picture(page, `axe-${where}`);
      found.push(...here.map((finding) => `${where}: ${finding}`));
    }
  }
  assert.deepEqual(found, []);
}

/** Tests each view with the page that somebody has. */
function views(someone: () => Promise<Page>, list: View[]): void {
  let page: Page | undefined;
  for (const view of list) {
    test(`axe finds nothing: ${view.name}`, { timeout: TEST_MS }, async () => {
      page ??= await someone();
      await inspect(page, view);
    });
  }
}

views(
  () => newPerson(browser, site.url),
  [
    { name: "welcome", path: "/", shows: "h1" },
    { name: "sign-up", path: "/sign-up", shows: "form.sign" },
    {
      name: "sign-in",
      path: "/sign-in",
      shows: "form.sign",
      open: (page) => page.getByRole("button", { name: "Sign in" }).click(),
    },
    { name: "hours", path: "/start/hours", shows: ".paint" },
    {
      name: "hours-typed",
      path: "/start/hours",
      shows: ".paint",
      open: (page) => page.getByRole("button", { name: "Type the hours instead" }).click(),
    },
    { name: "lost", path: "/no/such/page", shows: "h1" },
  ],
);

/** Someone with the sample term, as the first page offers it. */
async function student(): Promise<Page> {
  const page = await newPerson(browser, site.url);
  await page.goto("/");
  await page.getByRole("button", { name: "Try a sample term" }).click();
  await page.waitForURL("**/plan", { timeout: TEST_MS / 2 });
  return page;
}

views(student, [
  {
    name: "tasks-step",
    path: "/start/tasks",
    shows: ".added",
    open: (page) => page.getByRole("textbox").fill("essay 3h friday 17:00 #his !4"),
  },
  { name: "plan-step", path: "/start/plan", shows: "h1.proof" },
  { name: "plan", path: "/plan", shows: "h1.proof" },
  { name: "week", path: "/week", shows: ".cal" },
  {
    name: "why",
    path: "/week",
    shows: ".cal",
    open: async (page) => {
      await page.locator("button.flag, button.blk").first().click();
      await page.locator("section.insp").waitFor();
    },
  },
  {
    name: "what-if",
    path: "/week",
    shows: ".cal",
    open: async (page) => {
      await page.getByRole("slider").press("ArrowRight");
      await page.locator("section.whatif li").first().waitFor();
    },
  },
  { name: "tasks", path: "/tasks", shows: ".tbl, .tcards" },
  {
    name: "task-editor",
    path: "/tasks",
    shows: ".tbl, .tcards",
    open: async (page) => {
      await page.locator("button.ttl, button.tcard-open").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "settings", path: "/settings", shows: ".settings section" },
]);

/** Someone with ten hours of work until tomorrow night and one free hour a day. */
async function overloaded(): Promise<Page> {
  const page = await newPerson(browser, site.url);
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "20:00", end: "21:00" }));
  const due = new Date(Date.now() + 2 * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");
  const send = async (method: string, path: string, body: unknown) => {
    const reply = await page.request.fetch(`/api/v1${path}`, { method, data: body });
    assert.ok(reply.ok(), `${method} ${path}: ${reply.status()} ${await reply.text()}`);
  };
  await send("POST", "/guest", {});
  await send("PUT", "/availability", { week });
  await send("POST", "/tasks", { title: "Essay", estimate_min: 600, due });
  return page;
}

views(overloaded, [
  { name: "does-not-fit", path: "/plan", shows: "h1" },
  { name: "week-unfinished", path: "/week", shows: ".cal" },
]);
