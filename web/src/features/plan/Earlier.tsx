import { useId, useMemo, useState } from "react";
import { returnToPlan } from "../../api/actions";
import { useFormerPlan, useFormerPlans, useTasks } from "../../api/queries";
import type { FormerPlan, Ratio, Schedule } from "../../api/schema";
import { dayDate, duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { check } from "../../plan/check";
import { compare } from "../../plan/compare";
import { percentOf, sameRatio } from "../../plan/loads";
import { fitWords } from "../../ui/Cost";
import { ErrorNote } from "../../ui/ErrorNote";
import { Qed } from "../../ui/Mark";
import { fitChanges, withOutcome } from "../../ui/outcome";

const FEW = 5;
const DAYS = 7;

interface Shares {
  pace: Ratio;
  limit: Ratio;
}

/* What made the plan another; `next` had its shares from then on. */
function whatChanged(former: FormerPlan, next: Shares): string {
  if (former.why !== "shares" && former.why !== "settings") return m.earlier.why[former.why];
  if (!sameRatio(former.pace, next.pace))
    return m.earlier.pace(percentOf(former.pace), percentOf(next.pace));
  if (!sameRatio(former.limit, next.limit))
    return m.earlier.limit(percentOf(former.limit), percentOf(next.limit));
  return m.earlier.why[former.why];
}

/* The plans that gave way to another: why, what going back would do, and the way there. */
export function Earlier({ plan }: { plan: Schedule }) {
  const heading = useId();
  const former = useFormerPlans();
  const [all, setAll] = useState(false);
  const plans = former.data ?? [];
  const shown = all ? plans : plans.slice(0, FEW);
  if (!former.data && !former.error) return null;
  return (
    <section className="card stack earlier" aria-labelledby={heading}>
      <h2 id={heading}>{m.earlier.title}</h2>
      {former.error && <ErrorNote error={former.error} onRetry={() => void former.refetch()} />}
      {former.data && (
        <p className="small soft">{plans.length > 0 ? m.earlier.lead : m.earlier.nothing}</p>
      )}
      {shown.length > 0 && (
        <ul>
          {shown.map((entry, i) => (
            <Entry key={entry.id} entry={entry} next={plans[i - 1] ?? plan} plan={plan} />
          ))}
        </ul>
      )}
      {shown.length < plans.length && (
        <div className="row">
          <button className="btn" onClick={() => setAll(true)}>
            {m.earlier.more}
          </button>
        </div>
      )}
    </section>
  );
}

interface EntryProps {
  entry: FormerPlan;
  next: Shares;
  plan: Schedule;
}

function Entry({ entry, next, plan }: EntryProps) {
  const details = useId();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const what = whatChanged(entry, next);
  const when = moment(entry.ended, plan.zone);

  const goBack = async () => {
    setBusy(true);
    setError(null);
    try {
      await withOutcome(() => returnToPlan(entry.id), m.earlier.done(when));
      setOpen(false);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <li>
      <div className="grow">
        <p>{what}</p>
        <p className="small soft">
          <time dateTime={entry.ended}>{when}</time> · {m.earlier.moved(duration(entry.moved_min))}
        </p>
      </div>
      <div className="row nowrap">
        <button
          className="btn quiet sm"
          aria-label={m.earlier.compareNamed(what, when)}
          aria-expanded={open}
          aria-controls={open ? details : undefined}
          onClick={() => setOpen(!open)}
        >
          {m.earlier.compare}
        </button>
        <button
          className="btn sm"
          aria-label={m.earlier.backNamed(what, when)}
          disabled={busy}
          onClick={() => void goBack()}
        >
          {m.earlier.back}
        </button>
      </div>
      {error !== null && <ErrorNote error={error} />}
      {open && (
        <div id={details} className="stack earlier-more">
          <Comparison id={entry.id} plan={plan} />
        </div>
      )}
    </li>
  );
}

/* How it would be now, checked like every plan that is shown. */
function Comparison({ id, plan }: { id: string; plan: Schedule }) {
  const then = useFormerPlan(id);
  const tasks = useTasks().data;
  const after = then.data;
  const proved = useMemo(() => !!after && !!tasks && check(after, tasks).ok, [after, tasks]);
  if (then.error) return <ErrorNote error={then.error} onRetry={() => void then.refetch()} />;
  if (!after) return <p className="small soft">{m.earlier.comparing}</p>;
  const diff = compare(plan, after);
  const words =
    diff.moved === 0 ? m.earlier.same : m.earlier.elsewhere(diff.moved, duration(diff.movedMin));
  return (
    <>
      <p role="status">
        {fitWords(after)} {words} {fitChanges(diff).join(" ")}
        {proved && <Qed label={m.plan.proved} />}
      </p>
      {diff.days.length > 0 && <Days days={diff.days} />}
    </>
  );
}

function Days({ days }: { days: ReturnType<typeof compare>["days"] }) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={m.earlier.days}>
      <table className="tbl">
        <caption className="vh">{m.earlier.days}</caption>
        <thead>
          <tr>
            <th>{m.earlier.day}</th>
            <th>{m.earlier.now}</th>
            <th>{m.earlier.then}</th>
          </tr>
        </thead>
        <tbody>
          {days.slice(0, DAYS).map((day) => (
            <tr key={day.date}>
              <td>{dayDate(day.date)}</td>
              <td className="num">{duration(day.was)}</td>
              <td className="num">{duration(day.now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {days.length > DAYS && <p className="small soft">{m.earlier.moreDays(days.length - DAYS)}</p>}
    </div>
  );
}
