import { useMemo } from "react";
import { useTasks } from "../../api/queries";
import type { Schedule } from "../../api/schema";
import { duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { check } from "../../plan/check";
import { loadsOf } from "../../plan/loads";
import { Qed } from "../../ui/Mark";
import { Rich } from "../../ui/Rich";
import { verdictWords } from "./verdict";

/* One sentence that can be proved, and its mark only after the second checker agreed. */
export function Certificate({ plan }: { plan: Schedule }) {
  const tasks = useTasks().data;
  const verdict = useMemo(() => (tasks ? check(plan, tasks) : null), [plan, tasks]);
  const critical = plan.critical;
  const least = plan.minimum_intensity;
  const count =
    tasks?.filter(
      (t) => t.state === "open" && t.remaining_min > 0 && Date.parse(t.due) > Date.parse(plan.now),
    ).length ?? 0;
  const loads = loadsOf(plan.days, plan.pace);

  return (
    <>
      <h1 className="proof lg" tabIndex={-1}>
        {least && critical ? (
          <>
            <Rich text={m.plan.fits(count, least.percent)} />{" "}
            {m.plan.tightest(
              moment(critical.until, plan.zone),
              duration(critical.work_min),
              duration(critical.free_min),
              least.percent,
            )}
          </>
        ) : (
          m.plan.nothingDue
        )}
        {verdict?.ok && <Qed label={m.plan.proved} />}
      </h1>
      <p className="small soft certificate-more">
        {critical && verdict?.ok && verdict.alone && (
          <>{m.plan.noLess(duration(critical.work_min))} </>
        )}
        {verdictWords(verdict, plan.zone)}
        {plan.accepted && loads.maxMin > 0 && (
          <> {m.plan.asks(duration(loads.maxMin), duration(loads.meanMin))}</>
        )}
        {plan.certificate.gap_min > 0 && <> {m.plan.gap(duration(plan.certificate.gap_min))}</>}
      </p>
    </>
  );
}
