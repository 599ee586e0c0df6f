import { useCallback, useEffect, useReducer, useRef } from "react";
import { inText, overDialog } from "../../ui/keys";
import type { Row } from "./rows";
import { NOTHING, take as taken } from "./selection";

/* The selection among the rows that are shown, and its keys. */
export function useSelection(rows: readonly Row[]) {
  const [selection, take] = useReducer(taken, NOTHING);
  const shown = useRef(rows);
  useEffect(() => {
    shown.current = rows;
  }, [rows]);

  const pick = useCallback((id: string, range: boolean) => {
    if (range) take({ type: "range", id, ids: shown.current.map((row) => row.task.id) });
    else take({ type: "toggle", id });
  }, []);
  const all = useCallback(
    () => take({ type: "set", ids: shown.current.map((row) => row.task.id) }),
    [],
  );

  /* Wherever the focus is while the boxes select; outside of that the table has its own. */
  useEffect(() => {
    if (!selection.on) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || overDialog()) return;
      if (event.key === "Escape") take({ type: "off" });
      else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
        if (inText(event.target)) return;
        all();
      } else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [selection.on, all]);

  return { selection, take, pick, all };
}
