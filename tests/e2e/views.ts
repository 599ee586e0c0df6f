/*
 * Every page that somebody can see, with what to do to see it: for the tests that look at all of
 * them. Buttons are found by the catalogue's words, so that the same view is reached in each
 * language. A new page is added here.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { Messages } from "../../web/src/i18n/en/index.ts";
import { newPerson } from "./browser.ts";
import { busyDesk, learnedDesk, minutesAhead, send } from "./desk.ts";
import type { Site } from "./server.ts";

/** How long a person may take to fill in a whole term. */
const TERM_MS = 60_000;

export interface View {
  name: string;
  path: string;
  /** Something that is there once the page is. */
  shows: string;
  /** What to do before looking. */
  open?: (page: Page, m: Messages) => Promise<void>;
}

export interface Scene {
  /** Makes somebody whose pages these are. */
  someone: (
    browser: Browser,
    site: Site,
    m: Messages,
    options: BrowserContextOptions,
  ) => Promise<Page>;
  views: View[];
}

const STRANGER: View[] = [
  { name: "welcome", path: "/", shows: "h1" },
  { name: "sign-up", path: "/sign-up", shows: "form.sign" },
  {
    name: "sign-in",
    path: "/sign-in",
    shows: "form.sign",
    open: (page, m) => page.locator("form").getByRole("button", { name: m.account.signIn }).click(),
  },
  { name: "join", path: "/join#0123456789abcdef", shows: "form.sign" },
  { name: "hours", path: "/start/hours", shows: ".paint" },
  {
    name: "hours-typed",
    path: "/start/hours",
    shows: ".paint",
    open: (page, m) => page.getByRole("button", { name: m.hours.typeInstead }).click(),
  },
  { name: "lost", path: "/no/such/page", shows: "h1" },
];

/** Someone with the sample term, as the first page offers it. */
const student: Scene["someone"] = async (browser, site, m, options) => {
  const page = await newPerson(browser, site.url, options);
  await page.goto("/");
  await page.getByRole("button", { name: m.welcome.sample }).click();
  await page.waitForURL("**/plan", { timeout: TERM_MS });
  return page;
};

/** Whether it is there by now, or soon. */
const isSoon = (thing: Locator): Promise<boolean> =>
  thing.waitFor({ timeout: 1500 }).then(
    () => true,
    () => false,
  );

/** Begins to select tasks, with one. */
async function selectOne(page: Page, m: Messages): Promise<void> {
  await page.getByRole("button", { name: m.bulk.select, exact: true }).click();
  await page
    .getByRole("checkbox", { name: m.bulk.selectOne("").trim() })
    .nth(1)
    .click();
}

const STUDENT: View[] = [
  {
    name: "tasks-step",
    path: "/start/tasks",
    shows: ".added",
    open: (page) => page.getByRole("textbox").fill("essay 3h friday 17:00 #his !4"),
  },
  { name: "plan-step", path: "/start/plan", shows: "h1.proof" },
  { name: "plan", path: "/plan", shows: "h1.proof" },
  { name: "today", path: "/today", shows: ".nowcard" },
  {
    name: "log-time",
    path: "/today",
    shows: ".nowcard",
    open: async (page, m) => {
      await page.getByRole("button", { name: m.today.log }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "focus-lengths",
    path: "/today",
    shows: ".nowcard",
    open: async (page, m) => {
      await page.getByRole("button", { name: m.today.lengths }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "week", path: "/week", shows: ".cal" },
  {
    name: "why",
    path: "/week",
    shows: ".cal",
    open: async (page, words) => {
      const block = page.locator("button.flag, button.blk").first();
      /* In the evening a phone's day is empty, and on a Sunday evening the week is. */
      if (!(await isSoon(block)))
        await page
          .locator(".daystrip button")
          .last()
          .click({ timeout: 1500 })
          .catch(() => undefined);
      if (!(await isSoon(block))) await page.getByRole("button", { name: words.week.next }).click();
      await block.click();
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
  {
    name: "moving",
    path: "/week",
    shows: ".cal",
    open: async (page, m) => {
      const ahead = page.locator("button.blk:not(.past)").last();
      if (!(await isSoon(ahead))) await page.getByRole("button", { name: m.week.next }).click();
      await ahead.focus();
      await page.keyboard.press("m");
      await page.getByRole("slider", { name: m.move.label("").trim() }).waitFor();
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "event",
    path: "/week",
    shows: "button.evt",
    open: async (page) => {
      await page.locator("button.evt").first().click();
      await page.locator("section.insp li").nth(1).waitFor();
    },
  },
  {
    name: "new-event",
    path: "/week",
    shows: ".cal",
    open: async (page, m) => {
      await page.getByRole("button", { name: m.events.add }).click();
      await page.getByRole("dialog").getByRole("combobox").first().selectOption("WEEKLY");
    },
  },
  {
    name: "edit-event",
    path: "/week",
    shows: "button.evt",
    open: async (page, m) => {
      await page.locator("button.evt").first().click();
      await page.getByRole("button", { name: m.events.edit }).click();
      await page.getByRole("group", { name: m.events.scope }).waitFor();
    },
  },
  {
    name: "day-hours",
    path: "/week",
    shows: ".cal",
    open: async (page) => {
      await page.locator("button.dh.today, button.day-hours").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "month", path: "/month", shows: "[role=grid]" },
  { name: "tasks", path: "/tasks", shows: ".tbl, .tcards" },
  {
    name: "task-editor",
    path: "/tasks",
    shows: ".tbl, .tcards",
    open: async (page, m) => {
      await page.locator("button.ttl, button.tcard-open").first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(m.repeat.label).selectOption("week");
      await dialog.getByLabel(m.steps.add, { exact: true }).fill("Skizze");
      await dialog.getByLabel(m.steps.add, { exact: true }).press("Enter");
      await dialog.locator("li.step").first().waitFor();
    },
  },
  {
    name: "tasks-selecting",
    path: "/tasks",
    shows: ".tbl, .tcards",
    open: selectOne,
  },
  {
    name: "tasks-move",
    path: "/tasks",
    shows: ".tbl, .tcards",
    open: async (page, m) => {
      await selectOne(page, m);
      await page.getByRole("toolbar").getByRole("button", { name: m.bulk.move }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "tasks-none", path: "/tasks?filter=dropped", shows: ".empty" },
  { name: "settings", path: "/settings", shows: ".settings section" },
  {
    name: "command",
    path: "/week",
    shows: ".cal",
    open: async (page, m) => {
      await page.getByRole("button", { name: m.command.open }).click();
      await page.getByRole("combobox").fill("a");
      await page.getByRole("option").nth(1).waitFor();
    },
  },
];

/** Someone with a calendar of which some is taken, some is new, and some has changed. */
const bringing: Scene["someone"] = async (browser, site, _m, options) => {
  const page = await newPerson(browser, site.url, options);
  const semester = readFileSync(new URL("../../examples/term.ics", import.meta.url), "utf8");
  const headers = { "content-type": "text/calendar" };
  const bring = (data: string) =>
    page.request
      .post("/api/v1/feeds/file", { data, headers })
      .then((reply) => reply.json() as Promise<{ id: string }>);
  await page.request.post("/api/v1/guest", { data: {} });
  const { id } = await bring(semester);
  const items = await page.request.get(`/api/v1/feeds/${id}/items?limit=200`);
  const all = ((await items.json()) as { items: { id: string; now: { due: string | null } }[] })
    .items;
  const take = all.slice(0, 40).map((item) => ({ id: item.id }));
  await page.request.post(`/api/v1/feeds/${id}/review`, { data: { take, leave: [] } });
  await page.request.post("/api/v1/calendar-links", { data: {} });
  await page.request.post("/api/v1/feeds", { data: { url: "https://localhost/term.ics" } });
  await bring(semester.replaceAll("T120000", "T123000").replaceAll("T101500", "T103000"));
  return page;
};

const BRINGING: View[] = [
  { name: "university", path: "/university", shows: ".feed-news" },
  { name: "university-fault", path: "/university", shows: ".note.warn" },
  {
    name: "university-refused",
    path: "/university",
    shows: ".feed-news",
    open: async (page, m) => {
      await page.getByLabel(m.feeds.followLabel).fill("https://127.1/term.ics");
      await page.getByRole("button", { name: m.feeds.followButton }).click();
      await page.locator(".field.bad").waitFor();
    },
  },
  { name: "plan-link", path: "/settings", shows: ".feed-out" },
  { name: "notifications-feeds", path: "/notifications", shows: ".told" },
];

/** Someone with ten hours of work until tomorrow night and one free hour a day. */
const overloaded: Scene["someone"] = async (browser, site, _m, options) => {
  const page = await newPerson(browser, site.url, options);
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "20:00", end: "21:00" }));
  await send(page, "POST", "/guest", {});
  await send(page, "PUT", "/availability", { week });
  const essay = { title: "Essay", estimate_min: 600, due: minutesAhead(2 * 1440) };
  await send(page, "POST", "/tasks", essay);
  return page;
};

const OVERLOADED: View[] = [
  { name: "does-not-fit", path: "/plan", shows: "h1" },
  { name: "week-unfinished", path: "/week", shows: ".cal" },
  {
    name: "notifications",
    path: "/notifications",
    shows: ".told-page .card",
    open: async (page, m) => {
      /* One is read, and stays so when the page is looked at again. */
      const known = page.locator(".told-known summary");
      const read = page.getByRole("button", { name: new RegExp(`^${m.notifications.read}`) });
      if (!(await known.isVisible())) await read.first().click();
      await known.click();
    },
  },
];

/** Someone in the middle of a day: one task done, some work logged, the timer on another. */
const working: Scene["someone"] = async (browser, site, _m, options) => {
  const page = await newPerson(browser, site.url, options);
  await page.goto("/");
  await busyDesk(page);
  return page;
};

const WORKING: View[] = [
  { name: "today-working", path: "/today", shows: ".clock" },
  {
    name: "today-correct",
    path: "/today",
    shows: ".clock",
    open: async (page) => {
      await page.locator("section[aria-labelledby=done-title] .btn.icon").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
];

/** Someone who has finished tasks of two courses, so that estimates have been learned. */
const learned: Scene["someone"] = async (browser, site, _m, options) => {
  const page = await newPerson(browser, site.url, options);
  await page.goto("/");
  await learnedDesk(page);
  return page;
};

const LEARNED: View[] = [
  { name: "plan-chances", path: "/plan", shows: ".chances" },
  { name: "statistics", path: "/statistics", shows: ".statistics" },
  {
    name: "statistics-tables",
    path: "/statistics",
    shows: ".milestones",
    open: async (page, m) => {
      await page.locator(".ranges").waitFor();
      for (let n = await page.getByRole("button", { name: m.chart.asTable }).count(); n > 0; n--)
        await page.getByRole("button", { name: m.chart.asTable }).first().click();
    },
  },
  { name: "settings-learned", path: "/settings", shows: ".learned" },
];

/** An administrator, by the link that the program gives, on a server with a student. */
const administrator: Scene["someone"] = async (browser, site, _m, options) => {
  const words = ["user", "invite", "--admin", "--data", site.data];
  const link = execFileSync(process.env["STUDYBUNNY"] ?? "", words, { encoding: "utf8" }).trim();
  const page = await newPerson(browser, site.url, options);
  const student = await newPerson(browser, site.url);
  const password = "correct horse battery";
  for (const [{ request }, name, more] of [
    [student, "student", {}],
    [page, "admin", { invitation: link.split("#")[1] }],
  ] as const) {
    const email = `${name}-${options.locale ?? ""}@example.org`;
    const reply = await request.post("/api/v1/accounts", { data: { email, password, ...more } });
    assert.ok(reply.ok(), await reply.text());
  }
  await student.context().close();
  return page;
};

const ADMINISTRATOR: View[] = [
  { name: "admin", path: "/admin", shows: ".people li" },
  {
    name: "admin-invited",
    path: "/admin",
    shows: ".people li",
    open: async (page, m) => {
      await page.getByLabel(m.admin.forWhom).fill("Anna");
      await page.getByRole("button", { name: m.admin.invite }).click();
      await page.getByLabel(m.admin.link).waitFor();
    },
  },
  {
    name: "admin-person",
    path: "/admin",
    shows: ".people li",
    open: async (page, m) => {
      const name = m.admin.changeNamed("student-").replace(/student-.*/, "student-");
      await page.getByRole("button", { name }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "join-known", path: "/join", shows: ".sign" },
];

/** A guest who has not said anything yet. */
const newcomer: Scene["someone"] = async (browser, site, _m, options) => {
  const page = await newPerson(browser, site.url, options);
  await page.request.post("/api/v1/guest", { data: {} });
  return page;
};

export const SCENES: Scene[] = [
  {
    someone: (browser, site, _m, options) => newPerson(browser, site.url, options),
    views: STRANGER,
  },
  { someone: student, views: STUDENT },
  { someone: overloaded, views: OVERLOADED },
  { someone: working, views: WORKING },
  { someone: learned, views: LEARNED },
  { someone: bringing, views: BRINGING },
  { someone: administrator, views: ADMINISTRATOR },
  {
    someone: newcomer,
    views: [
      { name: "today-empty", path: "/today", shows: ".card.empty" },
      { name: "notifications-empty", path: "/notifications", shows: ".card.empty" },
      { name: "statistics-empty", path: "/statistics", shows: ".card.empty" },
    ],
  },
];
