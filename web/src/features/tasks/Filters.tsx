import { ArrowDown, ArrowUp, BookOpen, Check, ListChecks } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { Course } from "../../api/schema";
import { m, type Messages } from "../../i18n/messages";
import { sortName } from "./TaskTable";
import { FILTERS, SORTS, type Filter, type Sort, type SortBy } from "./rows";

/* The same elements each time, so that React need not look into them again. */
const CHOSEN = <Check className="ic" />;
const BOOK = <BookOpen className="ic" />;
const LIST = <ListChecks className="ic" />;

interface FiltersProps {
  counts: Record<Filter, number>;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  courses: readonly Course[];
  courseId: string;
  onCourse: (id: string) => void;
  onManage: () => void;
  /* Read from `m`; here so that another language draws them anew. */
  words: Messages;
  children: ReactNode;
}

/* Filters that would show nothing are left out, but for the first and the one that is chosen. */
export const Filters = memo(function Filters(props: FiltersProps) {
  const { counts, filter, courses } = props;
  return (
    <div className="filters fscroll" role="group" aria-label={m.tasks.filters}>
      {FILTERS.filter((f) => counts[f] > 0 || f === "open" || f === filter).map((f) => (
        <button
          key={f}
          className="chip"
          aria-pressed={f === filter}
          onClick={() => props.onFilter(f)}
        >
          {f === filter && CHOSEN}
          {m.tasks.filter[f]} <span className="num">{counts[f]}</span>
        </button>
      ))}
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
        {BOOK}
        {m.course.manage}
      </button>
      {props.children}
    </div>
  );
});

interface SelectingProps {
  selecting: boolean;
  onSelecting: () => void;
}

export function SelectChip({ selecting, onSelecting }: SelectingProps) {
  return (
    <button
      className="chip selecting"
      aria-pressed={selecting}
      title={m.bulk.hint}
      onClick={onSelecting}
    >
      {LIST}
      {m.bulk.select}
    </button>
  );
}

interface MenuProps {
  sort: Sort;
  onBy: (by: SortBy) => void;
  children: ReactNode;
}

/* The order as a menu, where there are no column heads. */
export function SortMenu({ sort, onBy, children }: MenuProps) {
  const Arrow = sort.down ? ArrowDown : ArrowUp;
  return (
    <div className="row sort-menu">
      <label className="chip select">
        <span className="soft">{m.tasks.sortBy}</span>
        <select value={sort.by} onChange={(e) => onBy(e.target.value as SortBy)}>
          {SORTS.map((by) => (
            <option key={by} value={by}>
              {sortName(by)}
            </option>
          ))}
        </select>
      </label>
      <button className="chip" onClick={() => onBy(sort.by)}>
        <Arrow className="ic" />
        {sort.down ? m.tasks.down : m.tasks.up}
      </button>
      {children}
    </div>
  );
}
