import { useId, useState } from "react";
import { saveTelling, type Telling } from "../../api/actions";
import { useNotifications, useSettings } from "../../api/queries";
import type { Settings, Told } from "../../api/schema";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { Field } from "../../ui/Field";
import { useNamedHeading } from "../../ui/router";
import { toast } from "../../ui/toast";
import { switchOff, switchOn, useByBrowser, type Allowed } from "./browser";
import "./notifications.css";

const KINDS: Told["kind"][] = [
  "reminder",
  "warning",
  "info",
  "success",
  "motivation",
  "achievement",
];
const BEFORE = [0, 5, 10, 15, 30, 60];
const NIGHT = { quiet_from: "22:00", quiet_until: "07:00" };

/* Which kinds are told, how early, when not, and whether the browser tells them too. */
export function NotificationsSection() {
  const settings = useSettings().data;
  const [error, setError] = useState<unknown>(null);
  const heading = useNamedHeading("notifications", settings !== undefined);
  if (!settings) return null;
  const save = async (change: Telling) => {
    setError(null);
    try {
      toast(m.notifications.saved, await saveTelling(change));
    } catch (caught) {
      setError(caught);
    }
  };
  const quiet = settings.quiet_from !== settings.quiet_until;
  return (
    <section className="card stack" aria-labelledby="notifications">
      <h2 id="notifications" ref={heading} tabIndex={-1}>
        {m.notifications.choose}
      </h2>
      <p className="small soft">{m.notifications.chooseLead}</p>
      {KINDS.map((kind) => (
        <Switch
          key={kind}
          label={m.notifications.switches[kind]}
          hint={m.notifications.hints[kind]}
          on={settings[`notify_${kind}`]}
          onChange={(on) => void save({ [`notify_${kind}`]: on })}
        />
      ))}
      {settings.notify_reminder && (
        <Before minutes={settings.remind_before_min} onChoose={(change) => void save(change)} />
      )}
      <Switch
        label={m.notifications.quietHours}
        hint={m.notifications.quietHint}
        on={quiet}
        onChange={(on) => void save(on ? NIGHT : { quiet_from: "00:00", quiet_until: "00:00" })}
      />
      {quiet && <QuietHours settings={settings} onSave={save} />}
      <ByBrowser />
      {error !== null && <ErrorNote error={error} />}
    </section>
  );
}

interface SwitchProps {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

function Switch({ label, hint, on, onChange }: SwitchProps) {
  const id = useId();
  return (
    <label className="row nowrap switch-line">
      <span className="grow">
        <b>{label}</b>
        <span className="small soft" id={id}>
          {hint}
        </span>
      </span>
      <input
        type="checkbox"
        role="switch"
        className="switch"
        aria-label={label}
        aria-describedby={id}
        checked={on}
        onChange={(e) => onChange(e.target.checked)}
      />
    </label>
  );
}

function Before({ minutes, onChoose }: { minutes: number; onChoose: (change: Telling) => void }) {
  const choices = BEFORE.includes(minutes) ? BEFORE : [...BEFORE, minutes].sort((a, b) => a - b);
  return (
    <div className="told-quiet">
      <Field label={m.notifications.before}>
        {(wiring) => (
          <select
            {...wiring}
            className="inp"
            value={minutes}
            onChange={(e) => onChoose({ remind_before_min: Number(e.target.value) })}
          >
            {choices.map((n) => (
              <option key={n} value={n}>
                {m.notifications.beforeTimes(n)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

interface QuietProps {
  settings: Settings;
  onSave: (change: Telling) => Promise<void>;
}

function QuietHours({ settings, onSave }: QuietProps) {
  return (
    <div className="told-quiet">
      <Time
        label={m.notifications.quietFrom}
        value={settings.quiet_from}
        onSave={(quiet_from) => onSave({ quiet_from })}
      />
      <Time
        label={m.notifications.quietUntil}
        value={settings.quiet_until}
        onSave={(quiet_until) => onSave({ quiet_until })}
      />
    </div>
  );
}

interface TimeProps {
  label: string;
  value: string;
  onSave: (value: string) => Promise<void>;
}

/* Saved when it is left: a time that is being typed is not one yet. */
function Time({ label, value, onSave }: TimeProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const leave = async () => {
    if (draft && draft !== value) await onSave(draft);
    setDraft(null);
  };
  return (
    <Field label={label}>
      {(wiring) => (
        <input
          {...wiring}
          type="time"
          className="inp num"
          value={draft ?? value}
          onChange={(e) => setDraft(e.target.value)}
          onBlur={() => void leave()}
        />
      )}
    </Field>
  );
}

/* The browser is asked only here, when it is switched on. */
function ByBrowser() {
  const on = useByBrowser();
  const told = useNotifications().data;
  const [refused, setRefused] = useState<Exclude<Allowed, "on"> | null>(null);
  const change = async (wanted: boolean) => {
    setRefused(null);
    if (!wanted) {
      switchOff();
      toast(m.notifications.browserOff);
      return;
    }
    const allowed = await switchOn((told?.items ?? []).map((n) => n.id));
    if (allowed === "on") toast(m.notifications.browserOn);
    else setRefused(allowed);
  };
  return (
    <>
      <Switch
        label={m.notifications.browser}
        hint={m.notifications.browserHint}
        on={on}
        onChange={(wanted) => void change(wanted)}
      />
      {refused !== null && (
        <p className="note warn" role="status">
          {refused === "denied" ? m.notifications.browserDenied : m.notifications.browserCannot}
        </p>
      )}
    </>
  );
}
