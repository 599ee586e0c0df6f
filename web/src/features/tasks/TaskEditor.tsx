import { X } from "lucide-react";
import { useMemo, useState, type FormEvent, type ReactNode } from "react";
import { editTask, removeTask } from "../../api/actions";
import { isStale } from "../../api/client";
import { getTask } from "../../api/endpoints";
import { cache, keys, putTasks, useSettings, useTasks } from "../../api/queries";
import type { Task, TaskChange } from "../../api/schema";
import { stepsSent } from "../../api/steps";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { parseDuration } from "../../line/duration";
import { instantOf, instantText, parseWall, wallAt, wallText } from "../../time/zone";
import { CostOf } from "../../ui/Cost";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { ChoiceField, CourseField, InputField, TextField, isComplete } from "../../ui/fields";
import { keepTyped } from "../../ui/keepTyped";
import { finish, withOutcome } from "../../ui/outcome";
import { CourseEditor } from "./CourseEditor";
import { RepeatFields } from "./RepeatFields";
import { isEvery, seriesOf } from "./series";
import { useUsual } from "../../ui/usual";
import "./tasks.css";

/* The server's bound. */
const PREREQUISITES_MAX = 20;
const DAY_MIN = 1440;

interface Draft {
  title: string;
  estimate: string;
  left: string;
  date: string;
  time: string;
  course: string;
  priority: number;
  notes: string;
  /* Local, as a datetime-local control has it; empty: at any time. */
  earliest: string;
  /* Empty: as the settings say. */
  session: string;
  /* Ids, joined by commas. */
  after: string;
  repeat: Task["repeat_unit"];
  every: string;
  /* The last day of the series; empty: without end. */
  until: string;
}

function draftOf(task: Task, zone: string): Draft {
  const due = wallAt(Date.parse(task.due), zone);
  return {
    title: task.title,
    estimate: duration(task.estimate_min),
    left: duration(task.remaining_min),
    date: due.date,
    time: wallText(due.minutes),
    course: task.course_id ?? "",
    priority: task.priority,
    notes: task.notes,
    earliest: task.earliest === null ? "" : localText(Date.parse(task.earliest), zone),
    session: task.min_session_min > 0 ? duration(task.min_session_min) : "",
    after: task.prerequisites.join(),
    repeat: task.repeat_unit,
    every: String(task.repeat_every),
    until: task.repeat_until ?? "",
  };
}

function localText(instant: number, zone: string): string {
  const { date, minutes } = wallAt(instant, zone);
  return `${date}T${wallText(minutes)}`;
}

function earliestOf(text: string, zone: string): string | null {
  const [date = "", time = ""] = text.split("T");
  const minutes = parseWall(time.slice(0, 5));
  return minutes === null ? null : instantText(instantOf(date, minutes, zone));
}

/* Two values of a field are the same to a person. */
function same(name: string, a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.join() === b.join();
  if (name === "due" || name === "earliest")
    return a === b || Date.parse(String(a)) === Date.parse(String(b));
  return a === b;
}

type Faults = Partial<Record<keyof Draft, string>>;

const idsOf = (text: string) => text.split(",").filter(Boolean);

/* "0 min" is a remaining time, but no estimate. */
const leftMinutes = (text: string) =>
  /^0\s*(?:m|min|h)?$/i.test(text.trim()) ? 0 : parseDuration(text);

/* What differs from the task, or what is wrong. */
function changeOf(
  task: Task,
  draft: Draft,
  zone: string,
): { change: TaskChange } | { faults: Faults } {
  const faults: Faults = {};
  const was = draftOf(task, zone);
  const estimate = parseDuration(draft.estimate);
  const left = leftMinutes(draft.left);
  const time = parseWall(draft.time);
  const session = draft.session.trim() === "" ? 0 : parseDuration(draft.session);
  if (session === null || session > DAY_MIN) faults.session = m.task.badSession;
  if (draft.title.trim() === "") faults.title = m.task.needTitle;
  if (estimate === null) faults.estimate = m.task.badDuration;
  if (left === null) faults.left = m.task.badDuration;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.date)) faults.date = m.task.badDate;
  if (time === null) faults.time = m.task.badTime;
  const series = seriesOf(draft);
  if (series.unit !== "none" && !isEvery(series.every)) faults.every = m.repeat.badEvery;
  if (series.until !== null && series.until < draft.date) faults.until = m.repeat.badUntil;
  if (
    estimate === null ||
    left === null ||
    time === null ||
    session === null ||
    Object.keys(faults).length
  )
    return { faults };
  const next = {
    title: draft.title.trim(),
    notes: draft.notes,
    course_id: draft.course || null,
    estimate_min: estimate,
    remaining_min: left,
    priority: draft.priority,
    /* A field shows minutes: what it does not show stays. */
    due:
      draft.date === was.date && draft.time === was.time
        ? task.due
        : instantText(instantOf(draft.date, time, zone)),
    earliest: draft.earliest === was.earliest ? task.earliest : earliestOf(draft.earliest, zone),
    min_session_min: session,
    prerequisites: idsOf(draft.after),
    repeat_unit: series.unit,
    repeat_every: series.every,
    repeat_until: series.until,
  };
  const entries = Object.entries(next).filter(
    ([name, value]) => !same(name, task[name as keyof Task], value),
  );
  return { change: Object.fromEntries(entries) as TaskChange };
}

const PLANNED = new Set([
  ...["estimate_min", "remaining_min", "course_id", "due", "priority", "earliest"],
  ...["prerequisites", "min_session_min"],
]);

/* Of a draft, what the plan depends on; null when nothing of that differs, or something is wrong. */
function plannedOf(task: Task, draft: Draft, zone: string) {
  const read = changeOf(task, draft, zone);
  if ("faults" in read) return null;
  const planned = Object.entries(read.change).filter(([name]) => PLANNED.has(name));
  if (planned.length === 0) return null;
  return { task: { id: task.id, ...(Object.fromEntries(planned) as Partial<Task>) } };
}

/* Steps are saved by themselves: a newer version that only they made is no other device's. */
function besideSteps(base: Task, fresh: Task | undefined): Task {
  if (!fresh || fresh.version === base.version) return base;
  const { checklist, version } = fresh;
  const same = JSON.stringify({ ...base, checklist, version }) === JSON.stringify(fresh);
  return same ? fresh : base;
}

const knownTask = (id: string) =>
  cache.getQueryData<Task[]>(keys.tasks)?.find((task) => task.id === id);

interface Props {
  task: Task;
  /* What belongs to the task and is saved by itself: its steps and files. */
  children?: ReactNode;
  onClose: () => void;
}

export function TaskEditor({ task, children, onClose }: Props) {
  const zone = useSettings().data?.zone ?? "UTC";
  const fresh = useTasks().data?.find((t) => t.id === task.id);
  const [opened, setBase] = useState(task);
  const base = besideSteps(opened, fresh);
  const [draft, setDraft] = useState(() => draftOf(task, zone));
  const [faults, setFaults] = useState<Faults>({});
  const [moved, setMoved] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const whatIf = useMemo(() => plannedOf(base, draft, zone), [base, draft, zone]);

  /* Another device was faster: take its values where nothing was typed here, keep the rest. */
  const rebase = async () => {
    const theirs = await getTask(task.id);
    putTasks([theirs]);
    setDraft(keepTyped(draft, draftOf(base, zone), draftOf(theirs, zone)));
    setBase(theirs);
    setMoved(true);
  };

  const run = async (step: (base: Task) => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      /* A step that was typed last is on its way, and makes a newer version. */
      await stepsSent();
      await step(besideSteps(opened, knownTask(task.id)));
    } catch (caught) {
      if (isStale(caught)) await rebase().catch(setError);
      else setError(caught);
    } finally {
      setBusy(false);
    }
  };

  const save = () =>
    run(async (base) => {
      const read = changeOf(base, draft, zone);
      if ("faults" in read) {
        setFaults(read.faults);
        return;
      }
      setFaults({});
      if (Object.keys(read.change).length) {
        await withOutcome(() => editTask(base, read.change), m.task.saved(draft.title));
      }
      onClose();
    });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isComplete(event.currentTarget)) void save();
  };

  return (
    <Dialog title={m.task.editTitle} onClose={onClose} wide>
      <form className="stack" onSubmit={submit} noValidate>
        {moved && (
          <div className="note info" role="alert">
            {m.task.moved}
          </div>
        )}
        <Fields draft={draft} set={set} faults={faults} task={task.id} />
        <CostOf draft={whatIf} />
        {children}
        {error !== null && <ErrorNote typed error={error} onRetry={() => void save()} />}
        <div className="row dialog-foot">
          <button
            type="button"
            className="btn dng"
            aria-disabled={busy}
            onClick={() =>
              void run(async (base) => {
                const known = knownTask(task.id) ?? base;
                await withOutcome(() => removeTask(known), m.task.deleted(base.title));
                onClose();
              })
            }
          >
            {m.task.delete}
          </button>
          <button
            type="button"
            className="btn"
            aria-disabled={busy}
            onClick={() =>
              void run(async (base) => {
                const state = base.state === "done" ? "open" : "done";
                await finish(knownTask(task.id) ?? base, state);
                onClose();
              })
            }
          >
            {base.state === "done" ? m.task.reopen : m.task.markDone}
          </button>
          <button className="btn pri end" aria-disabled={busy}>
            {m.task.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  faults: Faults;
  task: string;
}

function Fields({ draft, set, faults, task }: FieldsProps) {
  const usual = useUsual().range(draft.course || null, parseDuration(draft.estimate) ?? 0);
  return (
    <>
      <InputField
        label={m.task.title}
        error={faults.title}
        maxLength={200}
        value={draft.title}
        onChange={(title) => set({ title })}
      />
      <div className="pair">
        <InputField
          label={m.task.estimate}
          hint={usual ?? m.task.durationHint}
          error={faults.estimate}
          value={draft.estimate}
          onChange={(estimate) => set({ estimate })}
        />
        <InputField
          label={m.task.left}
          hint={m.task.leftHint}
          error={faults.left}
          value={draft.left}
          onChange={(left) => set({ left })}
        />
        <InputField
          label={m.task.dueDate}
          error={faults.date}
          type="date"
          value={draft.date}
          onChange={(date) => set({ date })}
        />
        <InputField
          label={m.task.dueTime}
          error={faults.time}
          type="time"
          value={draft.time}
          onChange={(time) => set({ time })}
        />
        <CourseOrNew value={draft.course} onChange={(course) => set({ course })} />
        <ChoiceField
          label={m.task.priority}
          hint={m.task.priorityHint}
          value={String(draft.priority)}
          onChange={(priority) => set({ priority: Number(priority) })}
        >
          {[5, 4, 3, 2, 1].map((n) => (
            <option key={n} value={n}>
              {m.task.priorityName(n)}
            </option>
          ))}
        </ChoiceField>
      </div>
      <div className="pair later">
        <InputField
          label={m.task.earliest}
          hint={m.task.earliestHint}
          type="datetime-local"
          value={draft.earliest}
          onChange={(earliest) => set({ earliest })}
        />
        <InputField
          label={m.task.minSession}
          hint={m.task.minSessionHint}
          error={faults.session}
          placeholder={m.wishes.any}
          value={draft.session}
          onChange={(session) => set({ session })}
        />
        <AfterField task={task} value={draft.after} onChange={(after) => set({ after })} />
      </div>
      <RepeatFields draft={draft} set={set} faults={faults} />
      <TextField
        label={m.task.notes}
        rows={3}
        maxLength={4000}
        value={draft.notes}
        onChange={(notes) => set({ notes })}
      />
    </>
  );
}

/* A list to add from, and what was added, each to be taken out again. */
function AfterField({
  task,
  value,
  onChange,
}: {
  task: string;
  value: string;
  onChange: (after: string) => void;
}) {
  const tasks = useTasks().data ?? [];
  const ids = idsOf(value);
  const others = tasks.filter((t) => t.state === "open" && t.id !== task && !ids.includes(t.id));
  const title = (id: string) => tasks.find((t) => t.id === id)?.title ?? id;
  return (
    <div>
      <ChoiceField
        label={m.task.after}
        hint={m.task.afterHint}
        value=""
        disabled={others.length === 0 || ids.length >= PREREQUISITES_MAX}
        onChange={(id) => onChange([...ids, id].join())}
      >
        <option value="">{ids.length ? m.task.afterMore : m.task.afterNone}</option>
        {others.map((t) => (
          <option key={t.id} value={t.id}>
            {t.title}
          </option>
        ))}
      </ChoiceField>
      {ids.length > 0 && (
        <ul className="after-list" aria-label={m.task.after}>
          {ids.map((id) => (
            <li key={id} className="chip">
              {title(id)}
              <button
                type="button"
                className="x"
                aria-label={m.task.afterRemove(title(id))}
                onClick={() => onChange(ids.filter((other) => other !== id).join())}
              >
                <X className="ic" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function CourseOrNew({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const [making, setMaking] = useState(false);
  return (
    <>
      <CourseField value={value} onChange={(id) => (id === "+" ? setMaking(true) : onChange(id))}>
        <option value="+">{m.course.createOption}</option>
      </CourseField>
      {making && (
        <CourseEditor
          course={null}
          onClose={() => setMaking(false)}
          onSaved={(course) => onChange(course.id)}
        />
      )}
    </>
  );
}
