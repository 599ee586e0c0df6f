import { CircleAlert, Info, RefreshCw } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { forgetFeed, planChanged, refreshFeed } from "../../api/actions";
import { isBeingRead, useFeedItems, useSettings } from "../../api/queries";
import type { Feed, FeedItem } from "../../api/schema";
import { moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { Skeleton } from "../../ui/Skeleton";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";
import { News } from "./News";
import { Review } from "./Review";
import { hasNews, isWaiting } from "./items";

const PRODUCTS: Partial<Record<Feed["product"], string>> = {
  canvas: "Canvas",
  moodle: "Moodle",
  google: "Google",
  outlook: "Outlook",
};

/* One calendar: where it is from, what is new in it, and what has changed. */
export function FeedCard({ feed }: { feed: Feed }) {
  const { data: items, error, refetch } = useFeedItems(feed);
  useFollowing(feed);
  const zone = useSettings().data?.zone ?? "UTC";
  const heading = useId();
  return (
    <section className="card stack" aria-labelledby={heading}>
      <div className="row feed-head">
        <div className="grow">
          <h2 id={heading}>{feed.name}</h2>
          <p className="small soft">{[...about(feed, items ?? [], zone)].join(" · ")}</p>
        </div>
        {feed.address !== null && <ReadNow feed={feed} />}
        <Forget feed={feed} />
      </div>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!items && !error && <Skeleton lines={4} />}
      <Fault feed={feed} zone={zone} />
      <Remarks feed={feed} />
      {items && (
        <>
          <News feed={feed} items={items.filter(hasNews)} zone={zone} />
          <Review feed={feed} items={items.filter((i) => i.state === "new")} zone={zone} />
          {!items.some(isWaiting) && feed.fault === "none" && !isBeingRead(feed) && (
            <p>{m.feeds.allDone}</p>
          )}
        </>
      )}
    </section>
  );
}

function about(feed: Feed, items: FeedItem[], zone: string): string[] {
  const taken = items.filter((i) => i.state === "taken").length;
  const left = items.filter((i) => i.state === "left").length;
  return [
    PRODUCTS[feed.product] ?? m.feeds.someCalendar,
    ...(feed.address === null ? [] : [feed.address]),
    ...(isBeingRead(feed)
      ? [m.feeds.beingRead]
      : feed.checked === null
        ? feed.address === null
          ? [m.feeds.lastNew(moment(feed.read, zone))]
          : []
        : [m.feeds.lastRead(moment(feed.checked, zone))]),
    ...(taken + left > 0 ? [m.feeds.counts(taken, left)] : []),
  ];
}

/* A link that was read by itself may have moved tasks and events. */
function useFollowing(feed: Feed): void {
  const version = useRef(feed.version);
  useEffect(() => {
    if (version.current === feed.version) return;
    version.current = feed.version;
    void planChanged();
  }, [feed.version]);
}

function ReadNow({ feed }: { feed: Feed }) {
  const read = async () => {
    try {
      await refreshFeed(feed);
      toast(m.feeds.linkTaken);
    } catch (error) {
      toast(describe(error).detail);
    }
  };
  return (
    <button className="btn sm quiet" disabled={isBeingRead(feed)} onClick={() => void read()}>
      <RefreshCw className="ic" />
      {m.feeds.readNow}
    </button>
  );
}

/* Why a link cannot be read, and when it last could. */
function Fault({ feed, zone }: { feed: Feed; zone: string }) {
  if (feed.fault === "none" || feed.failing === null) return null;
  const since = moment(feed.failing, zone);
  return (
    <div className="note warn">
      <CircleAlert className="ic" />
      <div>
        <b>{m.feeds.faults[feed.fault]}</b>{" "}
        {feed.checked === null
          ? m.feeds.neverWorked(since)
          : m.feeds.lastWorked(since, moment(feed.checked, zone))}
      </div>
    </div>
  );
}

function Remarks({ feed }: { feed: Feed }) {
  if (feed.remarks.length === 0) return null;
  return (
    <div className="note info">
      <Info className="ic" />
      <div>
        {feed.left_out > 0 ? m.feeds.leftOut(feed.left_out) : m.feeds.toKnow}
        <ul>
          {feed.remarks.map((remark, i) => (
            <li key={i}>{m.feeds.reasons[remark.reason](remark.title)}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/* It cannot be taken back, so it is asked. */
function Forget({ feed }: { feed: Feed }) {
  const [asking, setAsking] = useState(false);
  const forget = async () => {
    setAsking(false);
    try {
      await forgetFeed(feed);
      toast(m.feeds.forgotten(feed.name));
    } catch (error) {
      toast(describe(error).detail);
    }
  };
  return (
    <>
      <button className="btn sm quiet" onClick={() => setAsking(true)}>
        {m.feeds.forget}
      </button>
      {asking && (
        <Dialog title={m.feeds.forgetTitle(feed.name)} mustAnswer onClose={() => setAsking(false)}>
          <div className="stack">
            <p>{m.feeds.forgetAsk}</p>
            <div className="row dialog-foot">
              <button className="btn" autoFocus onClick={() => setAsking(false)}>
                {m.feeds.forgetKeep}
              </button>
              <button className="btn dng solid end" onClick={() => void forget()}>
                {m.feeds.forgetYes}
              </button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
