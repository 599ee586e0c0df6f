import { CalendarDays, ChevronLeft, ChevronRight, Flag } from "lucide-react";
import { useLayoutEffect, useRef, type KeyboardEvent } from "react";
import { useCourses, useOccurrences, useSchedule, useSettings, useTasks } from "../../api/queries";
import type { Course, Occurrence, PlanDay, Schedule, Task } from "../../api/schema";
import {
  clock,
  dayLong,
  dayNumber,
  duration,
  monthYear,
  tightDuration,
  weekDays,
  weekdayLong,
  weekdayShort,
} from "../../i18n/format";
import { m } from "../../i18n/messages";
import { wallAt, type LocalDate } from "../../time/zone";
import { courseClass } from "../../ui/CourseCode";
import { ErrorNote } from "../../ui/ErrorNote";
import { Rich } from "../../ui/Rich";
import { Skeleton } from "../../ui/Skeleton";
import { Link, navigate } from "../../ui/router";
import { usePhone } from "../../ui/useMedia";
import { useDay } from "../../ui/useDay";
import { useNow } from "../../ui/useNow";
import { datesOf, monthAfter, step, toMonth, type MonthDay } from "./layout";
import "./month.css";

export function MonthPage() {
  const tasks = useTasks();
  const settings = useSettings();
  const plan = useSchedule();
  const error = tasks.error ?? settings.error ?? plan.error;
  if (error && !plan.data) {
    const retry = () => void Promise.all([tasks, settings, plan].map((q) => q.refetch()));
    return <ErrorNote error={error} onRetry={retry} />;
  }
  if (!tasks.data || !plan.data) return <Skeleton lines={8} />;
  return <Month plan={plan.data} tasks={tasks.data} />;
}

function Month({ plan, tasks }: { plan: Schedule; tasks: Task[] }) {
  const today = wallAt(Math.max(useNow(), Date.parse(plan.now)), plan.zone).date;
  const [date, setDate] = useDay(today);
  const phone = usePhone();
  const month = date.slice(0, 7);
  const dates = datesOf(month);
  const occurrences = useOccurrences(dates[0] ?? date, dates.length);
  const days = toMonth(dates, plan, tasks, occurrences.data ?? []);
  const own = days.filter((d) => d.date.startsWith(month));
  const due = own.reduce((sum, d) => sum + d.due.length, 0);
  const load = own.reduce((sum, d) => sum + (d.day?.load_min ?? 0), 0);

  return (
    <>
      <div className="head month-head">
        <h1 tabIndex={-1}>{monthYear(date)}</h1>
        <span className="seg end" role="group" aria-label={m.month.goTo}>
          <button aria-label={m.month.previous} onClick={() => setDate(monthAfter(date, -1))}>
            <ChevronLeft className="ic" />
          </button>
          <button
            onClick={() => setDate(today)}
            {...(today.startsWith(month) && { "aria-current": "date" as const })}
          >
            {m.month.thisMonth}
          </button>
          <button aria-label={m.month.next} onClick={() => setDate(monthAfter(date, 1))}>
            <ChevronRight className="ic" />
          </button>
        </span>
      </div>
      <p className="soft">
        <Rich text={due || load ? m.month.lead(due, duration(load)) : m.month.leadNothing} />
      </p>
      {occurrences.error && !occurrences.data && (
        <ErrorNote error={occurrences.error} onRetry={() => void occurrences.refetch()} />
      )}
      <Grid {...{ days, month, date, today, plan, phone }} onMove={setDate} />
      {phone ? (
        <DayList day={days.find((d) => d.date === date)} plan={plan} />
      ) : (
        <p className="tiny soft">{m.month.key}</p>
      )}
    </>
  );
}

interface GridProps {
  days: MonthDay[];
  month: string;
  date: LocalDate;
  today: LocalDate;
  plan: Schedule;
  phone: boolean;
  onMove: (date: LocalDate) => void;
}

/* One tab stop; arrows move by days and weeks, Page Up and Down by months. On a phone a day's things
   are listed below the grid, so touching a day chooses it. */
function Grid(props: GridProps) {
  const { days, month, date, phone, onMove } = props;
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(7 * i, 7 * i + 7));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = step(date, event.key);
    if (next === null) return;
    event.preventDefault();
    moved.current = true;
    onMove(next);
  };
  /* The focus follows the keys, also into another month; before the next key can come. */
  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
  }, [date]);

  return (
    <div
      ref={grid}
      className={phone ? "month phone" : "month"}
      role="grid"
      aria-label={m.month.grid(monthYear(`${month}-01`))}
      onKeyDown={onKeyDown}
    >
      <div role="row" className="wk">
        {weekDays().map((day) => (
          <span key={day} role="columnheader" className="wd" aria-label={weekdayLong(day)}>
            {weekdayShort(day)}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]?.date} role="row" className="wk">
          {week.map((d) => (
            <DayCell key={d.date} {...props} cell={d} outside={!d.date.startsWith(month)} />
          ))}
        </div>
      ))}
    </div>
  );
}

const LINES = 3;

function DayCell({ cell, outside, date, today, plan, phone, onMove }: CellProps) {
  const courses = useCourses().data ?? [];
  const { day } = cell;
  const names = [
    "md",
    outside && "outside",
    cell.date === today && "today",
    cell.date === date && "on",
  ];
  const lines = cell.due.length + cell.events.length;
  const shown = lines > LINES ? LINES - 1 : LINES;
  const open = () => (phone ? onMove(cell.date) : navigate(`/week?day=${cell.date}`));
  const label = m.month.day(
    dayLong(cell.date),
    cell.due.length,
    cell.events.length,
    day ? duration(day.load_min) : "",
    day ? duration(day.free_min) : "",
  );
  return (
    <div
      role="gridcell"
      aria-selected={cell.date === date}
      {...(cell.date === today && { "aria-current": "date" as const })}
    >
      <button
        className={names.filter(Boolean).join(" ")}
        data-date={cell.date}
        tabIndex={cell.date === date ? 0 : -1}
        aria-label={label}
        onFocus={() => cell.date !== date && !outside && onMove(cell.date)}
        onClick={open}
      >
        <span className="n">{dayNumber(cell.date)}</span>
        <Bar day={day} />
        {phone ? (
          <Dots cell={cell} courses={courses} />
        ) : (
          <>
            {cell.due.slice(0, shown).map((task) => (
              <span key={task.id} className={`ln due ${classOf(task, courses)}`}>
                <Flag className="ic" aria-hidden="true" />
                {task.title}
              </span>
            ))}
            {cell.events.slice(0, Math.max(0, shown - cell.due.length)).map((o) => (
              <span key={o.event_id} className={`ln ${classOf(o, courses)}`}>
                {!o.all_day && <b>{clock(o.start, plan.zone)}</b>}
                {o.title}
              </span>
            ))}
            {lines > LINES && <span className="ln soft">{m.month.more(lines - shown)}</span>}
          </>
        )}
      </button>
    </div>
  );
}

interface CellProps extends GridProps {
  cell: MonthDay;
  outside: boolean;
}

const classOf = (of: Task | Occurrence, courses: Course[]) =>
  courseClass(courses.find((c) => c.id === of.course_id));

/* The planned part of the free hours. */
function Bar({ day }: { day: PlanDay | undefined }) {
  if (!day || day.load_min === 0) return <span className="bar none" aria-hidden="true" />;
  const share = day.free_min > 0 ? Math.min(100, (day.load_min / day.free_min) * 100) : 100;
  return (
    <span className="bar" aria-hidden="true">
      <i style={{ "--p": `${share}%` }} />
      <small>{tightDuration(day.load_min)}</small>
    </span>
  );
}

function Dots({ cell, courses }: { cell: MonthDay; courses: Course[] }) {
  return (
    <span className="dots" aria-hidden="true">
      {cell.due.slice(0, 3).map((task) => (
        <Flag key={task.id} className={`ic ${classOf(task, courses)}`} />
      ))}
      {cell.events.length > 0 && <i />}
    </span>
  );
}

function DayList({ day, plan }: { day: MonthDay | undefined; plan: Schedule }) {
  const courses = useCourses().data ?? [];
  if (!day) return null;
  return (
    <section className="card stack month-list" aria-labelledby="month-day">
      <h2 id="month-day">{dayLong(day.date)}</h2>
      {day.due.length + day.events.length === 0 && <p className="soft">{m.month.nothing}</p>}
      <ul className="stack">
        {day.due.map((task) => (
          <li key={task.id} className={classOf(task, courses)}>
            <Flag className="ic" aria-hidden="true" />
            <span>
              {task.title}{" "}
              <span className="soft">
                {m.month.due} {clock(task.due, plan.zone)}
              </span>
            </span>
          </li>
        ))}
        {day.events.map((o) => (
          <li key={`${o.event_id} ${o.date}`}>
            <CalendarDays className="ic" aria-hidden="true" />
            <span>
              {o.title}{" "}
              <span className="soft">
                {o.all_day ? m.events.allDay : clock(o.start, plan.zone)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <Link className="btn" to={`/week?day=${day.date}`}>
        {m.month.toWeek}
      </Link>
    </section>
  );
}
