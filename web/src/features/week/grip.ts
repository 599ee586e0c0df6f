/* A pointer that takes hold of a block or an event and carries it: a mouse or pen when it is drawn
   away, a finger when it has rested, so that the page still scrolls. At the edges of the window the
   page follows, at those of the calendar the days do. */

import type { LocalDate } from "../../time/zone";
import type { Edge, Point } from "./carry";
import type { Hours } from "./layout";

export interface Handlers {
  /* The minutes that a column shows. */
  hours: Hours;
  pickUp: () => boolean;
  /* From where it was taken hold of to where the pointer is. */
  carry: (edge: Edge, grip: Point, at: Point) => void;
  drop: () => void;
  putBack: () => void;
  /* To the days before or behind, or to a day. */
  turn: (to: -1 | 1 | LocalDate) => void;
}

const HOLD_MS = 300;
const DRAWN_PX = 4;
const RESTS_PX = 9;
const END_PX = { mouse: 7, pen: 10, touch: 18 };
const TURN_MS = 600;
const EDGE_PX = 60;
const SCROLL_PX = 9;

/* Which part of it the pointer has. */
function edgeOf(item: HTMLElement, y: number, type: string): Edge {
  const box = item.getBoundingClientRect();
  const zone = END_PX[type as keyof typeof END_PX] ?? END_PX.mouse;
  return box.height >= 3 * zone && y > box.bottom - zone ? "end" : "all";
}

/* What was carried is not clicked as well; a button that appears elsewhere meanwhile is. */
function clickless(root: HTMLElement): void {
  const stop = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => root.removeEventListener("click", stop, { capture: true }), 50);
}

/* From a pointer that went down on `item` until it is up; returns what ends it early. */
export function hold(
  down: PointerEvent,
  root: HTMLElement,
  item: HTMLElement,
  on: () => Handlers,
  ended: () => void,
): () => void {
  const { pointerId, pointerType } = down;
  const touch = pointerType === "touch";
  const edge = edgeOf(item, down.clientY, pointerType);
  const grip = pointAt(root, down.clientX, down.clientY, on().hours);
  let at = { x: down.clientX, y: down.clientY };
  let held = false;
  let frame = 0;
  let outside: { to: -1 | 1; since: number } | null = null;

  const follow = (time: number) => {
    frame = requestAnimationFrame(follow);
    scrollAt(at.y);
    const day = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>("[data-day]");
    if (day?.dataset["day"]) on().turn(day.dataset["day"]);
    const to = sideOf(root, at.x);
    if (to !== outside?.to) outside = to && { to, since: time };
    if (outside && time - outside.since > TURN_MS) {
      on().turn(outside.to);
      outside.since = time;
    }
    const point = pointAt(root, at.x, at.y, on().hours);
    if (grip && point) on().carry(edge, grip, point);
  };
  const lift = () => {
    if (!grip || !on().pickUp()) return stop();
    held = true;
    root.setPointerCapture(pointerId);
    if (touch) navigator.vibrate?.(10);
    frame = requestAnimationFrame(follow);
  };
  const timer = touch ? setTimeout(lift, HOLD_MS) : undefined;

  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    if (held) return;
    const far = Math.hypot(at.x - down.clientX, at.y - down.clientY);
    if (touch && far > RESTS_PX) stop();
    if (!touch && far > DRAWN_PX) lift();
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    if (held) clickless(root);
    const was = held;
    const point = pointAt(root, event.clientX, event.clientY, on().hours);
    stop();
    if (!was) return;
    if (grip && point) on().carry(edge, grip, point);
    on().drop();
  };
  const giveUp = () => {
    const was = held;
    stop();
    if (was) on().putBack();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !held) return;
    event.preventDefault();
    event.stopPropagation();
    clickless(root);
    giveUp();
  };
  const onCancel = (event: PointerEvent) => {
    if (event.pointerId === pointerId) giveUp();
  };
  /* Neither scrolls while it is carried; a long press has no menu. What was touched may leave the page
     meanwhile, and then only it hears of the finger. */
  const onTouch = (event: TouchEvent) => {
    if (held || pointerType === "pen") event.preventDefault();
  };
  const onMenu = (event: Event) => {
    if (touch) event.preventDefault();
  };

  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener("pointermove", onMove, { signal });
  window.addEventListener("pointerup", onUp, { signal });
  window.addEventListener("pointercancel", onCancel, { signal });
  window.addEventListener("keydown", onKey, { signal, capture: true });
  window.addEventListener("contextmenu", onMenu, { signal });
  item.addEventListener("touchmove", onTouch, { signal, passive: false });

  function stop(): void {
    listening.abort();
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    held = false;
    ended();
  }
  return giveUp;
}

function scrollAt(y: number): void {
  const by = y < EDGE_PX ? -SCROLL_PX : y > window.innerHeight - EDGE_PX ? SCROLL_PX : 0;
  if (by !== 0) window.scrollBy(0, by);
}

const columnsIn = (root: HTMLElement) => [...root.querySelectorAll<HTMLElement>(".col[data-date]")];

/* The day and the minute under a pointer; beside the columns those of the nearest. */
function pointAt(root: HTMLElement, x: number, y: number, hours: Hours): Point | null {
  const columns = columnsIn(root);
  const under = columns.find((column) => x < column.getBoundingClientRect().right);
  const column = under ?? columns[columns.length - 1];
  const date = column?.dataset["date"];
  if (!column || !date) return null;
  const { top, height } = column.getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (y - top) / height));
  return { date, minute: (hours.first + share * (hours.last - hours.first)) * 60 };
}

/* On which side of the days a pointer is; a phone's day fills its width, so the rims count there. */
function sideOf(root: HTMLElement, x: number): -1 | 1 | null {
  const columns = columnsIn(root);
  const left = columns[0]?.getBoundingClientRect().left ?? 0;
  const right = columns[columns.length - 1]?.getBoundingClientRect().right ?? 0;
  const rim = columns.length === 1 ? 24 : 0;
  if (x < left) return -1;
  return x > right - rim ? 1 : null;
}
