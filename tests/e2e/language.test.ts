/*
 * German as somebody meets it whose browser asks for it: no English anywhere, room for longer words,
 * and a choice that follows to another device.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { de } from "../../web/src/i18n/de/index.ts";
import { en } from "../../web/src/i18n/en/index.ts";
import { newPerson, picture, pictured, served } from "./browser.ts";
import { dayDesk, minutesAhead, send } from "./desk.ts";
import { SCENES, type View } from "./views.ts";

const TEST_MS = 120_000;
const GERMAN = { locale: "de-DE" };

const at = served();

/** The texts of a catalogue; of one with values, the longest stretch of words between them. */
function phrases(words: unknown): string[] {
  if (typeof words === "string") return [words];
  if (typeof words === "function") {
    const say = words as (...values: unknown[]) => string;
    const values = Array.from({ length: words.length }, (_, i) => 7001 + i);
    let said: string;
    try {
      said = say(...values);
    } catch {
      said = say(...values.map(String));
    }
    const stretches = said.split(/[\d.,]*700\d(?:\u00a0%)?|\*\*/).map((text) => text.trim());
    return stretches.filter((text) => text.includes(" "));
  }
  return Object.values(words as object).flatMap(phrases);
}

const plain = (text: string) => text.replaceAll("**", "").replace(/\s+/g, " ").trim();
const germanOnes = new Set(phrases(de).map(plain));
/* Words of the app that students of these scenes use as names. */
const NAMES = ["Essay", "Statistics"];
const english = [...new Set(phrases(en).map(plain))].filter(
  (text) => /^\p{L}{2}/u.test(text) && !germanOnes.has(text) && !NAMES.includes(text),
);

/** Every text that is seen or read out, without what people themselves have written. */
const textsOf = (page: Page) =>
  page.evaluate(() => {
    const texts = [document.title];
    for (const element of document.querySelectorAll("body *")) {
      for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) {
        const text = element.getAttribute(name);
        if (text !== null) texts.push(text);
      }
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? "");
    }
    return texts;
  });

function englishIn(texts: string[]): string[] {
  const found = new Set<string>();
  for (const text of texts.map(plain))
    for (const phrase of english)
      if (text === phrase || (phrase.includes(" ") && text.includes(phrase))) found.add(phrase);
  return [...found];
}

/**
 * What is cut off or sticks out when words are longer than they are: every word of what is shown
 * grows by two fifths, as translations do.
 */
const clipped = (page: Page) =>
  page.evaluate(() => {
    const shown = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = shown.nextNode(); node; node = shown.nextNode()) {
      if (node.parentElement?.closest("svg, .vh, .brand, select")) continue;
      node.textContent = (node.textContent ?? "").replace(
        /\p{L}{3,}/gu,
        (word) => word + word.slice(-Math.ceil(word.length * 0.4)),
      );
    }
    const found: string[] = [];
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > room)
      for (const element of document.querySelectorAll<HTMLElement>("body *"))
        if (element.getBoundingClientRect().right > room + 1)
          found.push(`beside the page: ${element.tagName}.${element.className}`);
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (element.closest("svg, .vh, select")) continue;
      const style = getComputedStyle(element);
      const own = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
      );
      if (!own || style.visibility === "hidden" || element.clientWidth === 0) continue;
      const cut =
        style.overflowX !== "visible" &&
        style.overflowX !== "auto" &&
        style.overflowX !== "scroll" &&
        style.textOverflow !== "ellipsis" &&
        element.scrollWidth > element.clientWidth + 1;
      const out =
        element.matches("button, a.btn, .chip, .pill, th") &&
        element.scrollWidth > element.clientWidth + 1;
      if (cut || out)
        found.push(
          `${element.tagName}.${element.className}: ${(element.textContent ?? "").slice(0, 60)}`,
        );
    }
    return [...new Set(found)];
  });

async function see(page: Page, { path, shows, open }: View): Promise<void> {
  await page.goto(path);
  await page.locator(shows).first().waitFor();
  await open?.(page, de);
}

for (const { someone, views } of SCENES) {
  let page: Page | undefined;
  for (const view of views) {
    test(
      `German through and through, with room to grow: ${view.name}`,
      { timeout: TEST_MS },
      async () => {
        page ??= await someone(at.browser, at.site, de, GERMAN);
        await page.setViewportSize({ width: 1280, height: 900 });
        await see(page, view);
        assert.match((await page.locator("html").getAttribute("lang")) ?? "", /^de/);
        assert.deepEqual(englishIn(await textsOf(page)), []);
        if (process.env["PICTURES"]) await picture(page, `de-${view.name}-1280`);
        await page.setViewportSize({ width: 390, height: 844 });
        await see(page, view);
        assert.deepEqual(englishIn(await textsOf(page)), []);
        if (process.env["PICTURES"]) await picture(page, `de-${view.name}-390`);
        const found = await clipped(page);
        if (found.length > 0) await picture(page, `clipped-${view.name}`);
        assert.deepEqual(found, []);
      },
    );
  }
}

test("a choice of language follows to another device", { timeout: TEST_MS }, () =>
  pictured(at.browser, "language", async () => {
    const page = await newPerson(at.browser, at.site.url, { locale: "en-GB" });
    await page.goto("/");
    await page.getByRole("heading", { name: en.welcome.title }).waitFor();
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("heading", { name: de.welcome.title }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: de.welcome.title }).waitFor();

    await page.goto("/sign-up");
    const form = page.locator("form");
    await form.getByLabel(de.account.email).fill("lena@example.org");
    await form.getByLabel(de.account.password).fill("ein langer Satz ohne Sinn");
    await form.getByRole("button", { name: de.account.signUp }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-up");
    await page.goto("/settings");
    const choice = page.getByLabel(de.manner.language, { exact: true });
    await choice.waitFor();
    await page.waitForFunction(
      (select) => (select as HTMLSelectElement).value === "de",
      await choice.elementHandle(),
    );

    const other = await newPerson(at.browser, at.site.url, { locale: "en-US" });
    await other.goto("/sign-in");
    await other.getByLabel(en.account.email).fill("lena@example.org");
    await other.getByLabel(en.account.password).fill("ein langer Satz ohne Sinn");
    await other.locator("form").getByRole("button", { name: en.account.signIn }).click();
    await other.waitForURL((url) => url.pathname !== "/sign-in");
    await other.goto("/settings");
    await other.getByRole("heading", { name: de.nav.settings }).waitFor();

    /* Back to English in the settings: the page changes under one's hands, and Z takes it back. */
    const select = other.getByLabel(de.manner.language, { exact: true });
    await select.selectOption("en");
    await other.getByRole("heading", { name: en.nav.settings }).waitFor();
    assert.match((await other.locator("html").getAttribute("lang")) ?? "", /^en/);
    await other.getByRole("button", { name: en.toast.undo }).click();
    await other.getByRole("heading", { name: de.nav.settings }).waitFor();

    /* The week begins where it is told to. */
    await other.getByLabel(de.manner.weekStart).selectOption("sunday");
    await other.locator(".paint-day").first().filter({ hasText: "So" }).waitFor();
  }),
);

test("the time of day stands whole beside the week of a phone", { timeout: TEST_MS }, () =>
  pictured(at.browser, "language-now", async () => {
    const page = await newPerson(at.browser, at.site.url, {
      viewport: { width: 390, height: 844 },
    });
    await page.goto("/");
    await dayDesk(page);
    await send(page, "PATCH", "/settings", { clock: "12h" });
    /* Tomorrow, since the app never takes it to be earlier than the server says. */
    const date = minutesAhead(24 * 60).slice(0, 10);
    await send(page, "POST", "/events", { title: "Lunch", date, start: "12:00", end: "13:30" });
    await page.clock.setFixedTime(`${date}T12:55:00Z`);
    await page.goto("/week");
    const now = page.locator(".hours .nw");
    await now.waitFor();
    const [label, calendar] = [await now.boundingBox(), await page.locator(".cal").boundingBox()];
    assert.ok(label && calendar && label.x >= calendar.x, JSON.stringify([label, calendar]));
    assert.equal(await now.innerText(), "12:55");
  }),
);
