import { useId, useMemo, useState } from "react";
import { tidyPlan } from "../../api/actions";
import { useTasks, useTidy } from "../../api/queries";
import type { Schedule } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { check } from "../../plan/check";
import { Cost, fitWords } from "../../ui/Cost";
import { ErrorNote } from "../../ui/ErrorNote";
import { Qed } from "../../ui/Mark";
import { withOutcome } from "../../ui/outcome";

/* A plan that is kept stable collects small pieces: fewer, longer blocks are offered, with what they
   cost. Nothing is shown while there is nothing to gain. */
export function Tidy({ plan }: { plan: Schedule }) {
  const heading = useId();
  const tidy = useTidy().data;
  const tasks = useTasks().data;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const after = tidy?.schedule;
  const proved = useMemo(() => !!after && !!tasks && check(after, tasks).ok, [after, tasks]);
  if (!tidy || !after || after.rev !== plan.rev) return null;

  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      await withOutcome(tidyPlan, m.tidy.done(tidy.then, tidy.blocks));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="card stack tidy" aria-labelledby={heading}>
      <h2 id={heading}>{m.tidy.title(tidy.then, tidy.blocks)}</h2>
      <p className="small soft">{m.tidy.lead}</p>
      <div className="tidy-cost">
        <p>
          {fitWords(after)} {m.tidy.moves(duration(tidy.moved_min))}
          {proved && <Qed label={m.plan.proved} />}
        </p>
        <Cost before={plan} after={after} />
      </div>
      {error !== null && <ErrorNote error={error} />}
      <div className="row">
        <button className="btn" disabled={busy} onClick={() => void take()}>
          {m.tidy.take}
        </button>
      </div>
    </section>
  );
}
