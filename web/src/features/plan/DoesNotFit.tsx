import { useMemo } from "react";
import type { Schedule, Task } from "../../api/schema";
import { duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { check } from "../../plan/check";
import { Qed } from "../../ui/Mark";
import { Rich } from "../../ui/Rich";
import { DueChart } from "./DueChart";
import { Repairs } from "./Repairs";
import { verdictWords } from "./verdict";

/* It does not fit: by how much, before when, and what would repair it. */
export function DoesNotFit({ plan, tasks }: { plan: Schedule; tasks: Task[] }) {
  const verdict = useMemo(() => check(plan, tasks), [plan, tasks]);
  return (
    <>
      <div className="head">
        <div>
          <h1 tabIndex={-1}>
            {m.plan.short(duration(plan.short_min))}
            {verdict.ok && <Qed label={m.plan.proved} />}
          </h1>
          {plan.critical && (
            <p className="sub">
              {m.plan.shortWhy(
                duration(plan.critical.work_min),
                duration(plan.critical.free_min),
                moment(plan.critical.until, plan.zone),
              )}
            </p>
          )}
          <p className="small soft">{verdictWords(verdict, plan.zone)}</p>
        </div>
      </div>
      <div className="cols even">
        <div className="stack">
          <DueChart plan={plan} tasks={tasks} />
          <IfNothing plan={plan} tasks={tasks} />
        </div>
        <Repairs plan={plan} />
      </div>
    </>
  );
}

const SHOWN = 4;

function IfNothing({ plan, tasks }: { plan: Schedule; tasks: Task[] }) {
  const late = new Set([...plan.unfinished.map((u) => u.task_id), ...plan.overdue]);
  const others = tasks.some((t) => t.state === "open" && t.remaining_min > 0 && !late.has(t.id));
  const titleOf = (id: string) => tasks.find((t) => t.id === id)?.title ?? "";
  const rest = plan.unfinished.length - SHOWN;
  return (
    <section className="card stack" aria-labelledby="nothing">
      <h2 id="nothing">{m.plan.ifNothing}</h2>
      {others && <p>{m.plan.othersOnTime}</p>}
      <ul className="stack unfinished">
        {plan.unfinished.slice(0, SHOWN).map((u) => (
          <li key={u.task_id}>
            <Rich
              text={m.plan.unfinished(
                titleOf(u.task_id),
                duration(u.remaining_min - u.planned_min),
                moment(u.due, plan.zone),
              )}
            />
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="small soft">{m.plan.moreUnfinished(rest)}</p>}
    </section>
  );
}
