import { useState } from "react";
import { useCourses, useEstimates, useStatistics } from "../../api/queries";
import type { Statistics } from "../../api/schema";
import { dayDate, duration, weekStartOf } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { addDays, wallAt } from "../../time/zone";
import { Bunny } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Skeleton } from "../../ui/Skeleton";
import { Link } from "../../ui/router";
import { useNow } from "../../ui/useNow";
import { Accuracy } from "./Accuracy";
import { ByCourse } from "./ByCourse";
import { Milestones } from "./Milestones";
import { PlannedDone } from "./PlannedDone";
import { Weeks } from "./Weeks";
import { daysOf, weeksOf } from "./figures";
import "./statistics.css";

const LENGTHS = [4, 12, 52];
const DAYS = 14;

/* Where the hours went, what was planned, how good estimates are. Told from the log. */
export function StatisticsPage() {
  const { data, error, refetch } = useStatistics();
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={7} />;
  return data.first === null ? <NothingLogged /> : <Figures figures={data} />;
}

function NothingLogged() {
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{m.nav.statistics}</h1>
      </div>
      <div className="card empty">
        <Bunny />
        <h2>{m.statistics.emptyTitle}</h2>
        <p>{m.statistics.emptyHint}</p>
        <Link className="btn pri" to="/today">
          {m.statistics.emptyWay}
        </Link>
      </div>
    </>
  );
}

function Figures({ figures }: { figures: Statistics }) {
  const courses = useCourses().data ?? [];
  const estimates = useEstimates().data;
  const today = wallAt(useNow(), figures.zone).date;
  const [length, setLength] = useState(12);
  const [week, before] = weeksOf(figures.work, today, 2, weekStartOf).reverse();
  return (
    <div className="stack statistics">
      <div className="head">
        <div>
          <h1 tabIndex={-1}>{m.statistics.thisWeek(duration(week?.minutes ?? 0))}</h1>
          <p className="sub">
            {m.statistics.sub(
              duration(before?.minutes ?? 0),
              duration(figures.total_min),
              dayDate(figures.first ?? today),
            )}
          </p>
        </div>
        <div className="seg end" role="group" aria-label={m.statistics.length}>
          {LENGTHS.map((n) => (
            <button key={n} aria-pressed={n === length} onClick={() => setLength(n)}>
              {m.statistics.lengths(n)}
            </button>
          ))}
        </div>
      </div>
      <Weeks weeks={weeksOf(figures.work, today, length, weekStartOf)} courses={courses} />
      <div className="statistics-pair">
        <PlannedDone days={daysOf(figures, today, DAYS)} />
        <ByCourse
          figures={figures}
          courses={courses}
          from={addDays(weekStartOf(today), 7 - 7 * length)}
        />
      </div>
      <div className="statistics-pair">
        {estimates && <Accuracy estimates={estimates} courses={courses} />}
        <Milestones figures={figures} today={today} />
      </div>
    </div>
  );
}
