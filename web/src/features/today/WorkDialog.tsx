import { useState, type FormEvent } from "react";
import type { Undo } from "../../api/actions";
import { isStale } from "../../api/client";
import { getEntry } from "../../api/endpoints";
import { maker, type Send } from "../../api/making";
import type { Task, WorkEntry } from "../../api/schema";
import { addWork, editWork, removeWork, type Logged } from "../../api/work";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { parseDuration } from "../../line/duration";
import { instantOf, instantText, parseWall, wallAt, wallText } from "../../time/zone";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { ChoiceField, InputField } from "../../ui/fields";
import { keepTyped } from "../../ui/keepTyped";
import { toast } from "../../ui/toast";

interface Props {
  /* An entry to correct; null: a new one. */
  entry: WorkEntry | null;
  task: Task | null;
  tasks: readonly Task[];
  zone: string;
  onClose: () => void;
}

interface Draft {
  task: string;
  length: string;
  date: string;
  from: string;
  note: string;
}

type Faults = Partial<Record<keyof Draft, string>>;

const FIRST_MIN = 30;
const DAY_MIN = 1440;
const MINUTE_MS = 60_000;

const shownAt = (instant: number, zone: string) => {
  const { date, minutes } = wallAt(instant, zone);
  return { date, from: wallText(Math.floor(minutes)) };
};

/* A new entry is taken to have ended just now, until its beginning is said. */
const justEnded = (minutes: number, zone: string) =>
  shownAt(Date.now() - minutes * MINUTE_MS, zone);

function draftOf(entry: WorkEntry | null, task: Task | null, zone: string): Draft {
  return {
    task: entry?.task_id ?? task?.id ?? "",
    length: entry ? duration(entry.minutes) : "",
    ...(entry ? shownAt(Date.parse(entry.start), zone) : justEnded(FIRST_MIN, zone)),
    note: entry?.note ?? "",
  };
}

function readDraft(draft: Draft, entry: WorkEntry | null, zone: string): Logged | Faults {
  const faults: Faults = {};
  const minutes = parseDuration(draft.length);
  const from = parseWall(draft.from);
  if (draft.task === "") faults.task = m.today.needTask;
  if (minutes === null || minutes > DAY_MIN) faults.length = m.today.badLength;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.date)) faults.date = m.task.badDate;
  if (from === null) faults.from = m.task.badTime;
  if (minutes === null || from === null || Object.keys(faults).length > 0) return faults;
  const before = entry && wallAt(Date.parse(entry.start), zone);
  /* A field shows minutes; what it does not show stays. */
  const same =
    before && before.date === draft.date && Math.floor(before.minutes) === from && entry.start;
  const start = same || instantText(instantOf(draft.date, from, zone));
  if (Date.parse(start) + minutes * MINUTE_MS > Date.now() + 5 * MINUTE_MS)
    return { length: m.today.future };
  return { start, minutes, note: draft.note.trim() };
}

/* What differs, so that the undo takes back no more than that. */
const changeOf = (entry: WorkEntry, read: Logged): Partial<Logged> =>
  Object.fromEntries(
    Object.entries(read).filter(([name, value]) => entry[name as keyof Logged] !== value),
  );

/* Work that was done without the timer, or an entry to correct. */
export function WorkDialog({ entry: opened, task, tasks, zone, onClose }: Props) {
  const [entry, setEntry] = useState(opened);
  const [draft, setDraft] = useState(() => draftOf(entry, task, zone));
  const [moved, setMoved] = useState(false);
  const [make] = useState(maker);
  const [faults, setFaults] = useState<Faults>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [told, setTold] = useState(entry !== null);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const setStart = (part: Partial<Draft>) => {
    setTold(true);
    set(part);
  };
  const setLength = (length: string) => {
    const minutes = parseDuration(length);
    set({ length, ...(!told && minutes !== null && justEnded(minutes, zone)) });
  };
  const title = tasks.find((t) => t.id === draft.task)?.title ?? m.today.deletedTask;
  const choices = tasks.filter((t) => t.state === "open" || t.id === draft.task);

  /* Another device was faster: take its values where nothing was typed here, keep the rest. */
  const rebase = async (entry: WorkEntry) => {
    const theirs = await getEntry(entry.id);
    setDraft(keepTyped(draft, draftOf(entry, task, zone), draftOf(theirs, task, zone)));
    setEntry(theirs);
    setMoved(true);
  };

  const run = async (step: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await step();
      onClose();
    } catch (caught) {
      if (entry && isStale(caught)) await rebase(entry).catch(setError);
      else setError(caught);
      setBusy(false);
    }
  };

  const save = () => {
    const read = readDraft(draft, entry, zone);
    if (!("start" in read)) {
      setFaults(read);
      return;
    }
    setFaults({});
    void run(async () => {
      if (entry) {
        const change = changeOf(entry, read);
        if (Object.keys(change).length)
          toast(m.today.changed(title), await editWork(entry, change));
      } else {
        const wanted = JSON.stringify([draft.task, read]);
        const add: Send<Logged, Undo> = (body, key) => addWork(draft.task, body, key);
        toast(m.today.saved(duration(read.minutes), title), await make(read, add, wanted));
      }
    });
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };

  return (
    <Dialog title={entry ? m.today.editTitle : m.today.logTitle} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        {moved && (
          <div className="note info" role="alert">
            {m.today.moved}
          </div>
        )}
        {entry ? (
          <p className="soft">{title}</p>
        ) : (
          <ChoiceField
            label={m.today.task}
            error={faults.task}
            value={draft.task}
            onChange={(task) => set({ task })}
          >
            <option value="">{m.today.chooseTask}</option>
            {choices.map((t) => (
              <option key={t.id} value={t.id}>
                {t.title}
              </option>
            ))}
          </ChoiceField>
        )}
        <InputField
          label={m.today.howLong}
          hint={m.today.howLongHint}
          error={faults.length}
          autoFocus
          value={draft.length}
          onChange={setLength}
        />
        <div className="pair">
          <InputField
            label={m.today.day}
            error={faults.date}
            type="date"
            value={draft.date}
            onChange={(value) => setStart({ date: value })}
          />
          <InputField
            label={m.today.from}
            error={faults.from}
            type="time"
            value={draft.from}
            onChange={(value) => setStart({ from: value })}
          />
        </div>
        <InputField
          label={m.today.note}
          maxLength={200}
          value={draft.note}
          onChange={(note) => set({ note })}
        />
        {error !== null && <ErrorNote typed error={error} onRetry={save} />}
        <div className="row dialog-foot">
          {entry && (
            <button
              type="button"
              className="btn dng"
              aria-disabled={busy}
              onClick={() =>
                void run(async () =>
                  toast(m.today.removed(duration(entry.minutes), title), await removeWork(entry)),
                )
              }
            >
              {m.today.remove}
            </button>
          )}
          <button className="btn pri end" aria-disabled={busy}>
            {entry ? m.today.saveEdit : m.today.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
