/* A step that changes the plan, and what it did to it, in one toast: "Sheet 5 done. 2 blocks moved." */

import { cache, keys, knownPlan } from "../api/queries";
import type { Schedule, Task } from "../api/schema";
import { list } from "../i18n/format";
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

/* Takes the step and says what happened, with the way back. */
export async function withOutcome(
  step: () => Promise<() => Promise<unknown>>,
  words: string,
): Promise<void> {
  const before = knownPlan();
  const undo = await step();
  toast([words, ...outcomeWords(before, knownPlan())].join(" "), undo);
}
