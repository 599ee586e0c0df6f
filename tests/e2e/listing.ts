/*
 * How long the list of tasks takes to answer, as a table and as a phone's cards: somebody with 2,000
 * tasks, as many as there may be, types into the search, sorts in one order after the other, and selects,
 * on a processor slowed down four times. On the wall a step is what passes from a key or click to its
 * paint; as processor time it is all that the main thread does for it, also what is drawn later. Ends with
 * status 1 when of any kind more than 5 of 100 steps take longer than 50 ms on the wall. bench/tasks
 * runs it.
 */
import { entityId } from "../../web/src/api/ids.ts";
import { unzip, zip } from "../support/zip.ts";
import { launch, newPerson, PATIENCE_MS } from "./browser.ts";
import { minutesAhead, send } from "./desk.ts";
import { processor, report, slowed, THROTTLE } from "./measure.ts";
import { newSite, removeSite, serve } from "./server.ts";
import type { Page } from "playwright-core";

const TASKS = 2000;
const BUDGET_MS = 50;
const DAY_MIN = 1440;
const WORDS = ["Sheet", "Essay on", "Reading", "Lab report", "Vocabulary", "Problem set"];

/** Makes the page's person somebody with so many tasks, brought in by an archive at once. */
async function fill(page: Page): Promise<void> {
  const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "06:00", end: "22:00" }));
  await send(page, "POST", "/accounts", { email: "many@example.org", password: "a long one 42" });
  await send(page, "PUT", "/availability", { week: always });
  await send(page, "POST", "/courses", { name: "Algorithms", code: "ALG" });
  await send(page, "POST", "/tasks", {
    title: "The first",
    estimate_min: 60,
    due: minutesAhead(DAY_MIN),
  });
  const archive = await page.request.get("/api/v1/me/export");
  const files = unzip(await archive.body());
  const held = JSON.parse(files.get("studybunny.json")?.toString() ?? "") as {
    course: { id: string }[];
    task: Record<string, unknown>[];
  };
  const first = held.task[0] ?? {};
  for (let i = 1; i < TASKS; i++)
    held.task.push({
      ...first,
      id: entityId(Date.now() + i),
      title: `${WORDS[i % WORDS.length] ?? ""} ${String(i)}`,
      course_id: i % 3 === 0 ? held.course[0]?.id : null,
      estimate_min: 20 + ((i * 37) % 8) * 10,
      remaining_min: 10 + ((i * 53) % 10),
      priority: 1 + (i % 5),
      due: minutesAhead((1 + ((i * 7919) % 360)) * DAY_MIN),
    });
  const data = zip("studybunny.json", Buffer.from(JSON.stringify(held)));
  const headers = { "content-type": "application/zip" };
  const reply = await page.request.post("/api/v1/me/import", { data, headers });
  if (!reply.ok()) throw new Error(await reply.text());
}

const KINDS = [
  ["typing", 88],
  ["sorting", 60],
  ["selecting", 100],
] as const;
type Kind = (typeof KINDS)[number][0];

const WIDTHS = [
  ["table", { width: 1280, height: 900 }],
  ["cards", { width: 390, height: 844 }],
] as const;
/** A row of the table or a card. */
const ROW = "tr[data-id], .tcard";

/** Takes so many steps, each when the one before is painted; milliseconds on the wall until then. */
function steps(page: Page, kind: Kind, count: number): Promise<number[]> {
  return page.evaluate(
    async ([what, n, row]) => {
      const cards = document.querySelector(".tcard") !== null;
      const channel = new MessageChannel();
      const input = document.querySelector<HTMLInputElement>("input[type=search]");
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
      const phrase = "essay on 19";
      /* Methods, since the names that tsx gives to functions are unknown in the page. */
      const hand = {
        async painted() {
          await new Promise(requestAnimationFrame);
          await new Promise((resolve) => {
            channel.port1.onmessage = resolve;
            channel.port2.postMessage(null);
          });
        },
        press(key: string, more: KeyboardEventInit = {}) {
          (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
          );
        },
        typing(i: number) {
          const at = i % (2 * phrase.length);
          set?.call(input, phrase.slice(0, at < phrase.length ? at + 1 : 2 * phrase.length - at));
          input?.dispatchEvent(new Event("input", { bubbles: true }));
        },
        sorting(i: number) {
          const menu = document.querySelector<HTMLSelectElement>(".sort-menu select");
          const heads = document.querySelectorAll<HTMLElement>("th .sorter, .sort-menu .chip");
          if (!menu) heads[i % heads.length]?.click();
          else if (i % 3 === 2) heads[1]?.click();
          else {
            menu.selectedIndex = (menu.selectedIndex + 1) % menu.length;
            menu.dispatchEvent(new Event("change", { bubbles: true }));
          }
        },
        selecting(i: number) {
          const boxes = document.querySelectorAll<HTMLElement>(":is(td, .tcard) input");
          if (i === 0 && !cards) document.querySelector<HTMLElement>(row)?.focus();
          else if (i % 20 === 0 && cards)
            document.querySelector<HTMLElement>(".chip.selecting")?.click();
          else if (i % 20 === 18) hand.press("a", { ctrlKey: true });
          else if (i % 20 === 19) hand.press("Escape");
          else if (i % 5 === 4 || cards) boxes[i % 9]?.click();
          else hand.press("ArrowDown", { shiftKey: true });
        },
      };
      const took: number[] = [];
      for (let i = 0; i < n; i++) {
        performance.mark("step");
        const start = performance.now();
        hand[what](i);
        await hand.painted();
        took.push(performance.now() - start);
        /* What was put off until after the paint belongs to this step too. */
        await hand.painted();
        await hand.painted();
      }
      performance.mark("step");
      return took;
    },
    [kind, count, ROW] as const,
  );
}

const site = await newSite();
const server = await serve(site);
const browser = await launch();
try {
  const page = await newPerson(browser, site.url);
  await page.goto("/");
  await fill(page);
  let over = 0;
  for (const [form, size] of WIDTHS) {
    await page.setViewportSize(size);
    await page.goto("/tasks");
    await page
      .locator(ROW)
      .first()
      .waitFor({ timeout: 3 * PATIENCE_MS });
    await page.waitForLoadState("networkidle");
    const rows = await page.locator(ROW).count();
    console.log(
      `${String(TASKS)} tasks as ${form}, ${String(rows)} rendered, ${String(THROTTLE)}x slower`,
    );
    for (const [kind, count] of KINDS) {
      const again = async (n: number): Promise<number[]> => {
        const took = await steps(page, kind, n);
        await page.keyboard.press("Escape");
        await page.getByRole("searchbox").fill("");
        return took;
      };
      await again(10);
      const wall = await slowed(page, () => again(count));
      if (report(`${kind}, on the wall`, "steps", wall) > BUDGET_MS) over++;
      const { steps: cpu } = await processor(page, () => again(count));
      report(`${kind}, processor`, "steps", cpu);
    }
  }
  process.exitCode = over === 0 ? 0 : 1;
} finally {
  await browser.close();
  await server.end("SIGTERM");
  await removeSite(site);
}
