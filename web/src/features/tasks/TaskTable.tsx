import { ArrowDown, ArrowUp, Pencil } from "lucide-react";
import { memo, useMemo, useRef, type MouseEvent } from "react";
import { duration, moment, percent } from "../../i18n/format";
import { m, type Messages } from "../../i18n/messages";
import { CourseCode } from "../../ui/CourseCode";
import { Priority } from "../../ui/Priority";
import { useUsual } from "../../ui/usual";
import { Box, PlanTag, marksOf, type RowActions } from "./TaskParts";
import { SORTS, type Row, type Sort, type SortBy } from "./rows";
import type { Selection, Step } from "./selection";
import { useChunks } from "./useChunks";
import { useGridKeys } from "./useGridKeys";

/* The same element each time, so that React need not look into it for every row. */
const PENCIL = <Pencil className="ic" />;

const ROW_HEIGHT = 57;
const COLUMNS = 8;

const NAMES: Record<SortBy, () => string> = {
  due: () => m.tasks.colDue,
  progress: () => m.tasks.colProgress,
  left: () => m.tasks.colLeft,
  priority: () => m.task.priority,
  plan: () => m.tasks.colPlan,
};
export const sortName = (by: SortBy) => NAMES[by]();

interface TableProps {
  rows: readonly Row[];
  zone: string;
  sort: Sort;
  onSort: (by: SortBy) => void;
  selection: Selection;
  take: (step: Step) => void;
  on: RowActions;
  /* Read from `m`; here so that another language draws the table anew. */
  words: Messages;
}

/* A grid: one tab stop for its heads and one for its rows, arrows move among them. A row's element
   stands for a place, not for a task: another order changes what it says, which costs less than to
   make it anew, and the focus stays where it was when its task leaves the list. */
export const TaskTable = memo(function TaskTable(props: TableProps) {
  const { rows, zone, sort, onSort, selection, take, on, words } = props;
  const table = useRef<HTMLTableElement>(null);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.task.id === selection.active),
  );
  const keys = useGridKeys(table, rows, at, selection, take, on);
  const chunks = useChunks(table, rows.length, ROW_HEIGHT, at);
  const usual = useUsual();
  return (
    <div className="card tblwrap">
      <table
        ref={table}
        className="tbl tasks"
        role="grid"
        aria-label={m.tasks.title}
        aria-rowcount={rows.length + 1}
        aria-multiselectable
        {...keys}
      >
        <Head rows={rows} sort={sort} onSort={onSort} selection={selection} take={take} />
        {chunks.map(({ index, from, to, gap }) =>
          gap === null ? (
            <tbody key={index} data-chunk={index}>
              {rows.slice(from, to).map((row, i) => (
                <TaskRow
                  key={i}
                  {...row}
                  place={from + i + 2}
                  stop={from + i === at}
                  dueText={moment(row.due, zone)}
                  usual={row.task.state === "open" ? usual.short(row.task) : null}
                  selecting={selection.on}
                  selected={selection.picked.has(row.task.id)}
                  on={on}
                  words={words}
                />
              ))}
            </tbody>
          ) : (
            <tbody key={`gap${index}`} aria-hidden="true">
              <tr className="gap">
                <td colSpan={COLUMNS} style={{ height: gap }} />
              </tr>
            </tbody>
          ),
        )}
      </table>
    </div>
  );
});

type HeadProps = Pick<TableProps, "rows" | "sort" | "onSort" | "selection" | "take">;

function Head({ rows, sort, onSort, selection, take }: HeadProps) {
  const some = selection.on && rows.some((row) => selection.picked.has(row.task.id));
  const all = some && rows.every((row) => selection.picked.has(row.task.id));
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th>
          {selection.on ? (
            <label className="check">
              <input
                type="checkbox"
                ref={(box) => {
                  if (box) box.indeterminate = some && !all;
                }}
                checked={all}
                aria-label={m.bulk.selectAll}
                onChange={() =>
                  take({ type: "set", ids: all ? [] : rows.map((row) => row.task.id) })
                }
              />
            </label>
          ) : (
            <span className="vh">{m.task.stateDone}</span>
          )}
        </th>
        <th>{m.tasks.colTask}</th>
        {SORTS.map((by) => (
          <SortHead key={by} by={by} sort={sort} onSort={onSort} />
        ))}
        <th>
          <span className="vh">{m.tasks.colActions}</span>
        </th>
      </tr>
    </thead>
  );
}

function SortHead({ by, sort, onSort }: { by: SortBy; sort: Sort; onSort: (by: SortBy) => void }) {
  const here = sort.by === by;
  const Arrow = sort.down ? ArrowDown : ArrowUp;
  return (
    <th aria-sort={here ? (sort.down ? "descending" : "ascending") : "none"}>
      <button className="sorter" tabIndex={here ? 0 : -1} onClick={() => onSort(by)}>
        {sortName(by)}
        {here && <Arrow className="ic" />}
      </button>
    </th>
  );
}

function Under({ task, course }: Pick<Row, "task" | "course">) {
  const marks = marksOf(task);
  if (!course && marks.length === 0) return null;
  return (
    <div className="row under">
      <CourseCode course={course} />
      <span className="small soft">{[...(course ? [course.name] : []), ...marks].join(" · ")}</span>
    </div>
  );
}

interface RowProps extends Row {
  place: number;
  /* Whether the tab key stops here. */
  stop: boolean;
  dueText: string;
  usual: string | null;
  selecting: boolean;
  selected: boolean;
  on: RowActions;
  words: Messages;
}

/* Cells that are often the same when the row is not are kept as they are. */
const TaskRow = memo(function TaskRow(props: RowProps) {
  const { task, course, share, left, standing, dueText, usual, selecting, selected, on } = props;
  const { words } = props;
  const { priority } = task;
  const overdue = standing === "overdue" ? dueText : "";
  const priorityCell = useMemo(() => words && <Priority value={priority} />, [priority, words]);
  const planCell = useMemo(
    () => words && <PlanTag standing={standing} due={overdue} />,
    [standing, overdue, words],
  );
  const title = (event: MouseEvent) => {
    if (!selecting && !event.shiftKey && !event.ctrlKey && !event.metaKey) on.edit(task);
  };
  return (
    <tr
      data-id={task.id}
      tabIndex={props.stop ? 0 : -1}
      aria-rowindex={props.place}
      aria-selected={selecting && selected}
      className={selecting && selected ? `${task.state} selected` : task.state}
    >
      <td>
        <Box task={task} selecting={selecting} selected={selected} on={on} tabIndex={-1} />
      </td>
      <td>
        <button className="ttl" tabIndex={-1} onClick={title}>
          {task.title}
        </button>
        <Under task={task} course={course} />
      </td>
      <td className="num">{dueText}</td>
      <td>
        <span className="row nowrap share">
          <span className="prog" style={{ "--v": `${share * 100}%` }} />
          <span className="num">{percent(share)}</span>
        </span>
      </td>
      <td className="num">
        {duration(left)}
        {usual !== null && <div className="small soft">{usual}</div>}
      </td>
      <td>{priorityCell}</td>
      <td>{planCell}</td>
      <td>
        <button
          className="btn icon sm quiet"
          tabIndex={-1}
          aria-label={m.task.edit(task.title)}
          onClick={() => on.edit(task)}
        >
          {PENCIL}
        </button>
      </td>
    </tr>
  );
});
