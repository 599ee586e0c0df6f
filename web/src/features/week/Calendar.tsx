import { Flag } from "lucide-react";
import { memo, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { finishTask } from "../../api/actions";
import type { Block, Course, Schedule, Task } from "../../api/schema";
import {
  clock,
  dayLong,
  dayNumber,
  duration,
  hourMark,
  shortDay,
  tightDuration,
  time,
} from "../../i18n/format";
import { m } from "../../i18n/messages";
import { unmovedIn } from "../../plan/compare";
import { shareOf } from "../../plan/loads";
import { wallAt } from "../../time/zone";
import { courseClass } from "../../ui/CourseCode";
import { singleKeys } from "../../ui/keys";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";
import { hoursOf, neighbour, type Column, type Due, type PlacedBlock, type Step } from "./layout";

interface Props {
  columns: Column[];
  plan: Schedule;
  /* The accepted plan's blocks while another is previewed. */
  before: readonly Block[] | null;
  tasks: Task[];
  courses: Course[];
  now: number;
  today: string;
  selected: string | null;
  onOpen: (block: Pick<Block, "task_id" | "start">) => void;
  onOpenTask: (task: Task) => void;
}

/* The parts below are drawn anew at every frame of a what-if, so each is told only what it shows,
   and skipped when that is what it showed before. */

const STEPS: Partial<Record<string, Step>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/* The week on the wall clock. One tab stop: arrows move between blocks, Enter opens, D is done. */
export function Calendar(props: Props) {
  const { columns, plan, before, now, today, tasks, courses, onOpenTask } = props;
  const grid = useRef<HTMLDivElement>(null);
  const blocks = columns.flatMap((c) => c.blocks.map((p) => p.block));
  const [roving, setRoving] = useState<string | null>(null);
  const stop = blocks.some((b) => b.start === roving)
    ? roving
    : (blocks.find((b) => Date.parse(b.end) > now) ?? blocks[0])?.start;
  const taskOf = useMemo(() => new Map(tasks.map((t) => [t.id, t])), [tasks]);
  const courseOf = useMemo(() => new Map(courses.map((c) => [c.id, c])), [courses]);
  const unmoved = useMemo(() => before && unmovedIn(before, plan.now), [before, plan.now]);
  const { first, last } = hoursOf(columns);
  const wall = wallAt(now, plan.zone);
  const showsNow =
    columns.some((c) => c.date === today) &&
    wall.minutes >= first * 60 &&
    wall.minutes <= last * 60;

  const onKeyDown = (event: KeyboardEvent) => {
    const start = (event.target as HTMLElement).dataset["start"];
    if (start === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const next = neighbour(columns, start, step);
      if (!next) return;
      setRoving(next.start);
      grid.current?.querySelector<HTMLElement>(`[data-start="${next.start}"]`)?.focus();
    }
    if (event.key.toLowerCase() === "d" && singleKeys()) {
      event.preventDefault();
      const task = tasks.find((t) => t.id === blocks.find((b) => b.start === start)?.task_id);
      if (task) void markDone(task);
    }
  };

  return (
    <div
      ref={grid}
      className={`cal n${columns.length}`}
      role="group"
      aria-label={m.week.calendar}
      onKeyDown={onKeyDown}
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
            pace={shareOf(c.day?.free_min ?? 0, plan.pace)}
          />
        ))}
      {columns.some((c) => c.due.length > 0) && (
        <>
          <div className="due corner">{m.week.due}</div>
          {columns.map((c) => (
            <DueRow
              key={c.date}
              date={c.date}
              due={c.due}
              zone={plan.zone}
              courseOf={courseOf}
              onOpenTask={onOpenTask}
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
            {time(wall.minutes)}
          </span>
        )}
      </div>
      {columns.map((c) => (
        <DayColumn
          key={c.date}
          column={c}
          stop={stop ?? null}
          onFocusBlock={setRoving}
          nowMinute={c.date === today && showsNow ? wall.minutes : null}
          taskOf={taskOf}
          courseOf={courseOf}
          unmoved={unmoved}
          {...props}
        />
      ))}
    </div>
  );
}

async function markDone(task: Task): Promise<void> {
  try {
    const undo = await finishTask(task, "done");
    toast(m.task.done(task.title), undo);
  } catch (error) {
    toast(m.task.notSaved(task.title, describe(error).detail));
  }
}

interface HeadProps {
  date: string;
  today: boolean;
  /* Minutes; null: a day that is not planned. */
  free: number | null;
  load: number;
  pace: number;
}

const DayHead = memo(function DayHead({ date, today, free, load, pace }: HeadProps) {
  const width = (min: number) => `${free ? Math.min(100, (min / free) * 100) : 0}%`;
  return (
    <div className={today ? "dh today" : "dh"}>
      <div className="d">
        {shortDay(date)}
        <span>{dayNumber(date)}</span>
        {today && <span className="vh">{m.week.today}</span>}
      </div>
      {free === 0 && <div className="hrs">{m.week.notFree}</div>}
      {free !== null && free > 0 && (
        <>
          <div className="mini" aria-hidden="true">
            <i style={{ "--p": width(load) }} />
            <u style={{ "--c": width(pace) }} />
          </div>
          <div className="hrs">
            <b>{duration(load)}</b> <span className="vh">{m.week.of}</span>
            <span aria-hidden="true">/</span> {tightDuration(free)}
          </div>
        </>
      )}
    </div>
  );
});

const FLAGS = 3;

type Courses = ReadonlyMap<string | null, Course>;

interface DueProps {
  date: string;
  due: Due[];
  zone: string;
  courseOf: Courses;
  onOpenTask: (task: Task) => void;
}

const DueRow = memo(function DueRow({ date, due, zone, courseOf, onOpenTask }: DueProps) {
  const more = due.length - FLAGS;
  return (
    <div className="due">
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

const DueLines = memo(function DueLines({ due, courseOf }: { due: Due[]; courseOf: Courses }) {
  return due.map(({ task, minute }) => (
    <div
      key={task.id}
      className={`dl ${courseClass(courseOf.get(task.course_id))}`}
      style={{ "--a": minute, "--b": minute }}
    >
      <Flag className="ic" />
    </div>
  ));
});

interface ColumnProps extends Props {
  column: Column;
  stop: string | null;
  nowMinute: number | null;
  taskOf: ReadonlyMap<string, Task>;
  courseOf: Courses;
  unmoved: ReturnType<typeof unmovedIn> | null;
  onFocusBlock: (start: string) => void;
}

function DayColumn(props: ColumnProps) {
  const { column, plan, nowMinute, unmoved, taskOf, courseOf, selected, stop, now } = props;
  const load = column.day?.load_min ?? 0;
  return (
    <div
      className="col"
      role="group"
      aria-label={m.week.dayLabel(
        dayLong(column.date),
        duration(load),
        duration(column.day?.free_min ?? 0),
      )}
    >
      {column.free.map((f) => (
        <div key={f.a} className="fr" style={{ "--a": f.a, "--b": f.b }}>
          {roomBelow(f.b, column.blocks) && f.b - f.a >= 60 && <span>{m.week.free}</span>}
        </div>
      ))}
      <DueLines due={column.due} courseOf={courseOf} />
      {/* By position, not by time: a plan that changes moves the buttons that are there. */}
      {column.blocks.map(({ block, a, b }, i) => {
        const task = taskOf.get(block.task_id);
        return (
          <BlockButton
            key={i}
            {...{ a, b, task, date: column.date, zone: plan.zone }}
            start={block.start}
            end={block.end}
            unfinished={block.unfinished}
            course={courseOf.get(task?.course_id ?? null)}
            moved={unmoved !== null && !unmoved(block)}
            past={Date.parse(block.end) <= now}
            selected={block.start === selected}
            stop={block.start === stop}
            onOpen={props.onOpen}
            onFocusBlock={props.onFocusBlock}
          />
        );
      })}
      {nowMinute !== null && (
        <div className="nowl" style={{ "--a": nowMinute, "--b": nowMinute }} />
      )}
      {column.blocks.length === 0 && plan.days.some((d) => d.date === column.date) && (
        <span className="vh">{m.week.nothingPlanned}</span>
      )}
    </div>
  );
}

/* Room for the word "free" at the foot of a window. */
const roomBelow = (end: number, blocks: PlacedBlock[]) =>
  !blocks.some((p) => p.b > end - 25 && p.a < end);

interface BlockProps {
  a: number;
  b: number;
  start: string;
  end: string;
  unfinished: boolean;
  task: Task | undefined;
  course: Course | undefined;
  date: string;
  zone: string;
  moved: boolean;
  past: boolean;
  selected: boolean;
  stop: boolean;
  onOpen: Props["onOpen"];
  onFocusBlock: (start: string) => void;
}

const BlockButton = memo(function BlockButton(props: BlockProps) {
  const { a, b, start, task, course, selected, onOpen, onFocusBlock } = props;
  const minutes = b - a;
  const size = minutes < 15 ? "xs bare" : minutes < 25 ? "xs" : minutes < 50 ? "s" : "";
  const names = [
    "blk",
    courseClass(course),
    size,
    selected && "sel",
    props.moved && "mvd",
    props.unfinished && "unfit",
    props.past && "past",
  ];
  const label = m.week.block(
    task?.title ?? "",
    course?.name ?? "",
    dayLong(props.date),
    clock(start, props.zone),
    clock(props.end, props.zone),
    props.unfinished,
  );
  return (
    <button
      className={names.filter(Boolean).join(" ")}
      style={{ "--a": a, "--b": b }}
      data-start={start}
      tabIndex={props.stop ? 0 : -1}
      aria-label={label}
      aria-pressed={selected}
      onFocus={() => onFocusBlock(start)}
      onClick={() => onOpen({ task_id: task?.id ?? "", start })}
    >
      {course && <b>{course.code || course.name}</b>}
      <span className="tt" style={{ "--n": Math.max(1, Math.floor((minutes - 22) / 19)) }}>
        {task?.title}
      </span>
    </button>
  );
});
