import { useRef, useState } from "react";
import type { StudyEvent } from "../../api/schema";
import { weekDays, weekdayLong, weekdayShort } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { Unit } from "../../time/repeat";
import { weekdayOf } from "../../time/zone";
import { CheckField, ChoiceField, CourseField, InputField, TextField } from "../../ui/fields";
import { endsNextDay, onDate, type Draft, type Faults, type Scope } from "./draft";

interface Props {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  faults: Faults;
  event: StudyEvent | null;
  scope: Scope;
}

/* One day of a repetition has a time, a title and a place of its own; the rest is the event's. */
export function EventFields(props: Props) {
  const { draft, set, faults, event, scope } = props;
  const one = event !== null && event.rule !== null && scope === "one";
  return (
    <>
      <InputField
        label={m.events.title}
        hint={event ? undefined : m.events.titleHint}
        error={faults.title}
        autoFocus={event === null}
        maxLength={200}
        value={draft.title}
        onChange={(title) => set({ title })}
      />
      <When {...props} one={one} />
      {!one && <Repetition {...props} />}
      <div className="pair">
        <InputField
          label={m.events.place}
          maxLength={200}
          value={draft.place}
          onChange={(place) => set({ place })}
        />
        {!one && <CourseField value={draft.course} onChange={(course) => set({ course })} />}
      </div>
      {!one && (
        <>
          <CheckField
            label={m.events.busy}
            hint={m.events.busyHint}
            on={draft.busy}
            onChange={(busy) => set({ busy })}
          />
          <TextField
            label={m.events.notes}
            rows={2}
            maxLength={4000}
            value={draft.notes}
            onChange={(notes) => set({ notes })}
          />
        </>
      )}
    </>
  );
}

function When({ draft, set, faults, event, one }: Props & { one: boolean }) {
  /* Its last day can be said for as long as the form is open, also while a date is half typed. */
  const [long] = useState(() => draft.endDate > draft.date);
  const span = long || draft.endDate > draft.date;
  /* The date that was there before it was half typed. */
  const whole = useRef(draft.date);
  const move = (date: string) => {
    if (draft.date) whole.current = draft.date;
    set(onDate(draft, whole.current, date));
  };
  return (
    <>
      <div className="pair event-when">
        <InputField
          label={m.events.date}
          hint={event?.zone ? m.events.inZone(event.zone) : undefined}
          error={faults.date}
          type="date"
          value={draft.date}
          onChange={move}
        />
        {(draft.allDay || span) && !one ? (
          <InputField
            label={m.events.endDate}
            error={faults.endDate}
            type="date"
            min={draft.date}
            value={draft.endDate}
            onChange={(value) => set({ endDate: value || draft.date })}
          />
        ) : null}
        {!draft.allDay && <Times {...{ draft, set, faults }} />}
      </div>
      {!one && (
        <CheckField
          label={m.events.allDay}
          on={draft.allDay}
          onChange={(allDay) => set({ allDay })}
        />
      )}
    </>
  );
}

function Times({ draft, set, faults }: Pick<Props, "draft" | "set" | "faults">) {
  const overnight = endsNextDay(draft) && draft.endDate <= draft.date;
  return (
    <>
      <InputField
        label={m.events.start}
        error={faults.start}
        type="time"
        value={draft.start}
        onChange={(start) => set({ start })}
      />
      <InputField
        label={m.events.end}
        hint={overnight ? m.events.nextDay : undefined}
        error={faults.end}
        type="time"
        value={draft.end === "24:00" ? "00:00" : draft.end}
        onChange={(end) => set({ end })}
      />
    </>
  );
}

const UNITS: Unit[] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

function Repetition({ draft, set, faults, event }: Props) {
  const { repeat } = draft;
  const asked = repeat !== "never" && repeat !== "asItIs";
  const kept = event?.rule && repeat === "asItIs";
  return (
    <>
      <div className="pair event-when">
        <ChoiceField label={m.events.repeat} value={repeat} onChange={(repeat) => set({ repeat })}>
          <option value="never">{m.events.never}</option>
          {UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {m.events.units[unit]}
            </option>
          ))}
          {kept && <option value="asItIs">{m.events.asItIs}</option>}
        </ChoiceField>
        {asked && (
          <>
            <InputField
              label={m.events.every}
              hint={m.events.unitsOf[repeat](Number(draft.every))}
              error={faults.every}
              inputMode="numeric"
              value={draft.every}
              onChange={(every) => set({ every })}
            />
            <InputField
              label={m.events.until}
              hint={m.events.untilHint}
              error={faults.until}
              type="date"
              min={draft.date}
              value={draft.until}
              onChange={(until) => set({ until })}
            />
          </>
        )}
      </div>
      {repeat === "WEEKLY" && <Weekdays {...{ draft, set }} />}
    </>
  );
}

/* The day on which it begins is always one of them. */
function Weekdays({ draft, set }: Pick<Props, "draft" | "set">) {
  const own = draft.date ? weekdayOf(draft.date) : 0;
  const toggle = (day: number) =>
    set({
      days: draft.days.includes(day) ? draft.days.filter((d) => d !== day) : [...draft.days, day],
    });
  return (
    <div className="field">
      <span id="event-days" className="lbl">
        {m.events.days}
      </span>
      <div className="seg event-days" role="group" aria-labelledby="event-days">
        {weekDays().map((day) => (
          <button
            key={day}
            type="button"
            aria-label={weekdayLong(day)}
            aria-pressed={day === own || draft.days.includes(day)}
            disabled={day === own}
            onClick={() => toggle(day)}
          >
            {weekdayShort(day)}
          </button>
        ))}
      </div>
    </div>
  );
}
