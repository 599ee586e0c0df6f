import { CalendarPlus, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { makePlanLink, revokePlanLink } from "../../api/actions";
import { usePlanLinks, useSettings } from "../../api/queries";
import type { PlanLink } from "../../api/schema";
import { moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { Field } from "../../ui/Field";
import { copyField } from "../../ui/copyField";
import { toast } from "../../ui/toast";
import "./feeds.css";

/* Secret links by which other calendars show the plan. */
export function PlanLinkSection() {
  const links = usePlanLinks().data;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (step: () => Promise<void>, said?: string) => {
    setBusy(true);
    setError(null);
    try {
      await step();
      if (said !== undefined) toast(said);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card stack" aria-labelledby="plan-link">
      <h2 id="plan-link">{m.feeds.out}</h2>
      <p>{m.feeds.outLead}</p>
      {links?.map((link) => (
        <LinkRow
          key={link.id}
          link={link}
          busy={busy}
          onRevoke={() => void run(() => revokePlanLink(link), m.feeds.outRevoked)}
        />
      ))}
      {error !== null && <ErrorNote error={error} />}
      <button className="btn" disabled={busy || !links} onClick={() => void run(makePlanLink)}>
        <CalendarPlus className="ic" />
        {m.feeds.outMake}
      </button>
    </section>
  );
}

interface RowProps {
  link: PlanLink;
  busy: boolean;
  onRevoke: () => void;
}

function LinkRow({ link, busy, onRevoke }: RowProps) {
  const zone = useSettings().data?.zone ?? "UTC";
  const address = `${location.origin}${link.path}`;
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="feed-out">
      <Field label={m.feeds.outAddress} hint={m.feeds.outMade(moment(link.created, zone))}>
        {(w) => (
          <input
            {...w}
            ref={field}
            className="inp"
            readOnly
            value={address}
            onFocus={(e) => e.target.select()}
          />
        )}
      </Field>
      <div className="row">
        <button className="btn sm" onClick={() => field.current && void copyField(field.current)}>
          <Copy className="ic" />
          {m.feeds.outCopy}
        </button>
        <a className="btn sm" href={address.replace(/^https?:/, "webcal:")}>
          {m.feeds.outSubscribe}
        </a>
        <button className="btn sm dng" disabled={busy} onClick={onRevoke}>
          {m.feeds.outRevoke}
        </button>
      </div>
    </div>
  );
}
