import type { Course, CourseEstimate, Estimates } from "../../api/schema";
import { list } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ChartCard } from "../../ui/ChartCard";
import { CourseCode, courseClass } from "../../ui/CourseCode";
import { nameOf } from "./Weeks";

/* The picture's ends, in per cent of the estimate. */
const LEAST = 40;
const MOST = 320;
const TICKS = [50, 100, 200];

const place = (percent: number) => {
  const share = Math.log(percent / LEAST) / Math.log(MOST / LEAST);
  return `${Math.max(0, Math.min(1, share)) * 100}%`;
};

interface Known {
  course: CourseEstimate;
  low: number;
  median: number;
  high: number;
}

function knownOf(courses: readonly CourseEstimate[]): Known[] {
  return courses.flatMap((course) => {
    const { low_percent: low, median_percent: median, high_percent: high } = course;
    return low === null || median === null || high === null ? [] : [{ course, low, median, high }];
  });
}

/* What tasks really take, on a scale where twice and half are equally far from the estimate. */
export function Accuracy({ estimates, courses }: { estimates: Estimates; courses: Course[] }) {
  const known = knownOf(estimates.courses);
  const few = estimates.courses.filter((c) => c.median_percent === null);
  const { percent } = m.estimates;
  const sentence = m.statistics.accuracySentence(
    list(
      known.map((k) =>
        m.statistics.usually(nameOf(courses, k.course.course_id), percent(k.median)),
      ),
    ),
  );
  if (known.length === 0)
    return (
      <section className="card stack" aria-labelledby="accuracy">
        <h2 id="accuracy">{m.statistics.accuracy}</h2>
        <p>{m.estimates.none(estimates.needed)}</p>
        <Few few={few} courses={courses} needed={estimates.needed} />
      </section>
    );
  return (
    <ChartCard
      title={m.statistics.accuracy}
      picture={
        <>
          <p className="small soft">{sentence}</p>
          <div className="ranges" role="img" aria-label={sentence}>
            {known.map(({ course, low, median, high }) => {
              const of = courses.find((c) => c.id === course.course_id);
              return (
                <div key={course.course_id} className={`range ${courseClass(of)}`}>
                  <span className="range-name">
                    {of ? <CourseCode course={of} /> : nameOf(courses, course.course_id)}
                  </span>
                  <span className="range-line">
                    {TICKS.map((t) => (
                      <i
                        key={t}
                        className={t === 100 ? "tick one" : "tick"}
                        style={{ left: place(t) }}
                      />
                    ))}
                    <i
                      className="span"
                      style={{ left: place(low), right: `calc(100% - ${place(high)})` }}
                    />
                    <i className="dot" style={{ left: place(median) }} />
                  </span>
                </div>
              );
            })}
            <div className="range">
              <span />
              <span className="range-line names">
                {TICKS.map((t) => (
                  <span key={t} style={{ left: place(t) }}>
                    {t === 100 ? m.statistics.asEstimated : percent(t)}
                  </span>
                ))}
              </span>
            </div>
          </div>
          <Few few={few} courses={courses} needed={estimates.needed} />
        </>
      }
      table={
        <table className="tbl">
          <thead>
            <tr>
              <th>{m.statistics.course}</th>
              <th>{m.statistics.usual}</th>
              <th>{m.statistics.fourOfFive}</th>
              <th>{m.statistics.finished}</th>
            </tr>
          </thead>
          <tbody>
            {known.map(({ course, low, median, high }) => (
              <tr key={course.course_id}>
                <td>{nameOf(courses, course.course_id)}</td>
                <td className="num">{percent(median)}</td>
                <td className="num">
                  {percent(low)}–{percent(high)}
                </td>
                <td className="num">{course.n}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

interface FewProps {
  few: CourseEstimate[];
  courses: Course[];
  needed: number;
}

function Few({ few, courses, needed }: FewProps) {
  if (few.length === 0) return null;
  return (
    <p className="small soft">
      {m.statistics.few(list(few.map((c) => nameOf(courses, c.course_id))), needed)}
    </p>
  );
}
