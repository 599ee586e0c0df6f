import { Globe } from "lucide-react";
import { useState } from "react";
import { ensureGuest, saveWeek, saveZone } from "../../api/actions";
import { useAvailability, useMe, useSettings } from "../../api/queries";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { EMPTY_WEEK, freeMinutes, weekOf, windowsOf, type Week } from "../../plan/windows";
import { detectZone, knownZones } from "../../time/zone";
import { ErrorNote } from "../../ui/ErrorNote";
import { Link, navigate } from "../../ui/router";
import { HoursEditor } from "./HoursEditor";

/* First run, step 1. Nothing is stored before "Next"; then the guest is made with its hours. */
export function HoursStep() {
  const known = useMe().data;
  /* Decided once: the guest made by this very step must not replace it. */
  const [stored] = useState(Boolean(known));
  return stored ? <StoredHours /> : <Step week={EMPTY_WEEK} zone={detectZone()} />;
}

function StoredHours() {
  const availability = useAvailability().data;
  const settings = useSettings().data;
  if (!availability || !settings) return null;
  const zone = availability.week.length ? settings.zone : detectZone();
  return <Step week={weekOf(availability.week)} zone={zone} />;
}

function Step(initial: { week: Week; zone: string }) {
  const [week, setWeek] = useState(initial.week);
  const [zone, setZone] = useState(initial.zone);
  const [saving, setSaving] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const minutes = freeMinutes(week);

  const next = async () => {
    setAsked(true);
    if (minutes === 0) return;
    setSaving(true);
    setError(null);
    try {
      await ensureGuest();
      await saveZone(zone);
      await saveWeek(windowsOf(week));
      navigate("/start/tasks");
    } catch (caught) {
      setError(caught);
      setSaving(false);
    }
  };

  return (
    <>
      <div className="stack hours-step">
        <div className="row">
          <div>
            <h1 tabIndex={-1}>{m.hours.title}</h1>
            <p className="soft">{m.hours.lead}</p>
          </div>
          <p className="end soft">
            <b className="num hours-sum">{duration(minutes)}</b> {m.hours.aWeek}
          </p>
        </div>
        <HoursEditor week={week} onChange={setWeek} />
        <ZoneLine zone={zone} onChange={setZone} />
        {asked && minutes === 0 && (
          <div className="note warn" role="alert">
            {m.hours.none}
          </div>
        )}
        {error !== null && <ErrorNote typed error={error} onRetry={() => void next()} />}
      </div>
      <div className="actions">
        <Link className="btn quiet" to="/">
          {m.ui.back}
        </Link>
        <button className="btn pri end" disabled={saving} onClick={() => void next()}>
          {m.hours.next}
        </button>
      </div>
    </>
  );
}

/* The zone is found out and said; changing it is one step away. */
function ZoneLine({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <p className="row small soft zone-line">
        <Globe className="ic" />
        <span>
          {m.hours.zone} <b>{zone.replace(/_/g, " ")}</b>
        </span>
        <button type="button" className="btn quiet sm" onClick={() => setOpen(true)}>
          {m.hours.changeZone}
        </button>
      </p>
    );
  return (
    <label className="row small zone-line">
      <span className="lbl">{m.settings.zone}</span>
      <select className="inp" value={zone} autoFocus onChange={(e) => onChange(e.target.value)}>
        {knownZones(zone).map((name) => (
          <option key={name} value={name}>
            {name.replace(/_/g, " ")}
          </option>
        ))}
      </select>
    </label>
  );
}
