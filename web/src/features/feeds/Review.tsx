import { useId, useState } from "react";
import { reopenFeed, reviewFeed } from "../../api/actions";
import type { Feed, FeedItem } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { parseDuration } from "../../line/duration";
import { ErrorNote } from "../../ui/ErrorNote";
import { toast } from "../../ui/toast";
import { isNew, order, whenOf } from "./items";

interface Props {
  feed: Feed;
  items: FeedItem[];
  zone: string;
}

/* What is new: chosen, with the time that each task needs, and added together. */
export function Review({ feed, items, zone }: Props) {
  /* What was ticked or not by hand, which holds when the calendar is read again meanwhile. */
  const [ticks, setTicks] = useState<Record<string, boolean>>({});
  const [estimates, setEstimates] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (items.length === 0) return null;

  const tasks = items.filter(isNew("task")).sort(order);
  const events = items.filter(isNew("event")).sort(order);
  const taken = items.filter((i) => ticks[i.id] ?? i.suggested);
  const chosen = new Set(taken.map((i) => i.id));
  const rest = items.filter((i) => !chosen.has(i.id));
  const choose = (ids: string[], on: boolean) =>
    setTicks((now) => ({ ...now, ...Object.fromEntries(ids.map((id) => [id, on])) }));
  const wrong = taken.filter(
    (i) => estimates[i.id] !== undefined && parseDuration(estimates[i.id] ?? "") === null,
  );
  const decide = async (take: FeedItem[], leave: FeedItem[], said: string) => {
    setBusy(true);
    setError(null);
    try {
      const choices = take.map(({ id }) => {
        const minutes = parseDuration(estimates[id] ?? "");
        return { id, ...(minutes !== null && { estimate_min: minutes }) };
      });
      await reviewFeed(
        feed,
        choices,
        leave.map((i) => i.id),
      );
      const decided = [...take, ...leave].map((i) => i.id);
      toast(said, () => reopenFeed(feed, decided));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const counts = [
    taken.filter((i) => i.form === "task").length,
    taken.filter((i) => i.form === "event").length,
  ] as const;
  const common = { chosen, choose, zone, estimates, setEstimates };

  return (
    <div className="stack">
      {tasks.length > 0 && <Group title={m.feeds.toDo} items={tasks} {...common} />}
      {events.length > 0 && <Group title={m.feeds.timetable} items={events} {...common} />}
      {error !== null && <ErrorNote typed error={error} />}
      <div className="row feed-foot">
        <button
          className="btn pri"
          disabled={busy || taken.length === 0 || wrong.length > 0}
          onClick={() => void decide(taken, [], m.feeds.taken(...counts))}
        >
          {taken.length === 0 ? m.feeds.takeNone : m.feeds.take(...counts)}
        </button>
        {rest.length > 0 && (
          <button
            className="btn quiet"
            disabled={busy}
            onClick={() => void decide([], rest, m.feeds.left(rest.length))}
          >
            {taken.length === 0 ? m.feeds.leaveAll(rest.length) : m.feeds.leave(rest.length)}
          </button>
        )}
      </div>
    </div>
  );
}

interface GroupProps {
  title: string;
  items: FeedItem[];
  chosen: Set<string>;
  choose: (ids: string[], on: boolean) => void;
  zone: string;
  estimates: Record<string, string>;
  setEstimates: (set: (now: Record<string, string>) => Record<string, string>) => void;
}

function Group({ title, items, chosen, choose, ...rest }: GroupProps) {
  const heading = useId();
  const on = items.filter((i) => chosen.has(i.id)).length;
  return (
    <div role="group" aria-labelledby={heading} className="feed-group">
      <div className="row">
        <h3 id={heading} className="grow">
          {title}
        </h3>
        {items.length > 1 && (
          <label className="check-line">
            <input
              type="checkbox"
              ref={(box) => {
                if (box) box.indeterminate = on > 0 && on < items.length;
              }}
              checked={on === items.length}
              onChange={(e) =>
                choose(
                  items.map((i) => i.id),
                  e.target.checked,
                )
              }
            />
            {m.feeds.all(items.length)}
          </label>
        )}
      </div>
      <ul className="feed-items">
        {items.map((item) => (
          <Row
            key={item.id}
            item={item}
            on={chosen.has(item.id)}
            onChoose={(now) => choose([item.id], now)}
            {...rest}
          />
        ))}
      </ul>
    </div>
  );
}

interface RowProps {
  item: FeedItem;
  on: boolean;
  onChoose: (on: boolean) => void;
  zone: string;
  estimates: Record<string, string>;
  setEstimates: GroupProps["setEstimates"];
}

function Row({ item, on, onChoose, zone, estimates, setEstimates }: RowProps) {
  const id = useId();
  const { title } = item.now;
  const typed = estimates[item.id] ?? duration(item.estimate_min);
  const bad = on && parseDuration(typed) === null;
  return (
    <li className={on ? "on" : undefined}>
      <label className="feed-name">
        <input type="checkbox" checked={on} onChange={(e) => onChoose(e.target.checked)} />
        <span>
          {title}
          <span className="row small soft">
            {item.course !== null && <span className="tag">{item.course}</span>}
            {item.category !== "other" && <span>{m.feeds.categories[item.category]}</span>}
            <span className="num">{whenOf(item.now, zone)}</span>
          </span>
        </span>
      </label>
      {item.form === "task" && (
        <span className={bad ? "field bad" : "field"}>
          <input
            className="inp num"
            aria-label={m.feeds.estimateOf(title)}
            aria-invalid={bad || undefined}
            aria-describedby={bad ? id : undefined}
            disabled={!on}
            value={typed}
            onChange={(e) => setEstimates((now) => ({ ...now, [item.id]: e.target.value }))}
          />
          {bad && (
            <span id={id} className="err">
              {m.feeds.badEstimate}
            </span>
          )}
        </span>
      )}
    </li>
  );
}
