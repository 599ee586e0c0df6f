/* One action on the selected tasks at a time: how far it is, what it could not do, and the one toast
   that says what happened and takes it back. It goes on when the page is left. */

import { useSyncExternalStore } from "react";
import type { Done, Step } from "../../api/bulk";
import { knownPlan } from "../../api/queries";
import { m } from "../../i18n/messages";
import { outcomeWords } from "../../ui/outcome";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";

export interface Running {
  done: number;
  all: number;
  /* So long that it has to be said. */
  slow: boolean;
  stop: () => void;
}

export interface Refused {
  id: string;
  title: string;
  why: string;
}

interface State {
  running: Running | null;
  refused: Refused[];
}

let state: State = { running: null, refused: [] };
const listeners = new Set<() => void>();

function set(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useBulk = () => useSyncExternalStore(subscribe, () => state);
export const forgetRefused = () => set({ refused: [] });

const SLOW_MS = 500;

async function run(step: Step, all: number): Promise<Done> {
  const stopper = new AbortController();
  const begun = { done: 0, all, slow: false, stop: () => stopper.abort() };
  const goesOn = (next: Partial<Running>) =>
    set({ running: { ...begun, ...state.running, ...next } });
  set({ running: begun, refused: [] });
  const timer = setTimeout(() => goesOn({ slow: true }), SLOW_MS);
  try {
    const done = await step({
      signal: stopper.signal,
      progress: (n) => goesOn({ done: n }),
    });
    const refused = done.faults.map(({ task, error }) => {
      const { title, detail } = describe(error);
      return { id: task.id, title: task.title, why: `${title} ${detail}` };
    });
    set({ refused });
    return done;
  } finally {
    clearTimeout(timer);
    set({ running: null });
  }
}

/* `words` says what was done to how many: "3 tasks" or "3 of 5 tasks". Resolves to whether all went. */
export async function act(
  step: Step,
  all: number,
  words: (tasks: string) => string,
): Promise<boolean> {
  if (state.running) return false;
  const before = knownPlan();
  const done = await run(step, all);
  const whole = done.count === all;
  const said = [
    ...(done.left > 0 ? [m.bulk.stopped] : []),
    done.count === 0 ? m.bulk.nothing : words(m.bulk.tasks(done.count, all)),
    ...outcomeWords(before, knownPlan()),
  ].join(" ");
  const { undo, changed } = done;
  if (undo) toast(said, () => takeBack(undo, changed));
  else toast(said);
  return whole;
}

/* Says so when not all came back. */
async function takeBack(step: Step, all: number): Promise<string | undefined> {
  if (state.running) return m.bulk.busy;
  const done = await run(step, all);
  return done.count === all ? undefined : m.bulk.partlyUndone(m.bulk.tasks(done.count, all));
}
