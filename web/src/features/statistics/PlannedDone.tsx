import { dayDate, dayNumber, duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ChartCard } from "../../ui/ChartCard";
import type { Day } from "./figures";

/* Each day's planned minutes beside those that were done. */
export function PlannedDone({ days }: { days: Day[] }) {
  const planned = days.reduce((sum, d) => sum + d.planned, 0);
  const done = days.reduce((sum, d) => sum + d.done, 0);
  const sentence =
    planned > 0
      ? m.statistics.plannedSentence(days.length, duration(planned), duration(done))
      : m.statistics.doneSentence(days.length, duration(done));
  return (
    <ChartCard
      title={m.statistics.planned(days.length)}
      picture={
        <>
          <p className="small soft">{sentence}</p>
          <Picture days={days} sentence={sentence} />
          <div className="key" aria-hidden="true">
            <span>
              <i className="b-planned" />
              {m.statistics.keyPlanned}
            </span>
            <span>
              <i className="b-done" />
              {m.statistics.keyDone}
            </span>
          </div>
        </>
      }
      table={
        <table className="tbl">
          <thead>
            <tr>
              <th>{m.statistics.day}</th>
              <th>{m.statistics.keyPlanned}</th>
              <th>{m.statistics.keyDone}</th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((d) => (
              <tr key={d.date}>
                <td>{dayDate(d.date)}</td>
                <td className="num">{duration(d.planned)}</td>
                <td className="num">{duration(d.done)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function Picture({ days, sentence }: { days: Day[]; sentence: string }) {
  const most = Math.max(1, ...days.map((d) => Math.max(d.planned, d.done)));
  const high = (minutes: number) => ({ height: `${(minutes / most) * 100}%` });
  return (
    <div className="bars" role="img" aria-label={sentence}>
      <div className="bars-plot">
        {days.map((d) => (
          <div key={d.date} className="bars-pair">
            {d.planned > 0 && <i className="b-planned" style={high(d.planned)} />}
            {d.done > 0 && <i className="b-done" style={high(d.done)} />}
          </div>
        ))}
      </div>
      <div className="bars-names">
        {days.map((d) => (
          <span key={d.date}>{dayNumber(d.date)}</span>
        ))}
      </div>
    </div>
  );
}
