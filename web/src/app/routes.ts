import { m } from "../i18n/messages";

/* Every address of the app. "first" pages are the first run, with their own frame; "home" pages have
   the rail and need somebody; "open" pages need nobody. */
export type Route =
  | { frame: "open"; page: "welcome" | "sign-in" | "sign-up" | "join" }
  | { frame: "first"; page: "hours" | "tasks" | "plan" }
  | {
      frame: "home";
      page:
        | "today"
        | "week"
        | "month"
        | "tasks"
        | "plan"
        | "statistics"
        | "settings"
        | "university"
        | "notifications"
        | "admin";
    }
  | { frame: "lost" };

const ROUTES: Record<string, Route> = {
  "/": { frame: "open", page: "welcome" },
  "/sign-in": { frame: "open", page: "sign-in" },
  "/sign-up": { frame: "open", page: "sign-up" },
  "/join": { frame: "open", page: "join" },
  "/start/hours": { frame: "first", page: "hours" },
  "/start/tasks": { frame: "first", page: "tasks" },
  "/start/plan": { frame: "first", page: "plan" },
  "/today": { frame: "home", page: "today" },
  "/week": { frame: "home", page: "week" },
  "/month": { frame: "home", page: "month" },
  "/tasks": { frame: "home", page: "tasks" },
  "/plan": { frame: "home", page: "plan" },
  "/statistics": { frame: "home", page: "statistics" },
  "/settings": { frame: "home", page: "settings" },
  "/university": { frame: "home", page: "university" },
  "/notifications": { frame: "home", page: "notifications" },
  "/admin": { frame: "home", page: "admin" },
};

const LOST: Route = { frame: "lost" };

export const routeOf = (path: string): Route =>
  ROUTES[path.length > 1 ? path.replace(/\/$/, "") : path] ?? LOST;

export function titleOf(route: Route): string {
  const name =
    route.frame === "lost"
      ? m.lost.title
      : m.titles[`${route.frame}/${route.page}` as keyof typeof m.titles];
  return `${name} – StudyBunny`;
}
