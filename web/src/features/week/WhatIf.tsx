import { useEffect, useEffectEvent, useState } from "react";
import type { Undo } from "../../api/actions";
import type { Schedule, Task } from "../../api/schema";
import { m } from "../../i18n/messages";
import { check } from "../../plan/check";
import { compare } from "../../plan/compare";
import { Cost, fitWords } from "../../ui/Cost";
import { Qed } from "../../ui/Mark";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";

interface Props {
  question: string;
  before: Schedule;
  /* null while it is being planned. */
  after: Schedule | null;
  error: unknown;
  /* What `after` plans. */
  tasks: Task[];
  /* Makes the change; `done` says what was done when so many blocks moved. */
  apply: () => Promise<Undo>;
  done: (moved: number) => string;
  onDone: () => void;
}

const CHECKED_AFTER_MS = 250;

/* What a change would cost, and the choice to make it. */
export function WhatIf({ question, before, after, error, tasks, apply, done, onDone }: Props) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const [last, setLast] = useState(after);
  if (after && after !== last) setLast(after);
  const plan = after ?? last;
  const trouble = failed ?? error;

  /* The second checker looks once the hand rests. */
  const [checked, setChecked] = useState<Schedule | null>(null);
  useEffect(() => {
    if (!after) return;
    const timer = setTimeout(() => {
      if (check(after, tasks).ok) setChecked(after);
    }, CHECKED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [after, tasks]);

  const take = async () => {
    if (busy) return;
    setBusy(true);
    setFailed(null);
    try {
      const moved = plan ? compare(before, plan).moved : 0;
      const undo = await apply();
      toast(done(moved), undo);
      onDone();
    } catch (caught) {
      setFailed(caught);
      setBusy(false);
    }
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key === "Escape" && !event.defaultPrevented) onDone();
    if (event.key === "Enter" && target.matches("input[type=range], body")) void take();
  });
  useEffect(() => {
    const heard = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", heard);
    return () => window.removeEventListener("keydown", heard);
  }, []);

  return (
    <section className="whatif" aria-label={m.whatif.label}>
      <div className="stack whatif-words">
        <b className="t">
          {question} {plan && fitWords(plan)}
          {checked !== null && checked === plan && <Qed label={m.plan.proved} />}
        </b>
        {plan && <Cost before={before} after={plan} />}
        {Boolean(trouble) && (
          <p className="small" role="alert">
            {describe(trouble).title} {describe(trouble).detail}
          </p>
        )}
      </div>
      <div className="row nowrap">
        <button className="btn" onClick={onDone}>
          {m.whatif.discard} <kbd>Esc</kbd>
        </button>
        <button className="btn pri" aria-disabled={busy} onClick={() => void take()}>
          {m.whatif.apply} <kbd>{m.whatif.enter}</kbd>
        </button>
      </div>
    </section>
  );
}
