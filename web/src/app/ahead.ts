/* What the page of this address will need is asked for at once, in one go: otherwise its code would
   be waited for, then who we are, then the tasks, then the plan, one journey to the server each. */

import { askAhead, cache, keys } from "../api/queries";
import type { Me } from "../api/schema";
import { read, write } from "../ui/storage";
import { Home, PAGES } from "./pages";
import type { Route } from "./routes";

/* Whether somebody was signed in here when the app was last open. The session itself is not for scripts
   to see. */
const KNOWN = "known";

export function remember(me: Me | null): void {
  write(KNOWN, me ? "yes" : null);
}

/* Ends when all of it has come or failed. Failures are left to those who ask again when the page is
   there. */
export async function goAhead(route: Route): Promise<void> {
  /* A stranger at the door need not be asked who they are. */
  if (route.frame === "open" && route.page === "welcome" && read(KNOWN) === null)
    cache.setQueryData(keys.me, null);
  if (route.frame !== "home") return;
  await Promise.allSettled([askAhead(), Home.ask(), PAGES[route.page].ask()]);
}
