import { useEffect } from "react";
import { read, write } from "./storage";

/* Whether single letters act. They can be switched off for those who dictate or type by accident. */
export const singleKeys = () => read("keys") !== "off";
export const setSingleKeys = (on: boolean) => write("keys", on ? null : "off");

export const inText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("input:not([type=range],[type=checkbox],[type=radio]), textarea, select"));

/* Space is the way to press what has the focus. */
const pressed = (event: KeyboardEvent) =>
  event.key === " " &&
  event.target instanceof HTMLElement &&
  event.target.closest("a, button, input, label, summary, [role]:not([role=main])") !== null;

/* Whether a key may be meant for an action: alone, and nobody is typing. */
export const isSingleKey = (event: KeyboardEvent) =>
  !event.defaultPrevented &&
  !(event.altKey || event.ctrlKey || event.metaKey) &&
  singleKeys() &&
  !inText(event.target);

export const overDialog = () => document.querySelector("[role=dialog],[role=alertdialog]") !== null;

/* Calls an action by its key, unless someone is typing or a dialog is open. */
export function useKeys(actions: Record<string, () => void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isSingleKey(event) || pressed(event) || overDialog()) return;
      const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}

/* Calls an action by Ctrl or ⌘ and a letter: also while typing, but not above a dialog. */
export function useChord(letter: string, action: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.shiftKey) return;
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== letter) return;
      event.preventDefault();
      if (!overDialog()) action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
