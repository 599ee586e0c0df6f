import type { Course } from "../../api/schema";
import { dayMonth, duration, tightDuration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ChartCard } from "../../ui/ChartCard";
import { courseClass } from "../../ui/CourseCode";
import { useWidth } from "../../ui/useWidth";
import { partsOf, type Part, type Stretch } from "./figures";

const NAME_PX = 54;
const SUM_PX = 34;

interface Props {
  weeks: Stretch[];
  courses: Course[];
}

export const nameOf = (courses: readonly Course[], id: string | null) =>
  id === null
    ? m.statistics.noCourse
    : (courses.find((c) => c.id === id)?.name ?? m.statistics.goneCourse);

const merged = (weeks: readonly Stretch[]): Part[] =>
  partsOf(
    weeks.flatMap((w) =>
      w.parts.map((p) => ({ date: w.from, course_id: p.courseId, minutes: p.minutes })),
    ),
  );

/* Hours by week, stacked by course. */
export function Weeks({ weeks, courses }: Props) {
  const parts = merged(weeks);
  return (
    <ChartCard
      title={m.statistics.weeks}
      picture={
        <>
          <Picture weeks={weeks} courses={courses} />
          <div className="key">
            {parts.map((p) => (
              <span key={p.courseId}>
                <Swatch course={courses.find((c) => c.id === p.courseId)} />
                {nameOf(courses, p.courseId)} {duration(p.minutes)}
              </span>
            ))}
          </div>
        </>
      }
      table={
        <table className="tbl">
          <thead>
            <tr>
              <th>{m.statistics.weekFrom}</th>
              <th>{m.statistics.total}</th>
              {parts.map((p) => (
                <th key={p.courseId}>{nameOf(courses, p.courseId)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...weeks].reverse().map((week) => (
              <tr key={week.from}>
                <td>{dayMonth(week.from)}</td>
                <td className="num">{duration(week.minutes)}</td>
                {parts.map((p) => (
                  <td key={p.courseId} className="num">
                    {duration(week.parts.find((w) => w.courseId === p.courseId)?.minutes ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function Swatch({ course }: { course: Course | undefined }) {
  return <i className={`swatch ${courseClass(course)}`} aria-hidden="true" />;
}

function Picture({ weeks, courses }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(720);
  const most = weeks.reduce((best, w) => (w.minutes > best.minutes ? w : best));
  const every = Math.ceil((weeks.length * NAME_PX) / width);
  const sums = width / weeks.length >= SUM_PX;
  const all = weeks.reduce((sum, w) => sum + w.minutes, 0);
  const sentence = m.statistics.weeksSentence(
    weeks.length,
    duration(all),
    duration(most.minutes),
    dayMonth(most.from),
  );
  return (
    <div ref={ref} className="bars" role="img" aria-label={sentence}>
      <div className="bars-plot">
        {weeks.map((week) => (
          <div key={week.from} className="bars-col">
            {sums && week.minutes > 0 && (
              <span className="bars-sum">{tightDuration(week.minutes)}</span>
            )}
            <div
              className="bars-stack"
              style={{ height: `${(week.minutes / Math.max(1, most.minutes)) * 88}%` }}
            >
              {week.parts.map((p) => (
                <i
                  key={p.courseId}
                  className={courseClass(courses.find((c) => c.id === p.courseId))}
                  style={{ flexGrow: p.minutes }}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      <div className="bars-names">
        {weeks.map((week, i) => (
          <span key={week.from}>
            {(weeks.length - 1 - i) % every === 0 ? dayMonth(week.from) : ""}
          </span>
        ))}
      </div>
    </div>
  );
}
