/*
 * Takes the pictures of the docs: the sample term as a guest sees it, and what somebody sees and is told
 * who has worked for some weeks. Run by tools/pictures.
 *   tsx tests/e2e/pictures.ts URL FOLDER
 */
import { mkdir } from "node:fs/promises";
import type { Page } from "playwright-core";
import { launch, newPerson } from "./browser.ts";
import { learnedDesk } from "./desk.ts";

const [url, folder] = process.argv.slice(2);
if (!url || !folder) throw new Error("usage: pictures.ts URL FOLDER");
await mkdir(folder, { recursive: true });

const pages = ["today", "plan", "week", "tasks", "settings"];
const looks = [
  { name: "", viewport: { width: 1280, height: 800 } },
  { name: "-dark", viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  { name: "-phone", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
] as const;

/** As the person of `known` sees them. */
async function take(known: Page, names: string[]): Promise<void> {
  const storageState = await known.context().storageState();
  for (const { name: look, ...options } of looks) {
    const page = await newPerson(browser, url ?? "", { storageState, ...options });
    for (const name of names) {
      await page.goto(`/${name}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${folder}/${name}${look}.png` });
    }
    await page.context().close();
  }
}

const browser = await launch();
const page = await newPerson(browser, url);
await page.goto("/");
await page.getByRole("heading", { level: 1 }).waitFor();
await page.screenshot({ path: `${folder}/welcome.png` });
await page.getByRole("button", { name: /sample term/i }).click();
await page.getByRole("heading", { level: 1 }).first().waitFor();
await page.waitForLoadState("networkidle");
await page.waitForTimeout(1500);
await take(page, pages);
const busy = await newPerson(browser, url);
await busy.goto("/");
await learnedDesk(busy);
await take(busy, ["notifications", "statistics"]);
await browser.close();
