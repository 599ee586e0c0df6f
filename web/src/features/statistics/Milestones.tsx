import { CalendarCheck, Clock, Flag, ListChecks, type LucideIcon } from "lucide-react";
import type { Statistics } from "../../api/schema";
import { dayMonth } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { LocalDate } from "../../time/zone";
import { achievementsOf, streakOf, type Achievement } from "./figures";

const ICONS: Record<Achievement["kind"], LucideIcon> = {
  hours: Clock,
  tasks: ListChecks,
  onTime: Flag,
  days: CalendarCheck,
};

/* Days in a row, and what has been reached. What is not there yet is a number, never a reproach. */
export function Milestones({ figures, today }: { figures: Statistics; today: LocalDate }) {
  const { now, longest } = streakOf(figures.work, today);
  return (
    <section className="card stack" aria-labelledby="milestones">
      <h2 id="milestones">{m.statistics.milestones}</h2>
      <p>
        {now ? m.statistics.row(now.days, dayMonth(now.from)) : m.statistics.rowNew}{" "}
        <span className="soft">
          {longest && longest.days > (now?.days ?? 0) && m.statistics.longest(longest.days)}{" "}
          {m.statistics.forgiving}
        </span>
      </p>
      <ul className="milestones">
        {achievementsOf(figures, longest?.days ?? 0).map((a) => (
          <Milestone key={a.kind} achievement={a} />
        ))}
      </ul>
    </section>
  );
}

function Milestone({ achievement: a }: { achievement: Achievement }) {
  const Icon = ICONS[a.kind];
  return (
    <li className={a.reached === null ? "milestone" : "milestone on"}>
      <span className="i">
        <Icon className="ic" aria-hidden="true" />
      </span>
      <span>
        <b>
          {a.reached === null ? m.statistics.first[a.kind] : m.statistics.reached[a.kind](a.value)}
        </b>
        <span className="small soft">
          {a.next === null ? m.statistics.allReached : m.statistics.next(a.next, a.next - a.value)}
        </span>
      </span>
    </li>
  );
}
