import { useMe } from "../../api/queries";
import { m } from "../../i18n/messages";
import { Link } from "../../ui/router";
import { PlanPage } from "./PlanPage";

/* First run, step 3: the plan and its certificate. */
export function PlanStep() {
  const guest = useMe().data?.kind === "guest";
  return (
    <>
      <PlanPage first />
      {guest && <p className="small soft only-s">{m.account.guestLine}</p>}
      <div className="actions">
        <Link className="btn quiet" to="/start/tasks">
          {m.ui.back}
        </Link>
        {guest && <span className="end soft small hide-s">{m.account.guestLine}</span>}
        <Link className={guest ? "btn pri" : "btn pri end"} to="/today">
          {m.plan.toToday}
        </Link>
      </div>
    </>
  );
}
