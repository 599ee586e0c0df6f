/* Where the timer stands at a moment. The server holds it, so every device and every reload sees the
   same; nothing here is kept. */

import type { Ticking } from "../../api/queries";
import type { WorkEntry } from "../../api/schema";

const MINUTE_MS = 60_000;
const GAP_MS = 30 * MINUTE_MS;

export type Phase =
  | { kind: "working" }
  /* Focusing, for so much longer. */
  | { kind: "focus"; leftMs: number }
  /* The time to focus is over, and it still runs. */
  | { kind: "over" }
  | { kind: "paused" }
  /* A break that was earned, for so much longer; 0: it is over. */
  | { kind: "break"; leftMs: number }
  /* It ran longer than anyone works: it has to be said how much of it was. */
  | { kind: "forgotten" };

export interface Standing {
  work: WorkEntry;
  phase: Phase;
  /* Of the running stretch; 0 while paused. */
  elapsedMs: number;
  /* Of this sitting: this stretch and those just before it on the same task. */
  sittingMs: number;
}

/* `now` by this device's clock; null: no timer. */
export function standingOf(
  timer: Ticking | undefined,
  log: readonly WorkEntry[],
  now: number,
): Standing | null {
  const work = timer?.work;
  if (!work) return null;
  const here = now + timer.skewMs;
  const running = work.state === "running";
  const elapsedMs = running ? Math.max(0, here - Date.parse(work.start)) : 0;
  return {
    work,
    phase: running ? runningPhase(timer, work, elapsedMs) : pausedPhase(work, here),
    elapsedMs,
    sittingMs: elapsedMs + sittingBefore(work, log),
  };
}

function runningPhase(timer: Ticking, work: WorkEntry, elapsedMs: number): Phase {
  if (timer.forgotten_min !== null && elapsedMs > (timer.forgotten_min + 0.5) * MINUTE_MS)
    return { kind: "forgotten" };
  if (work.focus_min === 0) return { kind: "working" };
  const leftMs = work.focus_min * MINUTE_MS - elapsedMs;
  return leftMs > 0 ? { kind: "focus", leftMs } : { kind: "over" };
}

function pausedPhase(work: WorkEntry, here: number): Phase {
  if (work.break_min === 0 || work.focus_min === 0 || work.minutes < work.focus_min)
    return { kind: "paused" };
  const until = Date.parse(work.end ?? work.start) + work.break_min * MINUTE_MS;
  return { kind: "break", leftMs: Math.max(0, until - here) };
}

/* Stretches of the same task, each begun within half an hour of the end of the one before. */
function sittingBefore(work: WorkEntry, log: readonly WorkEntry[]): number {
  const earlier = log
    .filter((w) => w.task_id === work.task_id && w.kind === "timer" && w.end !== null)
    .filter((w) => w.id === work.id || Date.parse(w.end ?? "") <= Date.parse(work.start))
    .sort((a, b) => Date.parse(b.start) - Date.parse(a.start));
  let sum = 0;
  let begun = work.state === "running" ? Date.parse(work.start) : Infinity;
  for (const w of earlier) {
    const end = Date.parse(w.end ?? w.start);
    if (begun - end > GAP_MS && begun !== Infinity) break;
    sum += w.minutes * MINUTE_MS;
    begun = Date.parse(w.start);
  }
  return sum;
}

/* "40:12", "1:02:03" */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(min)}:${two(s)}` : `${two(min)}:${two(s)}`;
}
