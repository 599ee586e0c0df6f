import { Flag } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
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
import { hoursOf, neighbour, type Column, type PlacedBlock, type Step } from "./layout";

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
  onOpen: (block: Block) => void;
  onOpenTask: (task: Task) => void;
}

const STEPS: Partial<Record<string, Step>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/* The week on the wall clock. One tab stop: arrows move between blocks, Enter opens, D is done. */
export function Calendar(props: Props) {
  const { columns, plan, now, today, tasks } = props;
  const grid = useRef<HTMLDivElement>(null);
  const blocks = columns.flatMap((c) => c.blocks.map((p) => p.block));
  const [roving, setRoving] = useState<string | null>(null);
  const stop = blocks.some((b) => b.start === roving)
    ? roving
    : (blocks.find((b) => Date.parse(b.end) > now) ?? blocks[0])?.start;
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
        columns.map((c) => <DayHead key={c.date} column={c} plan={plan} today={today} />)}
      {columns.some((c) => c.due.length > 0) && (
        <>
          <div className="due corner">{m.week.due}</div>
          {columns.map((c) => (
            <DueRow key={c.date} column={c} {...props} />
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

function DayHead({ column, plan, today }: { column: Column; plan: Schedule; today: string }) {
  const { date, day } = column;
  const free = day?.free_min ?? 0;
  const width = (min: number) => `${free > 0 ? Math.min(100, (min / free) * 100) : 0}%`;
  return (
    <div className={date === today ? "dh today" : "dh"}>
      <div className="d">
        {shortDay(date)}
        <span>{dayNumber(date)}</span>
        {date === today && <span className="vh">{m.week.today}</span>}
      </div>
      {day && free === 0 && <div className="hrs">{m.week.notFree}</div>}
      {day && free > 0 && (
        <>
          <div className="mini" aria-hidden="true">
            <i style={{ "--p": width(day.load_min) }} />
            <u style={{ "--c": width(shareOf(free, plan.pace)) }} />
          </div>
          <div className="hrs">
            <b>{duration(day.load_min)}</b> <span className="vh">{m.week.of}</span>
            <span aria-hidden="true">/</span> {tightDuration(free)}
          </div>
        </>
      )}
    </div>
  );
}

const FLAGS = 3;

function DueRow({ column, plan, courses, onOpenTask }: Props & { column: Column }) {
  const more = column.due.length - FLAGS;
  return (
    <div className="due">
      {column.due.slice(0, more > 1 ? FLAGS - 1 : FLAGS + 1).map(({ task }) => {
        const course = courses.find((c) => c.id === task.course_id);
        const time = clock(task.due, plan.zone);
        return (
          <button
            key={task.id}
            className={`flag ${courseClass(course)}`}
            aria-label={m.week.flag(task.title, dayLong(column.date), time)}
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
}

interface ColumnProps extends Props {
  column: Column;
  stop: string | null;
  nowMinute: number | null;
  onFocusBlock: (start: string) => void;
}

function DayColumn(props: ColumnProps) {
  const { column, plan, nowMinute, before, courses } = props;
  const unmoved = before && unmovedIn(before);
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
      {column.due.map(({ task, minute }) => (
        <div
          key={task.id}
          className={`dl ${courseClass(courses.find((c) => c.id === task.course_id))}`}
          style={{ "--a": minute, "--b": minute }}
        >
          <Flag className="ic" />
        </div>
      ))}
      {column.blocks.map((p) => (
        <BlockButton
          key={p.block.start}
          placed={p}
          moved={unmoved ? !unmoved(p.block) : false}
          {...props}
        />
      ))}
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

interface BlockProps extends ColumnProps {
  placed: PlacedBlock;
  moved: boolean;
}

function BlockButton({ placed, moved, ...props }: BlockProps) {
  const { block, a, b } = placed;
  const { plan, tasks, courses, column, selected, stop, now, onOpen, onFocusBlock } = props;
  const task = tasks.find((t) => t.id === block.task_id);
  const course = courses.find((c) => c.id === task?.course_id);
  const minutes = b - a;
  const size = minutes < 15 ? "xs bare" : minutes < 25 ? "xs" : minutes < 50 ? "s" : "";
  const names = [
    "blk",
    courseClass(course),
    size,
    block.start === selected && "sel",
    moved && "mvd",
    block.unfinished && "unfit",
    Date.parse(block.end) <= now && "past",
  ];
  const label = m.week.block(
    task?.title ?? "",
    course?.name ?? "",
    dayLong(column.date),
    clock(block.start, plan.zone),
    clock(block.end, plan.zone),
    block.unfinished,
  );
  return (
    <button
      className={names.filter(Boolean).join(" ")}
      style={{ "--a": a, "--b": b, "--n": Math.max(1, Math.floor((minutes - 22) / 19)) }}
      data-start={block.start}
      tabIndex={block.start === stop ? 0 : -1}
      aria-label={label}
      aria-pressed={block.start === selected}
      onFocus={() => onFocusBlock(block.start)}
      onClick={() => onOpen(block)}
    >
      {course && <b>{course.code || course.name}</b>}
      <span className="tt">{task?.title}</span>
    </button>
  );
}
