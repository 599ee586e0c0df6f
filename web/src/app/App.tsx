import { Suspense, useEffect, useRef, type ReactNode } from "react";
import { useMe } from "../api/queries";
import { m } from "../i18n/messages";
import { WelcomePage } from "../features/welcome/WelcomePage";
import { ErrorNote } from "../ui/ErrorNote";
import { Guarded } from "../ui/Guarded";
import { Skeleton } from "../ui/Skeleton";
import { late } from "../ui/late";
import { Link, navigate, usePath } from "../ui/router";
import { setPageTitle } from "../ui/title";
import { Toaster } from "../ui/toast";
import { FirstRun, OpenPage } from "./FirstRun";
import { useMannerOfSettings, useSpoken } from "./language";
import { routeOf, titleOf, type Route } from "./routes";
import { remember } from "./ahead";
import { Home } from "./pages";
import "./shell.css";

const HoursStep = late(() => import("../features/hours/HoursStep").then((f) => f.HoursStep));
const TasksStep = late(() => import("../features/tasks/TasksStep").then((f) => f.TasksStep));
const PlanStep = late(() => import("../features/plan/PlanStep").then((f) => f.PlanStep));
const SignPage = late(() => import("../features/account/SignPage").then((f) => f.SignPage));

export function App() {
  const path = usePath();
  const route = routeOf(path);
  const me = useMe();
  const spoken = useSpoken();
  useArrival(path, route, spoken);
  useEffect(() => {
    if (me.data !== undefined) remember(me.data);
  }, [me.data]);

  return (
    <>
      <a className="skip" href="#main">
        {m.nav.skip}
      </a>
      {me.error && me.data === undefined ? (
        <OpenPage>
          <ErrorNote error={me.error} onRetry={() => void me.refetch()} />
        </OpenPage>
      ) : me.data === undefined ? (
        <OpenPage>
          <Skeleton />
        </OpenPage>
      ) : (
        <Guarded at={path}>
          <Suspense fallback={<OpenPage>{null}</OpenPage>}>
            {me.data !== null && <Speaks />}
            <Page route={route} known={me.data !== null} />
          </Suspense>
        </Guarded>
      )}
      <Toaster />
    </>
  );
}

/* The address names the page; a new page is announced by its title and begins at its heading. */
function useArrival(path: string, route: Route, spoken: number): void {
  const first = useRef(true);
  useEffect(() => {
    setPageTitle(titleOf(route));
  }, [route, spoken]);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    let left: Element | null = null;
    /* Whether it has begun, or somebody went on elsewhere meanwhile. */
    const begun = () => {
      const active = document.activeElement;
      if (document.querySelector("main")?.contains(active)) return true;
      if (active !== document.body && active !== left) return true;
      const heading = document.querySelector<HTMLElement>("main h1[tabindex]");
      heading?.focus({ preventScroll: true });
      return heading !== null;
    };
    /* A page that is still on its way, or waits for data, has its heading later. */
    const coming = new MutationObserver(() => begun() && coming.disconnect());
    const timer = setTimeout(() => {
      left = document.activeElement;
      if (!begun()) coming.observe(document.body, { childList: true, subtree: true });
    }, 120);
    return () => {
      clearTimeout(timer);
      coming.disconnect();
    };
  }, [path, route]);
}

function Speaks() {
  useMannerOfSettings();
  return null;
}

function Page({ route, known }: { route: Route; known: boolean }): ReactNode {
  switch (route.frame) {
    case "open":
      if (route.page === "welcome")
        return known ? (
          <Go to="/today" />
        ) : (
          <OpenPage>
            <WelcomePage />
          </OpenPage>
        );
      return (
        <OpenPage>
          <SignPage
            key={route.page}
            mode={route.page === "sign-in" ? "in" : route.page === "join" ? "join" : "up"}
          />
        </OpenPage>
      );
    case "first":
      if (!known && route.page !== "hours") return <Go to="/start/hours" />;
      return (
        <FirstRun step={route.page}>
          {route.page === "hours" && <HoursStep />}
          {route.page === "tasks" && <TasksStep />}
          {route.page === "plan" && <PlanStep />}
        </FirstRun>
      );
    case "home":
      return known ? (
        <Home page={route.page} />
      ) : (
        <Go to={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`} />
      );
    case "lost":
      return (
        <OpenPage>
          <div className="stack">
            <h1 tabIndex={-1}>{m.lost.title}</h1>
            <p>{m.lost.detail}</p>
            <Link className="btn pri" to="/">
              {m.lost.way}
            </Link>
          </div>
        </OpenPage>
      );
  }
}

function Go({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
