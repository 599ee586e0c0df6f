import { useEffect, type RefObject } from "react";

/* Where what has the focus goes away, say since it was pressed, the focus would be nowhere: it comes to
   the most important button of the same part, or else to the page's heading. */
export function useKeptFocus(part: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const inside = part.current;
    if (!inside) return;
    let held: EventTarget | null = null;
    const take = ({ target }: FocusEvent) => (held = target);
    /* Left for something else, it may go. What is gone by then was not left. */
    const leave = ({ target }: FocusEvent) =>
      setTimeout(() => {
        if (held === target && inside.contains(held as Node) && document.activeElement !== held)
          held = null;
      });
    const watch = new MutationObserver(() => {
      if (!held || inside.contains(held as Node)) return;
      held = null;
      if (document.activeElement !== document.body) return;
      const next = inside.querySelector<HTMLElement>(".btn.pri");
      (next ?? document.querySelector<HTMLElement>("h1"))?.focus();
    });
    watch.observe(inside, { childList: true, subtree: true });
    inside.addEventListener("focusin", take);
    inside.addEventListener("focusout", leave);
    return () => {
      watch.disconnect();
      inside.removeEventListener("focusin", take);
      inside.removeEventListener("focusout", leave);
    };
  }, [part]);
}
