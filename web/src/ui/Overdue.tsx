import { Clock } from "lucide-react";
import type { Schedule } from "../api/schema";
import { m } from "../i18n/messages";
import { Link } from "./router";

/* What is overdue is in no plan, so it is said beside it. */
export function Overdue({ plan }: { plan: Schedule }) {
  if (plan.overdue.length === 0) return null;
  return (
    <div className="note bad act">
      <Clock className="ic" />
      <span className="grow">{m.plan.overdue(plan.overdue.length)}</span>
      <Link className="btn sm" to="/tasks?filter=overdue">
        {m.plan.showOverdue}
      </Link>
    </div>
  );
}
