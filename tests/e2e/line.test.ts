/*
 * The line in both languages: chips that can be refused, commands that say what they will do, and
 * speech. What understands speech is a stand-in at the browser's own border, so that all of ours runs.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { de } from "../../web/src/i18n/de/index.ts";
import { en } from "../../web/src/i18n/en/index.ts";
import { newPerson, pictured, served } from "./browser.ts";
import { send } from "./desk.ts";

const TEST_MS = 120_000;

const at = served();

interface Kept {
  title: string;
  state: string;
  estimate_min: number;
  remaining_min: number;
}

const kept = async (page: Page): Promise<Kept[]> =>
  ((await (await page.request.get("/api/v1/tasks")).json()) as { items: Kept[] }).items;

/** Someone with free hours and the given tasks, on the page with the week. */
async function someone(locale: string, titles: string[]): Promise<Page> {
  const page = await newPerson(at.browser, at.site.url, { locale });
  await send(page, "POST", "/guest", {});
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "00:00", end: "24:00" }));
  await send(page, "PUT", "/availability", { week });
  const due = new Date(Date.now() + 5 * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");
  for (const title of titles) await send(page, "POST", "/tasks", { title, estimate_min: 120, due });
  await page.goto("/week");
  await page.locator(".cal").waitFor();
  return page;
}

test("German chips appear while typing, and × gives the words back", { timeout: TEST_MS }, () =>
  pictured(at.browser, "line-chips", async () => {
    const page = await someone("de-DE", ["Platzhalter"]);
    await page.keyboard.press("n");
    const line = page.getByLabel(de.quick.label);
    await line.fill("Monitor reparieren 3h übermorgen 17 Uhr");
    const chips = page.getByRole("dialog").locator(".parsed .chip");
    await chips.filter({ hasText: /^Monitor reparieren$/ }).waitFor();
    await chips.filter({ hasText: "3\u00a0h" }).getByRole("button").click();
    await chips.filter({ hasText: /^Monitor reparieren 3h$/ }).waitFor();
    await line.press("Enter");
    await page.getByText(de.quick.added("Monitor reparieren 3h")).first().waitFor();
    const task = (await kept(page)).find(({ title }) => title === "Monitor reparieren 3h");
    assert.equal(task?.estimate_min, 60);
  }),
);

test("commands say what they will do, do it, and are undone", { timeout: TEST_MS }, () =>
  pictured(at.browser, "line-commands", async () => {
    const page = await someone("en-GB", ["Essay on Kant", "Problem set", "Übung 3"]);
    const line = page.getByRole("combobox");
    const options = page.getByRole("option");
    const find = async (title: string) => (await kept(page)).find((task) => task.title === title);

    await page.keyboard.press("Control+k");
    await line.fill("done esay");
    await options.first().filter({ hasText: "Mark Essay on Kant done" }).waitFor();
    assert.equal((await find("Essay on Kant"))?.state, "open");
    await line.press("Enter");
    await page.getByText(en.task.done("Essay on Kant")).first().waitFor();
    assert.equal((await find("Essay on Kant"))?.state, "done");
    await page.getByRole("button", { name: en.toast.undo }).click();
    await page.getByText(en.toast.undone).first().waitFor();
    assert.equal((await find("Essay on Kant"))?.state, "open");

    await page.keyboard.press("/");
    await line.fill("problem 50 %");
    await options
      .first()
      .filter({ hasText: "Problem set is 50\u00a0% done, 1\u00a0h left" })
      .waitFor();
    await line.press("Enter");
    await page.getByText(en.command.progressed("Problem set", "50\u00a0%")).first().waitFor();
    assert.equal((await find("Problem set"))?.remaining_min, 60);

    await page.keyboard.press("/");
    await line.fill("what now");
    await options
      .first()
      .filter({ hasText: /^(Now|Next): / })
      .waitFor();
    assert.equal(await options.count(), 1);

    await line.fill("add Lab report 90 min tomorrow 9:00");
    await options.first().filter({ hasText: "Add Lab report, 1\u00a0h\u00a030, due" }).waitFor();
    await line.press("Enter");
    await page.getByText(en.quick.added("Lab report")).first().waitFor();
    assert.equal((await find("Lab report"))?.estimate_min, 90);

    await page.keyboard.press("/");
    await line.fill("x 31 nov");
    await options.first().filter({ hasText: "November has 30 days" }).waitFor();
    await line.press("Enter");
    assert.equal(await line.inputValue(), "x 31 nov");

    await line.fill("ubung");
    await options.first().filter({ hasText: "Open Übung 3" }).waitFor();
    await line.press("ArrowDown");
    await line.press("ArrowUp");
    await line.press("Enter");
    await page.getByRole("dialog", { name: en.task.editTitle }).waitFor();
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+k");
    await line.fill("go to tasks");
    await line.press("Enter");
    await page.waitForURL("**/tasks");
    await page.getByRole("heading", { level: 1, name: en.tasks.title }).waitFor();
  }),
);

test("German commands", { timeout: TEST_MS }, () =>
  pictured(at.browser, "line-commands-de", async () => {
    const page = await someone("de-DE", ["Aufsatz über Kant"]);
    const line = page.getByRole("combobox");
    const first = page.getByRole("option").first();
    await page.keyboard.press("Control+k");
    await line.fill("was jetzt");
    await first.filter({ hasText: /^(Jetzt|Als Nächstes): Aufsatz über Kant/ }).waitFor();
    await line.fill("Aufsatz 25 %");
    await first.filter({ hasText: "ist zu 25\u00a0% fertig, noch 1\u00a0h\u00a030" }).waitFor();
    await line.fill("fertig Aufsatz");
    await first.filter({ hasText: "Aufsatz über Kant als erledigt abhaken" }).waitFor();
    await line.press("Enter");
    await page.getByText(de.task.done("Aufsatz über Kant")).first().waitFor();
    assert.equal((await kept(page))[0]?.state, "done");
  }),
);

/** A recogniser where browsers have theirs, as text, for the page alone; the test says what is heard. */
const RECOGNISER = `
  window.SpeechRecognition = class {
    start() { window.heard = this; }
    stop() { this.onend?.(); }
    abort() { this.onend?.(); }
    say(text, isFinal) {
      this.onresult?.({ results: [Object.assign([{ transcript: text }], { isFinal })] });
      if (isFinal) this.onend?.();
    }
    refuse(error) { this.onerror?.({ error }); this.onend?.(); }
  };
  window.webkitSpeechRecognition = undefined;
`;

interface Heard {
  heard?: { lang: string; say(text: string, final: boolean): void; refuse(error: string): void };
}

for (const [locale, m, spoken] of [
  ["en-GB", en, ["essay", "essay three hours in two days five pm"]],
  ["de-DE", de, ["Aufsatz", "Aufsatz drei Stunden übermorgen siebzehn Uhr"]],
] as const)
  test(`speech fills the same line: ${locale}`, { timeout: TEST_MS }, () =>
    pictured(at.browser, "line-voice", async () => {
      const page = await someone(locale, ["Something"]);
      await page.addInitScript({ content: RECOGNISER });
      await page.reload();
      await page.locator(".cal").waitFor();
      await page.keyboard.press("n");
      const line = page.getByLabel(m.quick.label);
      await line.waitFor();
      assert.equal(await page.evaluate(() => (window as Heard).heard === undefined), true);

      const speak = page.getByRole("button", { name: m.voice.start });
      await speak.click();
      await page.getByText(m.voice.listening).waitFor();
      assert.equal(await page.evaluate(() => (window as Heard).heard?.lang), locale);
      await page.evaluate((text) => (window as Heard).heard?.say(text, false), spoken[0]);
      await page.waitForFunction(
        (text) =>
          document.activeElement !== null &&
          [...document.querySelectorAll("input")].some((i) => i.value === text),
        spoken[0],
      );
      await page.evaluate((text) => (window as Heard).heard?.say(text, true), spoken[1]);
      await page.getByText(m.voice.listening).waitFor({ state: "detached" });
      const chips = page.getByRole("dialog").locator(".parsed .chip");
      await chips.filter({ hasText: "3\u00a0h" }).waitFor();
      await chips.filter({ hasText: "17:00" }).waitFor();
      await line.press("Enter");
      const title = spoken[0].charAt(0).toUpperCase() + spoken[0].slice(1);
      await page.getByText(m.quick.added(title)).first().waitFor();
      assert.ok((await kept(page)).some((t) => t.title === title && t.estimate_min === 180));

      await speak.click();
      await page.evaluate(() => (window as Heard).heard?.refuse("not-allowed"));
      await page.getByText(m.voice.denied).waitFor();
    }),
  );

test(
  "no button to speak where the browser does not understand speech",
  { timeout: TEST_MS },
  async () => {
    const page = await someone("en-GB", ["Something"]);
    await page.addInitScript(() => {
      Object.assign(window, { SpeechRecognition: undefined, webkitSpeechRecognition: undefined });
    });
    await page.reload();
    await page.locator(".cal").waitFor();
    await page.keyboard.press("n");
    await page.getByLabel(en.quick.label).waitFor();
    assert.equal(await page.getByRole("button", { name: en.voice.start }).count(), 0);
  },
);

test("a course is made where its name is first written, by keyboard", { timeout: TEST_MS }, () =>
  pictured(at.browser, "line-course", async () => {
    const page = await someone("en-GB", ["Placeholder"]);
    await page.keyboard.press("n");
    const line = page.getByLabel(en.quick.label);
    await line.fill("essay 3h in 2 days 17:00 #art-history");
    await page.getByText(en.quick.noSuchCourse("#art-history")).waitFor();
    const make = page.getByRole("button", { name: en.quick.makeCourse("Art history") });
    await make.focus();
    await page.keyboard.press("Enter");
    const chips = page.getByRole("dialog").locator(".parsed .chip");
    await chips.filter({ hasText: "Art history" }).waitFor();
    await chips.filter({ hasText: /^Essay$/ }).waitFor();
    await make.waitFor({ state: "detached" });
    assert.ok(await line.evaluate((input) => input === document.activeElement), "typing goes on");
    await line.press("Enter");
    await page.getByText(en.quick.added("Essay")).first().waitFor();
    const { items } = await send<{ items: { id: string; name: string; code: string }[] }>(
      page,
      "GET",
      "/courses",
    );
    assert.deepEqual(
      items.map(({ name, code }) => [name, code]),
      [["Art history", "AH"]],
    );
    const tasks = await send<{ items: { title: string; course_id: string | null }[] }>(
      page,
      "GET",
      "/tasks",
    );
    const essay = tasks.items.find((task) => task.title === "Essay");
    assert.equal(essay?.course_id, items[0]?.id);
  }),
);
