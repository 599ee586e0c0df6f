import {
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from "react";
import { isSingleKey } from "../../ui/keys";
import { turn, type RowActions } from "./TaskParts";
import type { Row } from "./rows";
import type { Selection, Step } from "./selection";

const PAGE = 10;

/* Where a key leads from row `at`; null: it does not lead anywhere. */
function leads(key: string, at: number, last: number): number | null {
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? null : Math.max(0, Math.min(last, to));
}

const CONTROLS = "input, button";

/* The list moves no further than it must, so that it stays the same list to the eye. */
function focusOn(row: HTMLElement | null | undefined): void {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

/* One step aside within a row or the heads, the row itself first. */
function aside(tr: HTMLElement, target: HTMLElement, by: number): void {
  const controls = [...tr.querySelectorAll<HTMLElement>(CONTROLS)];
  const stops = tr.tabIndex === 0 ? [tr, ...controls] : controls;
  stops[stops.indexOf(target) + by]?.focus();
}

/* What mouse and keyboard do in the table, the same for all its rows: handlers for the table itself. */
export function useGridKeys(
  table: RefObject<HTMLTableElement | null>,
  rows: readonly Row[],
  at: number,
  selection: Selection,
  take: (step: Step) => void,
  on: RowActions,
) {
  const goes = useRef(false);
  const ids = () => rows.map((row) => row.task.id);

  /* The row may be rendered only now that it is the active one. */
  useLayoutEffect(() => {
    if (!goes.current) return;
    goes.current = false;
    focusOn(table.current?.querySelector<HTMLElement>("tr[data-id][tabindex='0']"));
  }, [table, selection.active]);

  const go = (to: number, range: boolean) => {
    const id = rows[to]?.task.id;
    if (id === undefined) return;
    goes.current = true;
    take(range ? { type: "range", id, ids: ids() } : { type: "at", id });
    /* It may be there already, and then nothing changes. */
    if (id === selection.active) {
      goes.current = false;
      focusOn(table.current?.querySelector<HTMLElement>(`tr[data-id="${id}"]`));
    }
  };

  const onRow = (event: KeyboardEvent, row: Row) => {
    if (event.key === "Enter") on.edit(row.task);
    else if (event.key === " ") on.pick(row.task.id, event.shiftKey);
    else if (event.key.toLowerCase() === "d" && isSingleKey(event.nativeEvent)) void turn(row.task);
    else return;
    event.preventDefault();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const target = event.target as HTMLElement;
    const tr = target.closest("tr");
    if (!tr || event.altKey || event.defaultPrevented) return;
    const head = tr.dataset["id"] === undefined;
    const here = head ? at : rows.findIndex((row) => row.task.id === tr.dataset["id"]);
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "a") return;
      take({ type: "set", ids: ids() });
    } else if (event.key === "ArrowRight") aside(tr, target, 1);
    else if (event.key === "ArrowLeft") aside(tr, target, -1);
    else {
      if (head && event.key !== "ArrowDown") return;
      if (!head && here === 0 && event.key === "ArrowUp" && !event.shiftKey)
        table.current?.querySelector<HTMLElement>("thead [tabindex='0']")?.focus();
      else {
        const to = head ? here : leads(event.key, here, rows.length - 1);
        const row = rows[here];
        if (to === null) {
          if (row && target === tr) onRow(event, row);
          return;
        }
        go(to, event.shiftKey && !head);
      }
    }
    event.preventDefault();
  };

  const rowOf = (event: MouseEvent) =>
    (event.target as HTMLElement).closest<HTMLElement>("tr[data-id]");
  const apart = (event: MouseEvent) => event.shiftKey || event.ctrlKey || event.metaKey;

  /* A range of tasks, not of letters. */
  const onMouseDown = (event: MouseEvent) => {
    if (event.shiftKey && rowOf(event)) event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    const id = rowOf(event)?.dataset["id"];
    const control = (event.target as HTMLElement).closest("input, label, button");
    const task = rows.find((row) => row.task.id === id)?.task;
    if (id === undefined || !task) return;
    const picks = selection.on || apart(event);
    const title = control?.classList.contains("ttl");
    if (control?.classList.contains("edit") || (title && !picks)) on.edit(task);
    else if (control && !title) return;
    else if (picks) on.pick(id, event.shiftKey);
    else take({ type: "at", id });
  };

  return { onKeyDown, onMouseDown, onClick };
}
