import { Check, Clock, Pencil, TriangleAlert } from "lucide-react";
import type { Course, Schedule, Task } from "../../api/schema";
import { duration, moment, percent } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { CourseCode, courseClass } from "../../ui/CourseCode";
import { Priority } from "../../ui/Priority";
import { finish } from "../../ui/outcome";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";
import { useUsual } from "../../ui/usual";

interface ListProps {
  tasks: Task[];
  courses: Course[];
  plan: Schedule | undefined;
  now: number;
  onEdit: (task: Task) => void;
}

const zoneOf = (plan: Schedule | undefined) => plan?.zone ?? "UTC";

/* Worked and remaining are what is stored; the share is derived. */
function progressOf(task: Task): number {
  if (task.state === "done") return 1;
  const known = Math.max(task.estimate_min, task.worked_min + task.remaining_min);
  return known === 0 ? 0 : 1 - task.remaining_min / known;
}

function DoneBox({ task }: { task: Task }) {
  const done = task.state === "done";
  const toggle = async () => {
    try {
      await finish(task, done ? "open" : "done");
    } catch (error) {
      toast(m.task.notSaved(task.title, describe(error).detail));
    }
  };
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={done}
        aria-label={m.task.doneBox(task.title)}
        onChange={() => void toggle()}
      />
    </label>
  );
}

function PlanTag({ task, plan, now }: { task: Task; plan: Schedule | undefined; now: number }) {
  if (task.state === "done")
    return (
      <span className="tag ok">
        <Check className="ic" />
        {m.task.stateDone}
      </span>
    );
  if (task.state === "dropped") return <span className="tag">{m.task.stateDropped}</span>;
  if (Date.parse(task.due) <= now)
    return (
      <span className="tag bad">
        <Clock className="ic" />
        {m.task.overdueSince(moment(task.due, zoneOf(plan)))}
      </span>
    );
  if (!plan) return null;
  if (task.remaining_min === 0) return <span className="tag info">{m.task.nothingLeft}</span>;
  if (plan.unfinished.some((u) => u.task_id === task.id))
    return (
      <span className="tag warn">
        <TriangleAlert className="ic" />
        {m.task.doesNotFit}
      </span>
    );
  return (
    <span className="tag ok">
      <Check className="ic" />
      {m.task.onTime}
    </span>
  );
}

/* How often it comes again, and how far its steps are. */
function marksOf({ repeat_unit: unit, repeat_every: every, checklist }: Task): string[] {
  return [
    ...(unit === "none" ? [] : [m.repeat.words(unit, every)]),
    ...(checklist.length === 0
      ? []
      : [m.steps.count(checklist.filter((s) => s.done).length, checklist.length)]),
  ];
}

function Under({ task, course }: { task: Task; course: Course | undefined }) {
  const marks = marksOf(task);
  if (!course && marks.length === 0) return null;
  return (
    <div className="row under">
      <CourseCode course={course} />
      <span className="small soft">{[...(course ? [course.name] : []), ...marks].join(" · ")}</span>
    </div>
  );
}

export function TaskTable({ tasks, courses, plan, now, onEdit }: ListProps) {
  const usual = useUsual();
  return (
    <div className="card tblwrap">
      <table className="tbl">
        <thead>
          <tr>
            <th>
              <span className="vh">{m.task.stateDone}</span>
            </th>
            <th>{m.tasks.colTask}</th>
            <th aria-sort="ascending">{m.tasks.colDue}</th>
            <th>{m.tasks.colProgress}</th>
            <th>{m.tasks.colLeft}</th>
            <th>{m.task.priority}</th>
            <th>{m.tasks.colPlan}</th>
            <th>
              <span className="vh">{m.tasks.colActions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => {
            const course = courses.find((c) => c.id === task.course_id);
            const share = progressOf(task);
            return (
              <tr key={task.id} className={task.state}>
                <td>
                  <DoneBox task={task} />
                </td>
                <td>
                  <button className="ttl" onClick={() => onEdit(task)}>
                    {task.title}
                  </button>
                  <Under task={task} course={course} />
                </td>
                <td className="num">{moment(task.due, zoneOf(plan))}</td>
                <td>
                  <span className="row nowrap share">
                    <span className="prog" style={{ "--v": `${share * 100}%` }}>
                      <i />
                    </span>
                    <span className="num">{percent(share)}</span>
                  </span>
                </td>
                <td className="num">
                  {duration(task.state === "done" ? 0 : task.remaining_min)}
                  {task.state === "open" && <div className="small soft">{usual.short(task)}</div>}
                </td>
                <td>
                  <Priority value={task.priority} />
                </td>
                <td>
                  <PlanTag task={task} plan={plan} now={now} />
                </td>
                <td>
                  <button
                    className="btn icon sm quiet"
                    aria-label={m.task.edit(task.title)}
                    onClick={() => onEdit(task)}
                  >
                    <Pencil className="ic" />
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function TaskCards({ tasks, courses, plan, now, onEdit }: ListProps) {
  const usual = useUsual();
  return (
    <ul className="tcards">
      {tasks.map((task) => {
        const course = courses.find((c) => c.id === task.course_id);
        const late = task.state !== "open" || Date.parse(task.due) <= now;
        const unfit = plan?.unfinished.some((u) => u.task_id === task.id);
        return (
          <li key={task.id} className={`tcard ${courseClass(course)} ${task.state}`}>
            <span className="band" />
            <DoneBox task={task} />
            <button className="tcard-open" onClick={() => onEdit(task)}>
              <b>{task.title}</b>
              <span className="small soft">
                {[
                  course?.code || course?.name,
                  ...marksOf(task),
                  m.task.leftOf(duration(task.state === "done" ? 0 : task.remaining_min)),
                  task.state === "open" && usual.short(task),
                  moment(task.due, zoneOf(plan)),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              {(late || unfit) && <PlanTag task={task} plan={plan} now={now} />}
            </button>
            <Priority value={task.priority} />
          </li>
        );
      })}
    </ul>
  );
}
