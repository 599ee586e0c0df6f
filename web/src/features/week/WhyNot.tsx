import {
  CalendarX2,
  Check,
  CircleSlash,
  Clock,
  Pin,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import { useMemo, useState } from "react";
import type { Block } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { whyNot, type Misfit, type WhyNot as Answer } from "../../plan/elsewhere";
import { instantOf, parseWall, wallAt, wallText } from "../../time/zone";
import { InputField } from "../../ui/fields";
import { Rich } from "../../ui/Rich";
import { usePlanner } from "../../ui/useWhatIf";
import { near } from "./judge";

const LACKS_SHOWN = 3;

/* Why this block is not at another time: says at once what it would break. */
export function WhyNot({ block, zone, now }: { block: Block; zone: string; now: number }) {
  const here = wallAt(Date.parse(block.start), zone);
  const [date, setDate] = useState(here.date);
  const [time, setTime] = useState(wallText(here.minutes));
  const planner = usePlanner();
  const minutes = parseWall(time);
  const there =
    /^\d{4}-\d{2}-\d{2}$/.test(date) && minutes !== null ? instantOf(date, minutes, zone) : null;
  const asked = there !== null && there !== Date.parse(block.start) ? there : null;
  const answer = useMemo(() => {
    if (asked === null || planner === null || planner === "none") return null;
    const { engine, desk, ask } = planner;
    return whyNot(engine, desk, { ...ask, keep: "all" }, block, asked);
  }, [planner, block, asked]);

  if (planner === "none") return null;
  return (
    <details className="why-not">
      <summary>{m.whyNot.title}</summary>
      <div className="why-not-when">
        <InputField label={m.whyNot.day} type="date" value={date} onChange={setDate} />
        <InputField label={m.whyNot.time} type="time" step={300} value={time} onChange={setTime} />
      </div>
      <div aria-live="polite">
        {asked !== null && answer && (
          <ul className="why">
            {said(answer, asked, zone, now).map(([Icon, text], i) => (
              <li key={i}>
                <Icon className="ic" />
                <span>
                  <Rich text={text} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

const ICONS: Record<Misfit, LucideIcon> = {
  past: Clock,
  taken: Pin,
  outside: CalendarX2,
  early: Clock,
  late: TriangleAlert,
  over: TriangleAlert,
  waits: CircleSlash,
};

function said(
  { lacks, misfits }: Answer,
  there: number,
  zone: string,
  now: number,
): [LucideIcon, string][] {
  const at = near(there, zone, now);
  const out = lacks
    .slice(0, LACKS_SHOWN)
    .map(({ task, minutes }): [LucideIcon, string] => [
      TriangleAlert,
      m.whyNot.lacks(at, duration(minutes), task.title, near(Date.parse(task.due), zone, now)),
    ]);
  const rest = lacks.length - LACKS_SHOWN;
  if (rest > 0) out.push([TriangleAlert, m.whyNot.more(rest)]);
  /* What is late of the block itself is said by its task. */
  for (const [kind, minutes] of Object.entries(misfits) as [Misfit, number][])
    if (kind !== "late" || lacks.length === 0)
      out.push([ICONS[kind], m.whyNot[kind](at, duration(minutes))]);
  const possible = misfits.past === undefined && misfits.taken === undefined;
  if (lacks.length === 0 && misfits.late === undefined && possible)
    out.push([Check, m.whyNot.holds(at)]);
  return out;
}
