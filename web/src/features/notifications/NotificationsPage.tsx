import {
  AlarmClock,
  Check,
  CheckCheck,
  CircleCheck,
  Info,
  Sprout,
  TriangleAlert,
  Trophy,
  X,
  type LucideIcon,
} from "lucide-react";
import { useState } from "react";
import { markTold } from "../../api/actions";
import { useNotifications, useSettings } from "../../api/queries";
import type { Notifications, Told } from "../../api/schema";
import { clock, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Bunny } from "../../ui/Bunny";
import { ErrorNote } from "../../ui/ErrorNote";
import { Rich } from "../../ui/Rich";
import { Skeleton } from "../../ui/Skeleton";
import { Link } from "../../ui/router";
import { toast } from "../../ui/toast";
import { wayOf, wordsOf } from "./words";
import "./notifications.css";

const ICONS: Record<Told["kind"], LucideIcon> = {
  reminder: AlarmClock,
  achievement: Trophy,
  motivation: Sprout,
  warning: TriangleAlert,
  success: CircleCheck,
  info: Info,
};

type Mark = (items: Told[], state: "read" | "dismissed", said: string) => Promise<void>;

/* What there is to know now: what is new, and below it what was read and is still so. */
export function NotificationsPage() {
  const { data, error, refetch } = useNotifications();
  const zone = useSettings().data?.zone;
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data || zone === undefined) return <Skeleton lines={6} />;
  return <Page told={data} zone={zone} />;
}

/* What is put away takes the focus with it: the next one has it then, or the heading. */
const nextTo = (item: Element | null | undefined) =>
  item?.nextElementSibling ?? item?.previousElementSibling ?? null;

const goOn = (next: Element | null) =>
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const there = next?.isConnected ? [...next.querySelectorAll("button")].at(-1) : undefined;
    (there ?? document.querySelector<HTMLElement>(".told-page h1"))?.focus();
  });

function Page({ told, zone }: { told: Notifications; zone: string }) {
  const [error, setError] = useState<unknown>(null);
  const fresh = told.items.filter((n) => !n.read);
  const known = told.items.filter((n) => n.read);
  const mark: Mark = async (items, state, said) => {
    setError(null);
    const next = nextTo(document.activeElement?.closest("li"));
    try {
      const was = items.some((n) => n.read) ? "read" : "unread";
      const ids = items.map((n) => n.id);
      toast(said, await markTold(ids, state, was));
      goOn(next);
    } catch (caught) {
      setError(caught);
    }
  };
  const allRead = () => mark(fresh, "read", m.notifications.allReadDone(fresh.length));
  return (
    <div className="told-page">
      <div className="head">
        <div>
          <h1 tabIndex={-1}>
            {fresh.length > 0 ? m.notifications.unread(fresh.length) : m.notifications.nothingNew}
          </h1>
          <p className="sub">
            {told.quiet_until === null
              ? m.notifications.lead
              : m.notifications.quiet(clock(told.quiet_until, zone))}
          </p>
        </div>
        <div className="row end">
          {fresh.length > 1 && (
            <button className="btn" onClick={() => void allRead()}>
              <CheckCheck className="ic" />
              {m.notifications.allRead}
            </button>
          )}
          <Link className="btn quiet" to="/settings#notifications">
            {m.notifications.settings}
          </Link>
        </div>
      </div>
      {error !== null && <ErrorNote error={error} />}
      {told.items.length === 0 && (
        <div className="card empty">
          <Bunny />
          <h2>{m.notifications.emptyTitle}</h2>
          <p>{m.notifications.emptyHint}</p>
        </div>
      )}
      {fresh.length > 0 && (
        <section className="card" aria-label={m.notifications.fresh}>
          <List items={fresh} zone={zone} mark={mark} />
        </section>
      )}
      {known.length > 0 && (
        <details className="card told-known">
          <summary>{m.notifications.earlier(known.length)}</summary>
          <List items={known} zone={zone} mark={mark} />
        </details>
      )}
    </div>
  );
}

function List({ items, zone, mark }: { items: Told[]; zone: string; mark: Mark }) {
  return (
    <ul className="told">
      {items.map((told) => (
        <Item key={told.id} told={told} zone={zone} mark={mark} />
      ))}
    </ul>
  );
}

function Item({ told, zone, mark }: { told: Told; zone: string; mark: Mark }) {
  const Icon = ICONS[told.kind];
  const way = wayOf(told);
  const words = wordsOf(told, zone);
  const about = words.replaceAll("**", "");
  return (
    <li className={`told-${told.kind}`}>
      <Icon className="ic" aria-hidden="true" />
      <div>
        <p>
          <Rich text={words} />
        </p>
        <p className="tiny soft">
          {m.notifications.kinds[told.kind]}
          {told.at !== null && (
            <>
              {" · "}
              <time dateTime={told.at}>{moment(told.at, zone)}</time>
            </>
          )}
        </p>
      </div>
      <div className="row nowrap told-acts">
        <Link
          className="btn sm"
          to={way.to}
          onClick={() => {
            if (!told.read) void markTold([told.id], "read", "unread").catch(() => undefined);
          }}
        >
          {way.words}
        </Link>
        {!told.read && (
          <button
            className="btn icon sm quiet"
            aria-label={`${m.notifications.read}: ${about}`}
            title={m.notifications.read}
            onClick={() => void mark([told], "read", m.notifications.readDone)}
          >
            <Check className="ic" />
          </button>
        )}
        <button
          className="btn icon sm quiet"
          aria-label={`${m.notifications.dismiss}: ${about}`}
          title={m.notifications.dismiss}
          onClick={() => void mark([told], "dismissed", m.notifications.dismissed)}
        >
          <X className="ic" />
        </button>
      </div>
    </li>
  );
}
