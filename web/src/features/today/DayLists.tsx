import { Check, Pencil, Play } from "lucide-react";
import type { Course, Task, WorkEntry } from "../../api/schema";
import { startTimer } from "../../api/work";
import { clock, duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { courseClass } from "../../ui/CourseCode";
import { describe } from "../../ui/problem";
import { announce, toast } from "../../ui/toast";
import { minutesBetween, type Day, type Done, type Planned } from "./day";

interface RestProps {
  day: Day;
  /* The task that the timer is on. */
  timed: string | null;
  zone: string;
  tasks: ReadonlyMap<string, Task>;
  courseOf: (task: Task | undefined) => Course | undefined;
  onEdit: (task: Task) => void;
}

/* Blocks and events that today still holds. */
export function RestList({ day, timed, zone, tasks, courseOf, onEdit }: RestProps) {
  /* With a timer on something else, what the plan has for now is in the list too. */
  const under: Planned[] =
    day.now && timed !== null && timed !== day.now.task_id
      ? [{ start: day.now.start, end: day.now.end, block: day.now }]
      : [];
  const shown = timed === null && !day.now ? day.next : null;
  const items = [...under, ...day.rest].filter((i) => !("block" in i) || i.block !== shown);
  return (
    <section aria-labelledby="rest-title">
      <h2 id="rest-title">{m.today.rest}</h2>
      {items.length === 0 ? (
        <p className="soft none">{m.today.restNone}</p>
      ) : (
        <ul className="tl">
          {items.map((item) =>
            "block" in item ? (
              <BlockRow
                key={item.start}
                item={item}
                mark={
                  item.block === day.now
                    ? m.today.isOn
                    : item.block === day.next
                      ? m.today.next
                      : null
                }
                zone={zone}
                task={tasks.get(item.block.task_id)}
                course={courseOf(tasks.get(item.block.task_id))}
                onEdit={onEdit}
              />
            ) : (
              <li key={`${item.occurrence.event_id} ${item.start}`} className="ev">
                <Span start={item.start} end={item.end} zone={zone} />
                <span className="bar none" />
                <span>
                  <b>{item.occurrence.title}</b>
                  <br />
                  <span className="small">
                    {[
                      item.on ? m.today.isOn : "",
                      item.occurrence.busy ? m.today.fixed : "",
                      item.occurrence.place,
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
                <span />
              </li>
            ),
          )}
        </ul>
      )}
    </section>
  );
}

function Span({ start, end, zone }: { start: string; end: string; zone: string }) {
  return (
    <time>
      {clock(start, zone)}–<wbr />
      {clock(end, zone)}
    </time>
  );
}

interface BlockRowProps {
  item: Planned & { block: { task_id: string; unfinished: boolean } };
  mark: string | null;
  zone: string;
  task: Task | undefined;
  course: Course | undefined;
  onEdit: (task: Task) => void;
}

function BlockRow({ item, mark, zone, task, course, onEdit }: BlockRowProps) {
  if (!task) return null;
  const start = async () => {
    try {
      await startTimer({ task_id: task.id });
      announce(m.today.started(task.title));
    } catch (error) {
      toast(m.task.notSaved(task.title, describe(error).detail));
    }
  };
  const length = duration(minutesBetween(Date.parse(item.start), Date.parse(item.end)));
  return (
    <li className={courseClass(course)}>
      <Span start={item.start} end={item.end} zone={zone} />
      <span className="bar" />
      <span>
        <button className="row-open" onClick={() => onEdit(task)}>
          {task.title}
        </button>
        <br />
        <span className="small soft">
          {[course?.code || course?.name, length, item.block.unfinished ? m.today.unfinished : ""]
            .filter(Boolean)
            .join(" · ")}
          {mark && (
            <>
              {" · "}
              <b className="mark">{mark}</b>
            </>
          )}
        </span>
      </span>
      <button
        className="btn icon sm quiet"
        aria-label={m.today.startThis(task.title, clock(item.start, zone))}
        onClick={() => void start()}
      >
        <Play className="ic" />
      </button>
    </li>
  );
}

interface DoneProps {
  done: Done[];
  zone: string;
  courseOf: (task: Task | undefined) => Course | undefined;
  onEdit: (entry: WorkEntry) => void;
}

export function DoneList({ done, zone, courseOf, onEdit }: DoneProps) {
  return (
    <section aria-labelledby="done-title">
      <h2 id="done-title">{m.today.doneTitle}</h2>
      <ul className="tl">
        {done.map((item) => {
          const { task } = item;
          const course = courseOf(task);
          const title = task?.title ?? m.today.deletedTask;
          const entry = "entry" in item ? item.entry : null;
          const finished = task?.state === "done";
          return (
            <li key={entry?.id ?? task?.id} className={courseClass(course)}>
              {entry ? (
                <Span start={entry.start} end={entry.end ?? entry.start} zone={zone} />
              ) : (
                <time>{clock("finished" in item ? item.finished : "", zone)}</time>
              )}
              <span className="bar" />
              <span>
                <b>{title}</b>
                <br />
                <span className="small soft">
                  {[
                    course?.code || course?.name,
                    entry ? m.today.logged(duration(entry.minutes)) : m.today.finished,
                    entry?.note,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <span className="row nowrap">
                {finished && (
                  <span className="tag ok">
                    <Check className="ic" />
                    {m.task.stateDone}
                  </span>
                )}
                {entry?.state === "done" && (
                  <button
                    className="btn icon sm quiet"
                    aria-label={m.today.editEntry(title, clock(entry.start, zone))}
                    onClick={() => onEdit(entry)}
                  >
                    <Pencil className="ic" />
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
