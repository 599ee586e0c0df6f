import { useMemo, useState } from "react";
import { acceptPlan } from "../../api/actions";
import { useSchedule, useSettings } from "../../api/queries";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { percentOf, ratioOfPercent, shareOf } from "../../plan/loads";
import { CostOf } from "../../ui/Cost";
import { ErrorNote } from "../../ui/ErrorNote";
import { toast } from "../../ui/toast";
import "./settings.css";

/* Pace: what is worked each day. Limit: what may be, and the only thing that makes a task late. */
export function PaceSection() {
  const settings = useSettings().data;
  const plan = useSchedule().data;
  const [draft, setDraft] = useState<{ pace: number; limit: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const whatIf = useMemo(
    () => draft && { pace: ratioOfPercent(draft.pace), limit: ratioOfPercent(draft.limit) },
    [draft],
  );
  if (!settings) return null;
  const stored = { pace: percentOf(settings.pace), limit: percentOf(settings.limit) };
  const value = draft ?? stored;
  const most = Math.max(0, ...(plan?.days ?? []).map((d) => d.free_min));
  const hours = (percent: number) =>
    m.settings.atMost(duration(shareOf(most, ratioOfPercent(percent))));
  const changed = value.pace !== stored.pace || value.limit !== stored.limit;

  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const undo = await acceptPlan({
        pace: ratioOfPercent(value.pace),
        limit: ratioOfPercent(value.limit),
      });
      setDraft(null);
      toast(m.settings.paceSaved(value.pace, value.limit), undo);
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
    <section className="card stack" aria-labelledby="pace">
      <h2 id="pace">{m.settings.pace}</h2>
      <Share
        label={m.settings.paceLabel}
        lead={m.settings.paceLead}
        value={value.pace}
        hours={hours(value.pace)}
        onChange={(pace) => setDraft({ pace, limit: Math.max(pace, value.limit) })}
      />
      <Share
        label={m.settings.limitLabel}
        lead={m.settings.limitLead}
        value={value.limit}
        hours={hours(value.limit)}
        onChange={(limit) => setDraft({ limit, pace: Math.min(limit, value.pace) })}
      />
      {error !== null && <ErrorNote error={error} />}
      <CostOf draft={changed ? whatIf : null} />
      {changed && (
        <div className="row">
          <button className="btn pri" disabled={busy} onClick={() => void save()}>
            {m.settings.savePace}
          </button>
          <button className="btn quiet" onClick={discard}>
            {m.hours.discard}
          </button>
        </div>
      )}
    </section>
  );
}

interface ShareProps {
  label: string;
  lead: string;
  value: number;
  hours: string;
  onChange: (percent: number) => void;
}

function Share({ label, lead, value, hours, onChange }: ShareProps) {
  return (
    <label className="share-line">
      <span className="lbl">
        {label} <output className="num">{m.settings.percent(value)}</output>
      </span>
      <input
        type="range"
        min={5}
        max={100}
        step={1}
        value={value}
        style={{ "--v": `${value}%` }}
        aria-valuetext={`${m.settings.percent(value)}, ${hours}`}
        onChange={(e) => onChange(Number(e.target.value))}
      />
      <span className="small soft">
        {lead} <b>{hours}</b>
      </span>
    </label>
  );
}
