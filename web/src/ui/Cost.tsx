import { Check, Clock, Move, TriangleAlert } from "lucide-react";
import { useSchedule } from "../api/queries";
import type { Block, Schedule } from "../api/schema";
import { dayDate, dayShort, duration } from "../i18n/format";
import { m } from "../i18n/messages";
import { compare, unmovedIn } from "../plan/compare";
import type { Draft } from "../plan/draft";
import { loadsOf } from "../plan/loads";
import { useConsidered, useWhatIf } from "./useWhatIf";

const SHOWN = 2;

/* What another plan costs, in words: whether all fits, which days change, how many blocks move. */
export const fitWords = (plan: Schedule) =>
  plan.certificate.feasible ? m.whatif.holds : m.whatif.short(duration(plan.short_min));

interface Props {
  before: Schedule;
  after: Schedule;
  /* Blocks that somebody moves by hand, so that the others are told. */
  held?: (block: Block) => boolean;
}

/* How many blocks move by themselves. */
export function othersMoved({ before, after, held }: Props): number {
  const { moved } = compare(before, after);
  if (!held) return moved;
  const unmoved = unmovedIn(before.blocks, after.now);
  return moved - after.blocks.filter((b) => held(b) && !unmoved(b)).length;
}

export function Cost({ before, after, held }: Props) {
  const diff = compare(before, after);
  const loads = loadsOf(after.days, after.pace);
  const ends = loadsOf(before.days, before.pace).lastWork;
  const rest = diff.days.length - SHOWN;
  /* Within a week a day is known by its name. */
  const soon = after.days[6]?.date ?? "";
  if (diff.moved === 0)
    return (
      <ul>
        <li>
          <Check className="ic" />
          {m.whatif.nothing}
        </li>
      </ul>
    );
  return (
    <ul>
      {diff.days.slice(0, SHOWN).map((d) => {
        const over = loads.above.some((a) => a.date === d.date);
        return (
          <li key={d.date} className={over ? "w" : ""}>
            {over ? <TriangleAlert className="ic" /> : <Check className="ic" />}
            {m.whatif.day(
              d.date <= soon ? dayShort(d.date) : dayDate(d.date),
              duration(d.was),
              duration(d.now),
              over,
            )}
          </li>
        );
      })}
      <li>
        <Move className="ic" />
        {held
          ? m.move.others(othersMoved({ before, after, held }))
          : m.whatif.moved(diff.moved, Math.max(0, rest))}
      </li>
      {ends && loads.lastWork && ends !== loads.lastWork && (
        <li>
          <Clock className="ic" />
          {m.whatif.ends(dayDate(loads.lastWork), dayDate(ends))}
        </li>
      )}
    </ul>
  );
}

/* Beside what is being edited: what saving it would cost. Nothing while nothing is changed, or where
   it cannot be told. The week behind shows the same. */
export function CostOf({ draft }: { draft: Draft | null }) {
  const before = useSchedule().data;
  const { after } = useWhatIf(draft);
  useConsidered(draft && { ...draft, quiet: true });
  if (!draft || !before || !after) return null;
  return (
    <section className="cost" aria-label={m.whatif.label}>
      <b>
        {m.whatif.saved} {fitWords(after)}
      </b>
      <Cost before={before} after={after} />
    </section>
  );
}
