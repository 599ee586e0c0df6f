import { CalendarClock } from "lucide-react";
import { useState, type ReactNode } from "react";
import { decideNews } from "../../api/actions";
import type { Feed, FeedItem } from "../../api/schema";
import { m } from "../../i18n/messages";
import { Rich } from "../../ui/Rich";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";
import { newsOf } from "./items";

interface Props {
  feed: Feed;
  items: FeedItem[];
  zone: string;
}

/* What the calendar says otherwise than when it was taken: each is taken over, or left. */
export function News({ feed, items, zone }: Props) {
  const [busy, setBusy] = useState(false);
  if (items.length === 0) return null;
  const decide = async (take: string[], leave: string[], said: string) => {
    setBusy(true);
    try {
      toast(said, await decideNews(feed, take, leave));
    } catch (error) {
      toast(describe(error).detail);
    } finally {
      setBusy(false);
    }
  };
  const followed = items.filter((i) => i.news === "followed");
  const asked = items.filter((i) => i.news !== "followed");
  const changed = asked.filter((i) => i.news === "changed").map((i) => i.id);
  return (
    <>
      {followed.length > 0 && (
        <div className="stack">
          <h3>{m.feeds.moved}</h3>
          <ul className="feed-news">
            {followed.map((item) => (
              <Line key={item.id} item={item} zone={zone} />
            ))}
          </ul>
          <button
            className="btn sm"
            disabled={busy}
            onClick={() =>
              void decide(
                followed.map((i) => i.id),
                [],
                m.feeds.seen,
              )
            }
          >
            {m.feeds.seenAll(followed.length)}
          </button>
        </div>
      )}
      {asked.length > 0 && (
        <div className="stack">
          <h3>{m.feeds.news}</h3>
          <ul className="feed-news">
            {asked.map((item) => (
              <Line key={item.id} item={item} zone={zone}>
                <button
                  className="btn sm"
                  disabled={busy}
                  onClick={() => void decide([item.id], [], m.feeds.followed(item.now.title))}
                >
                  {item.news === "changed"
                    ? m.feeds.follow
                    : item.form === "task"
                      ? m.feeds.dropTask
                      : m.feeds.deleteEvent}
                </button>
                <button
                  className="btn sm quiet"
                  disabled={busy}
                  onClick={() => void decide([], [item.id], m.feeds.stayed(item.now.title))}
                >
                  {item.news === "changed" ? m.feeds.stay : m.feeds.keep}
                </button>
              </Line>
            ))}
          </ul>
          {changed.length > 1 && (
            <button
              className="btn"
              disabled={busy}
              onClick={() => void decide(changed, [], m.feeds.followedAll(changed.length))}
            >
              {m.feeds.followAll(changed.length)}
            </button>
          )}
        </div>
      )}
    </>
  );
}

interface LineProps {
  item: FeedItem;
  zone: string;
  children?: ReactNode;
}

function Line({ item, zone, children }: LineProps) {
  return (
    <li>
      <CalendarClock className="ic" />
      <span className="grow">
        <Rich text={newsOf(item, zone)} />
      </span>
      {children}
    </li>
  );
}
