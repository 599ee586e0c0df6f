/* Whether a block can be put where it is carried, and what else that would do, in words: by the
   planner of this tab, with the block forced there. */

import type { Occurrence } from "../../api/schema";
import { duration, moment, shortMoment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { whyNot, type Misfit, type WhyNot } from "../../plan/elsewhere";
import type { Planner } from "../../ui/useWhatIf";
import type { Thing } from "./carry";

export interface Judgement {
  /* Why not; null: it can be there. */
  refusal: string | null;
  /* What else would not be as it should. */
  costs: string[];
}

const FINE: Judgement = { refusal: null, costs: [] };
const LACKS_SHOWN = 2;
const NEAR_MS = 6 * 86_400_000;

/* With its date only where the weekday does not say which. */
export const near = (instant: number, zone: string, now: number) =>
  Math.abs(instant - now) < NEAR_MS ? shortMoment(instant, zone) : moment(instant, zone);

interface Span {
  start: string;
  end: string;
}

/* Where there is no planner, the server still refuses what cannot be. */
export function judge(
  thing: Extract<Thing, { block: unknown }>,
  span: Span,
  planner: Planner | "none" | null,
  now: number,
): Judgement {
  const [from, until] = [Date.parse(span.start), Date.parse(span.end)];
  if (from < now) return { refusal: m.move.not.past, costs: [] };
  if (planner === null || planner === "none") return FINE;
  const { engine, desk, ask } = planner;
  const event = desk.occurrences.find((o) => meets(o, from, until));
  if (event) return { refusal: m.move.not.event(event.title), costs: [] };
  const answer = whyNot(engine, desk, { ...ask, keep: "all" }, thing.block, from, until);
  if (!answer) return FINE;
  const due = near(Date.parse(thing.task.due), desk.zone.name, now);
  return {
    refusal: refusalOf(answer.misfits, due),
    costs: costsOf(answer, desk.zone.name, now),
  };
}

const meets = (o: Occurrence, from: number, until: number) =>
  o.busy && Date.parse(o.start) < until && Date.parse(o.end) > from;

function refusalOf(misfits: Partial<Record<Misfit, number>>, due: string): string | null {
  const { past, taken, early, late, over, waits } = misfits;
  if (past !== undefined) return m.move.not.past;
  if (taken !== undefined) return m.move.not.taken;
  if (early !== undefined) return m.move.not.early(duration(early));
  if (late !== undefined) return m.move.not.late(duration(late), due);
  if (over !== undefined) return m.move.not.over(duration(over));
  return waits === undefined ? null : m.move.not.waits;
}

function costsOf({ lacks, misfits }: WhyNot, zone: string, now: number): string[] {
  const said = lacks
    .slice(0, LACKS_SHOWN)
    .map(({ task, minutes }) =>
      m.move.lacks(duration(minutes), task.title, near(Date.parse(task.due), zone, now)),
    );
  const rest = lacks.length - said.length;
  if (rest > 0) said.push(m.move.more(rest));
  if (misfits.outside !== undefined) said.push(m.move.outside(duration(misfits.outside)));
  return said;
}
