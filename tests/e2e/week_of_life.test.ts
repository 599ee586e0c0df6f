/*
 * A week of a student's life, in the week in which the clocks go back: the semester of examples/term.ics
 * is brought on Monday, and what it asks for is planned, begun, missed, put back, added to, paced and
 * moved until Sunday has its 25 hours. Lived four times: with a mouse, with fingers on a phone in the
 * dark, by keyboard alone, and on a phone through the accessibility tree. Each day ends with a look at
 * what axe finds.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { en } from "../../web/src/i18n/en/index.ts";
import { launch, newPerson, PATIENCE_MS, pictured, sound } from "./browser.ts";
import { send } from "./desk.ts";
import { Fingers, Keys, Mouse, Reader, type Hand } from "./hands.ts";
import { newSite, removeSite, serve, type Running, type Site } from "./server.ts";

const m = en;
const SEMESTER = readFileSync(new URL("../../examples/term.ics", import.meta.url));
const MONDAY_MS = Date.parse("2036-10-20T05:00:00Z"); // seven in the morning in Berlin
const HOUR_MS = 3_600_000;
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

interface Span {
  start: string;
  end: string;
}

interface Plan {
  certificate: { feasible: boolean };
  missed: unknown[];
  blocks: (Span & { task_id: string })[];
  days: { date: string; free_min: number }[];
  pace: Ratio;
}

interface Ratio {
  num: number;
  den: number;
}

interface Task {
  id: string;
  title: string;
  due: string;
  state: string;
  estimate_min: number;
  priority: number;
  worked_min: number;
  pinned: Span[];
}

interface Entry {
  task_id: string;
  minutes: number;
  kind: string;
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
    if (this.server) await this.page.clock.setSystemTime(now);
    else await this.page.clock.install({ time: now });
    await this.server?.end("SIGTERM");
    this.server = await serve(this.site, Math.round((now - Date.now()) / 1000));
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
  await hand.hears(/^\d+\stasks and 15\sevents added\./);
  const tasks = await tasksOf(page);
  const due = (title: string) => tasks.find((task) => task.title.includes(title))?.due;
  assert.equal(due("heaps and sorting"), "2036-10-23T10:00:00Z", "noon, in summer time");
  assert.equal(due("hashing"), "2036-10-30T11:00:00Z", "noon, behind it");
  await hand.go("/plan");
  await hand.finds("heading", /^All \d+ tasks fit at \d+\s?%/);
  await hand.reads(/Checked twice/);
}

async function monday(student: Student): Promise<void> {
  const { page, hand } = student;
  await hand.press("link", m.nav.today);
  await hand.finds("heading", /^Monday 20 October$/);
  await hand.press("button", /^Start( Space)?$/);
  await hand.finds("button", m.today.pause);
  await student.at(3.5);
  await hand.press("button", /^Stop( Space)?$/);
  await hand.hears(/^(59\smin|1\sh|1\sh\s0?\d) logged on /);
  await hand.press("button", m.today.log);
  await hand.write(m.today.howLong, "1 h 30");
  await hand.press("button", m.today.save);
  await hand.hears(/^1\sh\s30 logged on /);
  await hand.press("button", /^Done( D)?$/);
  await hand.hears(/ done\./);

  const log = (await send<{ items: Entry[] }>(page, "GET", "/work")).items;
  const timed = log.find((entry) => entry.kind === "timer");
  const byHand = log.find((entry) => entry.kind !== "timer");
  assert.equal(log.length, 2, "each is logged once");
  assert.ok(timed && timed.minutes >= 59 && timed.minutes <= 69, "an hour, and what a test takes");
  assert.equal(byHand?.minutes, 90);
  const done = (await tasksOf(page)).filter((task) => task.state === "done");
  assert.deepEqual(
    done.map((task) => [task.id, task.worked_min]),
    [[timed.task_id, timed.minutes + 90]],
    "the one that was worked on, and no other",
  );
}

async function tuesday({ page, hand }: Student): Promise<void> {
  await hand.go("/today");
  await hand.finds("region", m.missed.label);
  await hand.press("button", m.missed.putBack);
  await hand.hears(/put back into the week\./);
  assert.deepEqual((await planOf(page)).missed, []);
}

async function wednesday({ page, hand }: Student): Promise<void> {
  await hand.go("/tasks");
  await hand.press("button", /^(Add task( N)?|Add)$/);
  await hand.write(m.quick.label, "Handout for the talk 2h friday 17:00 !4");
  await page.keyboard.press("Enter");
  await hand.reads(/^Handout for the talk added/);
  const handout = (await tasksOf(page)).find((task) => task.title === "Handout for the talk");
  assert.equal(handout?.due, "2036-10-24T15:00:00Z", "Friday is this one, in summer time");
  assert.deepEqual([handout.estimate_min, handout.priority], [120, 4]);
  await page.keyboard.press("Escape");
}

async function thursday({ page, hand }: Student): Promise<void> {
  await hand.go("/week");
  await hand.slide(m.pace.label, 0.8);
  await hand.finds("region", m.whatif.label);
  await hand.press("button", /^Apply/);
  await hand.hears(/^Pace (7[5-9]|8[0-5])\s?%/);
  const share = ({ pace }: { pace: Ratio }) => pace.num / pace.den;
  const settings = await send<{ pace: Ratio }>(page, "GET", "/settings");
  assert.ok(share(settings) >= 0.75 && share(settings) <= 0.85, String(share(settings)));
  assert.equal(share(await planOf(page)), share(settings));
}

async function friday({ page, hand }: Student): Promise<void> {
  await hand.go("/week?day=2036-10-26");
  await hand.press("button", m.events.add);
  await hand.write(m.events.title, "Birthday");
  await hand.digits(m.events.date, "10262036");
  await hand.digits(m.events.start, "0300PM");
  await hand.digits(m.events.end, "0500PM");
  await hand.press("button", m.events.save);
  await hand.hears(/^Birthday added\./);
  /* 0 to 5 are six hours in this night; 13 more, without two for the choir and two for the birthday. */
  await hand.finds("group", /^Sunday 26 October, .+ planned of 15\sh free$/);
  assert.equal(freeOn(await planOf(page), "2036-10-26"), 15 * 60);

  /* One evening, behind the change of the clocks, there is no climbing. */
  const before = freeOn(await planOf(page), "2036-10-27");
  await hand.go("/week?day=2036-10-27");
  await hand.press("button", /^Event, Climbing, Monday 27 October, 18:30 to 20:00/);
  await hand.press("button", m.events.delete);
  await hand.press("button", m.events.scopes.one);
  await hand.hears(/^Climbing deleted\./);
  assert.equal(freeOn(await planOf(page), "2036-10-27"), before + 90);
  assert.deepEqual(await startsOf(page, "Climbing"), [
    "2036-10-20T16:30:00Z",
    "2036-11-03T17:30:00Z",
  ]);
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
  assert.deepEqual(await startsOf(page, "Algorithms lecture"), [
    "2036-10-20T06:15:00Z",
    "2036-10-27T07:15:00Z",
    "2036-11-03T07:15:00Z",
  ]);
  assert.deepEqual(await startsOf(page, "Birthday"), ["2036-10-26T14:00:00Z"]);
  await hand.go("/statistics");
  await hand.finds("heading", /2\sh\s(29|3\d)/);
}

const planOf = (page: Page) => send<Plan>(page, "GET", "/schedule?days=28");
const freeOn = ({ days }: Plan, date: string): number =>
  days.find((day) => day.date === date)?.free_min ?? NaN;

const tasksOf = async (page: Page): Promise<Task[]> =>
  (await send<{ items: Task[] }>(page, "GET", "/tasks?limit=200")).items;

/** When an event takes place in this week and the two that follow. */
async function startsOf(page: Page, title: string): Promise<string[]> {
  const path = "/events/occurrences?from=2036-10-20&days=15";
  const { items } = await send<{ items: (Span & { title: string })[] }>(page, "GET", path);
  return items.filter((o) => o.title.includes(title)).map((o) => o.start);
}

/** What is done, and at which hour of the week. */
const WEEK: [number, (student: Student) => Promise<void>][] = [
  [0, freeHours],
  [0.5, semester],
  [2.5, monday],
  [26, tuesday],
  [50, wednesday],
  [74, thursday],
  [98, friday],
  [6 * 24 + 3, sunday],
];

async function week(student: Student): Promise<void> {
  for (const [hour, lived] of WEEK) {
    await student.at(hour);
    await lived(student);
    await sound(student.page);
  }
  assert.deepEqual(student.faults, []);
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
  test(`a week ${way}`, { timeout: 30 * PATIENCE_MS }, async () => {
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
