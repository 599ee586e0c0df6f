/* What the page of this address will need is asked for at once, in one go: otherwise its code would
   be waited for, then who we are, then the tasks, then the plan, one journey to the server each. */

import { askAhead } from "../api/queries";
import type { Route } from "./routes";

const CODE: Record<string, () => Promise<unknown>> = {
  today: () => import("../features/today/TodayPage"),
  week: () => import("../features/week/WeekPage"),
  tasks: () => import("../features/tasks/TasksPage"),
  plan: () => import("../features/plan/PlanPage"),
  settings: () => import("./SettingsPage"),
};

/* Failures are left to those who ask again when the page is there. */
export function goAhead(route: Route): void {
  if (route.frame !== "home") return;
  askAhead();
  import("./Home").catch(() => undefined);
  CODE[route.page]?.().catch(() => undefined);
}
