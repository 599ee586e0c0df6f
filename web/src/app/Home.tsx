import {
  CalendarDays,
  CalendarRange,
  ChartColumn,
  Clock,
  History,
  ListChecks,
  Plus,
  Search,
  Settings2,
  Sun,
  Target,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import { Suspense, useState, type ReactNode } from "react";
import { useMe, useSchedule } from "../api/queries";
import type { Task } from "../api/schema";
import type { EventOpened } from "../features/events/EventDialog";
import { MissedNote } from "../features/missed/MissedNote";
import { Bell } from "../features/notifications/Bell";
import { TimerPill } from "../features/today/TimerPill";
import { duration } from "../i18n/format";
import { m } from "../i18n/messages";
import { Guarded } from "../ui/Guarded";
import { Mark } from "../ui/Mark";
import { Skeleton } from "../ui/Skeleton";
import { useChord, useKeys } from "../ui/keys";
import { late } from "../ui/late";
import { describe } from "../ui/problem";
import { Link, navigate } from "../ui/router";
import { toast, undoLast } from "../ui/toast";
import { usePhone } from "../ui/useMedia";
import { Away } from "./Away";
import { PAGES } from "./pages";

const AddTaskDialog = late(() =>
  import("../features/tasks/AddTaskDialog").then((f) => f.AddTaskDialog),
);
const TaskEditor = late(() => import("../features/tasks/TaskEditor").then((f) => f.TaskEditor));
const EventDialog = late(() => import("../features/events/EventDialog").then((f) => f.EventDialog));
const DayHoursDialog = late(() =>
  import("../features/hours/DayHoursDialog").then((f) => f.DayHoursDialog),
);
const CommandPalette = late(() =>
  import("../features/command/CommandPalette").then((f) => f.CommandPalette),
);
const Attachments = late(() =>
  import("../features/attachments/Attachments").then((f) => f.Attachments),
);
const Steps = late(() => import("../features/steps/Steps").then((f) => f.Steps));
const KeysDialog = late(() => import("./KeysDialog").then((f) => f.KeysDialog));

type NavPage = "today" | "week" | "month" | "tasks" | "plan" | "statistics" | "settings";
/* Others are reached from where they are needed, the notifications by their bell. */
export type HomePage = NavPage | "university" | "notifications" | "admin";

/* Where pages are reached from that the bars do not name. */
const WITHIN: Partial<Record<HomePage, NavPage>> = { university: "settings", admin: "settings" };

/* What a link in a bar says of the page that is shown: it is that one, or one within. */
function currentOf(to: NavPage, page: HomePage) {
  if (to === page) return { "aria-current": "page" as const };
  return WITHIN[page] === to && { "aria-current": "true" as const };
}

const NAV: [NavPage, LucideIcon][] = [
  ["today", Sun],
  ["week", CalendarDays],
  ["month", CalendarRange],
  ["tasks", ListChecks],
  ["plan", Target],
  ["statistics", ChartColumn],
  ["settings", Settings2],
];

type Dialogs = { task: Task } | { event: EventOpened } | { hours: string };
type Opened = "add" | "command" | "keys" | Dialogs | null;

/* What belongs to a task and is saved by itself. Keyed, so that another task's uploads and refusals
   are not shown with this one's. */
const stepsOf = (task: Task, ticksOnly = true) => (
  <Guarded>
    <Suspense>
      <Steps key={task.id} task={task} ticksOnly={ticksOnly} />
    </Suspense>
  </Guarded>
);
const filesOf = (task: Task) => (
  <Guarded>
    <Suspense fallback={<Skeleton />}>
      <Attachments key={task.id} task={task} />
    </Suspense>
  </Guarded>
);
const shownParts = (task: Task) => (
  <>
    {stepsOf(task)}
    {filesOf(task)}
  </>
);
const editedParts = (task: Task) => (
  <>
    {stepsOf(task, false)}
    {filesOf(task)}
  </>
);

/* The app around its pages: rail or bars, the plan's seal, and what every page can open. */
export function Home({ page }: { page: HomePage }) {
  const phone = usePhone();
  const [opened, setOpened] = useState<Opened>(null);
  const add = () => setOpened("add");
  const command = () => setOpened("command");
  const notOpened = (error: unknown) => {
    setOpened(null);
    const { title, detail } = describe(error);
    toast(`${title} ${detail}`);
  };
  useChord("k", command);
  useKeys({
    n: add,
    z: () => void undoLast(),
    "/": command,
    "?": () => setOpened("keys"),
    ...Object.fromEntries(NAV.map(([to], i) => [i + 1, () => navigate(`/${to}`)])),
  });

  return (
    <>
      <div className="app">
        {phone ? (
          <TopBar page={page} onCommand={command} />
        ) : (
          <Rail page={page} onAdd={add} onCommand={command} />
        )}
        <main className="main" id="main">
          <Away />
          <Guarded at={page}>
            <Suspense fallback={<Skeleton lines={6} />}>
              {page === "today" && (
                <PAGES.today
                  onAdd={add}
                  onEdit={(task) => setOpened({ task })}
                  notice={<MissedNote />}
                  steps={stepsOf}
                />
              )}
              {page === "week" && (
                <PAGES.week
                  onEdit={(task) => setOpened({ task })}
                  onAdd={add}
                  onEditEvent={(occurrence) => setOpened({ event: { occurrence } })}
                  onAddEvent={(date, from, to) => setOpened({ event: { date, from, to } })}
                  onDayHours={(hours) => setOpened({ hours })}
                  notice={<MissedNote />}
                  parts={shownParts}
                />
              )}
              {page === "month" && <PAGES.month />}
              {page === "tasks" && <PAGES.tasks onAdd={add} parts={editedParts} />}
              {page === "plan" && <PAGES.plan notice={<MissedNote />} />}
              {page === "university" && <PAGES.university />}
              {page === "statistics" && <PAGES.statistics />}
              {page === "settings" && <PAGES.settings onKeys={() => setOpened("keys")} />}
              {page === "notifications" && <PAGES.notifications />}
              {page === "admin" && <PAGES.admin />}
            </Suspense>
          </Guarded>
        </main>
        {phone && <TabBar page={page} onAdd={add} />}
      </div>
      <Guarded onFault={notOpened}>
        <Suspense>
          {opened === "add" && <AddTaskDialog onClose={() => setOpened(null)} />}
          {opened === "command" && (
            <CommandPalette
              pages={[
                ...NAV.map(([to]) => ({ to: `/${to}`, name: m.nav[to] })),
                { to: "/notifications", name: m.notifications.title },
              ]}
              onEdit={(task) => setOpened({ task })}
              onClose={() => setOpened(null)}
            />
          )}
          {opened === "keys" && <KeysDialog onClose={() => setOpened(null)} />}
          {opened !== null && typeof opened === "object" && (
            <OpenedDialog opened={opened} onClose={() => setOpened(null)} />
          )}
        </Suspense>
      </Guarded>
    </>
  );
}

function OpenedDialog({ opened, onClose }: { opened: Dialogs; onClose: () => void }) {
  if ("event" in opened) return <EventDialog opened={opened.event} onClose={onClose} />;
  if ("hours" in opened) return <DayHoursDialog date={opened.hours} onClose={onClose} />;
  return (
    <TaskEditor task={opened.task} onClose={onClose}>
      {editedParts(opened.task)}
    </TaskEditor>
  );
}

function NavLink({
  to,
  page,
  icon: Icon,
  small,
}: {
  to: NavPage;
  page: HomePage;
  icon: LucideIcon;
  small?: boolean;
}) {
  return (
    <Link to={`/${to}`} {...currentOf(to, page)}>
      <Icon className={small ? undefined : "ic"} aria-hidden="true" />
      {m.nav[to]}
    </Link>
  );
}

function Rail({
  page,
  onAdd,
  onCommand,
}: {
  page: HomePage;
  onAdd: () => void;
  onCommand: () => void;
}) {
  return (
    <header className="rail">
      <div className="rail-top">
        <Link className="brand" to="/today">
          <Mark />
          StudyBunny
        </Link>
        <Bell here={page === "notifications"} />
      </div>
      <nav className="nav" aria-label={m.nav.main}>
        {NAV.map(([to, icon]) => (
          <NavLink key={to} to={to} page={page} icon={icon} />
        ))}
      </nav>
      <div className="foot">
        {/* The timer stays in sight on the pages that are about something else. */}
        <TimerPill shown={page !== "today"} />
        <GuestLine />
        <button className="btn quiet" onClick={onCommand}>
          <Search className="ic" />
          {m.command.open} <kbd>/</kbd>
        </button>
        <button className="btn" onClick={onAdd}>
          <Plus className="ic" />
          {m.nav.addTask} <kbd>N</kbd>
        </button>
        <Seal />
      </div>
    </header>
  );
}

function GuestLine(): ReactNode {
  if (useMe().data?.kind !== "guest") return null;
  return (
    <p className="tiny soft guest-line">
      {m.account.guestShort} <Link to="/sign-up">{m.account.signUp}</Link>
    </p>
  );
}

/* Whether it all fits, on every page. */
function Seal() {
  const plan = useSchedule().data;
  if (!plan) return null;
  if (!plan.certificate.feasible)
    return (
      <Link className="seal no" to="/plan">
        <TriangleAlert className="ic" />
        <span>
          <b>{m.seal.short(duration(plan.short_min))}</b>
          {m.seal.ways(plan.repairs.length)}
        </span>
      </Link>
    );
  if (plan.missed.length > 0)
    return (
      <Link className="seal" to="/today">
        <History className="ic" />
        <span>
          <b>{m.seal.missed(plan.missed.length)}</b>
          {m.seal.missedHint}
        </span>
      </Link>
    );
  if ((!plan.minimum_intensity || !plan.critical) && plan.overdue.length > 0)
    return (
      <Link className="seal no" to="/tasks?filter=overdue">
        <Clock className="ic" />
        <span>
          <b>{m.seal.overdue(plan.overdue.length)}</b>
          {m.seal.overdueHint}
        </span>
      </Link>
    );
  if (!plan.minimum_intensity || !plan.critical)
    return (
      <Link className="seal" to="/plan">
        <Mark size={14} />
        <span>
          <b>{m.seal.nothing}</b>
          {m.seal.nothingHint}
        </span>
      </Link>
    );
  return (
    <Link className="seal" to="/plan">
      <Mark size={14} />
      <span>
        <b>{m.seal.fits}</b>
        {m.seal.enough(plan.minimum_intensity.percent)}
      </span>
    </Link>
  );
}

function TopBar({ page, onCommand }: { page: HomePage; onCommand: () => void }) {
  const plan = useSchedule().data;
  const fits = plan?.certificate.feasible ?? true;
  return (
    <header className="topbar">
      <Link className="brand" to="/today" aria-label="StudyBunny">
        <Mark size={20} />
      </Link>
      <span className="topbar-page">{m.titles[`home/${page}`]}</span>
      <TimerPill shown={page !== "today"} />
      <button className="btn icon quiet" aria-label={m.command.open} onClick={onCommand}>
        <Search className="ic" />
      </button>
      {plan && (
        <Link className={fits ? "pill" : "pill no"} to="/plan">
          {fits ? <Mark size={11} /> : <TriangleAlert className="ic" />}
          {fits ? m.seal.fitsShort : m.seal.short(duration(plan.short_min))}
        </Link>
      )}
      <Bell here={page === "notifications"} />
      <Link
        className="btn icon quiet"
        to="/settings"
        aria-label={m.nav.settings}
        {...currentOf("settings", page)}
      >
        <Settings2 className="ic" />
      </Link>
    </header>
  );
}

function TabBar({ page, onAdd }: { page: HomePage; onAdd: () => void }) {
  const [today, week, , tasks, plan] = NAV.map(([to, icon]) => (
    <NavLink key={to} to={to} page={page} icon={icon} small />
  ));
  return (
    <nav className="tabbar" aria-label={m.nav.main}>
      {today}
      {week}
      <button className="add" onClick={onAdd}>
        <Plus aria-hidden="true" />
        {m.nav.add}
      </button>
      {tasks}
      {plan}
    </nav>
  );
}
