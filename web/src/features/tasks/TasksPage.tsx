import { BookOpen, Plus, Search } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useCourses, useSchedule, useTasks } from "../../api/queries";
import type { Course, Task } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Bunny } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Skeleton } from "../../ui/Skeleton";
import { useNow } from "../../ui/useNow";
import { Link } from "../../ui/router";
import { usePhone } from "../../ui/useMedia";
import { CoursesDialog } from "./CoursesDialog";
import { QuickLine } from "./QuickLine";
import { TaskCards, TaskTable } from "./TaskList";
import { TaskEditor } from "./TaskEditor";
import { FILTERS, matches, type Filter } from "./filter";
import "./tasks.css";

interface Props {
  onAdd: () => void;
  /* The steps and files of a task, for its editor. */
  parts: (task: Task) => ReactNode;
}

export function TasksPage({ onAdd, parts }: Props) {
  const { data: tasks, error, refetch } = useTasks();
  const courses = useCourses().data ?? [];
  const plan = useSchedule().data;
  const phone = usePhone();
  const now = useNow();
  const [filter, setFilter] = useState<Filter>("open");
  const [courseId, setCourseId] = useState("");
  const [search, setSearch] = useState("");
  const [editing, setEditing] = useState<Task | null>(null);
  const [managing, setManaging] = useState(false);

  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!tasks) return <Skeleton lines={6} />;
  if (tasks.length === 0) return <NoTasks />;

  const open = tasks.filter((t) => t.state === "open");
  const minutes = open.reduce((sum, t) => sum + t.remaining_min, 0);
  const shown = tasks
    .filter((t) => matches(t, filter, now))
    .filter((t) => courseId === "" || t.course_id === courseId)
    .filter((t) => t.title.toLowerCase().includes(search.trim().toLowerCase()))
    .sort((a, b) => (filter === "done" ? order(b, a) : order(a, b)));
  const List = phone ? TaskCards : TaskTable;

  return (
    <>
      <div className="head">
        <div>
          <h1 tabIndex={-1}>{m.tasks.title}</h1>
          <p className="sub">{m.tasks.sub(open.length, duration(minutes))}</p>
        </div>
        <div className="row end tools">
          <label className="search">
            <Search className="ic" />
            <span className="vh">{m.tasks.search}</span>
            <input
              type="search"
              className="inp"
              value={search}
              placeholder={m.tasks.search}
              onChange={(e) => setSearch(e.target.value)}
            />
          </label>
          {!phone && (
            <button className="btn pri" onClick={onAdd}>
              <Plus className="ic" />
              {m.nav.addTask}
            </button>
          )}
        </div>
      </div>
      <Filters
        tasks={tasks}
        now={now}
        filter={filter}
        onFilter={setFilter}
        courses={courses}
        courseId={courseId}
        onCourse={setCourseId}
        onManage={() => setManaging(true)}
      />
      {shown.length === 0 ? (
        <div className="card empty">
          <h2>{m.tasks.noneHere}</h2>
          <p>{m.tasks.noneHereHint}</p>
        </div>
      ) : (
        <List tasks={shown} courses={courses} plan={plan} now={now} onEdit={setEditing} />
      )}
      {editing && (
        <TaskEditor task={editing} onClose={() => setEditing(null)}>
          {parts(editing)}
        </TaskEditor>
      )}
      {managing && <CoursesDialog onClose={() => setManaging(false)} />}
    </>
  );
}

const order = (a: Task, b: Task) =>
  Date.parse(a.due) - Date.parse(b.due) || a.id.localeCompare(b.id);

function NoTasks() {
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{m.tasks.title}</h1>
      </div>
      <div className="card empty">
        <Bunny />
        <h2>{m.tasks.emptyTitle}</h2>
        <p>{m.tasks.emptyHint}</p>
        <div className="empty-line">
          <QuickLine />
        </div>
        <p>
          <Link to="/university">{m.feeds.fromTasks}</Link>
        </p>
      </div>
    </>
  );
}

interface FiltersProps {
  tasks: Task[];
  now: number;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  courses: Course[];
  courseId: string;
  onCourse: (id: string) => void;
  onManage: () => void;
}

function Filters(props: FiltersProps) {
  const { tasks, now, filter, courses } = props;
  return (
    <div className="filters fscroll" role="group" aria-label={m.tasks.filters}>
      {FILTERS.map((f) => {
        const n = tasks.filter((t) => matches(t, f, now)).length;
        if (n === 0 && f !== "open" && f !== filter) return null;
        return (
          <button
            key={f}
            className="chip"
            aria-pressed={f === filter}
            onClick={() => props.onFilter(f)}
          >
            {m.tasks.filter[f]} <span className="num">{n}</span>
          </button>
        );
      })}
      {courses.length > 0 && (
        <label className="chip select">
          <span className="vh">{m.task.course}</span>
          <select value={props.courseId} onChange={(e) => props.onCourse(e.target.value)}>
            <option value="">{m.tasks.allCourses}</option>
            {courses.map((c) => (
              <option key={c.id} value={c.id}>
                {c.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <button className="chip" onClick={props.onManage}>
        <BookOpen className="ic" />
        {m.course.manage}
      </button>
    </div>
  );
}
