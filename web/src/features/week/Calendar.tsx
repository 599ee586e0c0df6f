import { CalendarDays, Flag } from "lucide-react";
import { memo, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Block, Course, Occurrence, Schedule, Task } from "../../api/schema";
import { clock, dayLong, duration, hourMark, nowMark } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { unmovedIn } from "../../plan/compare";
import { shareOf } from "../../plan/loads";
import { pinOf } from "../../plan/wishes";
import { wallAt } from "../../time/zone";
import { courseClass } from "../../ui/CourseCode";
import { singleKeys } from "../../ui/keys";
import { finish } from "../../ui/outcome";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";
import {
  dayKey,
  hoursOf,
  itemsOf,
  neighbour,
  occurrenceKey,
  type Column,
  type Due,
  type Hours,
  type Placed,
  type Step,
} from "./layout";
import { CarryLayer } from "./CarryLayer";
import { DayHead } from "./DayHead";
import { BlockButton, EventButton } from "./DayItems";
import { dragged, isBlock, type Carry, type Thing } from "./carry";
import { togglePin } from "./pinning";
import type { Carrying } from "./useCarry";
import { useDraw } from "./useDraw";
import { useGrip } from "./useGrip";

interface Props {
  columns: Column[];
  plan: Schedule;
  /* The accepted plan while another is previewed. */
  before: Schedule | null;
  tasks: Task[];
  courses: Course[];
  now: number;
  today: string;
  selected: string | null;
  onOpen: (block: Pick<Block, "task_id" | "start">) => void;
  onOpenTask: (task: Task) => void;
  onOpenEvent: (occurrence: Occurrence, key: string) => void;
  onOpenDay: (date: string) => void;
  /* A stretch of empty time was chosen, in minutes of the day. */
  onAddEvent: (date: string, from: number, to: number) => void;
  hand: Carrying;
  /* To the days before or behind those in view, or to a day. */
  onTurn: (to: -1 | 1 | string) => void;
}

/* The parts below are drawn anew at every frame of a what-if, so each is told only what it shows,
   and skipped when that is what it showed before. */

const LESSON = 60;

const STEPS: Partial<Record<string, Step>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/* The week on the wall clock. One tab stop: arrows move between the heads of days, blocks and events,
   Enter opens, M carries, D is done, P pins, N adds an event. */
export function Calendar(props: Props) {
  const { columns, plan, before, now, today, tasks, courses, onOpenTask, hand } = props;
  const { carry } = hand;
  const grid = useRef<HTMLDivElement>(null);
  const blocks = columns.flatMap((c) => c.blocks.map((p) => p.block));
  const [roving, setRoving] = useState<string | null>(null);
  const known = columns.flatMap((c) => itemsOf(c, columns.length > 1).map((item) => item.key));
  const stop =
    (roving !== null && known.includes(roving)
      ? roving
      : (blocks.find((b) => Date.parse(b.end) > now)?.start ?? known[0])) ?? null;
  const taskOf = useMemo(() => new Map(tasks.map((t) => [t.id, t])), [tasks]);
  const courseOf: Courses = useMemo(() => new Map(courses.map((c) => [c.id, c])), [courses]);
  const unmoved = useMemo(() => before && unmovedIn(before.blocks, plan.now), [before, plan.now]);
  const was = useMemo(() => before && loadsOn(before), [before]);
  const hours = hoursOf(columns, carry ? [carry.place, carry.from] : []);
  const { first, last } = hours;
  const wall = wallAt(now, plan.zone);
  const hasDue = columns.some((c) => c.due.length + c.allDay.length > 0);
  const showsNow =
    columns.some((c) => c.date === today) &&
    wall.minutes >= first * 60 &&
    wall.minutes <= last * 60;

  const thingOf = (key: string): Thing | null => {
    const block = blocks.find((b) => b.start === key);
    const task = taskOf.get(block?.task_id ?? "");
    if (block && task) return { block, task };
    for (const column of columns)
      for (const occurrence of [...column.allDay, ...column.events.map((p) => p.occurrence)])
        if (occurrenceKey(occurrence, column.date) === key) return { occurrence };
    return null;
  };
  const onPointerDown = useGrip(grid, {
    hours,
    /* What has begun is pressed, not carried. */
    thingOf: (key) => {
      const thing = thingOf(key);
      return thing && (!isBlock(thing) || Date.parse(thing.block.start) >= now) ? thing : null;
    },
    pickUp: (thing) => hand.pickUp(thing, "pointer"),
    carry: (edge, grip, at) => hand.move((held) => dragged(held, edge, grip, at)),
    drop: hand.drop,
    putBack: hand.putBack,
    turn: props.onTurn,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const key = (event.target as HTMLElement).dataset["key"];
    if (key === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const next = neighbour(columns, key, step);
      if (next === null) return;
      setRoving(next);
      grid.current?.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus();
    }
    if (!singleKeys()) return;
    if (event.key.toLowerCase() === "m") {
      const thing = thingOf(key);
      event.preventDefault();
      if (thing) hand.pickUp(thing, "keys");
    }
    if (event.key.toLowerCase() === "d") {
      const task = tasks.find((t) => t.id === blocks.find((b) => b.start === key)?.task_id);
      event.preventDefault();
      if (task) void markDone(task);
    }
    if (event.key.toLowerCase() === "p") {
      const block = blocks.find((b) => b.start === key);
      const task = tasks.find((t) => t.id === block?.task_id);
      event.preventDefault();
      if (task && block) void togglePin(task, block, now);
    }
    if (event.key.toLowerCase() === "n") {
      event.preventDefault();
      const column = columns.find((c) => itemsOf(c, true).some((item) => item.key === key));
      if (column) props.onAddEvent(column.date, ...roomAfter(column, key));
    }
  };

  return (
    <div
      ref={grid}
      className={`cal n${columns.length} ${carry ? "carrying" : ""}`}
      role="group"
      aria-label={m.week.calendar}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      style={{ "--h0": first, "--h1": last }}
    >
      {columns.length > 1 && <div className="dh corner" />}
      {columns.length > 1 &&
        columns.map((c) => (
          <DayHead
            key={c.date}
            date={c.date}
            today={c.date === today}
            free={c.day ? c.day.free_min : null}
            load={c.day?.load_min ?? 0}
            was={was?.get(c.date) ?? null}
            pace={shareOf(c.day?.free_min ?? 0, plan.pace)}
            otherwise={c.otherwise}
            stop={stop === dayKey(c.date)}
            onFocusItem={setRoving}
            onOpenDay={props.onOpenDay}
          />
        ))}
      {hasDue && (
        <>
          <div className="due corner">{m.week.due}</div>
          {columns.map((c) => (
            <DueRow
              key={c.date}
              date={c.date}
              due={c.due}
              allDay={c.allDay}
              zone={plan.zone}
              courseOf={courseOf}
              stop={stop}
              selected={props.selected}
              onFocusItem={setRoving}
              onOpenTask={onOpenTask}
              onOpenEvent={props.onOpenEvent}
            />
          ))}
        </>
      )}
      <div className="hours" aria-hidden="true">
        {Array.from({ length: last - first }, (_, i) => {
          const near = showsNow && Math.abs((first + i) * 60 - wall.minutes) < 20;
          return near ? null : (
            <span key={i} style={{ "--t": first + i }}>
              {hourMark(first + i)}
            </span>
          );
        })}
        {showsNow && (
          <span className="nw" style={{ "--t": wall.minutes / 60 }}>
            {nowMark(wall.minutes)}
          </span>
        )}
      </div>
      {columns.map((c) => (
        <DayColumn
          key={c.date}
          column={c}
          stop={stop}
          onFocusItem={setRoving}
          nowMinute={c.date === today && showsNow ? wall.minutes : null}
          {...{ taskOf, courseOf, unmoved, first, last, now }}
          zone={plan.zone}
          carry={carry}
          holds={hand.holds}
          selected={props.selected}
          onOpen={props.onOpen}
          onOpenEvent={props.onOpenEvent}
          onAddEvent={props.onAddEvent}
        />
      ))}
      {carry && (
        <CarryLayer
          carry={carry}
          column={columns.findIndex((c) => c.date === carry.place.date)}
          row={1 + Number(columns.length > 1) + Number(hasDue)}
          course={courseOf.get(courseIdOf(carry))}
          refused={hand.judgement.refusal !== null}
          times={hand.times}
          spoken={hand.spoken}
        />
      )}
    </div>
  );
}

const courseIdOf = ({ thing }: Carry) =>
  isBlock(thing) ? thing.task.course_id : thing.occurrence.course_id;

const loadsOn = ({ days }: Schedule) => new Map(days.map((d) => [d.date, d.load_min]));

/* An hour behind what has the focus, or in the morning. */
function roomAfter(column: Column, key: string): [number, number] {
  const block = column.blocks.find((p) => p.block.start === key);
  const event = column.events.find((p) => occurrenceKey(p.occurrence, column.date) === key);
  const from = Math.min(1440 - LESSON, (block ?? event)?.b ?? 9 * 60);
  return [from, from + LESSON];
}

async function markDone(task: Task): Promise<void> {
  try {
    await finish(task);
  } catch (error) {
    toast(m.task.notSaved(task.title, describe(error).detail));
  }
}

const FLAGS = 3;

type Courses = ReadonlyMap<string | null, Course>;

interface DueProps {
  date: string;
  due: Due[];
  allDay: Occurrence[];
  zone: string;
  courseOf: Courses;
  stop: string | null;
  selected: string | null;
  onFocusItem: (key: string) => void;
  onOpenTask: (task: Task) => void;
  onOpenEvent: Props["onOpenEvent"];
}

/* Events of the whole day, and what is due on it. */
const DueRow = memo(function DueRow(props: DueProps) {
  const { date, due, allDay, zone, courseOf, onOpenTask } = props;
  const more = due.length - FLAGS;
  return (
    <div className="due">
      {allDay.map((o) => (
        <AllDay key={o.event_id} occurrence={o} {...props} />
      ))}
      {due.slice(0, more > 1 ? FLAGS - 1 : FLAGS + 1).map(({ task }) => {
        const course = courseOf.get(task.course_id);
        const time = clock(task.due, zone);
        return (
          <button
            key={task.id}
            className={`flag ${courseClass(course)}`}
            aria-label={m.week.flag(task.title, dayLong(date), time)}
            title={task.title}
            onClick={() => onOpenTask(task)}
          >
            <Flag className="ic" />
            {course?.code || task.title} {time}
          </button>
        );
      })}
      {more > 1 && <span className="tiny soft">{m.week.moreDue(more + 1)}</span>}
    </div>
  );
});

function AllDay({ occurrence, ...props }: DueProps & { occurrence: Occurrence }) {
  const key = occurrenceKey(occurrence, props.date);
  const selected = key === props.selected;
  return (
    <button
      className={selected ? "flag all-day sel" : "flag all-day"}
      data-key={key}
      tabIndex={key === props.stop ? 0 : -1}
      aria-label={m.events.allDayLabel(occurrence.title, dayLong(props.date))}
      aria-pressed={selected}
      title={occurrence.title}
      onFocus={() => props.onFocusItem(key)}
      onClick={() => props.onOpenEvent(occurrence, key)}
    >
      <CalendarDays className="ic" />
      {occurrence.title}
    </button>
  );
}

interface LinesProps {
  due: Due[];
  courseOf: Courses;
  from: number;
  to: number;
}

/* What is due outside the hours that are shown is told by its flag alone. */
const DueLines = memo(function DueLines({ due, courseOf, from, to }: LinesProps) {
  const shown = due.filter(({ minute }) => minute >= from && minute <= to);
  return shown.map(({ task, minute }) => (
    <div
      key={task.id}
      className={`dl ${courseClass(courseOf.get(task.course_id))}`}
      style={{ "--a": minute, "--b": minute }}
    >
      <Flag className="ic" />
    </div>
  ));
});

type ColumnProps = Pick<Props, "now" | "selected" | "onOpen" | "onOpenEvent" | "onAddEvent"> &
  Pick<Carrying, "carry" | "holds"> &
  Hours & {
    column: Column;
    zone: string;
    stop: string | null;
    nowMinute: number | null;
    taskOf: ReadonlyMap<string, Task>;
    courseOf: Courses;
    unmoved: ReturnType<typeof unmovedIn> | null;
    onFocusItem: (start: string) => void;
  };

const DayColumn = memo(function DayColumn(props: ColumnProps) {
  const { column, zone, nowMinute, unmoved, taskOf, courseOf, selected, stop, now, carry } = props;
  const load = column.day?.load_min ?? 0;
  const { ghost, ...draw } = useDraw(props, (from, to) => props.onAddEvent(column.date, from, to));
  const { blocks, events } = withoutHand(column, props);
  return (
    <div
      className="col"
      data-date={column.date}
      {...draw}
      role="group"
      aria-label={m.week.dayLabel(
        dayLong(column.date),
        duration(load),
        duration(column.day?.free_min ?? 0),
      )}
    >
      {column.free.map((f) => (
        <div key={f.a} className="fr" style={{ "--a": f.a, "--b": f.b }}>
          {roomBelow(f.b, [...column.blocks, ...column.events]) && f.b - f.a >= 60 && (
            <span>{m.week.free}</span>
          )}
        </div>
      ))}
      <DueLines due={column.due} courseOf={courseOf} from={props.first * 60} to={props.last * 60} />
      {carry?.from.date === column.date && (
        <Origin carry={carry} course={courseOf.get(courseIdOf(carry))} />
      )}
      {events.map((placed) => {
        const key = occurrenceKey(placed.occurrence, column.date);
        return (
          <EventButton
            key={key}
            {...{ placed, date: column.date, zone, onFocusItem: props.onFocusItem }}
            course={courseOf.get(placed.occurrence.course_id)}
            selected={key === selected}
            stop={key === stop}
            onOpen={props.onOpenEvent}
          />
        );
      })}
      {ghost && <div className="evt drawn" style={{ "--a": ghost.a, "--b": ghost.b }} />}
      {/* By position, not by time: a plan that changes moves the buttons that are there. */}
      {blocks.map(({ block, a, b }, i) => {
        const task = taskOf.get(block.task_id);
        return (
          <BlockButton
            key={i}
            {...{ a, b, task, date: column.date, zone }}
            start={block.start}
            end={block.end}
            unfinished={block.unfinished}
            course={courseOf.get(task?.course_id ?? null)}
            moved={unmoved !== null && !unmoved(block)}
            past={Date.parse(block.end) <= now}
            pinned={task !== undefined && Date.parse(block.end) > now && !!pinOf(task, block)}
            selected={block.start === selected}
            stop={block.start === stop}
            onOpen={props.onOpen}
            onFocusItem={props.onFocusItem}
          />
        );
      })}
      {nowMinute !== null && (
        <div className="nowl" style={{ "--a": nowMinute, "--b": nowMinute }} />
      )}
      {column.blocks.length === 0 && column.day && (
        <span className="vh">{m.week.nothingPlanned}</span>
      )}
    </div>
  );
});

/* What lies in a day beside what is in the hand, which is drawn there. */
function withoutHand(column: Column, { carry, holds }: Pick<Carrying, "carry" | "holds">) {
  const { blocks, events } = column;
  if (!carry) return { blocks, events };
  const { thing } = carry;
  if (!isBlock(thing)) {
    const { event_id, date } = thing.occurrence;
    const is = (o: Occurrence) => o.event_id === event_id && o.date === date;
    return { blocks, events: events.filter((p) => !is(p.occurrence)) };
  }
  const lifted = ({ block }: Column["blocks"][number]) =>
    holds(block) || (block.start === thing.block.start && block.task_id === thing.task.id);
  return { blocks: blocks.filter((p) => !lifted(p)), events };
}

/* Where it was taken from. */
function Origin({ carry, course }: { carry: Carry; course: Course | undefined }) {
  const kind = isBlock(carry.thing) ? `blk ghost ${courseClass(course)}` : "evt ghost";
  const { a, b } = carry.from;
  return <div className={kind} aria-hidden="true" style={{ "--a": a, "--b": Math.min(1440, b) }} />;
}

/* Room for the word "free" at the foot of a window. */
const roomBelow = (end: number, blocks: Placed[]) =>
  !blocks.some((p) => p.b > end - 25 && p.a < end);
