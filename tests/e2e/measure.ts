/*
 * How much processor time the page's main thread takes for what a person does, from one moment to the
 * next: planning, rendering, style, layout, paint. Processor time is judged, because other programs do
 * not count in it; the time on the wall stands beside it. For the measurements in this folder.
 *
 * Both are of a processor slowed down, but not in the same way. The browser slows itself down by a
 * signal in which it spins, in pauses as well as at work: on the wall that is what it should be, but its
 * processor time would be three quarters of the wall's, also of a page that does nothing. So processor
 * time is taken at full speed and multiplied.
 */
import type { Page } from "playwright-core";

/** How much slower the processor is made. */
export const THROTTLE = 4;

async function setSlowness(page: Page, rate: number): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate });
}

/** What the work gives with the processor slowed down. */
export async function slowed<T>(page: Page, work: () => Promise<T>): Promise<T> {
  await setSlowness(page, THROTTLE);
  const result = await work();
  await setSlowness(page, 1);
  return result;
}

interface TraceEvent {
  name: string;
  /** Processor time that the thread had used until then, in microseconds. */
  tts?: number;
}

/**
 * Processor milliseconds, on a processor that much slower than this one, from each mark called "step" that
 * the page makes meanwhile to the next one, and to the one called "answered" before that, if any.
 */
export async function processor(
  page: Page,
  work: () => Promise<unknown>,
): Promise<{ steps: number[]; answers: number[] }> {
  const browser = page.context().browser();
  if (!browser) throw new Error("a page without a browser");
  await browser.startTracing(page, { categories: ["blink.user_timing"] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const marks = trace.traceEvents
    .filter((e) => e.name === "step" || e.name === "answered")
    .map((e) => ({ name: e.name, at: (THROTTLE * (e.tts ?? NaN)) / 1000 }))
    .sort((a, b) => a.at - b.at);
  const before = (name: string, all: typeof marks): number[] =>
    all.slice(1).flatMap((mark, i) => (mark.name === name ? [mark.at - (all[i]?.at ?? NaN)] : []));
  const steps = marks.filter((mark) => mark.name === "step");
  return { steps: before("step", steps), answers: before("answered", marks) };
}

/** Prints quantiles; returns that of 95 of 100. */
export function report(what: string, unit: string, took: number[]): number {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
  const texts = [0.5, 0.95, 0.99].map((q) => `p${String(q * 100)} ${at(q).toFixed(1)} ms`);
  console.log(`${what}: ${String(took.length)} ${unit}, ${texts.join(", ")}`);
  return at(0.95);
}
