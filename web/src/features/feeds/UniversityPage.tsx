import { useQueries } from "@tanstack/react-query";
import { feedItemsQuery, useFeeds } from "../../api/queries";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { Skeleton } from "../../ui/Skeleton";
import { AddCalendar } from "./AddCalendar";
import { FeedCard } from "./FeedCard";
import { FollowLink } from "./FollowLink";
import { isWaiting } from "./items";
import "./feeds.css";

/* The calendars of others: bringing them, looking through what is new, and what has changed. */
export function UniversityPage() {
  const { data: feeds, error, refetch } = useFeeds();
  const items = useQueries({
    queries: (feeds ?? []).map((feed) => feedItemsQuery(feed)),
  });
  if (error && !feeds) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!feeds) return <Skeleton lines={6} />;
  const waiting = items.flatMap((each) => each.data ?? []).filter(isWaiting).length;
  return (
    <>
      <div className="head">
        <div>
          <h1 tabIndex={-1}>{m.feeds.title}</h1>
          <p className="sub">
            {feeds.length === 0
              ? m.feeds.nothingYet
              : waiting > 0
                ? m.feeds.waiting(waiting)
                : m.feeds.lookedThrough}
          </p>
        </div>
      </div>
      <div className="feeds">
        {feeds.length === 0 && <Adding />}
        {feeds.map((feed) => (
          <FeedCard key={feed.id} feed={feed} />
        ))}
        {feeds.length > 0 && <Adding />}
      </div>
    </>
  );
}

function Adding() {
  return (
    <>
      <FollowLink />
      <AddCalendar />
    </>
  );
}
