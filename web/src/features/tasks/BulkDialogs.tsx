import { useState, type FormEvent } from "react";
import type { Course } from "../../api/schema";
import { dayLong } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { wallAt } from "../../time/zone";
import { CourseCode } from "../../ui/CourseCode";
import { Dialog } from "../../ui/Dialog";
import { InputField } from "../../ui/fields";

/* Where due dates go: so many days on, or all to one day. */
export type Move = { days: number } | { day: string };

const DAYS_MAX = 366;
const USUAL_DAYS = 7;

const daysOf = (text: string) => {
  const days = Number(text);
  const good = text.trim() !== "" && Number.isInteger(days) && days !== 0;
  return good && Math.abs(days) <= DAYS_MAX ? days : null;
};

const nameOf = (move: Move) =>
  "day" in move ? m.bulk.moveTo(dayLong(move.day)) : m.bulk.moveBy(move.days);

interface MoveProps {
  count: number;
  zone: string;
  onMove: (move: Move) => void;
  onClose: () => void;
}

export function MoveDialog({ count, zone, onMove, onClose }: MoveProps) {
  const [byDays, setByDays] = useState(true);
  const [text, setText] = useState(String(USUAL_DAYS));
  const [day, setDay] = useState(() => wallAt(Date.now(), zone).date);
  const [asked, setAsked] = useState(false);
  const days = daysOf(text);
  const byNumber = days === null ? null : { days };
  const move: Move | null = byDays ? byNumber : day === "" ? null : { day };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (move) onMove(move);
  };

  return (
    <Dialog title={m.bulk.moveTitle(count)} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <div className="seg" role="group" aria-label={m.bulk.move}>
          <button type="button" aria-pressed={byDays} onClick={() => setByDays(true)}>
            {m.bulk.byDays}
          </button>
          <button type="button" aria-pressed={!byDays} onClick={() => setByDays(false)}>
            {m.bulk.toDay}
          </button>
        </div>
        {byDays ? (
          <InputField
            label={m.bulk.days}
            hint={m.bulk.daysHint}
            error={asked && days === null ? m.bulk.badDays : undefined}
            type="number"
            step={1}
            value={text}
            onChange={setText}
          />
        ) : (
          <InputField
            label={m.task.dueDate}
            hint={m.bulk.dayHint}
            error={asked && day === "" ? m.task.badDate : undefined}
            type="date"
            value={day}
            onChange={setDay}
          />
        )}
        <div className="row dialog-foot">
          <button className="btn pri end">{move ? nameOf(move) : m.bulk.move}</button>
        </div>
      </form>
    </Dialog>
  );
}

interface CourseProps {
  count: number;
  courses: readonly Course[];
  /* null: without one. */
  onPick: (course: Course | null) => void;
  onClose: () => void;
}

export function CourseDialog({ count, courses, onPick, onClose }: CourseProps) {
  return (
    <Dialog title={m.bulk.courseTitle(count)} onClose={onClose}>
      <div className="choices">
        {courses.map((course) => (
          <button key={course.id} className="btn quiet" onClick={() => onPick(course)}>
            <CourseCode course={course} />
            {course.name}
          </button>
        ))}
        <button className="btn quiet" onClick={() => onPick(null)}>
          {m.task.noCourse}
        </button>
      </div>
    </Dialog>
  );
}

interface PriorityProps {
  count: number;
  onPick: (priority: number) => void;
  onClose: () => void;
}

export function PriorityDialog({ count, onPick, onClose }: PriorityProps) {
  return (
    <Dialog title={m.bulk.priorityTitle(count)} onClose={onClose}>
      <div className="choices">
        {[5, 4, 3, 2, 1].map((n) => (
          <button key={n} className="btn quiet" onClick={() => onPick(n)}>
            {m.task.priorityName(n)}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
