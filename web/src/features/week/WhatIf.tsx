import { Check, Clock, Move, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { acceptPlan } from "../../api/actions";
import type { Schedule, Task } from "../../api/schema";
import { dayShort, dayDate, duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { compare } from "../../plan/compare";
import { loadsOf, ratioOfPercent } from "../../plan/loads";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";

interface Props {
  percent: number;
  before: Schedule;
  /* null while it is being planned. */
  after: Schedule | null;
  error: unknown;
  tasks: Task[];
  onDone: () => void;
}

const SHOWN = 2;

/* What another pace would change, and the choice to take it. */
export function WhatIf({ percent, before, after, error, onDone }: Props) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const [last, setLast] = useState(after);
  if (after && after !== last) setLast(after);
  const plan = after ?? last;
  const trouble = failed ?? error;

  const apply = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const moved = plan ? compare(before, plan).moved : 0;
      const undo = await acceptPlan({ pace: ratioOfPercent(percent) });
      toast(m.whatif.applied(percent, moved), undo);
      onDone();
    } catch (caught) {
      setFailed(caught);
      setBusy(false);
    }
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key === "Escape" && !event.defaultPrevented) onDone();
      if (event.key === "Enter" && target.matches("input[type=range], body")) void apply();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  return (
    <section className="whatif" aria-label={m.whatif.label}>
      <div className="stack whatif-words">
        <b className="t">
          {m.whatif.question(percent)}{" "}
          {plan &&
            (plan.certificate.feasible ? m.whatif.holds : m.whatif.short(duration(plan.short_min)))}
        </b>
        {plan && <Changes before={before} after={plan} />}
        {Boolean(trouble) && (
          <p className="small" role="alert">
            {describe(trouble).title} {describe(trouble).detail}
          </p>
        )}
      </div>
      <div className="row nowrap">
        <button className="btn" onClick={onDone}>
          {m.whatif.discard} <kbd>Esc</kbd>
        </button>
        <button className="btn pri" disabled={busy} onClick={() => void apply()}>
          {m.whatif.apply} <kbd>{m.whatif.enter}</kbd>
        </button>
      </div>
    </section>
  );
}

function Changes({ before, after }: { before: Schedule; after: Schedule }) {
  const diff = compare(before, after);
  const loads = loadsOf(after.days, after.pace);
  const ends = loadsOf(before.days, before.pace).lastWork;
  const rest = diff.days.length - SHOWN;
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
            {m.whatif.day(dayShort(d.date), duration(d.was), duration(d.now), over)}
          </li>
        );
      })}
      <li>
        <Move className="ic" />
        {m.whatif.moved(diff.moved, Math.max(0, rest))}
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
