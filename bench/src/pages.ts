/*
 * Lighthouse on the pages of the real program, as a phone on a slow network: the welcome page as a
 * stranger sees it, the others with a term's 50 tasks. `bench/pages` builds and calls this.
 *
 *     node pages.js --program STUDYBUNNY --out FOLDER [--runs N]
 */
import { mkdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { launch } from "chrome-launcher";
import lighthouse, { type Flags } from "lighthouse";
import type { Students } from "./data.js";
import { answers, fillDesks, makeStudents, start, stop } from "./servers.js";

const GOALS = { performance: 95, accessibility: 100 } as const;
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;
const PAGES = ["/", "/today", "/week", "/tasks", "/plan", "/settings"];

type Category = (typeof CATEGORIES)[number];
type Scores = Record<Category, number> & { paintMs: number; blockedMs: number };

const { values: options } = parseArgs({
  options: {
    program: { type: "string", default: "" },
    out: { type: "string", default: "." },
    runs: { type: "string", default: "3" },
  },
});

function chrome() {
  return launch({
    chromePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    chromeFlags: [
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

async function judge(url: string, token: string | undefined, port: number): Promise<Scores> {
  const flags: Flags = {
    port,
    logLevel: "error",
    onlyCategories: [...CATEGORIES],
    ...(token ? { extraHeaders: { Authorization: `Bearer ${token}` } } : {}),
  };
  const result = await lighthouse(url, flags);
  if (!result) throw new Error(`Lighthouse says nothing of ${url}`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(`${runtimeError.code}: ${runtimeError.message}`);
  const score = (name: Category) => Math.round((categories[name]?.score ?? 0) * 100);
  for (const name of CATEGORIES)
    for (const { id } of categories[name]?.auditRefs ?? [])
      if (name !== "performance" && audits[id]?.score === 0)
        console.error(`pages: ${url}: ${audits[id]?.title ?? id}`);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    "best-practices": score("best-practices"),
    paintMs: audits["largest-contentful-paint"]?.numericValue ?? NaN,
    blockedMs: audits["total-blocking-time"]?.numericValue ?? NaN,
  };
}

/** In a browser of its own, where nothing is cached. Lighthouse now and then loses the trace of a load
 * (NO_NAVSTART): then again. */
async function visit(url: string, token: string | undefined, again = 3): Promise<Scores> {
  const browser = await chrome();
  try {
    return await judge(url, token, browser.port);
  } catch (error) {
    if (!again || !String(error).includes("NO_NAVSTART")) throw error;
  } finally {
    browser.kill();
  }
  return visit(url, token, again - 1);
}

function median(all: Scores[], of: keyof Scores): number {
  const sorted = all.map((s) => s[of]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function judgeAll(site: string, students: Students): Promise<boolean> {
  let good = true;
  const row = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
  row("page", ...CATEGORIES, "largest paint, ms", "blocked, ms");
  row("---", ...CATEGORIES.map(() => "---:"), "---:", "---:");
  for (const page of PAGES) {
    const scores: Scores[] = [];
    for (let i = 0; i < Number(options.runs); i++)
      scores.push(await visit(site + page, page === "/" ? undefined : students.reader.token));
    const of = (what: keyof Scores) => Math.round(median(scores, what));
    row(page, ...CATEGORIES.map(of), of("paintMs"), of("blockedMs"));
    good &&= of("performance") >= GOALS.performance && of("accessibility") >= GOALS.accessibility;
  }
  return good;
}

async function main(): Promise<void> {
  const folder = `${options.out}/pages`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const students = { ...makeStudents(options.program, folder, 0), planner: null };
  const server = await start(
    "pages",
    (port) => ({
      command: options.program,
      args: ["serve", "--listen", `127.0.0.1:${port}`, "--data", folder],
    }),
    `${options.out}/log`,
  );
  try {
    await answers(server, "/livez", "");
    await fillDesks(students, server.port);
    const good = await judgeAll(`http://127.0.0.1:${server.port}`, students);
    if (!good) {
      console.error(`pages: the goal is ${JSON.stringify(GOALS)} on every page`);
      process.exitCode = 1;
    }
  } finally {
    await stop(server);
  }
}

await main();
