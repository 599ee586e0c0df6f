/* What pins leave to be planned: they stay whatever they break, so they are judged as work that is
   done. Their slots are not free, count as worked on their days, and their tasks need so much less; a
   prerequisite is due when a pinned block of its successor begins. */

import { dateOf, sum, type Case, type Piece } from "./judged";

export interface Apart {
  rest: Case;
  /* Slots of pins ahead. */
  pinned: number;
}

export function apart(it: Case): Apart {
  const { parts } = it;
  if (parts.length === 0) return { rest: it, pinned: 0 };
  const taken = new Set(
    parts.flatMap((p) => Array.from({ length: p.to - p.from }, (_, i) => p.from + i)),
  );
  const length = (list: readonly Piece[]) => sum(list.map((p) => p.to - p.from));
  const days = it.days.map((day) => {
    const here = parts.filter((p) => dateOf(p, it.plan.zone) === day.date);
    return {
      ...day,
      ahead: day.ahead.filter((slot) => !taken.has(slot)),
      done: day.done + length(here),
    };
  });
  const of = (id: string) => parts.filter((p) => p.block.task_id === id);
  const end = (id: string) => Math.max(it.now, ...of(id).map((p) => p.to));
  const tasks = new Map(
    [...it.tasks].map(([id, t]) => {
      const waiting = [...it.tasks].filter(([, other]) => other.after.includes(id));
      const starts = waiting.flatMap(([other]) => of(other).map((p) => p.from));
      const ahead = starts.filter((from) => from > it.now);
      return [
        id,
        {
          ...t,
          need: Math.max(0, t.need - length(of(id))),
          due: Math.min(t.due, ...ahead),
          earliest: Math.max(t.earliest, ...t.after.map(end)),
        },
      ];
    }),
  );
  return { rest: { ...it, days, tasks }, pinned: length(parts) };
}
