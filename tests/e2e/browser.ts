/*
 * A real browser for the tests of this folder: Debian's Chromium, driven by playwright-core. Each
 * person of a story has a context of its own, thus cookies of its own. A test that fails leaves a
 * picture of every open page in tests/e2e/output/.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { newSite, removeSite, type Running, serve, type Site } from "./server.ts";

const OUTPUT = fileURLToPath(new URL("output/", import.meta.url));

/** How long anything may take to appear, in milliseconds. */
export const PATIENCE_MS = 20_000;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface Served {
  browser: Browser;
  site: Site;
  /** Whoever ends it puts the next one here. */
  server: Running;
}

/**
 * For the tests of the file or group that calls it: a site of its own, served, and a browser. `more`:
 * what is to be set up behind it; hooks of one file do not wait for each other.
 */
export function served(more?: (site: Site) => Promise<void>): Served {
  const at = {} as Served;
  before(async () => {
    at.site = await newSite();
    at.server = await serve(at.site);
    await more?.(at.site);
    at.browser = await launch();
  });
  after(async () => {
    await at.browser?.close();
    await at.server?.end("SIGTERM");
    if (at.site) await removeSite(at.site);
  });
  return at;
}

/** Serves the site anew, its wall clock so many seconds ahead. */
export async function setAhead(at: Served, seconds: number): Promise<void> {
  await at.server.end("SIGTERM");
  at.server = await serve(at.site, seconds);
}

/** A page of somebody new, who lives in Berlin and has never been here. */
export async function newPerson(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

/** Waits until the page has told this in a message of its own. */
export async function said(page: Page, words: RegExp): Promise<void> {
  await page.getByRole("region", { name: "Message" }).filter({ hasText: words }).waitFor();
}

/** What axe finds on the page as it is, one line each: by all its rules, or by those named. */
export async function findings(page: Page, ...rules: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules.length > 0) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}

/** That axe finds nothing on the page as it is, and that nothing sticks out of it. */
export async function sound(page: Page): Promise<void> {
  assert.deepEqual(await findings(page), []);
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.ok(scrollWidth <= clientWidth, `${String(scrollWidth)} of ${String(clientWidth)} px`);
}

/** The same on a desk and on a phone, light and dark. */
export async function soundEverywhere(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [1280, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await sound(page);
      if (process.env["PICTURES"]) await picture(page, `${name}-${String(width)}-${colorScheme}`);
    }
}

/** Runs a story; if it fails, every open page is pictured first. */
export async function pictured(
  browser: Browser,
  name: string,
  story: () => Promise<void>,
): Promise<void> {
  try {
    await story();
  } catch (error) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    for (const [i, page] of pages.entries()) await picture(page, `${name}-${i + 1}`);
    throw error;
  }
}

/** A picture of the whole page in the output folder. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(OUTPUT, { recursive: true });
  await page.screenshot({ path: `${OUTPUT}${name}.png`, fullPage: true });
}
