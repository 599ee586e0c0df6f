import { CalendarCheck, Clock, Flag, ListChecks, type LucideIcon } from "lucide-react";
import type { Statistics } from "../../api/schema";
import { dayMonth } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { LocalDate } from "../../time/zone";
import { rowNow } from "./figures";

type Reached = Statistics["milestones"][number];

const ICONS: Record<Reached["kind"], LucideIcon> = {
  hours: Clock,
  tasks: ListChecks,
  on_time: Flag,
  days: CalendarCheck,
};

/* Days in a row, and what has been reached. What is not there yet is a number, never a reproach. */
export function Milestones({ figures, today }: { figures: Statistics; today: LocalDate }) {
  const now = rowNow(figures.work, today);
  const longest = figures.milestones.find((a) => a.kind === "days")?.value ?? 0;
  return (
    <section className="card stack" aria-labelledby="milestones">
      <h2 id="milestones">{m.statistics.milestones}</h2>
      <p>
        {now ? m.statistics.row(now.days, dayMonth(now.from)) : m.statistics.rowNew}{" "}
        <span className="soft">
          {longest > (now?.days ?? 0) && m.statistics.longest(longest)} {m.statistics.forgiving}
        </span>
      </p>
      <ul className="milestones">
        {figures.milestones.map((a) => (
          <Milestone key={a.kind} milestone={a} />
        ))}
      </ul>
    </section>
  );
}

function Milestone({ milestone: a }: { milestone: Reached }) {
  const Icon = ICONS[a.kind];
  return (
    <li className={a.reached === 0 ? "milestone" : "milestone on"}>
      <span className="i">
        <Icon className="ic" aria-hidden="true" />
      </span>
      <span>
        <b>
          {a.reached === 0 ? m.statistics.first[a.kind] : m.statistics.reached[a.kind](a.value)}
        </b>
        <span className="small soft">
          {a.next === 0 ? m.statistics.allReached : m.statistics.next(a.next, a.next - a.value)}
        </span>
      </span>
    </li>
  );
}
