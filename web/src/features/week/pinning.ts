/* Pinning a block where it is, and letting it move again. */

import { editTask } from "../../api/actions";
import type { Block, Task } from "../../api/schema";
import { m } from "../../i18n/messages";
import { pinOf } from "../../plan/wishes";
import { withOutcome } from "../../ui/outcome";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";

interface Span {
  start: string;
  end: string;
}

/* The pins of a task when its block is elsewhere: its own pins go with it, those of the past go. */
export function pinsElsewhere(task: Task, block: Span, there: Span, now: number): Task["pinned"] {
  const [from, until] = [Date.parse(block.start), Date.parse(block.end)];
  const others = task.pinned.filter(
    (p) => Date.parse(p.end) > now && !(Date.parse(p.start) < until && Date.parse(p.end) > from),
  );
  return [...others, { start: there.start, end: there.end }];
}

/* What is past needs no pin, and pins of the past are dropped on the way. */
export async function togglePin(
  task: Task,
  block: Pick<Block, "start" | "end">,
  now: number,
): Promise<void> {
  if (Date.parse(block.end) <= now) return;
  const pin = pinOf(task, block);
  const others = task.pinned.filter((p) => p !== pin && Date.parse(p.end) > now);
  const pinned = pin ? others : [...others, { start: block.start, end: block.end }];
  try {
    const words = pin ? m.task.unpinned(task.title) : m.task.pinned(task.title);
    await withOutcome(() => editTask(task, { pinned }), words);
  } catch (error) {
    toast(m.task.notSaved(task.title, describe(error).detail));
  }
}
