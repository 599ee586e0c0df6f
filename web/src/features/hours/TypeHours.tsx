import { useState } from "react";
import { weekDays, weekdayLong } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { weekOf, windowsOf, type Week } from "../../plan/windows";
import { parseWall, wallText } from "../../time/zone";
import { InputField } from "../../ui/fields";

/* "08:00-10:00, 14–18" or null. Minutes may be left out. */
export function parseHours(text: string): { start: string; end: string }[] | null {
  const out: { start: string; end: string }[] = [];
  for (const piece of text.split(/[,;]/).filter((p) => p.trim() !== "")) {
    const ends = piece.split(/[-–]|\b(?:to|bis)\b/).map((end) => {
      const bare = end.trim();
      return parseWall(/^\d{1,2}$/.test(bare) ? `${bare}:00` : bare);
    });
    const [start, end] = ends;
    if (
      ends.length !== 2 ||
      start === undefined ||
      start === null ||
      end === undefined ||
      end === null ||
      start >= end
    )
      return null;
    out.push({ start: wallText(start), end: wallText(end) });
  }
  return out;
}

interface Props {
  week: Week;
  onChange: (week: Week) => void;
}

/* The equal way for whoever cannot or will not drag: one line of text a day. */
export function TypeHours({ week, onChange }: Props) {
  return (
    <div className="type-hours">
      {weekDays().map((day) => (
        <DayLine key={day} day={day} week={week} onChange={onChange} />
      ))}
    </div>
  );
}

function DayLine({ day, week, onChange }: Props & { day: number }) {
  const windows = windowsOf(week);
  const current = windows
    .filter((w) => w.day === day)
    .map((w) => `${w.start}–${w.end}`)
    .join(", ");
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? current;
  const bad = draft !== null && parseHours(draft) === null;

  const change = (value: string) => {
    setDraft(value);
    const read = parseHours(value);
    if (read)
      onChange(
        weekOf([...windows.filter((w) => w.day !== day), ...read.map((r) => ({ day, ...r }))]),
      );
  };

  return (
    <InputField
      label={weekdayLong(day)}
      error={bad ? m.hours.typeBad : undefined}
      value={text}
      placeholder={m.hours.typePlaceholder}
      onChange={change}
      onBlur={() => !bad && setDraft(null)}
    />
  );
}
