import { useMemo } from "react";
import type { Course, Task } from "../../api/schema";
import { duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { courseClass } from "../../ui/CourseCode";

interface Props {
  tasks: Task[];
  now: number;
  zone: string;
  courseOf: (task: Task | undefined) => Course | undefined;
  onEdit: (task: Task) => void;
}

const SHOWN = 3;

/* What must be handed in first. */
export function DueNext({ tasks, now, zone, courseOf, onEdit }: Props) {
  const first = useMemo(
    () =>
      tasks
        .filter((t) => t.state === "open" && Date.parse(t.due) > now)
        .sort((a, b) => Date.parse(a.due) - Date.parse(b.due))
        .slice(0, SHOWN),
    [tasks, now],
  );
  if (first.length === 0) return null;
  return (
    <section aria-labelledby="due-title">
      <h2 id="due-title">{m.today.dueNext}</h2>
      <ul className="tl due">
        {first.map((task) => {
          const course = courseOf(task);
          return (
            <li key={task.id} className={courseClass(course)}>
              <span className="bar" />
              <span>
                <button className="row-open" onClick={() => onEdit(task)}>
                  {task.title}
                </button>
                <br />
                <span className="small soft">
                  {[course?.code || course?.name, moment(task.due, zone)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <span className="num small soft">{m.today.leftOf(duration(task.remaining_min))}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
