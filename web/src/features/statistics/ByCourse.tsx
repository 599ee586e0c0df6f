import type { Course, Statistics } from "../../api/schema";
import { duration, percent } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { LocalDate } from "../../time/zone";
import { courseClass } from "../../ui/CourseCode";
import { nameOf } from "./Weeks";
import { partsOf } from "./figures";

interface Props {
  figures: Statistics;
  courses: Course[];
  from: LocalDate;
}

/* Each course's hours in the weeks shown: a table whose rows are drawn. */
export function ByCourse({ figures, courses, from }: Props) {
  const parts = partsOf(figures.work.filter((w) => w.date >= from));
  const all = parts.reduce((sum, p) => sum + p.minutes, 0);
  return (
    <section className="card stack" aria-labelledby="by-course">
      <h2 id="by-course">{m.statistics.byCourse}</h2>
      {parts.length === 0 ? (
        <p className="small soft">{m.statistics.noneThen}</p>
      ) : (
        <table className="tbl by-course">
          <thead className="vh">
            <tr>
              <th>{m.statistics.course}</th>
              <th>{m.statistics.total}</th>
              <th>{m.statistics.share}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((p) => (
              <tr key={p.courseId}>
                <td>
                  {nameOf(courses, p.courseId)}
                  <span
                    className={`by-course-bar ${courseClass(courses.find((c) => c.id === p.courseId))}`}
                    style={{ width: `${(p.minutes / (parts[0]?.minutes ?? 1)) * 100}%` }}
                  />
                </td>
                <td className="num">{duration(p.minutes)}</td>
                <td className="num soft">{percent(p.minutes / all)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
