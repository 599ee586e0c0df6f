import { useSettings } from "../../api/queries";
import type { Schedule, Task } from "../../api/schema";
import { duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Rich } from "../../ui/Rich";
import { Link } from "../../ui/router";

const SHOWN = 4;

/* Tasks that are on time but not so early as was wished, and by how much. */
export function Buffers({ plan, tasks }: { plan: Schedule; tasks: Task[] }) {
  const buffer = useSettings().data?.buffer_min ?? 0;
  const { buffers } = plan;
  if (buffers.length === 0 || buffer === 0) return null;
  const titleOf = (id: string) => tasks.find((t) => t.id === id)?.title ?? "";
  return (
    <section className="card stack plan-buffers" aria-labelledby="buffers">
      <div className="row">
        <h2 id="buffers">{m.plan.buffers(buffers.length, duration(buffer))}</h2>
        <Link className="btn sm end" to="/settings#wishes">
          {m.plan.buffersWay}
        </Link>
      </div>
      <p className="small soft">{m.plan.buffersLead}</p>
      <ul className="stack unfinished">
        {buffers.slice(0, SHOWN).map((b) => (
          <li key={b.task_id}>
            <Rich
              text={m.plan.buffer(
                titleOf(b.task_id),
                moment(b.end, plan.zone),
                duration(b.broken_min),
              )}
            />
          </li>
        ))}
      </ul>
      {buffers.length > SHOWN && (
        <p className="small soft">{m.plan.moreUnfinished(buffers.length - SHOWN)}</p>
      )}
    </section>
  );
}
