import { m } from "../../i18n/messages";
import type { Course } from "../../api/schema";
import { FILTERS, matches, searcher, type Filter, type Row } from "./rows";

interface Props {
  /* Of the chosen course, or all. */
  rows: readonly Row[];
  now: number;
  filter: Filter;
  search: string;
  course: Course | undefined;
  onFilter: (filter: Filter) => void;
  onSearch: () => void;
  onCourse: () => void;
}

/* Nothing to show: why, and the ways out. */
export function NoneHere({ rows, now, filter, search, course, ...ways }: Props) {
  const found = rows.filter(searcher(search));
  const elsewhere = FILTERS.map((f) => ({
    f,
    n: found.filter((row) => matches(row, f, now)).length,
  })).filter(({ n }) => n > 0);
  const searched = search.trim() !== "";
  return (
    <div className="card empty">
      <h2>{searched ? m.tasks.noneFound(search.trim()) : m.tasks.none[filter]}</h2>
      {course && <p>{m.tasks.onlyCourse(course.name)}</p>}
      {searched && elsewhere.length > 0 && (
        <div className="row">
          {m.tasks.elsewhere}
          {elsewhere.map(({ f, n }) => (
            <button key={f} className="chip" onClick={() => ways.onFilter(f)}>
              {m.tasks.filter[f]} <span className="num">{n}</span>
            </button>
          ))}
        </div>
      )}
      <div className="row">
        {searched && (
          <button className="btn" onClick={ways.onSearch}>
            {m.tasks.clearSearch}
          </button>
        )}
        {course && (
          <button className="btn" onClick={ways.onCourse}>
            {m.tasks.showAll}
          </button>
        )}
        {!searched && filter !== "open" && (
          <button className="btn" onClick={() => ways.onFilter("open")}>
            {m.tasks.showOpen}
          </button>
        )}
        {!searched && filter === "open" && rows.length > 0 && (
          <button className="btn" onClick={() => ways.onFilter("done")}>
            {m.tasks.filter.done}
          </button>
        )}
      </div>
    </div>
  );
}
