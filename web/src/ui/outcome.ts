/* A step that changes the plan, and what it did to it, in one toast: "Sheet 5 done. 2 blocks moved." */

import { finishTask } from "../api/actions";
import { cache, keys, knownPlan } from "../api/queries";
import type { Schedule, Task } from "../api/schema";
import { list, moment } from "../i18n/format";
import { m } from "../i18n/messages";
import { compare, type Difference } from "../plan/compare";
import { toast } from "./toast";

/* Names are said up to so many. */
const NAMED_MAX = 2;

const titles = (ids: readonly string[]): string[] => {
  const tasks = cache.getQueryData<Task[]>(keys.tasks) ?? [];
  return ids.flatMap((id) => tasks.find((t) => t.id === id && t.state === "open")?.title ?? []);
};

/* Tasks that no longer fit, or fit again; "": neither. */
export function fitChanges({ late, saved }: Pick<Difference, "late" | "saved">): string[] {
  const said = (ids: readonly string[], some: (names: string, n: number) => string) => {
    const names = titles(ids);
    if (names.length === 0) return [];
    if (names.length > NAMED_MAX) return [some("", names.length)];
    return [some(list(names), names.length)];
  };
  return [...said(late, m.outcome.late), ...said(saved, m.outcome.saved)];
}

export function outcomeWords(before: Schedule | undefined, after: Schedule | undefined): string[] {
  if (!before || !after || before === after) return [];
  const diff = compare(before, after);
  return [...(diff.moved > 0 ? [m.outcome.moved(diff.moved)] : []), ...fitChanges(diff)];
}

/* Takes the step and says what happened, with the way back. `more`: what else there is to say then. */
export async function withOutcome(
  step: () => Promise<() => Promise<unknown>>,
  words: string,
  more: () => string[] = () => [],
): Promise<void> {
  const before = knownPlan();
  const undo = await step();
  toast([words, ...more(), ...outcomeWords(before, knownPlan())].join(" "), undo);
}

/* A task is done, or open again: with when the next of its series is due. */
export const finish = (task: Task, state: "done" | "open" = "done") =>
  withOutcome(
    () => finishTask(task, state),
    state === "done" ? m.task.done(task.title) : m.task.reopened(task.title),
    () => {
      const tasks = cache.getQueryData<Task[]>(keys.tasks) ?? [];
      const id = tasks.find((t) => t.id === task.id)?.next_id;
      const next = tasks.find((t) => t.id === id);
      const zone = knownPlan()?.zone;
      if (state !== "done" || !next || !zone) return [];
      return [m.repeat.made(moment(next.due, zone), next.skipped)];
    },
  );
