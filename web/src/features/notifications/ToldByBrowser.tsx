import { useEffect } from "react";
import { useSettings } from "../../api/queries";
import type { Notifications } from "../../api/schema";
import { navigate } from "../../ui/router";
import { notShown, show } from "./browser";
import { wayOf, wordsOf } from "./words";

/* Has the browser tell what is unread, once, and not in quiet hours: then it waits. */
export function ToldByBrowser({ told }: { told: Notifications }) {
  const zone = useSettings().data?.zone;
  useEffect(() => {
    if (zone === undefined || told.quiet_until !== null) return;
    const unread = told.items.filter((n) => !n.read);
    const fresh = new Set(notShown(unread.map((n) => n.id)));
    for (const n of unread)
      if (fresh.has(n.id))
        show(wordsOf(n, zone).replaceAll("**", ""), n.id, () => navigate(wayOf(n).to));
  }, [told, zone]);
  return null;
}
