import { useMemo } from "react";
import type { Availability, Occurrence, Schedule, WorkEntry } from "../../api/schema";
import { dayLong, dayShort, duration, pc } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { percentOf, shareOf } from "../../plan/loads";
import { freeMinutes, hoursOn, paint, takenOn } from "../../plan/windows";
import { addDays, weekdayOf, type LocalDate } from "../../time/zone";
import { Link } from "../../ui/router";
import { loggedByDay } from "./day";

interface Props {
  /* The first day of the week. */
  first: LocalDate;
  today: LocalDate;
  /* What is planned of today from now on. */
  leftMin: number;
  plan: Schedule;
  work: readonly WorkEntry[];
  availability: Availability;
  occurrences: readonly Occurrence[];
}

interface DayLoad {
  date: LocalDate;
  free: number;
  done: number;
  planned: number;
}

/* Hours done and planned on each day of this week, within the free ones. */
export function WeekCard(props: Props) {
  const { first, today, leftMin, plan, work, availability, occurrences } = props;
  const days = useMemo((): DayLoad[] => {
    const logged = loggedByDay(work, plan.zone);
    const planned = new Map(plan.days.map((d) => [d.date, d]));
    return Array.from({ length: 7 }, (_, i) => {
      const date = addDays(first, i);
      const known = planned.get(date);
      return {
        date,
        free: known?.free_min ?? freeOn(date, availability, occurrences, plan.zone),
        done: logged.get(date) ?? 0,
        planned: date === today ? leftMin : (known?.load_min ?? 0),
      };
    });
  }, [first, today, leftMin, plan, work, availability, occurrences]);
  const sum = (of: (d: DayLoad) => number) => days.reduce((total, d) => total + of(d), 0);
  const none = sum((d) => d.free + d.done + d.planned) === 0;
  return (
    <section className="card stack week-card" aria-labelledby="week-title">
      <div className="row">
        <h2 id="week-title">{m.today.week}</h2>
        {!none && (
          <span className="end soft small num">
            {m.today.ofFree(duration(sum((d) => d.done + d.planned)), duration(sum((d) => d.free)))}
          </span>
        )}
      </div>
      {none ? (
        <p className="soft">
          {m.today.noHours} <Link to="/settings#free-hours">{m.today.sayHours}</Link>
        </p>
      ) : (
        <Loads days={days} today={today} plan={plan} />
      )}
    </section>
  );
}

function Loads({ days, today, plan }: { days: DayLoad[]; today: LocalDate; plan: Schedule }) {
  const widest = Math.max(60, ...days.map((d) => Math.max(d.free, d.done + d.planned)));
  const share = (minutes: number) => `${((minutes / widest) * 100).toFixed(1)}%`;
  return (
    <>
      <ul className="load">
        {days.map((d) => (
          <li key={d.date} {...(d.date === today && { "aria-current": "date" as const })}>
            <span className="vh">
              {m.today.dayLabel(
                dayLong(d.date),
                duration(d.done),
                duration(d.planned),
                duration(d.free),
              )}
            </span>
            <span className="wd" aria-hidden="true">
              {dayShort(d.date)}
            </span>
            <span className="trk" aria-hidden="true">
              {d.free > 0 && <i className="free" style={{ "--f": share(d.free) }} />}
              {d.planned > 0 && <i className="pl" style={{ "--p": share(d.done + d.planned) }} />}
              {d.done > 0 && <i className="dn" style={{ "--d": share(d.done) }} />}
              {d.free > 0 && (
                <i className="cap" style={{ "--c": share(shareOf(d.free, plan.limit)) }} />
              )}
            </span>
            <span className="val num" aria-hidden="true">
              <b>{duration(d.done + d.planned)}</b> {m.week.of} {duration(d.free)}
            </span>
          </li>
        ))}
      </ul>
      <p className="key" aria-hidden="true">
        <span>
          <i className="k-dn" />
          {m.today.dayDone}
        </span>
        <span>
          <i className="k-pl" />
          {m.today.dayPlanned}
        </span>
        <span>
          <i className="k-fr" />
          {m.today.dayFree}
        </span>
        <span>
          <i className="k-cap" />
          {m.today.limitAt(pc(percentOf(plan.limit)))}
        </span>
      </p>
    </>
  );
}

/* Days gone by are no longer planned: their free hours are the week's, or their own, less events. */
function freeOn(
  date: LocalDate,
  availability: Availability,
  occurrences: readonly Occurrence[],
  zone: string,
): number {
  const day = weekdayOf(date);
  return freeMinutes(
    takenOn(date, occurrences, zone).reduce(
      (week, taken) => paint(week, [day], taken, false),
      hoursOn(availability, date),
    ),
  );
}
