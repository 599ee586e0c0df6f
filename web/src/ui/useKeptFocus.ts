import { useEffect, type RefObject } from "react";
import { overDialog } from "./keys";

/* Where what has the focus goes away, say since it was pressed, or since a dialog that it opened did so,
   the focus would be nowhere: it comes to the first that is `next` in the same part, or else to the page's
   heading. */
export function useKeptFocus(part: RefObject<HTMLElement | null>, next = ".btn.pri"): void {
  useEffect(() => {
    const inside = part.current;
    if (!inside) return;
    let held: HTMLElement | null = null;
    const take = ({ target }: FocusEvent) => (held = target as HTMLElement);
    /* Left for something else than a dialog, it may go. What is gone by then was not left. */
    const leave = ({ target }: FocusEvent) =>
      setTimeout(() => {
        if (held !== target || !held || !inside.contains(held) || overDialog()) return;
        if (document.activeElement !== held) held = null;
      });
    const watch = new MutationObserver(() => {
      if (!held || inside.contains(held) || overDialog()) return;
      held = null;
      if (document.activeElement !== document.body) return;
      const found = inside.querySelector<HTMLElement>(next);
      (found ?? document.querySelector<HTMLElement>("h1"))?.focus();
    });
    watch.observe(inside, { childList: true, subtree: true });
    /* Dialogs come and go there. */
    watch.observe(document.body, { childList: true });
    inside.addEventListener("focusin", take);
    inside.addEventListener("focusout", leave);
    return () => {
      watch.disconnect();
      inside.removeEventListener("focusin", take);
      inside.removeEventListener("focusout", leave);
    };
  }, [part, next]);
}
