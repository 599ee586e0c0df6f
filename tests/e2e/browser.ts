/*
 * A real browser for the tests of this folder: Debian's Chromium, driven by playwright-core. Each
 * person of a story has a context of its own, thus cookies of its own. A test that fails leaves a
 * picture of every open page in tests/e2e/output/.
 */
import { mkdir } from "node:fs/promises";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
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
