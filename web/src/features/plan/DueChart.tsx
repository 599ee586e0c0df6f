import type { Ratio, Schedule, Task } from "../../api/schema";
import { dayShort, dayMonth, duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { capacityCurve, valueAt, workSteps, type Point } from "../../plan/chart";
import { addDays, instantOf, wallAt } from "../../time/zone";
import { ChartCard } from "../../ui/ChartCard";
import { useWidth } from "../../ui/useWidth";

const HEIGHT = 250;
const TOP = 16;
const BOTTOM = 26;
const LEFT = 44;
const RIGHT = 12;
const LABEL_PX = 58;
/* Below this width there is no room for a second line at the mark. */
const NARROW_PX = 480;
const DAY_MS = 86_400_000;
const FULL: Ratio = { num: 1, den: 1 };

interface Series {
  start: number;
  end: number;
  work: Point[];
  share: Ratio;
  percent: number;
  capacity: Point[];
  full: Point[];
}

function seriesOf(plan: Schedule, tasks: Task[]): Series {
  const start = Date.parse(plan.now);
  const feasible = plan.certificate.feasible;
  const until = plan.critical ? Date.parse(plan.critical.until) : start;
  const last = Math.max(
    ...tasks.filter((t) => t.state === "open").map((t) => Date.parse(t.due)),
    start + DAY_MS,
  );
  const beyond = until + Math.max(2 * DAY_MS, (until - start) * 0.6);
  const end = Math.min(last + DAY_MS / 2, feasible ? Infinity : beyond);
  const share = feasible && plan.minimum_intensity ? plan.minimum_intensity : plan.limit;
  const within = (curve: Point[]) => [
    ...curve.filter((p) => p.at <= end),
    { at: end, min: valueAt(curve, end) },
  ];
  return {
    start,
    end,
    share,
    percent:
      feasible && plan.minimum_intensity
        ? plan.minimum_intensity.percent
        : Math.round((share.num * 100) / share.den),
    work: workSteps(tasks, plan.factors, start, end),
    capacity: within(capacityCurve(plan.days, start, share)),
    full: within(capacityCurve(plan.days, start, FULL)),
  };
}

/* Work due against the time there is. */
export function DueChart({ plan, tasks }: { plan: Schedule; tasks: Task[] }) {
  const series = seriesOf(plan, tasks);
  return (
    <ChartCard
      title={plan.certificate.feasible ? m.chart.title : m.chart.titleTight}
      picture={
        <>
          <DuePicture plan={plan} series={series} />
          <Key plan={plan} percent={series.percent} />
        </>
      }
      table={<DueTable plan={plan} tasks={tasks} series={series} />}
    />
  );
}

function DueTable({ plan, tasks, series }: { plan: Schedule; tasks: Task[]; series: Series }) {
  const now = Date.parse(plan.now);
  const dues = [
    ...new Set(
      tasks
        .filter((t) => t.state === "open" && t.remaining_min > 0)
        .map((t) => Date.parse(t.due))
        .filter((at) => at > now && at <= series.end),
    ),
  ].sort((a, b) => a - b);
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{m.chart.by}</th>
          <th>{m.chart.work}</th>
          <th>{m.chart.studyTime(series.percent)}</th>
          <th>{m.chart.allFree}</th>
        </tr>
      </thead>
      <tbody>
        {dues.map((at) => (
          <tr key={at}>
            <td>{moment(at, plan.zone)}</td>
            <td>
              {duration(Math.max(0, ...series.work.filter((p) => p.at <= at).map((p) => p.min)))}
            </td>
            <td>{duration(valueAt(series.capacity, at))}</td>
            <td>{duration(valueAt(series.full, at))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Key({ plan, percent }: { plan: Schedule; percent: number }) {
  return (
    <div className="key" aria-hidden="true">
      <span>
        <i className="k-work" />
        {m.chart.keyWork}
      </span>
      <span>
        <i className="k-cap" />
        {plan.certificate.feasible || percent < 100 ? m.chart.keyTime(percent) : m.chart.keyAllTime}
      </span>
      {(plan.certificate.feasible || percent < 100) && (
        <span>
          <i className="k-full" />
          {m.chart.keyFull}
        </span>
      )}
    </div>
  );
}

const niceHours = (max: number) => [1, 2, 5, 10, 20, 50, 100, 200].find((s) => max / s <= 5) ?? 500;

function DuePicture({ plan, series }: { plan: Schedule; series: Series }) {
  const [ref, width] = useWidth<HTMLDivElement>(720);
  const { start, end, work, capacity, full } = series;
  const top = Math.max(...work.map((p) => p.min), ...full.map((p) => p.min), 60);
  const step = niceHours(top / 60) * 60;
  const ceiling = Math.ceil(top / step) * step;
  const x = (at: number) => LEFT + ((at - start) / (end - start)) * (width - LEFT - RIGHT);
  const y = (min: number) => TOP + (1 - min / ceiling) * (HEIGHT - TOP - BOTTOM);
  const line = (points: Point[]) =>
    points.map((p, i) => `${i ? "L" : "M"}${x(p.at).toFixed(1)} ${y(p.min).toFixed(1)}`).join("");
  const critical = plan.critical;
  const sentence = critical
    ? m.chart.sentence(
        moment(critical.until, plan.zone),
        duration(critical.work_min),
        duration(critical.free_min),
        plan.certificate.feasible,
      )
    : m.chart.nothing;

  return (
    <div ref={ref} className="chart-box">
      <svg className="chart" width={width} height={HEIGHT} role="img" aria-label={sentence}>
        {Array.from({ length: ceiling / step + 1 }, (_, i) => (
          <g key={i}>
            <path className="ax" d={`M${LEFT} ${y(i * step)}H${width - RIGHT}`} />
            <text x={LEFT - 8} y={y(i * step) + 4} textAnchor="end">
              {(i * step) / 60} h
            </text>
          </g>
        ))}
        <DayTicks {...{ start, end, zone: plan.zone, x, width }} />
        <path className="cap-a" d={`${line(capacity)}V${y(0)}H${LEFT}Z`} />
        <path className="full" d={line(full)} />
        <path className="cap" d={line(capacity)} />
        <path className="wrk" d={line(work)} />
        {critical && <Tight {...{ plan, x, y, width }} />}
      </svg>
    </div>
  );
}

interface TickProps {
  start: number;
  end: number;
  zone: string;
  width: number;
  x: (at: number) => number;
}

/* Day names while there is room for them; then dates, a week or more apart. */
function DayTicks({ start, end, zone, width, x }: TickProps) {
  const days = (end - start) / DAY_MS;
  const room = Math.max(1, Math.floor((width - LEFT - RIGHT) / LABEL_PX));
  const step = [1, 2, 3, 7, 14, 28, 56].find((s) => days / s <= room) ?? 112;
  const first = addDays(wallAt(start, zone).date, 1);
  const dates = Array.from({ length: Math.ceil(days / step) }, (_, i) => addDays(first, i * step));
  return dates.map((date) => {
    const at = x(instantOf(date, 0, zone));
    if (at > width - 28) return null;
    return (
      <text key={date} x={at} y={HEIGHT - 6} textAnchor={at < LEFT + 20 ? "start" : "middle"}>
        {step < 7 ? dayShort(date) : dayMonth(date)}
      </text>
    );
  });
}

interface TightProps {
  plan: Schedule;
  width: number;
  x: (at: number) => number;
  y: (min: number) => number;
}

function Tight({ plan, width, x, y }: TightProps) {
  const critical = plan.critical;
  if (!critical) return null;
  const at = x(Date.parse(critical.until));
  const left = at > width * 0.6;
  const label = { x: left ? at - 10 : at + 10, textAnchor: left ? "end" : "start" } as const;
  /* Both lines stay above the axis. */
  const middle = Math.min((y(critical.work_min) + y(0)) / 2, y(0) - 22);
  if (plan.certificate.feasible)
    return (
      <>
        <path className="tl1" d={`M${at} ${y(critical.work_min)}V${y(0)}`} />
        <circle className="tight" cx={at} cy={y(critical.work_min)} r="6" />
        <text {...label} className="cr halo" y={middle - 4}>
          {m.chart.tightAt(moment(critical.until, plan.zone))}
        </text>
        {width > NARROW_PX && (
          <text {...label} className="halo" y={middle + 13}>
            {m.chart.tightHours(duration(critical.work_min), duration(critical.free_min))}
          </text>
        )}
      </>
    );
  const high = y(critical.work_min);
  const low = y(critical.free_min);
  return (
    <>
      <path className="bad" d={`M${at - 4} ${high}h8V${low}h-8Z`} />
      <path className="late" d={`M${at} ${TOP}V${y(0)}`} />
      <path className="brk" d={`M${LEFT} ${y(0)}H${at}`} />
      <text {...label} className="bt halo" y={Math.max(TOP + 12, (high + low) / 2 - 2)}>
        {m.chart.short(duration(plan.short_min))}
      </text>
      <text {...label} className="str halo" y={Math.max(TOP + 27, (high + low) / 2 + 13)}>
        {m.chart.before(moment(critical.until, plan.zone))}
      </text>
    </>
  );
}
