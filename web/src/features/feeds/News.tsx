import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { reviewFeed } from "../../api/actions";
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
      await reviewFeed(
        feed,
        take.map((id) => ({ id })),
        leave,
      );
      toast(said);
    } catch (error) {
      toast(describe(error).detail);
    } finally {
      setBusy(false);
    }
  };
  const changed = items.filter((i) => i.news === "changed").map((i) => i.id);
  return (
    <div className="stack">
      <h3>{m.feeds.news}</h3>
      <ul className="feed-news">
        {items.map((item) => (
          <li key={item.id}>
            <CalendarClock className="ic" />
            <span className="grow">
              <Rich text={newsOf(item, zone)} />
            </span>
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
          </li>
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
  );
}
