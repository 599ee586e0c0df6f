import { useState } from "react";
import { saveEstimates } from "../../api/actions";
import { useCourses, useEstimates, useSettings } from "../../api/queries";
import type { CourseEstimate } from "../../api/schema";
import { m } from "../../i18n/messages";
import { factorsOf, type EstimateUse } from "../../plan/estimates";
import { CostOf } from "../../ui/Cost";
import { ErrorNote } from "../../ui/ErrorNote";
import { Rich } from "../../ui/Rich";
import { toast } from "../../ui/toast";
import "./settings.css";

const USES: EstimateUse[] = ["typed", "median", "p80"];

/* What the plan counts with, and what is known of each course. */
export function EstimatesSection() {
  const stored = useSettings().data?.estimates;
  const estimates = useEstimates().data;
  const [draft, setDraft] = useState<EstimateUse | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (!stored || !estimates) return null;
  const chosen = draft ?? stored;
  const changed = chosen !== stored;
  const learned = estimates.courses.some((c) => c.median_percent !== null);

  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const undo = await saveEstimates(chosen);
      setDraft(null);
      toast(m.estimates.saved(m.estimates.uses[chosen]), undo);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const discard = () => {
    setDraft(null);
    setError(null);
  };

  return (
    <section className="card stack" aria-labelledby="estimates">
      <h2 id="estimates">{m.estimates.title}</h2>
      <p className="small soft">{m.estimates.lead}</p>
      <div className="field">
        <span className="lbl" id="estimates-use">
          {m.estimates.use}
        </span>
        <div className="seg" role="group" aria-labelledby="estimates-use">
          {USES.map((use) => (
            <button key={use} aria-pressed={chosen === use} onClick={() => setDraft(use)}>
              {m.estimates.uses[use]}
            </button>
          ))}
        </div>
        <p className="hint">{m.estimates.useHints[chosen]}</p>
      </div>
      {error !== null && <ErrorNote error={error} />}
      <CostOf draft={changed && learned ? { factors: factorsOf(estimates, chosen) } : null} />
      {changed && (
        <div className="row">
          <button className="btn pri" disabled={busy} onClick={() => void save()}>
            {m.estimates.save}
          </button>
          <button className="btn quiet" onClick={discard}>
            {m.hours.discard}
          </button>
        </div>
      )}
      {estimates.courses.length === 0 ? (
        <p className="small">{m.estimates.none(estimates.needed)}</p>
      ) : (
        <ul className="learned">
          {estimates.courses.map((c) => (
            <li key={c.course_id}>
              <Known course={c} needed={estimates.needed} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Known({ course: c, needed }: { course: CourseEstimate; needed: number }) {
  const courses = useCourses().data ?? [];
  const name = courses.find((k) => k.id === c.course_id)?.name ?? m.estimates.noCourse;
  const { percent } = m.estimates;
  return (
    <Rich
      text={
        c.median_percent === null || c.low_percent === null || c.high_percent === null
          ? m.estimates.courseFew(name, c.n, needed)
          : m.estimates.course(
              name,
              percent(c.median_percent),
              percent(c.low_percent),
              percent(c.high_percent),
              c.n,
            )
      }
    />
  );
}
