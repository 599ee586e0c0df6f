import { useChances, useTasks } from "../../api/queries";
import type { Chances as ChancesReply } from "../../api/schema";
import { moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Rich } from "../../ui/Rich";

const SHOWN = 6;

type Deadline = ChancesReply["deadlines"][number];

/* Never certain: what is learned is a guess. */
const words = (percent: number) =>
  percent >= 100
    ? m.estimates.surely
    : percent <= 0
      ? m.estimates.hardly
      : m.estimates.percent(percent);

/* How likely each deadline is met, once enough tasks are finished to say. */
export function Chances({ zone }: { zone: string }) {
  const chances = useChances().data;
  const tasks = useTasks().data ?? [];
  if (!chances || chances.all_percent === null) return null;
  const told = chances.deadlines.filter((d) => d.percent !== null);
  const least = [...told].sort((a, b) => (a.percent ?? 0) - (b.percent ?? 0));
  const rest = least[SHOWN];
  const name = (d: Deadline) => {
    const title = tasks.find((t) => t.id === d.tasks[0])?.title ?? "";
    return d.tasks.length > 1 ? m.estimates.andMore(title, d.tasks.length - 1) : title;
  };
  return (
    <section className="card stack chances" aria-labelledby="chances">
      <h2 id="chances">{m.estimates.chances}</h2>
      <p>
        <Rich text={m.estimates.all(chances.deadlines.length, words(chances.all_percent))} />
      </p>
      <p className="small soft">{m.estimates.chancesLead(chances.known, chances.tasks)}</p>
      <div className="scroll-x" tabIndex={0} role="group" aria-label={m.estimates.least}>
        <table className="tbl">
          <caption className="vh">{m.estimates.least}</caption>
          <thead>
            <tr>
              <th>{m.estimates.due}</th>
              <th>{m.estimates.what}</th>
              <th>{m.estimates.chance}</th>
            </tr>
          </thead>
          <tbody>
            {least.slice(0, SHOWN).map((d) => (
              <tr key={d.due}>
                <td className="num">{moment(d.due, zone)}</td>
                <td>{name(d)}</td>
                <td className="num">{words(d.percent ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest && (
        <p className="small soft">
          {m.estimates.above(least.length - SHOWN, words(rest.percent ?? 0))}
        </p>
      )}
    </section>
  );
}
