/* What just happened, with a way back. One toast at a time; the last undo stays reachable by Z after
   its toast has gone. Everything shown here is also spoken, politely. */

import { Undo2, X } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { NetworkError, isStale } from "../api/client";
import { m } from "../i18n/messages";
import { isSingleKey, overDialog } from "./keys";
import { describe } from "./problem";

interface Toast {
  id: number;
  text: string;
  undo?: () => Promise<unknown>;
}

interface State {
  toast: Toast | null;
  spoken: string;
}

let state: State = { toast: null, spoken: "" };
let lastUndo: Toast["undo"];
let ids = 0;
const listeners = new Set<() => void>();

function set(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/* Says it to a screen reader only. The same text twice in a row is spoken twice. */
export function announce(text: string): void {
  set({ spoken: text === state.spoken ? `${text}\u00a0` : text });
}

export function toast(text: string, undo?: Toast["undo"]): void {
  lastUndo = undo;
  set({ toast: { id: ++ids, text, ...(undo && { undo }) } });
  announce(text.replace(/\*\*/g, ""));
}

export function hideToast(): void {
  set({ toast: null });
}

/* Takes back the last thing that can be taken back. An undo that did otherwise than wanted says so by
   resolving to its words. */
export async function undoLast(): Promise<void> {
  const undo = lastUndo;
  lastUndo = undefined;
  hideToast();
  if (!undo) {
    announce(m.toast.nothingToUndo);
    return;
  }
  try {
    const words = await undo();
    toast(typeof words === "string" ? words : m.toast.undone);
  } catch (error) {
    /* Nothing has been taken back yet: it still can be. */
    const again = error instanceof NetworkError ? undo : undefined;
    const why = isStale(error) ? m.toast.changedSince : describe(error).detail;
    toast(m.toast.notUndone(why), again);
  }
}

const SHOWN_MS = 9_000;

export function Toaster() {
  const { toast: shown, spoken } = useSyncExternalStore(subscribe, () => state);
  const [held, setHeld] = useState(false);
  const cameFrom = useRef<HTMLElement | null>(null);
  const id = shown?.id;
  const there = shown !== null;
  /* One that is put away is left by nobody: no event says so. */
  if (held && !there) setHeld(false);
  useEffect(() => {
    if (there) return;
    if (document.activeElement === document.body) cameFrom.current?.focus();
    cameFrom.current = null;
  }, [there]);
  useEffect(() => {
    if (id === undefined || held) return;
    const timer = setTimeout(hideToast, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, held]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!shown?.undo || event.key.toLowerCase() !== "z") return;
      if (!overDialog() || !isSingleKey(event)) return;
      event.preventDefault();
      void undoLast();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [shown]);

  /* A dialog hides everything else from pointers and screen readers, but for this layer. */
  return createPortal(
    <div data-react-aria-top-layer="true">
      <div className="vh" role="status" aria-live="polite">
        {spoken}
      </div>
      {shown && (
        <section
          className="toast"
          aria-label={m.toast.label}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={({ currentTarget, relatedTarget: from }) => {
            setHeld(true);
            if (from instanceof HTMLElement && !currentTarget.contains(from))
              cameFrom.current = from;
          }}
          onBlur={({ relatedTarget: to }) => {
            setHeld(false);
            if (to) cameFrom.current = null;
          }}
        >
          <span className="grow">{shown.text}</span>
          {shown.undo && (
            <button className="btn link sm" onClick={() => void undoLast()}>
              <Undo2 className="ic" />
              {m.toast.undo} <kbd>Z</kbd>
            </button>
          )}
          <button className="btn icon sm" aria-label={m.toast.dismiss} onClick={hideToast}>
            <X className="ic" />
          </button>
        </section>
      )}
    </div>,
    document.body,
  );
}
