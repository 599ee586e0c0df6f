import { useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import {
  useAvailability,
  useCourses,
  useOccurrences,
  useSchedule,
  useSettings,
  useTasks,
  useTimer,
  useWork,
} from "../../api/queries";
import type { Availability, Course, Occurrence, Schedule, Task, WorkEntry } from "../../api/schema";
import { clock, dayLong, duration, weekStartOf } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { instantOf, instantText, wallAt } from "../../time/zone";
import { Bunny } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Overdue } from "../../ui/Overdue";
import { Rich } from "../../ui/Rich";
import { Skeleton } from "../../ui/Skeleton";
import { useKeptFocus } from "../../ui/useKeptFocus";
import { useNow } from "../../ui/useNow";
import { DoneList, RestList } from "./DayLists";
import { DueNext } from "./DueNext";
import { NowCard } from "./NowCard";
import { WeekCard } from "./WeekCard";
import { WorkDialog } from "./WorkDialog";
import { dayOf, doneOn, type Day } from "./day";
import "./today.css";

interface Props {
  onAdd: () => void;
  onEdit: (task: Task) => void;
  /* What has to be said first: blocks that did not happen. */
  notice?: ReactNode;
  /* The steps of a task, to be ticked. */
  steps: (task: Task) => ReactNode;
}

/* The day as it is lived: now, next, what else it holds, and what is done. */
export function TodayPage(props: Props) {
  const tasks = useTasks();
  const plan = useSchedule();
  const availability = useAvailability();
  const settings = useSettings();
  const error = tasks.error ?? plan.error ?? availability.error ?? settings.error;
  if (error && !plan.data) {
    const retry = () =>
      void Promise.all([tasks, plan, availability, settings].map((q) => q.refetch()));
    return <ErrorNote error={error} onRetry={retry} />;
  }
  if (!tasks.data || !plan.data || !availability.data) return <Skeleton lines={7} />;
  return <Today {...props} tasks={tasks.data} plan={plan.data} availability={availability.data} />;
}

interface TodayProps extends Props {
  tasks: Task[];
  plan: Schedule;
  availability: Availability;
}

const NO_COURSES: Course[] = [];
const NO_WORK: WorkEntry[] = [];
const NO_EVENTS: Occurrence[] = [];

/* What is being logged: an entry, a new one on a task, or a new one on any. */
type Logging = { entry: WorkEntry } | { task: Task | null };

function Today({ tasks, plan, availability, onAdd, onEdit, notice, steps }: TodayProps) {
  const now = Math.max(useNow(), Date.parse(plan.now));
  const { zone } = plan;
  const today = wallAt(now, zone).date;
  const first = weekStartOf(today);
  const courses = useCourses().data ?? NO_COURSES;
  const occurrences = useOccurrences(first, 7).data ?? NO_EVENTS;
  const work = useWork(instantText(instantOf(first, 0, zone))).data ?? NO_WORK;
  const timer = useTimer().data;
  const [logging, setLogging] = useState<Logging | null>(null);
  const part = useRef<HTMLDivElement>(null);
  useKeptFocus(part);

  const byId = useMemo(() => new Map(tasks.map((t) => [t.id, t])), [tasks]);
  const courseOf = useCallback(
    (task: Task | undefined) => courses.find((c) => c.id === task?.course_id),
    [courses],
  );
  const day = useMemo(() => dayOf(plan, occurrences, now), [plan, occurrences, now]);
  const done = useMemo(() => doneOn(today, zone, work, tasks), [today, zone, work, tasks]);
  const workedMin = done.reduce((sum, d) => sum + ("entry" in d ? d.entry.minutes : 0), 0);
  const open = tasks.some((t) => t.state === "open");
  const block = day.now ?? day.next;
  const busy = (timer?.work ?? null) !== null;
  const close = () => setLogging(null);

  return (
    <>
      <div className="head">
        <div>
          <h1 tabIndex={-1}>{dayLong(today)}</h1>
          <p className="sub">
            <Rich text={sentence(day, workedMin, zone)} />
          </p>
        </div>
      </div>
      {notice}
      <Overdue plan={plan} />
      <div ref={part} className="cols today">
        <div className="stack today-main">
          {busy || block ? (
            <NowCard
              key={timer?.work?.task_id ?? block?.task_id}
              plan={plan}
              day={day}
              timer={timer}
              log={work}
              tasks={byId}
              courseOf={courseOf}
              onLog={(task) => setLogging({ task })}
              onEdit={onEdit}
              steps={steps}
            />
          ) : (
            <Nothing
              open={open}
              tasks={tasks}
              onAdd={onAdd}
              onLog={() => setLogging({ task: null })}
            />
          )}
          {(open || day.rest.length > 0) && (
            <RestList
              day={day}
              timed={timer?.work?.task_id ?? null}
              zone={zone}
              tasks={byId}
              courseOf={courseOf}
              onEdit={onEdit}
            />
          )}
          {done.length > 0 && (
            <DoneList
              done={done}
              zone={zone}
              courseOf={courseOf}
              onEdit={(entry) => setLogging({ entry })}
            />
          )}
        </div>
        <aside className="stack today-side" aria-label={m.today.week}>
          <WeekCard
            first={first}
            today={today}
            leftMin={day.leftMin}
            plan={plan}
            work={work}
            availability={availability}
            occurrences={occurrences}
          />
          <DueNext tasks={tasks} now={now} zone={zone} courseOf={courseOf} onEdit={onEdit} />
        </aside>
      </div>
      {logging && (
        <WorkDialog
          entry={"entry" in logging ? logging.entry : null}
          task={"task" in logging ? logging.task : (byId.get(logging.entry.task_id) ?? null)}
          tasks={tasks}
          zone={zone}
          onClose={close}
        />
      )}
    </>
  );
}

function sentence(day: Day, workedMin: number, zone: string): string {
  if (day.leftMin > 0 && day.until)
    return m.today.left(duration(day.leftMin), clock(day.until, zone));
  if (workedMin > 0) return m.today.allDone(duration(workedMin));
  return m.today.nothingToday;
}

interface NothingProps {
  open: boolean;
  tasks: Task[];
  onAdd: () => void;
  onLog: () => void;
}

/* No block lies ahead: nothing was ever added, all is done, or nothing fits. */
function Nothing({ open, tasks, onAdd, onLog }: NothingProps) {
  const finished = tasks.filter((t) => t.state === "done").length;
  const [title, hint] = open
    ? [m.today.freeTitle, m.today.freeNone]
    : finished > 0
      ? [m.today.clearTitle, m.today.clearHint(finished)]
      : [m.today.emptyTitle, m.today.emptyHint];
  return (
    <div className="card empty">
      <Bunny />
      <h2>{title}</h2>
      <p>{hint}</p>
      <div className="row">
        <button className="btn pri" onClick={onAdd}>
          {m.nav.addTask}
        </button>
        {tasks.length > 0 && (
          <button className="btn" onClick={onLog}>
            {m.today.log}
          </button>
        )}
      </div>
    </div>
  );
}
