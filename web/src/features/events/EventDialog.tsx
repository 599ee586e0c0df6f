import { useEffect, useState, type FormEvent } from "react";
import { addEvent, editEvent, editFollowing, type Undo } from "../../api/actions";
import { isStale } from "../../api/client";
import { getEvent } from "../../api/endpoints";
import { maker } from "../../api/making";
import type { Occurrence, StudyEvent } from "../../api/schema";
import { m } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { Skeleton } from "../../ui/Skeleton";
import { isComplete } from "../../ui/fields";
import { keepTyped } from "../../ui/keepTyped";
import { toast } from "../../ui/toast";
import { EventFields } from "./EventFields";
import {
  bodyOf,
  changeOf,
  draftOf,
  faultsOf,
  moveOf,
  newDraft,
  type Draft,
  type Faults,
  type Scope,
} from "./draft";
import "./events.css";

/* A stretch of a day for a new event, or an occurrence of one that is there. */
export type EventOpened = { date: string; from: number; to: number } | { occurrence: Occurrence };

export function EventDialog({ opened, onClose }: { opened: EventOpened; onClose: () => void }) {
  const isNew = "date" in opened;
  return (
    <Dialog title={isNew ? m.events.newTitle : m.events.editTitle} onClose={onClose} wide>
      {isNew ? (
        <NewEvent draft={newDraft(opened.date, opened.from, opened.to)} onClose={onClose} />
      ) : (
        <OldEvent occurrence={opened.occurrence} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  event: StudyEvent | null;
  scope: Scope;
  /* Saves and says how to take it back. */
  save: () => Promise<Undo>;
  done: string;
  onStale: () => Promise<void>;
  onClose: () => void;
}

function EventForm({ draft, set, event, scope, save, done, onStale, onClose }: FormProps) {
  const [faults, setFaults] = useState<Faults>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [moved, setMoved] = useState(false);

  const run = async () => {
    if (busy) return;
    const found = faultsOf(draft);
    setFaults(found);
    setError(null);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      toast(done, await save());
      onClose();
    } catch (caught) {
      if (isStale(caught)) {
        await onStale().catch(setError);
        setMoved(true);
      } else setError(caught);
    } finally {
      setBusy(false);
    }
  };

  const submit = (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    if (isComplete(submitted.currentTarget)) void run();
  };

  return (
    <form className="stack" onSubmit={submit} noValidate>
      {moved && (
        <div className="note info" role="alert">
          {m.events.moved}
        </div>
      )}
      <EventFields draft={draft} set={set} faults={faults} event={event} scope={scope} />
      {error !== null && <ErrorNote typed error={error} onRetry={() => void run()} />}
      <div className="row dialog-foot">
        <button className="btn pri end" aria-disabled={busy}>
          {m.events.save}
        </button>
      </div>
    </form>
  );
}

function NewEvent({ draft: first, onClose }: { draft: Draft; onClose: () => void }) {
  const [draft, setDraft] = useState(first);
  const [make] = useState(maker);
  return (
    <EventForm
      draft={draft}
      set={(part) => setDraft({ ...draft, ...part })}
      event={null}
      scope="all"
      save={() => make(bodyOf(draft, null), addEvent)}
      done={m.events.added(draft.title.trim())}
      onStale={() => Promise.resolve()}
      onClose={onClose}
    />
  );
}

interface OldProps {
  occurrence: Occurrence;
  onClose: () => void;
}

function OldEvent({ occurrence, onClose }: OldProps) {
  const [event, setEvent] = useState<StudyEvent | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  const id = occurrence.event_id;
  useEffect(() => {
    let gone = false;
    getEvent(id)
      .then((found) => !gone && setEvent(found))
      .catch((caught: unknown) => !gone && setError(caught));
    return () => {
      gone = true;
    };
  }, [id, tries]);
  if (error !== null && !event)
    return (
      <ErrorNote
        error={error}
        onRetry={() => {
          setError(null);
          setTries(tries + 1);
        }}
      />
    );
  if (!event) return <Skeleton lines={5} />;
  return <Change {...{ event, occurrence, onClose }} onEvent={setEvent} />;
}

interface ChangeProps extends OldProps {
  event: StudyEvent;
  onEvent: (event: StudyEvent) => void;
}

function Change({ event, occurrence, onEvent, onClose }: ChangeProps) {
  const repeated = event.rule !== null;
  const [scope, setScope] = useState<Scope>(repeated ? "one" : "all");
  const [draft, setDraft] = useState(() => draftOf(event, occurrence, repeated ? "one" : "all"));
  const { date } = occurrence;

  /* What was typed is kept; what was not is as the new scope, or another device, has it. */
  const rebase = (newest: Draft) =>
    setDraft(keepTyped(draft, draftOf(event, occurrence, scope), newest));
  const choose = (next: Scope) => {
    rebase(draftOf(event, occurrence, next));
    setScope(next);
  };
  const catchUp = async () => {
    const theirs = await getEvent(event.id);
    rebase(draftOf(theirs, occurrence, scope));
    onEvent(theirs);
  };

  const save = () => {
    if (repeated && scope === "one") return editEvent(event, moveOf(draft, event, date));
    if (scope === "following" && date !== event.date)
      return editFollowing(event, date, changeOf(draft, event, date));
    return editEvent(event, changeOf(draft, event, event.date));
  };

  return (
    <div className="stack">
      {repeated && (
        <div className="seg event-scope" role="group" aria-label={m.events.scope}>
          {(["one", "following", "all"] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={scope === each}
              onClick={() => choose(each)}
            >
              {m.events.scopes[each]}
            </button>
          ))}
        </div>
      )}
      <EventForm
        draft={draft}
        set={(part) => setDraft({ ...draft, ...part })}
        event={event}
        scope={scope}
        save={save}
        done={m.events.saved(draft.title.trim())}
        onStale={catchUp}
        onClose={onClose}
      />
    </div>
  );
}
