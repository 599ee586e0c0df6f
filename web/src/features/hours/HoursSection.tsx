import { useMemo, useState } from "react";
import { saveWeek } from "../../api/actions";
import { ApiError } from "../../api/client";
import { cache, keys, useAvailability, useSettings } from "../../api/queries";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { freeMinutes, weekOf, windowsOf, type Week } from "../../plan/windows";
import { CostOf } from "../../ui/Cost";
import { ErrorNote } from "../../ui/ErrorNote";
import { useNamedHeading } from "../../ui/router";
import { toast } from "../../ui/toast";
import { HoursEditor } from "./HoursEditor";

/* Settings: the weekly free hours. Painted first, saved when asked, so a slip costs nothing. */
export function HoursSection() {
  const stored = useAvailability().data;
  const zone = useSettings().data?.zone ?? "";
  const [draft, setDraft] = useState<Week | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const heading = useNamedHeading("free-hours", stored !== undefined);
  const whatIf = useMemo(() => draft && { week: windowsOf(draft) }, [draft]);
  if (!stored) return null;
  const week = draft ?? weekOf(stored.week);
  const changed =
    draft !== null &&
    JSON.stringify(windowsOf(draft)) !== JSON.stringify(windowsOf(weekOf(stored.week)));

  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const undo = await saveWeek(windowsOf(week));
      setDraft(null);
      toast(m.hours.saved(duration(freeMinutes(week))), undo);
    } catch (caught) {
      if (caught instanceof ApiError && caught.status === 412)
        await cache.invalidateQueries({ queryKey: keys.availability });
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
    <section className="card stack" aria-labelledby="free-hours">
      <div className="row">
        <div>
          <h2 id="free-hours" ref={heading} tabIndex={-1}>
            {m.hours.section}
          </h2>
          <p className="small soft">{m.hours.sectionLead(zone.replace(/_/g, " "))}</p>
        </div>
        <p className="end soft">
          <b className="num">{duration(freeMinutes(week))}</b> {m.hours.aWeek}
        </p>
      </div>
      <HoursEditor week={week} onChange={setDraft} />
      {error !== null && <ErrorNote typed error={error} onRetry={() => void save()} />}
      <CostOf draft={changed ? whatIf : null} />
      {changed && (
        <div className="row">
          <button className="btn pri" disabled={busy} onClick={() => void save()}>
            {m.hours.save}
          </button>
          <button className="btn quiet" onClick={discard}>
            {m.hours.discard}
          </button>
        </div>
      )}
    </section>
  );
}
