import {
  Ban,
  BookOpen,
  CalendarDays,
  Check,
  CircleAlert,
  Ellipsis,
  RotateCcw,
  SignalHigh,
  Trash2,
  X,
} from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { changeMany, finishMany, removeMany, type Step } from "../../api/bulk";
import type { Course, Task } from "../../api/schema";
import { m } from "../../i18n/messages";
import { addDays, instantOf, instantText, wallAt } from "../../time/zone";
import { Dialog } from "../../ui/Dialog";
import { usePhone } from "../../ui/useMedia";
import { CourseDialog, MoveDialog, PriorityDialog, type Move } from "./BulkDialogs";
import { act, forgetRefused, useBulk, type Running } from "./bulk";

/* The same elements each time, so that React need not look into them at every step. */
const ICONS = {
  done: <Check className="ic" />,
  reopen: <RotateCcw className="ic" />,
  move: <CalendarDays className="ic" />,
  drop: <Ban className="ic" />,
  course: <BookOpen className="ic" />,
  priority: <SignalHigh className="ic" />,
  delete: <Trash2 className="ic" />,
  more: <Ellipsis className="ic" />,
  close: <X className="ic" />,
};

type Button = [name: string, icon: ReactElement, action: () => void];

/* Its time of day stays, also over a change of the clock. */
function movedDue(task: Task, move: Move, zone: string): string {
  const due = Date.parse(task.due);
  const { date, minutes } = wallAt(due, zone);
  const day = "day" in move ? move.day : addDays(date, move.days);
  return instantText(instantOf(day, minutes, zone) + (due % 60_000));
}

/* The button that had the focus may have made way for the progress. */
const keepFocus = () =>
  setTimeout(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>(".bulk button")?.focus();
  });

type Opened = "move" | "course" | "priority" | "more";

interface BarProps {
  tasks: readonly Task[];
  courses: readonly Course[];
  zone: string;
  /* Done or dropped tasks can be opened again, and nothing else that plans. */
  past: boolean;
  onAll: () => void;
  onClose: () => void;
}

/* What can be done with the selected tasks: one line, on a phone with the rest behind "More". */
export function BulkBar({ tasks, courses, zone, past, onAll, onClose }: BarProps) {
  const phone = usePhone();
  const { running } = useBulk();
  const [opened, setOpened] = useState<Opened | null>(null);
  const n = tasks.length;

  const run = async (step: Step, words: (tasks: string) => string, leave: boolean) => {
    setOpened(null);
    const whole = await act(step, n, words);
    if (whole && leave) onClose();
    else keepFocus();
  };
  const set = (field: "course_id" | "priority", value: string | number | null) =>
    changeMany(tasks, (t) => (t[field] === value ? null : { [field]: value }));

  const state = tasks[0]?.state;
  const finish = () =>
    past
      ? run(
          state === "dropped"
            ? changeMany(tasks, () => ({ state: "open" }))
            : finishMany(tasks, "open"),
          m.bulk.saidReopened,
          true,
        )
      : run(finishMany(tasks, "done"), m.bulk.saidDone, true);
  const drop = () =>
    run(
      changeMany(tasks, () => ({ state: "dropped" })),
      m.bulk.saidDropped,
      true,
    );
  const move = (to: Move) =>
    run(
      changeMany(tasks, (t) => ({ due: movedDue(t, to, zone) })),
      m.bulk.saidMoved,
      false,
    );

  const buttons: Button[] = past
    ? [[m.bulk.reopen, ICONS.reopen, () => void finish()]]
    : [
        [m.bulk.done, ICONS.done, () => void finish()],
        [m.bulk.move, ICONS.move, () => setOpened("move")],
        [m.bulk.drop, ICONS.drop, () => void drop()],
      ];
  const course: Button = [m.bulk.course, ICONS.course, () => setOpened("course")];
  const priority: Button = [m.bulk.priority, ICONS.priority, () => setOpened("priority")];
  const remove: Button = [
    m.bulk.delete,
    ICONS.delete,
    () => void run(removeMany(tasks), m.bulk.saidDeleted, true),
  ];
  const rest = past ? [course, remove] : [course, priority, remove];

  if (running?.slow) return <Progress {...running} />;
  return (
    <div className="bulk" role="toolbar" aria-label={m.bulk.selected(n)}>
      <b className="num grow" aria-live="polite">
        {m.bulk.selected(n)}
      </b>
      {[...buttons, ...(phone ? [] : rest)].map(([name, icon, action]) => (
        <button key={name} className="btn sm" disabled={n === 0} onClick={action}>
          {icon}
          {name}
        </button>
      ))}
      {phone && (
        <button className="btn sm" onClick={() => setOpened("more")}>
          {ICONS.more}
          {m.bulk.more}
        </button>
      )}
      <button className="btn sm icon" aria-label={m.bulk.clear} onClick={onClose}>
        {ICONS.close}
      </button>
      {opened === "move" && (
        <MoveDialog
          count={n}
          zone={zone}
          onMove={(to) => void move(to)}
          onClose={() => setOpened(null)}
        />
      )}
      {opened === "course" && (
        <CourseDialog
          count={n}
          courses={courses}
          onPick={(c) =>
            void run(
              set("course_id", c?.id ?? null),
              (some) => m.bulk.saidCourse(some, c?.name ?? null),
              false,
            )
          }
          onClose={() => setOpened(null)}
        />
      )}
      {opened === "priority" && (
        <PriorityDialog
          count={n}
          onPick={(p) =>
            void run(set("priority", p), (some) => m.bulk.saidPriority(some, p), false)
          }
          onClose={() => setOpened(null)}
        />
      )}
      {opened === "more" && (
        <Dialog title={m.bulk.moreTitle(n)} onClose={() => setOpened(null)}>
          <div className="choices">
            <button
              className="btn quiet"
              onClick={() => {
                onAll();
                setOpened(null);
              }}
            >
              {ICONS.done}
              {m.bulk.selectAll}
            </button>
            {rest.map(([name, icon, action]) => (
              <button key={name} className="btn quiet" disabled={n === 0} onClick={action}>
                {icon}
                {name}
              </button>
            ))}
          </div>
        </Dialog>
      )}
    </div>
  );
}

/* Also while an undo runs, when nothing is selected. */
export function Progress({ done, all, stop }: Running) {
  return (
    <div className="bulk">
      <b className="num">{m.bulk.progress(done, all)}</b>
      <progress className="grow" value={done} max={all} aria-label={m.bulk.progressLabel} />
      <button className="btn sm" onClick={stop}>
        {m.bulk.stop}
      </button>
    </div>
  );
}

/* Which tasks stayed as they were, and why. */
export function RefusedNote({ onSelect }: { onSelect: (ids: string[]) => void }): ReactNode {
  const { refused } = useBulk();
  if (refused.length === 0) return null;
  return (
    <section className="card refused" role="alert">
      <b className="row nowrap">
        <CircleAlert className="ic" />
        {m.bulk.refusedTitle(refused.length)}
      </b>
      <ul>
        {refused.map(({ id, title, why }) => (
          <li key={id}>
            <b>{title}</b>: {why}
          </li>
        ))}
      </ul>
      <div className="row">
        <button className="btn sm" onClick={() => onSelect(refused.map((r) => r.id))}>
          {m.bulk.selectThese}
        </button>
        <button className="btn sm quiet" onClick={forgetRefused}>
          {m.bulk.dismiss}
        </button>
      </div>
    </section>
  );
}
