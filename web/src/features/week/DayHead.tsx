import { CalendarOff, Pencil } from "lucide-react";
import { memo } from "react";
import { dayNumber, duration, shortDay, tightDuration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { dayKey } from "./layout";

interface HeadProps {
  date: string;
  today: boolean;
  /* Minutes; null: a day that is not planned. */
  free: number | null;
  load: number;
  /* Of the plan in force, while another is considered. */
  was: number | null;
  pace: number;
  otherwise: boolean;
  stop: boolean;
  onFocusItem: (key: string) => void;
  onOpenDay: (date: string) => void;
}

/* The head of a day: what is planned of what is free; it opens the day's own hours. */
export const DayHead = memo(function DayHead(props: HeadProps) {
  const { date, today, free, load, pace, was } = props;
  const width = (min: number) => `${free ? Math.min(100, (min / free) * 100) : 0}%`;
  const key = dayKey(date);
  return (
    <button
      className={today ? "dh today" : "dh"}
      data-key={key}
      tabIndex={props.stop ? 0 : -1}
      title={m.week.dayHours}
      onFocus={() => props.onFocusItem(key)}
      onClick={() => props.onOpenDay(date)}
    >
      <span className="d">
        {shortDay(date)}
        <span>{dayNumber(date)}</span>
        {today && <span className="vh">{m.week.today}</span>}
        {props.otherwise ? (
          <CalendarOff className="ic" aria-label={m.week.otherwise} />
        ) : (
          <Pencil className="ic hint-ic" aria-hidden="true" />
        )}
      </span>
      {free === 0 && <span className="hrs">{m.week.notFree}</span>}
      {free !== null && free > 0 && (
        <>
          <span className="mini" aria-hidden="true">
            <i style={{ "--p": width(load) }} />
            <u style={{ "--c": width(pace) }} />
          </span>
          <span className="hrs">
            <b>{duration(load)}</b>{" "}
            {was !== null && was !== load ? (
              m.week.was(duration(was))
            ) : (
              <>
                <span className="vh">{m.week.of}</span>
                <span aria-hidden="true">/</span> {tightDuration(free)}
              </>
            )}
          </span>
        </>
      )}
      <span className="vh">{m.week.dayHours}</span>
    </button>
  );
});
