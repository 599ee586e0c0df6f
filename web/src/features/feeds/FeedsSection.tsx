import { CalendarPlus } from "lucide-react";
import { useFeeds } from "../../api/queries";
import { m } from "../../i18n/messages";
import { Link } from "../../ui/router";

/* In the settings: the way to the calendars, and which there are. */
export function FeedsSection() {
  const feeds = useFeeds().data ?? [];
  return (
    <section className="card stack" aria-labelledby="calendars">
      <h2 id="calendars">{m.feeds.title}</h2>
      <p>{m.feeds.settingsLead}</p>
      {feeds.length > 0 && (
        <ul className="small soft">
          {feeds.map((feed) => (
            <li key={feed.id}>{feed.name}</li>
          ))}
        </ul>
      )}
      <Link className="btn" to="/university">
        <CalendarPlus className="ic" />
        {m.feeds.open}
      </Link>
    </section>
  );
}
