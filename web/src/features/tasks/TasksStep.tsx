import { Pencil } from "lucide-react";
import { useState } from "react";
import { useCourses, useSettings, useTasks } from "../../api/queries";
import type { Task } from "../../api/schema";
import { duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { courseClass } from "../../ui/CourseCode";
import { ErrorNote } from "../../ui/ErrorNote";
import { Link } from "../../ui/router";
import { QuickLine } from "./QuickLine";
import { TaskEditor } from "./TaskEditor";

/* First run, step 2: type one task after the other. */
export function TasksStep() {
  const { data: tasks = [], error, refetch } = useTasks();
  const [editing, setEditing] = useState<Task | null>(null);
  const open = tasks.filter((t) => t.state === "open");
  const minutes = open.reduce((sum, t) => sum + t.remaining_min, 0);
  return (
    <>
      <div className="stack tasks-step">
        <div>
          <h1 tabIndex={-1}>{m.quick.title}</h1>
          <p className="soft">{m.quick.lead}</p>
        </div>
        <QuickLine autoFocus />
        {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {open.length > 0 && (
          <section className="card added" aria-label={m.quick.addedSoFar}>
            <ul className="tl">
              {[...open].reverse().map((task) => (
                <AddedTask key={task.id} task={task} onEdit={setEditing} />
              ))}
            </ul>
          </section>
        )}
      </div>
      <div className="actions">
        <Link className="btn quiet" to="/start/hours">
          {m.ui.back}
        </Link>
        <span className="end soft small">{m.task.countAndSum(open.length, duration(minutes))}</span>
        {open.length > 0 ? (
          <Link className="btn pri" to="/start/plan">
            {m.quick.showPlan}
          </Link>
        ) : (
          <button className="btn" aria-disabled="true" title={m.quick.firstATask}>
            {m.quick.showPlan}
          </button>
        )}
      </div>
      {editing && <TaskEditor task={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function AddedTask({ task, onEdit }: { task: Task; onEdit: (task: Task) => void }) {
  const zone = useSettings().data?.zone ?? "UTC";
  const course = useCourses().data?.find((c) => c.id === task.course_id);
  return (
    <li className={courseClass(course)}>
      <span className="bar" />
      <span>
        <b>{task.title}</b>
        <br />
        <span className="small soft">
          {course && `${course.code || course.name} · `}
          {m.task.dueAt(moment(task.due, zone))}
        </span>
      </span>
      <span className="num soft">{duration(task.remaining_min)}</span>
      <button
        className="btn icon sm quiet"
        aria-label={m.task.edit(task.title)}
        onClick={() => onEdit(task)}
      >
        <Pencil className="ic" />
      </button>
    </li>
  );
}
