import { CalendarClock, CalendarPlus, Gauge, Scissors, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { acceptPlan, editTask, saveDay, type Undo } from "../../api/actions";
import { useAvailability, useOccurrences, useTasks } from "../../api/queries";
import type { Availability, Occurrence, Ratio, Repair, Schedule, Task } from "../../api/schema";
import { duration, list, longDay, moment, time } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { plannedMinutes } from "../../plan/chart";
import { loadsOf, percentOf, sameRatio, shareOf } from "../../plan/loads";
import { hoursOn, paint, roomFor, takenOn, windowsOf } from "../../plan/windows";
import { wallAt, weekdayOf } from "../../time/zone";
import { ErrorNote } from "../../ui/ErrorNote";
import { Link } from "../../ui/router";
import { toast } from "../../ui/toast";

interface Offer {
  key: string;
  icon: ReactNode;
  title: string;
  detail: string;
  apply: (() => Promise<Undo>) | null;
}

/* The smallest changes that make everything fit, each enough by itself. */
export function Repairs({ plan }: { plan: Schedule }) {
  const tasks = useTasks().data ?? [];
  const free = useAvailability().data;
  const occurrences = useOccurrences(plan.days[0]?.date ?? "", plan.days.length).data;
  const hours = free && occurrences && { free, occurrences };
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const offers = plan.repairs
    .map((repair) => offerOf(repair, plan, tasks, hours))
    .filter((offer) => offer !== null);
  const possible = offers.filter((o) => o.apply);

  const apply = async (offer: Offer) => {
    if (!offer.apply) return;
    setBusy(offer.key);
    setError(null);
    try {
      toast(offer.title, await offer.apply());
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(null);
    }
  };

  return (
    <section className="stack repairs" aria-labelledby="repairs">
      <div>
        <h2 id="repairs">{m.repair.title}</h2>
        <p className="small soft">{offers.length > 0 ? m.repair.lead : m.repair.noneLead}</p>
      </div>
      {error !== null && <ErrorNote error={error} />}
      {offers.map((offer) => (
        <article
          key={offer.key}
          className={offer.apply ? (offer === possible[0] ? "repair on" : "repair") : "repair off"}
        >
          <span className="i">{offer.icon}</span>
          <div>
            <h3>{offer.title}</h3>
            <p>{offer.detail}</p>
          </div>
          {offer.apply ? (
            <button
              className={offer === possible[0] ? "btn pri" : "btn"}
              aria-label={m.repair.applyNamed(offer.title)}
              disabled={busy !== null}
              onClick={() => void apply(offer)}
            >
              {busy === offer.key ? m.repair.applying : m.repair.apply}
            </button>
          ) : (
            <span className="btn" aria-disabled="true">
              {m.repair.impossible}
            </span>
          )}
        </article>
      ))}
      {!plan.repairs.some((r) => r.kind === "raise") && <RaiseWouldNotHelp plan={plan} />}
      <p className="small soft">
        {m.repair.orElse} <Link to="/settings#free-hours">{m.repair.editHours}</Link>
      </p>
    </section>
  );
}

function RaiseWouldNotHelp({ plan }: { plan: Schedule }) {
  const until = plan.critical ? moment(plan.critical.until, plan.zone) : "";
  return (
    <article className="repair off">
      <span className="i">
        <Gauge className="ic" />
      </span>
      <div>
        <h3>{m.repair.raisePlain}</h3>
        <p>
          {sameRatio(plan.limit, { num: 1, den: 1 })
            ? m.repair.raiseUsed(until)
            : m.repair.raiseNotEnough(until)}
        </p>
      </div>
      <span className="btn" aria-disabled="true">
        {m.repair.impossible}
      </span>
    </article>
  );
}

/* What decides when a day is free. */
interface Hours {
  free: Availability;
  occurrences: Occurrence[];
}

function offerOf(
  repair: Repair,
  plan: Schedule,
  tasks: Task[],
  hours: Hours | undefined,
): Offer | null {
  const task = tasks.find((t) => t.id === repair.task_id);
  const key = `${repair.kind} ${repair.task_id ?? repair.date ?? ""}`;
  switch (repair.kind) {
    case "raise":
      return repair.to && raiseOffer(key, repair.to, plan);
    case "free":
      return hours ? freeOffer(key, repair, plan, hours) : null;
    case "drop":
      return (
        (task && {
          key,
          icon: <Trash2 className="ic" />,
          title: m.repair.drop(task.title),
          detail: m.repair.dropDetail(duration(task.remaining_min), task.priority),
          apply: () => editTask(task, { state: "dropped" }),
        }) ??
        null
      );
    case "shorten":
      return task && repair.minutes ? shortenOffer(key, task, repair.minutes) : null;
    case "extend": {
      const until = repair.until;
      if (!task || !until) return null;
      return {
        key,
        icon: <CalendarClock className="ic" />,
        title: m.repair.extend(task.title),
        detail: m.repair.extendDetail(moment(until, plan.zone), moment(task.due, plan.zone)),
        apply: () => editTask(task, { due: until }),
      };
    }
  }
}

function raiseOffer(key: string, to: Ratio, plan: Schedule): Offer {
  const free = Math.max(0, ...plan.days.map((d) => d.free_min));
  return {
    key,
    icon: <Gauge className="ic" />,
    title: m.repair.raise(Math.ceil((to.num * 100) / to.den)),
    detail: m.repair.raiseDetail(
      duration(shareOf(free, to)),
      percentOf(plan.limit),
      duration(loadsOf(plan.days, plan.pace).maxMin),
    ),
    apply: () => acceptPlan({ limit: to }),
  };
}

function shortenOffer(key: string, task: Task, minutes: number): Offer {
  const left = plannedMinutes(task.remaining_min) - minutes;
  return {
    key,
    icon: <Scissors className="ic" />,
    title: m.repair.shorten(task.title, duration(minutes)),
    detail: m.repair.shortenDetail(duration(task.remaining_min), duration(left)),
    apply: () => editTask(task, { remaining_min: left }),
  };
}

/* More hours on that day only, beside what takes place on it. */
function freeOffer(key: string, repair: Repair, plan: Schedule, hours: Hours): Offer | null {
  const { date, minutes } = repair;
  if (date === null || minutes === null) return null;
  const now = wallAt(Date.parse(plan.now), plan.zone);
  const until = repair.until && wallAt(Date.parse(repair.until), plan.zone);
  const after = now.date === date ? Math.ceil(now.minutes / 5) * 5 : 0;
  const before = until && until.date === date ? Math.floor(until.minutes / 5) * 5 : 1440;
  const day = weekdayOf(date);
  const own = hoursOn(hours.free, date);
  const taken = takenOn(date, hours.occurrences, plan.zone);
  const room = roomFor(
    taken.reduce((week, span) => paint(week, [day], span, true), own),
    day,
    minutes,
    after,
    before,
  );
  return {
    key,
    icon: <CalendarPlus className="ic" />,
    title: m.repair.free(duration(minutes), longDay(date)),
    detail: room
      ? m.repair.freeDetail(longDay(date), list(room.map((r) => `${time(r.from)}–${time(r.to)}`)))
      : m.repair.freeNoRoom(longDay(date)),
    apply:
      room &&
      (() => {
        const more = room.reduce((week, span) => paint(week, [day], span, true), own);
        const windows = windowsOf(more).map(({ start, end }) => ({ start, end }));
        return saveDay(date, windows);
      }),
  };
}
