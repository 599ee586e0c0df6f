import { useSettings } from "../../api/queries";
import { moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { nextDue } from "../../time/series";
import { instantOf, parseWall } from "../../time/zone";
import { Field } from "../../ui/Field";
import { useNow } from "../../ui/useNow";
import { isEvery, seriesOf, type RepeatDraft } from "./series";

type Draft = RepeatDraft & { date: string; time: string };

interface Props {
  draft: Draft;
  set: (part: Partial<RepeatDraft>) => void;
  faults: Partial<Record<keyof RepeatDraft, string>>;
}

/* How often a task comes again, and what finishing it will do. */
export function RepeatFields({ draft, set, faults }: Props) {
  const { repeat } = draft;
  return (
    <>
      <div className="pair repeat">
        <Field label={m.repeat.label}>
          {(w) => (
            <select
              {...w}
              className="inp"
              value={repeat}
              onChange={(e) => set({ repeat: e.target.value as RepeatDraft["repeat"] })}
            >
              <option value="none">{m.repeat.never}</option>
              <option value="day">{m.repeat.day}</option>
              <option value="week">{m.repeat.week}</option>
            </select>
          )}
        </Field>
        {repeat !== "none" && (
          <>
            <Field label={m.repeat.every(repeat)} error={faults.every}>
              {(w) => (
                <input
                  {...w}
                  type="number"
                  className="inp"
                  min={1}
                  max={365}
                  value={draft.every}
                  onChange={(e) => set({ every: e.target.value })}
                />
              )}
            </Field>
            <Field label={m.repeat.until} hint={m.repeat.untilHint} error={faults.until}>
              {(w) => (
                <input
                  {...w}
                  type="date"
                  className="inp"
                  value={draft.until}
                  onChange={(e) => set({ until: e.target.value })}
                />
              )}
            </Field>
          </>
        )}
      </div>
      {repeat !== "none" && <Meaning draft={draft} />}
    </>
  );
}

function Meaning({ draft }: { draft: Draft }) {
  const zone = useSettings().data?.zone ?? "UTC";
  const now = useNow();
  const series = seriesOf(draft);
  const time = parseWall(draft.time);
  if (!isEvery(series.every) || time === null || !/^\d{4}-\d{2}-\d{2}$/.test(draft.date))
    return null;
  const next = nextDue(series, instantOf(draft.date, time, zone), zone, now);
  return (
    <p className="small soft" role="status">
      {next === null ? m.repeat.last : m.repeat.next(moment(next, zone))}
    </p>
  );
}
