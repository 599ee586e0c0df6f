import { Pin } from "lucide-react";
import { memo } from "react";
import type { Block, Course, Occurrence, Task } from "../../api/schema";
import { clock, dayLong } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { courseClass } from "../../ui/CourseCode";
import { occurrenceKey, type PlacedEvent } from "./layout";

/* What lies in a day. Each is told only what it shows, and skipped when that is what it showed before. */

interface EventProps {
  placed: PlacedEvent;
  course: Course | undefined;
  date: string;
  zone: string;
  selected: boolean;
  stop: boolean;
  onOpen: (occurrence: Occurrence, key: string) => void;
  onFocusItem: (key: string) => void;
}

export const EventButton = memo(function EventButton(props: EventProps) {
  const { placed, course, date, zone, selected, onOpen, onFocusItem } = props;
  const { occurrence, a, b, lane, lanes } = placed;
  const key = occurrenceKey(occurrence, date);
  const names = [
    "evt",
    course && `of-course ${courseClass(course)}`,
    selected && "sel",
    !occurrence.busy && "idle",
    b - a < 45 && "s",
  ];
  return (
    <button
      className={names.filter(Boolean).join(" ")}
      style={{ "--a": a, "--b": b, "--lane": lane, "--lanes": lanes }}
      data-key={key}
      tabIndex={props.stop ? 0 : -1}
      aria-label={m.events.label(
        occurrence.title,
        dayLong(date),
        clock(occurrence.start, zone),
        clock(occurrence.end, zone),
        occurrence.place,
      )}
      aria-pressed={selected}
      onFocus={() => onFocusItem(key)}
      onClick={() => onOpen(occurrence, key)}
    >
      {occurrence.title}
    </button>
  );
});

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
  pinned: boolean;
  selected: boolean;
  stop: boolean;
  onOpen: (block: Pick<Block, "task_id" | "start">) => void;
  onFocusItem: (start: string) => void;
}

export const BlockButton = memo(function BlockButton(props: BlockProps) {
  const { a, b, start, task, course, selected, onOpen, onFocusItem } = props;
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
    props.pinned,
  );
  return (
    <button
      className={names.filter(Boolean).join(" ")}
      style={{ "--a": a, "--b": b }}
      data-key={start}
      tabIndex={props.stop ? 0 : -1}
      aria-label={label}
      aria-pressed={selected}
      onFocus={() => onFocusItem(start)}
      onClick={() => onOpen({ task_id: task?.id ?? "", start })}
    >
      {course && <b>{course.code || course.name}</b>}
      <span className="tt" style={{ "--n": Math.max(1, Math.floor((minutes - 22) / 19)) }}>
        {task?.title}
      </span>
      {props.pinned && (
        <span className="pinned" title={m.week.pinned}>
          <Pin className="ic" />
          {minutes >= 50 && m.week.pinned}
        </span>
      )}
    </button>
  );
});
