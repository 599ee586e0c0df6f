import {
  BookOpen,
  CalendarClock,
  GripVertical,
  MapPin,
  Pencil,
  Repeat,
  Trash2,
  X,
} from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { editEvent, removeEvent, type Undo } from "../../api/actions";
import { getEvent } from "../../api/endpoints";
import type { Course, Occurrence, StudyEvent } from "../../api/schema";
import { clock, clockRange, dayDate, duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { endBefore, readRule } from "../../time/repeat";
import { addDays, wallAt } from "../../time/zone";
import { CourseCode } from "../../ui/CourseCode";
import { useKeys } from "../../ui/keys";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";

interface Props {
  occurrence: Occurrence;
  course: Course | undefined;
  zone: string;
  onClose: () => void;
  onMove: () => void;
  onEdit: () => void;
}

type Scope = "one" | "following" | "all";

/* What an event is and how it goes on. Beside the calendar, or a sheet from below on a phone. */
export function EventInspector({ occurrence, course, zone, onClose, onMove, onEdit }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [event, setEvent] = useState<StudyEvent | null>(null);
  const [choosing, setChoosing] = useState(false);
  const id = occurrence.event_id;
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    let gone = false;
    getEvent(id)
      .then((found) => !gone && setEvent(found))
      .catch((error: unknown) => !gone && toast(describe(error).detail));
    return () => {
      gone = true;
    };
  }, [id]);

  useKeys({ ...(!occurrence.all_day && { m: onMove }) });

  const remove = async (scope: Scope) => {
    onClose();
    try {
      const undo = await removeParts(await getEvent(id), occurrence.date, scope);
      toast(m.events.deleted(occurrence.title), undo);
    } catch (error) {
      toast(m.events.notDeleted(occurrence.title, describe(error).detail));
    }
  };

  return (
    <section className="insp stack" aria-labelledby="event-title">
      <div className="row nowrap insp-head">
        <CourseCode course={course} />
        <button className="btn icon sm quiet end" aria-label={m.ui.close} onClick={onClose}>
          <X className="ic" />
        </button>
      </div>
      <div>
        <h2 id="event-title" ref={heading} tabIndex={-1}>
          {occurrence.title}
        </h2>
        <p className="soft">{timeOf(occurrence, zone)}</p>
      </div>
      <ul className="why">
        {occurrence.place && (
          <li>
            <MapPin className="ic" />
            <span>{occurrence.place}</span>
          </li>
        )}
        <li>
          <CalendarClock className="ic" />
          <span>{occurrence.busy ? m.events.takesTime : m.events.takesNone}</span>
        </li>
        {event && (
          <li>
            <Repeat className="ic" />
            <span>{repeatOf(event)}</span>
          </li>
        )}
        {course && (
          <li>
            <BookOpen className="ic" />
            <span>{course.name}</span>
          </li>
        )}
      </ul>
      {event?.notes && <p className="soft notes">{event.notes}</p>}
      {choosing ? (
        <div className="stack event-choice" role="group" aria-label={m.events.deleteWhich}>
          <h3>{m.events.deleteWhich}</h3>
          {(["one", "following", "all"] as const).map((scope) => (
            <button key={scope} className="btn sm" onClick={() => void remove(scope)}>
              {m.events.scopes[scope]}
            </button>
          ))}
        </div>
      ) : (
        <div className="row insp-acts">
          {!occurrence.all_day && (
            <button className="btn sm" onClick={onMove}>
              <GripVertical className="ic" />
              {m.move.button} <kbd>M</kbd>
            </button>
          )}
          <button className="btn sm" onClick={onEdit}>
            <Pencil className="ic" />
            {m.events.edit}
          </button>
          <button
            className="btn sm"
            disabled={!event}
            onClick={() => (event?.rule ? setChoosing(true) : void remove("all"))}
          >
            <Trash2 className="ic" />
            {m.events.delete}
          </button>
        </div>
      )}
    </section>
  );
}

function removeParts(event: StudyEvent, date: string, scope: Scope): Promise<Undo> {
  if (scope === "all" || event.rule === null || (scope === "following" && date === event.date))
    return removeEvent(event);
  if (scope === "following")
    return editEvent(event, { rule: endBefore(event.rule, addDays(date, -1)) });
  return editEvent(event, {
    skipped: [...event.skipped, { date }],
    moved: event.moved.filter((each) => each.date !== date),
  });
}

function timeOf(o: Occurrence, zone: string): string {
  const from = wallAt(Date.parse(o.start), zone).date;
  const to = wallAt(Date.parse(o.end) - 1, zone).date;
  if (o.all_day) return from === to ? dayDate(from) : `${dayDate(from)} – ${dayDate(to)}`;
  const length = duration((Date.parse(o.end) - Date.parse(o.start)) / 60_000);
  if (from === to) return `${dayDate(from)}, ${clockRange(o.start, o.end, zone)} · ${length}`;
  return `${dayDate(from)} ${clock(o.start, zone)} – ${dayDate(to)} ${clock(o.end, zone)} · ${length}`;
}

function repeatOf(event: StudyEvent): string {
  if (event.rule === null) return m.events.once;
  const read = readRule(event.rule.replace(/;?COUNT=\d+/, ""), event.date);
  if (!read) return m.events.repeatsOtherwise;
  const how = m.events.repeats(read.unit, read.every, read.days);
  return read.until ? `${how} ${m.events.repeatsUntil(dayDate(read.until))}` : how;
}
