import { CalendarPlus, CalendarRange, ChevronLeft, ChevronRight, Clock } from "lucide-react";
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { acceptPlan } from "../../api/actions";
import {
  useAvailability,
  useCourses,
  useOccurrences,
  useSchedule,
  useSettings,
  useTasks,
} from "../../api/queries";
import type {
  Availability,
  Block,
  Course,
  Occurrence,
  Schedule,
  Settings,
  Task,
} from "../../api/schema";
import { weekRange, weekStartOf } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { percentOf, ratioOfPercent } from "../../plan/loads";
import { addDays, wallAt } from "../../time/zone";
import { Bunny } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Skeleton } from "../../ui/Skeleton";
import { Link } from "../../ui/router";
import { usePhone } from "../../ui/useMedia";
import { useDay } from "../../ui/useDay";
import { useKeptFocus } from "../../ui/useKeptFocus";
import { useNow } from "../../ui/useNow";
import { setDraft, useDraft, usePlanner, useWhatIfBy } from "../../ui/useWhatIf";
import { Calendar } from "./Calendar";
import { EventInspector } from "./EventInspector";
import { DayStrip } from "./DayStrip";
import { Inspector } from "./Inspector";
import { MoveBar } from "./MoveBar";
import { PaceDial } from "./PaceDial";
import { WhatIf } from "./WhatIf";
import { isBlock, spanOf, stepped, type Carry, type Place, type Thing } from "./carry";
import { columnsOf, dueOf, eventsByDay, steadily, type Column } from "./layout";
import { useCarry, useCarryKeys } from "./useCarry";
import "./week.css";

interface Props {
  onEdit: (task: Task) => void;
  onAdd: () => void;
  onEditEvent: (occurrence: Occurrence) => void;
  /* A stretch of a day, in minutes. */
  onAddEvent: (date: string, from: number, to: number) => void;
  onDayHours: (date: string) => void;
  /* What has to be said first: blocks that did not happen. */
  notice?: ReactNode;
  /* The steps and files of a task, for the inspector. */
  parts: (task: Task) => ReactNode;
}

export function WeekPage(props: Props) {
  const tasks = useTasks();
  const settings = useSettings();
  const availability = useAvailability();
  const plan = useSchedule();
  const error = tasks.error ?? settings.error ?? availability.error ?? plan.error;
  if (error && !plan.data) {
    const retry = () =>
      void Promise.all([tasks, settings, availability, plan].map((q) => q.refetch()));
    return <ErrorNote error={error} onRetry={retry} />;
  }
  if (!tasks.data || !settings.data || !availability.data || !plan.data)
    return <Skeleton lines={8} />;
  return (
    <Week
      {...props}
      plan={plan.data}
      tasks={tasks.data}
      settings={settings.data}
      availability={availability.data}
    />
  );
}

interface WeekProps extends Props {
  plan: Schedule;
  tasks: Task[];
  settings: Settings;
  availability: Availability;
}

/* What is looked at: a block of the plan, a task by its due flag, or an event. */
type Selection = { taskId: string; start: string | null } | { occurrence: Occurrence; key: string };

const NO_COURSES: Course[] = [];
/* The calendar's. */
const TAB_STOP = ".cal [data-key][tabindex='0']";
const LESSON = { from: 10 * 60, to: 11 * 60 };

/* The block that the address asks for: /week?day=2026-11-26&block=2026-11-26T08:00:00Z. */
function askedBlock(plan: Schedule): Selection | null {
  const start = new URLSearchParams(location.search).get("block");
  const block = plan.blocks.find((b) => b.start === start);
  return block ? { taskId: block.task_id, start: block.start } : null;
}

function Week({
  plan: accepted,
  tasks,
  settings,
  availability,
  onEdit,
  onAdd,
  parts,
  notice,
  ...on
}: WeekProps) {
  const courses = useCourses().data ?? NO_COURSES;
  const phone = usePhone();
  const now = Math.max(useNow(), Date.parse(accepted.now));
  const today = wallAt(now, accepted.zone).date;
  const [date, show] = useDay(today);
  const first = weekStartOf(date);
  const occurrences = useOccurrences(first, 7).data;
  const [selection, setSelection] = useState(() => askedBlock(accepted));
  const opener = useRef<HTMLElement | null>(null);
  const page = useRef<HTMLDivElement>(null);
  useKeptFocus(page, TAB_STOP);

  const stored = percentOf(settings.pace);
  const draft = useDraft();
  /* What was in the hand keeps the focus where it was put. */
  const put = useRef<string | null>(null);
  const onPut = useCallback(
    (carry: Carry, place: Place) => {
      show(place.date);
      if (carry.by === "keys") put.current = whereOf(carry.thing, place, accepted.zone);
    },
    [show, accepted.zone],
  );
  const planner = usePlanner();
  const hand = useCarry({ plan: accepted, now, planner }, onPut);
  const { carry, move, pickUp } = hand;
  useEffect(() => {
    if (carry || put.current === null) return;
    const there = document.querySelector<HTMLElement>(put.current);
    (there ?? document.querySelector<HTMLElement>(TAB_STOP))?.focus();
    put.current = null;
  }, [carry]);
  const step = useCallback(
    (key: string, shift: boolean) =>
      move((held) => {
        const place = stepped(held, key, shift);
        if (place && place.date !== held.place.date) show(place.date);
        return place;
      }),
    [move, show],
  );
  useCarryKeys(hand, step);
  const turn = useCallback(
    (to: -1 | 1 | string) => show(typeof to === "string" ? to : addDays(date, phone ? to : 7 * to)),
    [show, date, phone],
  );
  const whatIf = useWhatIfBy(planner, carry ? hand.draft : draft);
  const pace = draft?.pace ? percentOf(draft.pace) : stored;
  const plan = whatIf.after ?? accepted;
  useEffect(() => () => setDraft(null), []);

  const due = useMemo(() => dueOf(tasks, accepted.zone), [tasks, accepted.zone]);
  const events = useMemo(
    () => eventsByDay(occurrences ?? [], accepted.zone),
    [occurrences, accepted.zone],
  );
  const [steady] = useState(steadily);
  const columns = useMemo(
    () => steady(columnsOf(first, plan, due, availability, events)),
    [steady, first, plan, due, availability, events],
  );

  const open = useCallback((next: Selection) => {
    opener.current = document.activeElement as HTMLElement | null;
    setSelection(next);
  }, []);
  const openBlock = useCallback(
    (b: Pick<Block, "task_id" | "start">) => open({ taskId: b.task_id, start: b.start }),
    [open],
  );
  const openEvent = useCallback(
    (occurrence: Occurrence, key: string) => open({ occurrence, key }),
    [open],
  );
  const openTask = useCallback((t: Task) => open({ taskId: t.id, start: null }), [open]);
  const close = useCallback(() => {
    setSelection(null);
    opener.current?.focus();
  }, []);
  const carryFrom = useCallback(
    (thing: Thing) => {
      setSelection(null);
      pickUp(thing, "keys");
    },
    [pickUp],
  );
  useEffect(() => {
    if (!selection) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) close();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [selection, close]);

  const carrying = useMemo(
    () => ({
      ...hand,
      pickUp: (thing: Thing, by: Carry["by"]) => {
        setSelection(null);
        return hand.pickUp(thing, by);
      },
    }),
    [hand],
  );

  const discard = useCallback(() => setDraft(null), []);

  const go = (weeks: number) => show(weeks === 0 ? today : addDays(date, 7 * weeks));

  const chosen = selection && "taskId" in selection ? selection : null;
  const event = selection && "occurrence" in selection ? selection : null;
  const task = tasks.find((t) => t.id === chosen?.taskId);
  const block = plan.blocks.find((b) => b.start === chosen?.start && b.task_id === task?.id);
  const hasEvents = (occurrences?.length ?? 0) > 0;
  const hasWork = tasks.some((t) => t.state === "open");
  /* With nothing to do, or no time, any pace is the same. */
  const hasLoad = accepted.days.some((d) => d.load_min > 0);
  const shown = phone ? columns.filter((c) => c.date === date) : columns;
  /* The head is shown at once, the calendar as the browser finds time. */
  const drawn = useDeferredValue(true, false);

  return (
    <div ref={page}>
      <div className="head week-head">
        <h1 tabIndex={-1}>{weekRange(first, addDays(first, 6))}</h1>
        {phone && (
          <Link className="btn icon end" to="/month" aria-label={m.nav.month}>
            <CalendarRange className="ic" />
          </Link>
        )}
        <button
          className={phone ? "btn" : "btn end"}
          onClick={() => on.onAddEvent(weekDay(columns, date, today), LESSON.from, LESSON.to)}
        >
          <CalendarPlus className="ic" />
          {m.events.add}
        </button>
        <span className="seg" role="group" aria-label={m.week.goTo}>
          <button aria-label={m.week.previous} onClick={() => go(-1)}>
            <ChevronLeft className="ic" />
          </button>
          <button
            onClick={() => go(0)}
            {...(first === weekStartOf(today) && { "aria-current": "date" })}
          >
            {m.week.today}
          </button>
          <button aria-label={m.week.next} onClick={() => go(1)}>
            <ChevronRight className="ic" />
          </button>
        </span>
      </div>
      {notice}
      {hasLoad && (
        <PaceDial
          plan={plan}
          value={pace}
          max={percentOf(settings.limit)}
          previewing={pace !== stored}
          onChange={(value) => setDraft(value === stored ? null : { pace: ratioOfPercent(value) })}
          onDiscard={discard}
        />
      )}
      {phone && <DayStrip columns={columns} date={date} today={today} onPick={show} />}
      {phone && (
        <button className="btn quiet sm day-hours" onClick={() => on.onDayHours(date)}>
          <Clock className="ic" />
          {m.week.dayHours}
        </button>
      )}
      {availability.week.length === 0 && !hasEvents ? (
        <NoHours />
      ) : hasWork || hasEvents ? (
        <div className={task || event ? "weekgrid with-panel" : "weekgrid"}>
          {drawn && (
            <Calendar
              columns={shown}
              plan={plan}
              before={plan === accepted ? null : accepted}
              tasks={tasks}
              courses={courses}
              now={now}
              today={today}
              selected={block?.start ?? event?.key ?? null}
              onOpen={openBlock}
              onOpenTask={openTask}
              onOpenEvent={openEvent}
              onOpenDay={on.onDayHours}
              onAddEvent={on.onAddEvent}
              hand={carrying}
              onTurn={turn}
            />
          )}
          {event && (
            <EventInspector
              key={event.key}
              occurrence={event.occurrence}
              course={courses.find((c) => c.id === event.occurrence.course_id)}
              zone={plan.zone}
              onClose={close}
              onMove={() => carryFrom({ occurrence: event.occurrence })}
              onEdit={() => {
                close();
                on.onEditEvent(event.occurrence);
              }}
            />
          )}
          {task && (
            <Inspector
              key={`${task.id} ${block?.start}`}
              plan={plan}
              task={task}
              block={block}
              course={courses.find((c) => c.id === task.course_id)}
              now={now}
              onClose={close}
              onMove={block && (() => carryFrom({ block, task }))}
              onEdit={() => onEdit(task)}
            >
              {parts(task)}
            </Inspector>
          )}
        </div>
      ) : (
        <NoWork onAdd={onAdd} />
      )}
      {carry && (
        <MoveBar hand={hand} carry={carry} before={accepted} after={whatIf.after} onStep={step} />
      )}
      {!carry && draft?.pace && !draft.quiet && (
        <WhatIf
          question={m.whatif.question(pace)}
          before={accepted}
          after={whatIf.settled ? whatIf.after : null}
          error={whatIf.error}
          tasks={tasks}
          apply={() => acceptPlan({ pace: ratioOfPercent(pace) })}
          done={(moved) => m.whatif.applied(pace, moved)}
          onDone={discard}
        />
      )}
    </div>
  );
}

/* How the calendar finds it there. */
function whereOf(thing: Thing, place: Place, zone: string): string {
  if (isBlock(thing)) return `[data-key="${spanOf(thing, place, zone).start}"]`;
  return `[data-key^="${thing.occurrence.event_id} "][data-key$=" ${place.date}"]`;
}

/* A new event stands on today if it is in view, else on the day that a phone shows, or on Monday. */
function weekDay(columns: Column[], date: string, today: string): string {
  const wanted = [date, today].find((d) => columns.some((c) => c.date === d));
  return wanted ?? columns[0]?.date ?? today;
}

function NoHours() {
  return (
    <div className="card empty">
      <Bunny />
      <h2>{m.week.noHoursTitle}</h2>
      <p>{m.week.noHours}</p>
      <Link className="btn pri" to="/settings#free-hours">
        {m.week.noHoursWay}
      </Link>
    </div>
  );
}

function NoWork({ onAdd }: { onAdd: () => void }) {
  return (
    <div className="card empty">
      <Bunny />
      <h2>{m.week.noWorkTitle}</h2>
      <p>{m.week.noWork}</p>
      <button className="btn pri" onClick={onAdd}>
        {m.nav.addTask}
      </button>
    </div>
  );
}
