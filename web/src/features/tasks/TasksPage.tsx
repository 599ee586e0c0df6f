import { Plus, Search } from "lucide-react";
import { Suspense, memo, useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { useCourses, useSchedule, useTasks } from "../../api/queries";
import type { Task } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m, type Messages } from "../../i18n/messages";
import { Bunny } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Guarded } from "../../ui/Guarded";
import { Skeleton } from "../../ui/Skeleton";
import { late } from "../../ui/late";
import { useNow } from "../../ui/useNow";
import { Link } from "../../ui/router";
import { useKeptFocus } from "../../ui/useKeptFocus";
import { usePhone } from "../../ui/useMedia";
import { usePainted } from "../../ui/usePainted";
import { BulkBar, Progress, RefusedNote } from "./BulkBar";
import { Filters, SelectChip, SortMenu } from "./Filters";
import { NoneHere } from "./NoneHere";
import { TaskCards } from "./TaskCards";
import { TaskTable } from "./TaskTable";
import { useBulk } from "./bulk";
import { FILTERS, isPast, matches, rowsOf, searching, sorted, type Filter } from "./rows";
import { useSelection } from "./useSelection";
import { useShown, useSort } from "./useView";
import "./tasks.css";

const TaskEditor = late(() => import("./TaskEditor").then((f) => f.TaskEditor));
const CoursesDialog = late(() => import("./CoursesDialog").then((f) => f.CoursesDialog));
const QuickLine = late(() => import("./QuickLine").then((f) => f.QuickLine));

interface Props {
  onAdd: () => void;
  /* The steps and files of a task, for its editor. */
  parts: (task: Task) => ReactNode;
}

export function TasksPage(props: Props) {
  const { data: tasks, error, refetch } = useTasks();
  if (error && !tasks) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!tasks) return <Skeleton lines={6} />;
  return <Tasks {...props} tasks={tasks} />;
}

const NO_COURSES: never[] = [];

/* The rows to show, in order; each step is done again only when something that it reads has changed. */
function useRows(tasks: readonly Task[], search: string) {
  const courses = useCourses().data ?? NO_COURSES;
  const plan = useSchedule().data;
  const now = useNow();
  const { filter, courseId, show } = useShown();
  const { sort, sortBy } = useSort(filter);
  const { by, down } = sort;
  const course = courses.find((c) => c.id === courseId);
  const all = useMemo(() => rowsOf(tasks, courses, plan, now), [tasks, courses, plan, now]);
  const ofCourse = useMemo(
    () => (course ? all.filter((row) => row.course === course) : all),
    [all, course],
  );
  const counts = useMemo(() => {
    const count = (f: Filter) => ofCourse.filter((row) => matches(row, f, now)).length;
    return Object.fromEntries(FILTERS.map((f) => [f, count(f)])) as Record<Filter, number>;
  }, [ofCourse, now]);
  const ordered = useMemo(
    () =>
      sorted(
        ofCourse.filter((row) => matches(row, filter, now)),
        { by, down },
      ),
    [ofCourse, filter, now, by, down],
  );
  const find = useMemo(() => searching(ordered), [ordered]);
  const rows = useMemo(() => find(search), [find, search]);
  const zone = plan?.zone ?? "UTC";
  return { courses, course, zone, now, filter, show, sort, sortBy, ofCourse, counts, rows };
}

function Tasks({ tasks, onAdd, parts }: Props & { tasks: readonly Task[] }) {
  const phone = usePhone();
  const [search, setSearch] = useState("");
  const searched = usePainted(search);
  const none = tasks.length === 0;
  /* The line for the first task stays for the next ones, and so does the focus in it. */
  const [begun, setBegun] = useState(none);
  if (none && !begun) setBegun(true);
  return (
    <>
      {none ? (
        <div className="head">
          <h1 tabIndex={-1}>{m.tasks.title}</h1>
        </div>
      ) : (
        <Head
          tasks={tasks}
          search={search}
          onSearch={setSearch}
          onAdd={phone || begun ? null : onAdd}
        />
      )}
      {begun && <Begin none={none} />}
      {!none && (
        <Listing tasks={tasks} search={searched} onSearch={setSearch} parts={parts} words={m} />
      )}
    </>
  );
}

interface ListingProps extends Pick<Props, "parts"> {
  tasks: readonly Task[];
  search: string;
  onSearch: (search: string) => void;
  /* Read from `m`; here so that another language draws the list anew. */
  words: Messages;
}

/* Apart from the head, so that a key in the search is seen in it before the list is drawn again. */
const Listing = memo(function Listing({ tasks, search, onSearch, parts, words }: ListingProps) {
  const phone = usePhone();
  const [editing, setEditing] = useState<Task | null>(null);
  const [managing, setManaging] = useState(false);
  const view = useRows(tasks, search);
  const { rows, filter, course, zone, show } = view;
  const { selection, take, pick, all } = useSelection(rows);
  const { running } = useBulk();
  const list = useRef<HTMLDivElement>(null);
  useKeptFocus(list, "tr[tabindex='0'], .tcard-open");
  const on = useMemo(() => ({ edit: setEditing, pick }), [pick]);
  const selected = useMemo(
    () => rows.flatMap(({ task }) => (selection.picked.has(task.id) ? [task] : [])),
    [rows, selection.picked],
  );

  /* What was selected elsewhere is out of sight, so it is no longer. */
  const some = selection.picked.size > 0;
  const to = useMemo(() => {
    const go = (next: Parameters<typeof show>[0]) => {
      if (some) take({ type: "set", ids: [] });
      show(next);
    };
    return {
      filter: (f: Filter) => go({ filter: f }),
      course: (courseId: string) => go({ courseId }),
      manage: () => setManaging(true),
    };
  }, [some, take, show]);
  const stopSelecting = useCallback(() => {
    take({ type: "off" });
    document.querySelector<HTMLElement>(".chip.selecting")?.focus();
  }, [take]);

  const chip = useMemo(
    () =>
      words && (
        <SelectChip
          selecting={selection.on}
          onSelecting={() => (selection.on ? stopSelecting() : take({ type: "on" }))}
        />
      ),
    [selection.on, stopSelecting, take, words],
  );

  return (
    <>
      <Filters
        counts={view.counts}
        filter={filter}
        onFilter={to.filter}
        courses={view.courses}
        courseId={course?.id ?? ""}
        onCourse={to.course}
        onManage={to.manage}
        words={words}
      >
        {!phone && chip}
      </Filters>
      {phone && rows.length > 0 && (
        <SortMenu sort={view.sort} onBy={view.sortBy}>
          {chip}
        </SortMenu>
      )}
      <RefusedNote onSelect={(ids) => take({ type: "set", ids })} />
      {selection.on && (
        <BulkBar
          tasks={selected}
          courses={view.courses}
          zone={zone}
          past={isPast(filter)}
          onAll={all}
          onClose={stopSelecting}
        />
      )}
      {running?.slow && !selection.on && <Progress {...running} />}
      <div ref={list}>
        {rows.length === 0 ? (
          <NoneHere
            rows={view.ofCourse}
            now={view.now}
            filter={filter}
            search={search}
            course={course}
            onFilter={to.filter}
            onSearch={() => onSearch("")}
            onCourse={() => to.course("")}
          />
        ) : phone ? (
          <TaskCards rows={rows} zone={zone} selection={selection} on={on} words={words} />
        ) : (
          <TaskTable
            rows={rows}
            zone={zone}
            sort={view.sort}
            onSort={view.sortBy}
            selection={selection}
            take={take}
            on={on}
            words={words}
          />
        )}
      </div>
      <Suspense>
        {editing && (
          <TaskEditor task={editing} onClose={() => setEditing(null)}>
            {parts(editing)}
          </TaskEditor>
        )}
        {managing && <CoursesDialog onClose={() => setManaging(false)} />}
      </Suspense>
    </>
  );
});

interface HeadProps {
  tasks: readonly Task[];
  search: string;
  onSearch: (search: string) => void;
  /* null: there is a button elsewhere. */
  onAdd: (() => void) | null;
}

function Head({ tasks, search, onSearch, onAdd }: HeadProps) {
  const [count, minutes] = useMemo(() => {
    const open = tasks.filter((t) => t.state === "open");
    return [open.length, open.reduce((sum, t) => sum + t.remaining_min, 0)];
  }, [tasks]);
  return (
    <div className="head">
      <div>
        <h1 tabIndex={-1}>{m.tasks.title}</h1>
        <p className="sub">{m.tasks.sub(count, duration(minutes))}</p>
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
            onChange={(e) => onSearch(e.target.value)}
          />
        </label>
        {onAdd && (
          <button className="btn pri" onClick={onAdd}>
            <Plus className="ic" />
            {m.nav.addTask}
          </button>
        )}
      </div>
    </div>
  );
}

function Begin({ none }: { none: boolean }) {
  return (
    <div className={none ? "card empty" : "begun"}>
      {none && (
        <>
          <Bunny />
          <h2>{m.tasks.emptyTitle}</h2>
          <p>{m.tasks.emptyHint}</p>
        </>
      )}
      <div className="begin-line">
        <Guarded>
          <Suspense>
            <QuickLine />
          </Suspense>
        </Guarded>
      </div>
      {none && (
        <p>
          <Link to="/university">{m.feeds.fromTasks}</Link>
        </p>
      )}
    </div>
  );
}
