import { ArrowDown, ArrowUp, Pencil } from "lucide-react";
import { memo, useMemo, useRef } from "react";
import { duration, moment, percent } from "../../i18n/format";
import { m, type Messages } from "../../i18n/messages";
import { CourseCode } from "../../ui/CourseCode";
import { Priority } from "../../ui/Priority";
import { useUsual, type Usual } from "../../ui/usual";
import { Box, PlanTag, marksOf, type RowActions } from "./TaskParts";
import { SORTS, type Row, type Sort, type SortBy } from "./rows";
import type { Selection, Step } from "./selection";
import { useGridKeys } from "./useGridKeys";
import { useNear } from "./useNear";

/* The same elements each time, so that React need not look into them for every row. */
const PENCIL = <Pencil className="ic" />;
const UP = <ArrowUp className="ic" />;
const DOWN = <ArrowDown className="ic" />;

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
  const body = useRef<HTMLTableSectionElement>(null);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.task.id === selection.active),
  );
  const keys = useGridKeys(table, rows, at, selection, take, on);
  const pieces = useNear(body, rows.length, ROW_HEIGHT, at);
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
        <tbody ref={body}>
          {pieces.flatMap(({ from, to, gap }, n) =>
            gap === null ? (
              rows
                .slice(from, to)
                .map((row, i) => (
                  <TaskRow
                    key={from + i}
                    row={row}
                    zone={zone}
                    usual={usual}
                    place={from + i}
                    stop={from + i === at}
                    selecting={selection.on}
                    selected={selection.on && selection.picked.has(row.task.id)}
                    on={on}
                    words={words}
                  />
                ))
            ) : (
              <tr key={`gap${n}`} className="gap" aria-hidden="true">
                <td colSpan={COLUMNS} style={{ height: gap }} />
              </tr>
            ),
          )}
        </tbody>
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
  return (
    <th aria-sort={here ? (sort.down ? "descending" : "ascending") : "none"}>
      <button className="sorter" tabIndex={here ? 0 : -1} onClick={() => onSort(by)}>
        {sortName(by)}
        {here && (sort.down ? DOWN : UP)}
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

interface CellsProps {
  row: Row;
  zone: string;
  usual: Usual;
  words: Messages;
}

/* What a row says whether or not it is selected. Cells that are often the same when the row is not
   are kept as they are. What its buttons do is the table's to know (useGridKeys). */
const Cells = memo(function Cells({ row, zone, usual, words }: CellsProps) {
  const { task, course, share, left, standing } = row;
  const { priority } = task;
  const due = moment(row.due, zone);
  const short = task.state === "open" ? usual.short(task) : null;
  const overdue = standing === "overdue" ? due : "";
  const priorityCell = useMemo(() => words && <Priority value={priority} />, [priority, words]);
  const planCell = useMemo(
    () => words && <PlanTag standing={standing} due={overdue} />,
    [standing, overdue, words],
  );
  return (
    <>
      <td>
        <button className="ttl" tabIndex={-1}>
          {task.title}
        </button>
        <Under task={task} course={course} />
      </td>
      <td className="num">{due}</td>
      <td className="num">
        <span className="prog" style={{ "--v": `${share * 100}%` }} />
        {percent(share)}
      </td>
      <td className="num">
        {duration(left)}
        {short !== null && <div className="small soft">{short}</div>}
      </td>
      <td>{priorityCell}</td>
      <td>{planCell}</td>
      <td>
        <button
          className="btn icon sm quiet edit"
          tabIndex={-1}
          aria-label={m.task.edit(task.title)}
        >
          {PENCIL}
        </button>
      </td>
    </>
  );
});

interface RowProps extends CellsProps {
  place: number;
  /* Whether the tab key stops here. */
  stop: boolean;
  selecting: boolean;
  selected: boolean;
  on: RowActions;
}

const TaskRow = memo(function TaskRow(props: RowProps) {
  const { row, place, stop, selecting, selected, on, ...rest } = props;
  const { task } = row;
  return (
    <tr
      data-id={task.id}
      data-place={place}
      tabIndex={stop ? 0 : -1}
      aria-rowindex={place + 2}
      aria-selected={selected}
      className={selected ? `${task.state} selected` : task.state}
    >
      <td>
        <Box task={task} selecting={selecting} selected={selected} on={on} tabIndex={-1} />
      </td>
      <Cells row={row} {...rest} />
    </tr>
  );
});
