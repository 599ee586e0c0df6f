/* Putting what was carried down: a block is pinned to its new place, an event moves there. */

import { editEvent, editFollowing, editTask, type Undo } from "../../api/actions";
import { getSchedule, restoreSchedule } from "../../api/endpoints";
import { knownPlan } from "../../api/queries";
import type { Occurrence, StudyEvent, Task } from "../../api/schema";
import { m } from "../../i18n/messages";
import { compare } from "../../plan/compare";
import { withOutcome } from "../../ui/outcome";
import { pinsElsewhere } from "./pinning";
import { changeFor, type Scope } from "./moveEvent";
import type { Place } from "./carry";

interface Span {
  start: string;
  end: string;
}

/* Undoing puts all blocks back, not only the one that was carried: a plan that was made for it gives
   way to the one before, unless something else has changed since. */
async function withPlanBack(step: () => Promise<Undo>): Promise<Undo> {
  const before = knownPlan();
  const undo = await step();
  const after = knownPlan();
  if (!before || !after || compare(before, after).moved === 0) return undo;
  return async () => {
    const { rev } = await getSchedule();
    if (rev === after.rev) await restoreSchedule().catch(() => undefined);
    return undo();
  };
}

export const putBlock = (task: Task, block: Span, there: Span, when: string, now: number) =>
  withOutcome(
    () => withPlanBack(() => editTask(task, { pinned: pinsElsewhere(task, block, there, now) })),
    m.move.pinned(task.title, when),
  );

/* Throws when it cannot be said of so many. */
export async function putEvent(
  event: StudyEvent,
  occurrence: Occurrence,
  place: Place,
  zone: string,
  scope: Scope,
  when: string,
): Promise<void> {
  const change = changeFor(event, occurrence, place, zone, scope);
  if (!change) throw new Error(scope === "one" ? m.move.notOne : m.move.notSeries);
  const tail = scope === "following" && occurrence.date !== event.date;
  await withOutcome(
    () =>
      withPlanBack(() =>
        tail ? editFollowing(event, occurrence.date, change) : editEvent(event, change),
      ),
    m.move.eventMoved(occurrence.title, when),
  );
}
