/*
 * Every page as axe sees it: wide and narrow, light and dark. axe finds about half of what can shut
 * people out; what it finds is always wrong, so it may find nothing.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { de } from "../../web/src/i18n/de/index.ts";
import { en } from "../../web/src/i18n/en/index.ts";
import { findings, picture, served } from "./browser.ts";
import { SCENES, type View } from "./views.ts";

const CATALOGUES = { en, de };
const LOCALES = { en: "en-GB", de: "de-DE" };
type Language = keyof typeof CATALOGUES;
const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"] as const;
const TEST_MS = 120_000;

const at = served();

/**
 * Looks at a page in every width and scheme; all findings are told at once. Only colours differ in
 * the dark, so only they are looked at again. In German it is words and their room that differ, so a
 * phone shows it.
 */
async function inspect(page: Page, view: View, language: Language): Promise<void> {
  const { path, shows, open } = view;
  const found: string[] = [];
  for (const width of WIDTHS.slice(language === "en" ? 0 : 1)) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(path);
    await page.locator(shows).first().waitFor();
    await open?.(page, CATALOGUES[language]);
    for (const colorScheme of SCHEMES.slice(0, language === "en" ? 2 : 1)) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const colors = colorScheme === "dark" ? ["color-contrast"] : [];
      const here = await findings(page, ...colors);
      const where = `${view.name}-${width}-${colorScheme}-${language}`;
      if (here.length > 0 || process.env["PICTURES"]) await picture(page, `axe-${where}`);
      found.push(...here.map((finding) => `${where}: ${finding}`));
    }
  }
  assert.deepEqual(found, []);
}

for (const language of ["en", "de"] as const) {
  for (const { someone, views } of SCENES) {
    let page: Page | undefined;
    for (const view of views) {
      test(`axe finds nothing: ${view.name}, ${language}`, { timeout: TEST_MS }, async () => {
        page ??= await someone(at.browser, at.site, CATALOGUES[language], {
          locale: LOCALES[language],
        });
        await inspect(page, view, language);
      });
    }
  }
}
