import { useCourses } from "../../api/queries";
import type { StudyEvent } from "../../api/schema";
import { weekDays, weekdayLong, weekdayShort } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { Unit } from "../../time/repeat";
import { weekdayOf } from "../../time/zone";
import { Field } from "../../ui/Field";
import { endsNextDay, type Draft, type Faults, type Scope } from "./draft";

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
      <Field
        label={m.events.title}
        hint={event ? undefined : m.events.titleHint}
        error={faults.title}
      >
        {(w) => (
          <input
            {...w}
            className="inp"
            maxLength={200}
            value={draft.title}
            onChange={(e) => set({ title: e.target.value })}
          />
        )}
      </Field>
      <When {...props} one={one} />
      {!one && <Repetition {...props} />}
      <div className="pair">
        <Field label={m.events.place}>
          {(w) => (
            <input
              {...w}
              className="inp"
              maxLength={200}
              value={draft.place}
              onChange={(e) => set({ place: e.target.value })}
            />
          )}
        </Field>
        {!one && <CourseField {...props} />}
      </div>
      {!one && (
        <>
          <Check
            label={m.events.busy}
            hint={m.events.busyHint}
            on={draft.busy}
            onChange={(busy) => set({ busy })}
          />
          <Field label={m.events.notes}>
            {(w) => (
              <textarea
                {...w}
                className="inp"
                rows={2}
                maxLength={4000}
                value={draft.notes}
                onChange={(e) => set({ notes: e.target.value })}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}

interface CheckProps {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

function Check({ label, hint, on, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={on} onChange={(e) => onChange(e.target.checked)} />
      <span>
        {label}
        {hint && <small className="soft">{hint}</small>}
      </span>
    </label>
  );
}

function When({ draft, set, faults, event, one }: Props & { one: boolean }) {
  const span = draft.endDate > draft.date;
  const move = (date: string) => {
    const own = weekdayOf(draft.date);
    const days = date ? draft.days.map((day) => (day === own ? weekdayOf(date) : day)) : draft.days;
    set({ date, days, ...(draft.endDate <= draft.date && { endDate: date }) });
  };
  return (
    <>
      <div className="pair event-when">
        <Field
          label={m.events.date}
          hint={event?.zone ? m.events.inZone(event.zone) : undefined}
          error={faults.date}
        >
          {(w) => (
            <input
              {...w}
              type="date"
              className="inp"
              value={draft.date}
              onChange={(e) => move(e.target.value)}
            />
          )}
        </Field>
        {(draft.allDay || span) && !one ? (
          <Field label={m.events.endDate} error={faults.endDate}>
            {(w) => (
              <input
                {...w}
                type="date"
                className="inp"
                min={draft.date}
                value={draft.endDate}
                onChange={(e) => set({ endDate: e.target.value || draft.date })}
              />
            )}
          </Field>
        ) : null}
        {!draft.allDay && <Times {...{ draft, set, faults }} />}
      </div>
      {!one && (
        <Check
          label={m.events.allDay}
          on={draft.allDay}
          onChange={(allDay) => set({ allDay, endDate: draft.date })}
        />
      )}
    </>
  );
}

function Times({ draft, set, faults }: Pick<Props, "draft" | "set" | "faults">) {
  const overnight = endsNextDay(draft) && draft.endDate <= draft.date;
  return (
    <>
      <Field label={m.events.start} error={faults.start}>
        {(w) => (
          <input
            {...w}
            type="time"
            className="inp"
            value={draft.start}
            onChange={(e) => set({ start: e.target.value })}
          />
        )}
      </Field>
      <Field
        label={m.events.end}
        hint={overnight ? m.events.nextDay : undefined}
        error={faults.end}
      >
        {(w) => (
          <input
            {...w}
            type="time"
            className="inp"
            value={draft.end === "24:00" ? "00:00" : draft.end}
            onChange={(e) => set({ end: e.target.value })}
          />
        )}
      </Field>
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
        <Field label={m.events.repeat}>
          {(w) => (
            <select
              {...w}
              className="inp"
              value={repeat}
              onChange={(e) => set({ repeat: e.target.value as Draft["repeat"] })}
            >
              <option value="never">{m.events.never}</option>
              {UNITS.map((unit) => (
                <option key={unit} value={unit}>
                  {m.events.units[unit]}
                </option>
              ))}
              {kept && <option value="asItIs">{m.events.asItIs}</option>}
            </select>
          )}
        </Field>
        {asked && (
          <>
            <Field
              label={m.events.every}
              hint={m.events.unitsOf[repeat](Number(draft.every))}
              error={faults.every}
            >
              {(w) => (
                <input
                  {...w}
                  className="inp"
                  inputMode="numeric"
                  value={draft.every}
                  onChange={(e) => set({ every: e.target.value })}
                />
              )}
            </Field>
            <Field label={m.events.until} hint={m.events.untilHint} error={faults.until}>
              {(w) => (
                <input
                  {...w}
                  type="date"
                  className="inp"
                  min={draft.date}
                  value={draft.until}
                  onChange={(e) => set({ until: e.target.value })}
                />
              )}
            </Field>
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

function CourseField({ draft, set }: Props) {
  const courses = useCourses().data ?? [];
  return (
    <Field label={m.events.course}>
      {(w) => (
        <select
          {...w}
          className="inp"
          value={draft.course}
          onChange={(e) => set({ course: e.target.value })}
        >
          <option value="">{m.events.noCourse}</option>
          {courses.map((c) => (
            <option key={c.id} value={c.id}>
              {c.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
