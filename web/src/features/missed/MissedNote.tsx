import { History } from "lucide-react";
import { useMemo, useState } from "react";
import { acceptPlan } from "../../api/actions";
import { useSchedule } from "../../api/queries";
import type { Schedule } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { missedMinutes, proposedPlan } from "../../plan/proposal";
import { Cost, fitWords } from "../../ui/Cost";
import { ErrorNote } from "../../ui/ErrorNote";
import { withOutcome } from "../../ui/outcome";
import { HappenedDialog } from "./HappenedDialog";
import "./missed.css";

/* Blocks that did not happen, or a better plan that waits to be taken: one step, no blame. What it
   will do is said before. */
export function MissedNote() {
  const plan = useSchedule().data;
  return plan && (plan.missed.length > 0 || plan.proposal) ? <Note plan={plan} /> : null;
}

function Note({ plan }: { plan: Schedule }) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const after = useMemo(() => proposedPlan(plan), [plan]);
  const { missed } = plan;
  const time = duration(missedMinutes(missed));

  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      await withOutcome(
        () => acceptPlan({}),
        missed.length > 0 ? m.missed.putBackDone(time) : m.missed.proposalTaken,
      );
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  if (error !== null) return <ErrorNote error={error} onRetry={() => void take()} />;
  return (
    <section className="note info act missed" aria-label={m.missed.label}>
      <History className="ic" />
      <div className="grow">
        <p>
          {missed.length > 0
            ? m.missed.ask(missed.length, time)
            : m.missed.proposal(duration(plan.proposal?.moved_min ?? 0))}
        </p>
        {after && (
          <div className="missed-cost">
            <span>{fitWords(after)}</span>
            <Cost before={plan} after={after} />
          </div>
        )}
      </div>
      <div className="row missed-acts">
        <button className="btn sm" disabled={busy} onClick={() => void take()}>
          {missed.length > 0 ? m.missed.putBack : m.missed.takeProposal}
        </button>
        {missed.length > 0 && (
          <button className="btn quiet sm" disabled={busy} onClick={() => setAsking(true)}>
            {m.missed.someDid}
          </button>
        )}
      </div>
      {asking && <HappenedDialog plan={plan} onClose={() => setAsking(false)} />}
    </section>
  );
}
