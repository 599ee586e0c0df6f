import { CalendarPlus } from "lucide-react";
import { useId, useRef, useState, type DragEvent } from "react";
import { readCalendar } from "../../api/actions";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { toast } from "../../ui/toast";

/* A file of a calendar: chosen, or dropped here. */
export function AddCalendar() {
  const heading = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const take = async (file: File | undefined) => {
    if (!file || busy) return;
    setError(null);
    setBusy(true);
    try {
      const { feed, isNew } = await readCalendar(file);
      toast(isNew ? m.feeds.read(feed.name) : m.feeds.nothingNew(feed.name));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
      if (input.current) input.current.value = "";
    }
  };
  const drag = (held: boolean) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(held);
  };

  return (
    <section
      className={over ? "card feed-add over" : "card feed-add"}
      aria-labelledby={heading}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <div className="stack">
        <h2 id={heading}>{m.feeds.add}</h2>
        <div className="feed-drop">
          <CalendarPlus className="ic" />
          <span className="hide-s">{m.feeds.drop}</span>
          <button className="btn" disabled={busy} onClick={() => input.current?.click()}>
            {busy ? m.feeds.reading : m.feeds.choose}
          </button>
          <input
            ref={input}
            type="file"
            accept=".ics,text/calendar"
            hidden
            aria-label={m.feeds.choose}
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </div>
        {error !== null && <ErrorNote error={error} />}
        <p className="small soft">{m.feeds.again}</p>
        <details>
          <summary>{m.feeds.where}</summary>
          <ul className="small">
            <li>{m.feeds.whereCanvas}</li>
            <li>{m.feeds.whereMoodle}</li>
            <li>{m.feeds.whereGoogle}</li>
            <li>{m.feeds.whereOutlook}</li>
          </ul>
        </details>
      </div>
    </section>
  );
}
