import { useState } from "react";
import { weekDays, weekdayLong } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { weekOf, windowsOf, type Week } from "../../plan/windows";
import { InputField } from "../../ui/fields";
import { parseHours } from "./typed";

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

const lineOf = (week: Week, day: number) =>
  windowsOf(week)
    .filter((w) => w.day === day)
    .map((w) => `${w.start}–${w.end}`)
    .join(", ");

function DayLine({ day, week, onChange }: Props & { day: number }) {
  const current = lineOf(week, day);
  /* What is being typed, beside the week that it was typed for: with another it has no meaning. */
  const [draft, setDraft] = useState<{ text: string; beside: string } | null>(null);
  const typed = draft?.beside === current ? draft.text : null;
  const bad = typed !== null && parseHours(typed) === null;

  const change = (text: string) => {
    const read = parseHours(text);
    if (!read) {
      setDraft({ text, beside: current });
      return;
    }
    const others = windowsOf(week).filter((w) => w.day !== day);
    const next = weekOf([...others, ...read.map((r) => ({ day, ...r }))]);
    setDraft({ text, beside: lineOf(next, day) });
    onChange(next);
  };

  return (
    <InputField
      label={weekdayLong(day)}
      error={bad ? m.hours.typeBad : undefined}
      value={typed ?? current}
      placeholder={m.hours.typePlaceholder}
      onChange={change}
      onBlur={() => !bad && setDraft(null)}
    />
  );
}
