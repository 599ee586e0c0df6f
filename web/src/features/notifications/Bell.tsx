import { Bell as BellIcon } from "lucide-react";
import { Suspense } from "react";
import { useNotifications } from "../../api/queries";
import { count } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Guarded } from "../../ui/Guarded";
import { late } from "../../ui/late";
import { Link } from "../../ui/router";
import { useByBrowser } from "./browser";
import "./bell.css";

const ToldByBrowser = late(() => import("./ToldByBrowser").then((f) => f.ToldByBrowser));

const MOST = 9;

/* The way to the notifications, with the number of unread ones; in quiet hours without. */
export function Bell({ here }: { here: boolean }) {
  const told = useNotifications().data;
  const n = told && told.quiet_until === null ? told.unread : 0;
  return (
    <>
      <Link
        className="btn icon quiet bell"
        to="/notifications"
        aria-label={m.notifications.bell(n)}
        {...(here && { "aria-current": "page" as const })}
      >
        <BellIcon className="ic" aria-hidden="true" />
        {n > 0 && (
          <span className="bell-count" aria-hidden="true">
            {n > MOST ? m.notifications.many : count(n)}
          </span>
        )}
      </Link>
      {useByBrowser() && told && (
        <Guarded onFault={() => undefined}>
          <Suspense>
            <ToldByBrowser told={told} />
          </Suspense>
        </Guarded>
      )}
    </>
  );
}
