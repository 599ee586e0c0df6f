/*
 * How long what-if takes: a guest with 200 tasks, the week before them, a processor slowed down four
 * times, and a hand that moves the pace at every frame. The answer is the new plan, what it costs, and
 * both in the page; a frame is all that the page's main thread does until the next one: the answer,
 * style, layout, paint. Processor time is judged, because other programs do not count in it; the time on
 * the wall stands beside it. Ends with status 1 when more than 5 of 100 answers take longer than 16 ms,
 * or frames longer than 50. bench/whatif runs it.
 */
import { launch, newPerson } from "./browser.ts";
import { newDesk } from "./desk.ts";
import { processor, report, slowed, THROTTLE } from "./measure.ts";
import { newSite, removeSite, serve } from "./server.ts";
import type { Page } from "playwright-core";

const TASKS = 200;
const FRAMES = 240;
const ANSWER_MS = 16;
const FRAME_MS = 50;
/* Until code is compiled. */
const WARM_UP = 20;

/** Moves `name`'s slider to and fro, a step a frame; milliseconds on the wall of each. */
async function drag(page: Page, name: string): Promise<number[]> {
  const slider = page.getByRole("slider", { name });
  await slider.focus();
  return slider.evaluate(async (element, frames) => {
    const input = element as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    const channel = new MessageChannel();
    const low = Number(input.min) + 20;
    const range = Number(input.max) - low;
    const took: number[] = [];
    for (let i = 0; i < frames; i++) {
      await new Promise(requestAnimationFrame);
      performance.mark("step");
      const start = performance.now();
      const step = (i * 3) % (2 * range);
      set?.call(input, String(low + (step < range ? step : 2 * range - step)));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      performance.mark("answered");
      /* Behind this frame's style, layout and paint. */
      await new Promise((resolve) => {
        channel.port1.onmessage = resolve;
        channel.port2.postMessage(null);
      });
      took.push(performance.now() - start);
    }
    return took;
  }, FRAMES);
}

const site = await newSite();
const server = await serve(site);
const browser = await launch();
try {
  const page = await newPerson(browser, site.url);
  await page.goto("/");
  await newDesk(page, TASKS);
  await page.goto("/week");
  await page.locator(".blk").first().waitFor();
  await page.waitForLoadState("networkidle");
  const shown = await page.locator(".blk").count();
  console.log(
    `${String(TASKS)} tasks, ${String(shown)} blocks in view, ${String(THROTTLE)}x slower`,
  );
  const wall = await slowed(page, () => drag(page, "Pace"));
  const { steps, answers } = await processor(page, () => drag(page, "Pace"));
  report("on the wall", "frames", wall.slice(WARM_UP));
  const frame = report("processor", "frames", steps.slice(WARM_UP));
  const answer = report("processor", "answers", answers.slice(WARM_UP));
  process.exitCode = answer <= ANSWER_MS && frame <= FRAME_MS ? 0 : 1;
} finally {
  await browser.close();
  await server.end("SIGTERM");
  await removeSite(site);
}
