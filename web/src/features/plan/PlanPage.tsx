import { useDeferredValue, type ReactNode } from "react";
import { useSchedule, useTasks } from "../../api/queries";
import type { Schedule, Task } from "../../api/schema";
import { m } from "../../i18n/messages";
import { Bunny } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Overdue } from "../../ui/Overdue";
import { Skeleton } from "../../ui/Skeleton";
import { Link } from "../../ui/router";
import { Chances } from "./Chances";
import { Certificate } from "./Certificate";
import { DoesNotFit } from "./DoesNotFit";
import { DueChart } from "./DueChart";
import { Buffers } from "./Buffers";
import { Earlier } from "./Earlier";
import { FirstDays } from "./FirstDays";
import { Tidy } from "./Tidy";
import "./plan.css";

interface Props {
  notice?: ReactNode;
  /* In the first run there are no earlier plans, and nothing has collected. */
  first?: boolean;
}

/* Does it all fit? One true sentence, then its evidence. */
export function PlanPage({ notice, first = false }: Props) {
  const tasks = useTasks();
  const plan = useSchedule();
  /* What is below the statement and its chart is drawn right after them, in another task. */
  const whole = useDeferredValue(true, first);
  const error = tasks.error ?? plan.error;
  if (error && !plan.data)
    return (
      <ErrorNote
        error={error}
        onRetry={() => void Promise.all([tasks.refetch(), plan.refetch()])}
      />
    );
  if (!tasks.data || !plan.data) return <Skeleton lines={7} />;
  if (!tasks.data.some((t) => t.state === "open")) return <NoWork />;
  return (
    <>
      {notice}
      <Overdue plan={plan.data} />
      {plan.data.certificate.feasible ? (
        <Fits plan={plan.data} tasks={tasks.data} days={whole} />
      ) : (
        <DoesNotFit plan={plan.data} tasks={tasks.data} />
      )}
      {whole && <Buffers plan={plan.data} tasks={tasks.data} />}
      {whole && <Chances zone={plan.data.zone} />}
      {whole && !first && <Tidy plan={plan.data} />}
      {whole && !first && <Earlier plan={plan.data} />}
    </>
  );
}

interface FitsProps {
  plan: Schedule;
  tasks: Task[];
  /* With the first days? */
  days: boolean;
}

export function Fits({ plan, tasks, days }: FitsProps) {
  return (
    <div className="stack plan-fits">
      <div className="stack statement">
        <Certificate plan={plan} />
      </div>
      {plan.critical && <DueChart plan={plan} tasks={tasks} />}
      {days && <FirstDays plan={plan} />}
    </div>
  );
}

function NoWork() {
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{m.nav.plan}</h1>
      </div>
      <div className="card empty">
        <Bunny />
        <h2>{m.plan.emptyTitle}</h2>
        <p>{m.plan.emptyHint}</p>
        <Link className="btn pri" to="/tasks">
          {m.plan.emptyWay}
        </Link>
      </div>
    </>
  );
}
