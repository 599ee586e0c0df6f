import { CalendarRange, ChartColumn, Keyboard } from "lucide-react";
import { useDeferredValue } from "react";
import { useMe } from "../api/queries";
import { AccountSection } from "../features/account/AccountSection";
import { AdminSection } from "../features/admin/AdminSection";
import { StorageSection } from "../features/attachments/StorageSection";
import { FeedsSection } from "../features/feeds/FeedsSection";
import { PlanLinkSection } from "../features/feeds/PlanLinkSection";
import { HistorySection } from "../features/history/HistorySection";
import { HoursEditor } from "../features/hours/HoursEditor";
import { HoursSection } from "../features/hours/HoursSection";
import { NotificationsSection } from "../features/notifications/NotificationsSection";
import { AppearanceSection } from "../features/settings/AppearanceSection";
import { EstimatesSection } from "../features/settings/EstimatesSection";
import { LanguageSection } from "../features/settings/LanguageSection";
import { PaceSection } from "../features/settings/PaceSection";
import { WishesSection } from "../features/settings/WishesSection";
import { ZoneSection } from "../features/settings/ZoneSection";
import { m } from "../i18n/messages";
import { Link } from "../ui/router";
import { usePhone } from "../ui/useMedia";

export function SettingsPage({ onKeys }: { onKeys: () => void }) {
  const phone = usePhone();
  /* The first screen is shown at once, the rest as the browser finds time. */
  const rest = useDeferredValue(true, false);
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{m.nav.settings}</h1>
        <button className="btn quiet end hide-s" onClick={onKeys}>
          <Keyboard className="ic" />
          {m.keys.title} <kbd>?</kbd>
        </button>
      </div>
      {phone && <MorePages />}
      <div className="settings-page">
        <Contents />
        <div className="settings">
          <AccountSection />
          <FeedsSection />
          {rest && <Rest />}
        </div>
      </div>
    </>
  );
}

/* The sections by their headings' ids. */
const sections = (admin: boolean): [id: string, title: string][] => [
  ["account", m.account.title],
  ["calendars", m.feeds.title],
  ["plan-link", m.feeds.out],
  ["free-hours", m.hours.section],
  ["pace", m.settings.pace],
  ["wishes", m.wishes.title],
  ["estimates", m.estimates.title],
  ["zone", m.settings.zone],
  ["language", m.manner.title],
  ["notifications", m.notifications.choose],
  ["files", m.files.storage],
  ["appearance", m.settings.appearance],
  ["history", m.history.title],
  ...(admin ? [["admin", m.admin.title] as [string, string]] : []),
];

/* To go to a section at once: beside them, or above where there is no room. */
function Contents() {
  const admin = useMe().data?.admin ?? false;
  return (
    <nav className="contents" aria-label={m.settings.contents}>
      {sections(admin).map(([id, title]) => (
        <a key={id} href={`#${id}`}>
          {title}
        </a>
      ))}
    </nav>
  );
}

/* Below the first screen. */
function Rest() {
  return (
    <>
      <PlanLinkSection />
      <HoursSection />
      <PaceSection />
      <WishesSection
        hours={(week, onChange) => (
          <HoursEditor week={week} onChange={onChange} label={m.wishes.preferredGrid} />
        )}
      />
      <EstimatesSection />
      <ZoneSection />
      <LanguageSection />
      <NotificationsSection />
      <StorageSection />
      <AppearanceSection />
      <HistorySection />
      <AdminSection />
    </>
  );
}

/* The pages for which a phone's bar has no room. */
function MorePages() {
  return (
    <nav className="row more-pages" aria-label={m.nav.more}>
      <Link className="btn" to="/month">
        <CalendarRange className="ic" />
        {m.nav.month}
      </Link>
      <Link className="btn" to="/statistics">
        <ChartColumn className="ic" />
        {m.nav.statistics}
      </Link>
    </nav>
  );
}
