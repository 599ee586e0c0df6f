import { History } from "lucide-react";
import { useState } from "react";
import { acceptPlan } from "../../api/actions";
import { useSchedule } from "../../api/queries";
import type { Schedule } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { toast } from "../../ui/toast";

/* Blocks that did not happen, or a better plan that waits to be taken: one step, no blame. */
export function MissedNote() {
  const plan = useSchedule().data;
  return plan ? <Note plan={plan} /> : null;
}

function Note({ plan }: { plan: Schedule }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const minutes = plan.missed.reduce(
    (sum, b) => sum + (Date.parse(b.end) - Date.parse(b.start)) / 60_000,
    0,
  );
  if (plan.missed.length === 0 && !plan.proposal) return null;

  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      await acceptPlan({});
      toast(plan.missed.length > 0 ? m.week.putBackDone(duration(minutes)) : m.week.proposalTaken);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  if (error !== null) return <ErrorNote error={error} onRetry={() => void take()} />;
  return (
    <div className="note info act missed">
      <History className="ic" />
      <span className="grow">
        {plan.missed.length > 0
          ? m.week.missed(plan.missed.length, duration(minutes))
          : m.week.proposal(duration(plan.proposal?.moved_min ?? 0))}
      </span>
      <button className="btn sm" disabled={busy} onClick={() => void take()}>
        {plan.missed.length > 0 ? m.week.putBack : m.week.takeProposal}
      </button>
    </div>
  );
}
