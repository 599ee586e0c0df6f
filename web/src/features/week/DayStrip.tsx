import { dayLong, dayNumber, duration, shortDay, tightDuration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { Column } from "./layout";

interface Props {
  columns: Column[];
  date: string;
  today: string;
  onPick: (date: string) => void;
}

/* A phone shows one day; the strip shows the week and its hours. */
export function DayStrip({ columns, date, today, onPick }: Props) {
  return (
    <div className="daystrip" role="group" aria-label={m.week.day}>
      {columns.map((c) => (
        <button
          key={c.date}
          data-day={c.date}
          aria-pressed={c.date === date}
          aria-label={m.week.stripLabel(dayLong(c.date), duration(c.day?.load_min ?? 0))}
          {...(c.date === today && { "aria-current": "date" as const })}
          onClick={() => onPick(c.date)}
        >
          {shortDay(c.date)}
          <b>{dayNumber(c.date)}</b>
          <small>{c.day ? tightDuration(c.day.load_min) : "–"}</small>
        </button>
      ))}
    </div>
  );
}
