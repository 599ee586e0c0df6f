import { useState } from "react";
import { useTasks } from "../../api/queries";
import type { Schedule } from "../../api/schema";
import { addWorks, type Logging } from "../../api/work";
import { clockRange, dayDate, duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { missedMinutes } from "../../plan/proposal";
import { wallAt } from "../../time/zone";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { withOutcome } from "../../ui/outcome";

interface Props {
  plan: Schedule;
  onClose: () => void;
}

type MissedBlock = Schedule["missed"][number];

/* Which blocks were worked on after all: they are logged as they were planned, the rest goes back. */
export function HappenedDialog({ plan, onClose }: Props) {
  const tasks = useTasks().data ?? [];
  const [happened, setHappened] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  /* As it was when it was asked: logging the first makes a new plan. */
  const [missed] = useState(plan.missed);
  const [logged] = useState(() => new Map<string, Logging>());
  const chosen = missed.filter((b) => happened.has(b.start));

  const toggle = (start: string) => {
    const next = new Set(happened);
    if (!next.delete(start)) next.add(start);
    setHappened(next);
  };

  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await withOutcome(
        () => addWorks(chosen.map(entryOf), logged),
        m.missed.logged(chosen.length, duration(missedMinutes(chosen))),
      );
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };

  return (
    <Dialog title={m.missed.whichTitle} onClose={onClose}>
      <div className="stack">
        <p className="soft">{m.missed.whichHint}</p>
        <ul className="stack happened">
          {missed.map((b) => (
            <li key={b.start}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={happened.has(b.start)}
                  onChange={() => toggle(b.start)}
                />
                <span>
                  <b>{tasks.find((t) => t.id === b.task_id)?.title ?? m.today.deletedTask}</b>
                  <br />
                  <span className="small soft">
                    {dayDate(wallAt(Date.parse(b.start), plan.zone).date)},{" "}
                    {clockRange(b.start, b.end, plan.zone)} · {duration(missedMinutes([b]))}
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
        {error !== null && <ErrorNote error={error} onRetry={() => void save()} />}
        <div className="row dialog-foot">
          <button
            className="btn pri end"
            disabled={busy || chosen.length === 0}
            onClick={() => void save()}
          >
            {chosen.length === missed.length ? m.missed.logAll : m.missed.logSome}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

const entryOf = (b: MissedBlock) => ({
  task: b.task_id,
  start: b.start,
  minutes: missedMinutes([b]),
  note: "",
});
