import { useSettings } from "../../api/queries";
import { moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { nextDue } from "../../time/series";
import { instantOf, parseWall } from "../../time/zone";
import { ChoiceField, InputField } from "../../ui/fields";
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
        <ChoiceField label={m.repeat.label} value={repeat} onChange={(repeat) => set({ repeat })}>
          <option value="none">{m.repeat.never}</option>
          <option value="day">{m.repeat.day}</option>
          <option value="week">{m.repeat.week}</option>
        </ChoiceField>
        {repeat !== "none" && (
          <>
            <InputField
              label={m.repeat.every(repeat)}
              error={faults.every}
              type="number"
              min={1}
              max={365}
              value={draft.every}
              onChange={(every) => set({ every })}
            />
            <InputField
              label={m.repeat.until}
              hint={m.repeat.untilHint}
              error={faults.until}
              type="date"
              value={draft.until}
              onChange={(until) => set({ until })}
            />
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
