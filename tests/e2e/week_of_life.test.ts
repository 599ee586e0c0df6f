/*
 * A week of a student's life, in the week in which the clocks go back: the semester of examples/term.ics
 * is brought on Monday, and what it asks for is planned, begun, missed, put back, added to and paced
 * until Sunday has its 25 hours. Lived four times: with a mouse, with fingers on a phone in the dark,
 * by keyboard alone, and on a phone through the accessibility tree.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { en } from "../../web/src/i18n/en/index.ts";
import { launch, newPerson, PATIENCE_MS, pictured } from "./browser.ts";
import { send } from "./desk.ts";
import { Fingers, Keys, Mouse, Reader, type Hand } from "./hands.ts";
import { newSite, removeSite, serve, type Running, type Site } from "./server.ts";

const m = en;
const SEMESTER = readFileSync(new URL("../../examples/term.ics", import.meta.url));
const MONDAY_MS = Date.parse("2036-10-20T05:00:00Z"); // seven in the morning in Berlin
const HOUR_MS = 3_600_000;
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

interface Plan {
  certificate: { feasible: boolean };
  missed: unknown[];
  days: { date: string; free_min: number }[];
}

interface Occurrence {
  title: string;
  start: string;
}

/** Somebody, and the time that it is for them and the server. */
class Student {
  faults: string[] = [];
  private server: Running | null = null;

  constructor(
    readonly page: Page,
    readonly hand: Hand,
    readonly site: Site,
  ) {
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("response", (r) => r.status() >= 500 && this.faults.push(`${r.status()} ${r.url()}`));
  }

  /** So many hours after the week's beginning. */
  async at(hours: number): Promise<void> {
    const now = MONDAY_MS + hours * HOUR_MS;
    await this.server?.end("SIGTERM");
    this.server = await serve(this.site, Math.round((now - Date.now()) / 1000));
    if (hours === 0) await this.page.clock.install({ time: now });
    else await this.page.clock.setSystemTime(now);
  }

  async leave(): Promise<void> {
    await this.server?.end("SIGTERM");
    await this.page.context().close();
  }
}

async function freeHours({ hand }: Student): Promise<void> {
  await hand.go("/");
  await hand.press("link", m.welcome.start);
  await hand.press("button", m.hours.typeInstead);
  for (const day of DAYS) await hand.write(day, day === "Sunday" ? "0-5, 9-22" : "9-22");
  await hand.press("button", m.hours.next);
  await hand.finds("textbox", m.quick.label);
}

async function semester({ page, hand }: Student): Promise<void> {
  await hand.go("/university");
  const asked = page.waitForEvent("filechooser");
  await hand.press("button", m.feeds.choose);
  const file = { name: "term.ics", mimeType: "text/calendar", buffer: SEMESTER };
  await (await asked).setFiles(file);
  await hand.press("button", /^Add \d+\stasks and 15\sevents$/);
  await hand.reads(/^\d+\stasks and 15\sevents added\.$/);
  await hand.go("/plan");
  await hand.finds("heading", /^All \d+ tasks fit at \d+\s?%/);
  await hand.reads(/Checked twice/);
}

async function monday({ page, hand }: Student): Promise<void> {
  await hand.press("link", m.nav.today);
  await hand.finds("heading", /^Monday 20 October$/);
  await hand.press("button", /^Start( Space)?$/);
  await hand.finds("button", m.today.pause);
  await hand.press("button", /^Stop( Space)?$/);
  await hand.reads(/^Under half a minute, so nothing was logged/);
  await hand.press("button", m.today.log);
  await hand.write(m.today.howLong, "1 h 30");
  await hand.press("button", m.today.save);
  await hand.reads(/^1\sh\s30 logged on /);
  const log = await send<{ items: { minutes: number }[] }>(page, "GET", "/work");
  assert.deepEqual(
    log.items.map((entry) => entry.minutes),
    [90],
  );
  await hand.press("button", /^Done( D)?$/);
  await hand.reads(/ done\./);
}

async function tuesday({ page, hand }: Student): Promise<void> {
  await hand.go("/today");
  await hand.finds("region", m.missed.label);
  await hand.press("button", m.missed.putBack);
  await hand.reads(/put back into the week\./);
  assert.deepEqual((await planOf(page)).missed, []);
}

async function wednesday({ page, hand }: Student): Promise<void> {
  await hand.go("/tasks");
  await hand.press("button", /^(Add task( N)?|Add)$/);
  await hand.write(m.quick.label, "Handout for the talk 2h friday 17:00 !4");
  await page.keyboard.press("Enter");
  await hand.reads(/^Handout for the talk added/);
  const { items } = await send<{ items: { title: string; due: string }[] }>(
    page,
    "GET",
    "/tasks?limit=200",
  );
  const due = items.find((task) => task.title === "Handout for the talk")?.due;
  assert.equal(due, "2036-10-24T15:00:00Z", "Friday is this one, in summer time");
  await page.keyboard.press("Escape");
}

async function thursday({ page, hand }: Student): Promise<void> {
  await hand.go("/week");
  await hand.slide(m.pace.label, 0.8);
  await hand.finds("region", m.whatif.label);
  await hand.press("button", /^Apply/);
  await hand.reads(/^Pace (7[5-9]|8[0-5])\s?%/);
  const settings = await send<{ pace: { num: number } }>(page, "GET", "/settings");
  assert.ok(settings.pace.num >= 75);
}

async function friday({ page, hand }: Student): Promise<void> {
  await hand.go("/week?day=2036-10-26");
  await hand.press("button", m.events.add);
  await hand.write(m.events.title, "Birthday");
  await hand.digits(m.events.date, "10262036");
  await hand.digits(m.events.start, "0300PM");
  await hand.digits(m.events.end, "0500PM");
  await hand.press("button", m.events.save);
  await hand.reads(/^Birthday added\./);
  /* 0 to 5 are six hours in this night; 13 more, without two for the choir and two for the birthday. */
  await hand.finds("group", /^Sunday 26 October, .+ planned of 15\sh free$/);
  const sunday = (await planOf(page)).days.find((day) => day.date === "2036-10-26");
  assert.equal(sunday?.free_min, 15 * 60);
}

async function sunday({ page, hand }: Student): Promise<void> {
  await hand.go("/week?day=2036-10-26");
  await hand.finds("button", /^Event, Birthday, Sunday 26 October, 15:00 to 17:00$/);
  for (const [path, day] of [
    ["/week?day=2036-10-20", "Monday 20 October"],
    ["/week?day=2036-10-27", "Monday 27 October"],
  ] as const) {
    await hand.go(path);
    await hand.finds("button", new RegExp(`Algorithms lecture, ${day}, 08:15 to 09:45`));
  }
  const path = "/events/occurrences?from=2036-10-20&days=8";
  const { items } = await send<{ items: Occurrence[] }>(page, "GET", path);
  assert.deepEqual(
    items.filter((o) => o.title.includes("Algorithms lecture")).map((o) => o.start),
    ["2036-10-20T06:15:00Z", "2036-10-27T07:15:00Z"],
  );
  await hand.go("/statistics");
  await hand.finds("heading", /1\sh\s30/);
}

const planOf = (page: Page) => send<Plan>(page, "GET", "/schedule?days=28");

async function week(student: Student): Promise<void> {
  await student.at(0);
  await freeHours(student);
  await semester(student);
  await student.at(2.5);
  await monday(student);
  await student.at(26);
  await tuesday(student);
  await student.at(50);
  await wednesday(student);
  await student.at(74);
  await thursday(student);
  await student.at(98);
  await friday(student);
  await student.at(6 * 24 + 3);
  await sunday(student);
  assert.deepEqual(student.faults, []);
  const { scrollWidth, clientWidth } = await student.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.ok(scrollWidth <= clientWidth, "nothing sticks out");
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const WAYS: [string, BrowserContextOptions, (page: Page) => Hand][] = [
  ["with a mouse", { colorScheme: "light" }, (page) => new Mouse(page)],
  ["with fingers, in the dark", { ...PHONE, colorScheme: "dark" }, (page) => new Fingers(page)],
  ["by keyboard alone, in the dark", { colorScheme: "dark" }, (page) => new Keys(page)],
  [
    "through the accessibility tree, on a phone",
    { ...PHONE, colorScheme: "light" },
    (page) => new Reader(page),
  ],
];

let browser: Browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

for (const [way, options, handOf] of WAYS)
  test(`a week ${way}`, { timeout: 15 * PATIENCE_MS }, async () => {
    const site = await newSite();
    const page = await newPerson(browser, site.url, options);
    const student = new Student(page, handOf(page), site);
    try {
      await pictured(browser, `week-${way.replaceAll(/\W+/g, "-")}`, () => week(student));
    } finally {
      await student.leave();
      await removeSite(site);
    }
  });
