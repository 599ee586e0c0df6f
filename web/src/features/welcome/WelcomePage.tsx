import { useState } from "react";
import { loadTerm } from "../../api/actions";
import { useRegistration } from "../../api/queries";
import { weekDays, weekdayShort } from "../../i18n/format";
import { m } from "../../i18n/messages";
import {
  addDays,
  detectZone,
  instantOf,
  instantText,
  mondayOf,
  parseWall,
  wallAt,
} from "../../time/zone";
import { BunnyOnWeek } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Link, navigate } from "../../ui/router";
import "./welcome.css";

/* The sample's dates are days from today and weekdays of this week, so that it is always a fresh
   term. */
async function sampleTerm(zone: string) {
  const { default: sample } = await import("../../../../examples/term.json");
  const today = wallAt(Date.now(), zone).date;
  const tasks = sample.tasks.map(({ due_in_days, due_time, ...task }) => ({
    ...task,
    due: instantText(instantOf(addDays(today, due_in_days), parseWall(due_time) ?? 0, zone)),
  }));
  const events = sample.events.map(({ weekday, weeks, every, ...event }) => {
    const date = addDays(mondayOf(today), weekday - 1);
    const last = addDays(date, 7 * every * (weeks - 1)).replaceAll("-", "");
    const rule = `FREQ=WEEKLY${every > 1 ? `;INTERVAL=${every}` : ""};UNTIL=${last}`;
    return { ...event, date, ...(weeks > 1 && { rule }) };
  });
  const exceptions = sample.availability.exceptions.map(({ in_days, windows }) => ({
    date: addDays(today, in_days),
    windows,
  }));
  const availability = { week: sample.availability.week, exceptions };
  return { courses: sample.courses, availability, events, tasks };
}

export function WelcomePage() {
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const registration = useRegistration().data;
  const guests = registration?.guests ?? true;
  const open = registration?.registration === "open";

  const trySample = async () => {
    setError(null);
    setProgress(0);
    try {
      const zone = detectZone();
      await loadTerm(await sampleTerm(zone), zone, setProgress);
      navigate("/plan");
    } catch (caught) {
      setError(caught);
      setProgress(null);
    }
  };

  return (
    <div className="hero">
      <div className="stack hero-words">
        <h1>{m.welcome.title}</h1>
        <p className="soft hero-lead">{m.welcome.lead}</p>
        {!guests && (
          <div className="row hero-ways">
            <Link className="btn pri lg" to="/sign-in">
              {m.account.signIn}
            </Link>
            {open && (
              <Link className="btn lg" to="/sign-up">
                {m.account.signUp}
              </Link>
            )}
          </div>
        )}
        <div className="row hero-ways" hidden={!guests}>
          <Link className="btn pri lg" to="/start/hours">
            {m.welcome.start}
          </Link>
          <button className="btn lg" onClick={() => void trySample()} disabled={progress !== null}>
            {m.welcome.sample}
          </button>
        </div>
        {progress === null ? (
          guests && <p className="soft small">{m.welcome.promise}</p>
        ) : (
          <div className="stack hero-progress" role="status">
            <progress max={1} value={progress} aria-label={m.welcome.loading} />
            <span className="soft small">{m.welcome.loading}</span>
          </div>
        )}
        {error !== null && <ErrorNote error={error} onRetry={() => void trySample()} />}
      </div>
      <div className="art">
        <BunnyOnWeek days={weekDays().map(weekdayShort)} />
      </div>
    </div>
  );
}
