import { useEffect, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

/* Of a long list only the rows near the window are rendered; the others keep the place that they took
   when they last were. With a list of 2,000 this is what makes a keystroke cheap. */

/* So much above and below the window is there before it is scrolled to: what is rendered out of sight
   costs as much as what is seen. */
const MARGIN_PX = 60;
/* While it scrolls, what the next frames will come to is there too. */
const FRAMES_AHEAD = 4;
/* Between two frames of one movement there is less time than this. */
const STILL_MS = 100;
/* What stands above the list, roughly, until it is measured. */
const HEAD_PX = 150;

export interface Piece {
  from: number;
  to: number;
  /* The height to keep free instead of rendering it; null: render it. */
  gap: number | null;
}

interface Seen {
  first: number;
  last: number;
  /* By place in the list, of the rows that were rendered: from one to the next. */
  heights: ReadonlyMap<number, number>;
}

const atFirst = (rowHeight: number): Seen => ({
  first: 0,
  last: Math.ceil((window.innerHeight - HEAD_PX) / rowHeight),
  heights: new Map(),
});

/* How far the next frames will scroll: not at all after a jump, which has no frame before it. */
function movement() {
  let y = window.scrollY;
  let at = 0;
  let before = 0;
  return (now: number): number => {
    const moved = now - at < STILL_MS ? window.scrollY - y : 0;
    const steady = Math.min(Math.abs(moved), Math.abs(before));
    const ahead = moved * before > 0 ? Math.sign(moved) * steady * FRAMES_AHEAD : 0;
    [y, at, before] = [window.scrollY, now, window.scrollY - y];
    return Math.max(-window.innerHeight, Math.min(window.innerHeight, ahead));
  };
}

/* The rows near the window, by where the list begins in it, and those that are `ahead` pixels on. */
function look(was: Seen, list: HTMLElement, length: number, rowHeight: number, ahead: number) {
  const heights = new Map(was.heights);
  const tops = new Map<number, number>();
  for (const row of list.querySelectorAll<HTMLElement>("[data-place]"))
    tops.set(Number(row.dataset["place"]), row.getBoundingClientRect().top);
  for (const [place, y] of tops) {
    const next = tops.get(place + 1);
    if (next !== undefined) heights.set(place, next - y);
  }
  const top = -list.getBoundingClientRect().top;
  const above = top - MARGIN_PX + Math.min(0, ahead);
  const below = top + window.innerHeight + MARGIN_PX + Math.max(0, ahead);
  let first = 0;
  let last = 0;
  for (let place = 0, y = 0; place < length && y <= below; place++) {
    if (y <= above) first = place;
    last = place;
    y += heights.get(place) ?? rowHeight;
  }
  return first === was.first && last === was.last ? was : { first, last, heights };
}

/* The list from end to end; `shown` are the places to render, `[from, to)`. */
function piecesOf(
  length: number,
  shown: [from: number, to: number][],
  heightOf: (from: number, to: number) => number,
): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const leaveOut = (to: number) => {
    if (at < to) pieces.push({ from: at, to, gap: heightOf(at, to) });
    at = Math.max(at, to);
  };
  for (const [from, to] of shown) {
    leaveOut(Math.min(from, length));
    const end = Math.min(to, length);
    if (at < end) pieces.push({ from: at, to: end, gap: null });
    at = Math.max(at, end);
  }
  leaveOut(length);
  return pieces;
}

/* `list` holds the rows, each with its place as `data-place`. `keep`: a place that is rendered wherever
   the window is, since the focus is there; −1: none. On paper all of it is. */
export function useNear(
  list: RefObject<HTMLElement | null>,
  length: number,
  rowHeight: number,
  keep: number,
): Piece[] {
  const [seen, setSeen] = useState(() => atFirst(rowHeight));

  useEffect(() => {
    let asked = 0;
    let printing = false;
    const moving = movement();
    const lookNow = (now: number) => {
      const element = list.current;
      const ahead = moving(now);
      /* In the frame that scrolls, so that no gap is seen in it. */
      if (element && !printing)
        flushSync(() => setSeen((was) => look(was, element, length, rowHeight, ahead)));
    };
    const lookSoon = () => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(lookNow);
    };
    const showAll = () => {
      printing = true;
      flushSync(() => setSeen((was) => ({ ...was, first: 0, last: length - 1 })));
    };
    const showNear = () => {
      printing = false;
      lookSoon();
    };
    const heard = [
      ["scroll", lookSoon],
      ["resize", lookSoon],
      ["beforeprint", showAll],
      ["afterprint", showNear],
    ] as const;
    lookSoon();
    for (const [name, hear] of heard) window.addEventListener(name, hear, { passive: true });
    return () => {
      cancelAnimationFrame(asked);
      for (const [name, hear] of heard) window.removeEventListener(name, hear);
    };
  }, [list, length, rowHeight]);

  /* The list may have become shorter than where the window was. */
  const first = Math.min(seen.first, length - 1);
  const near: [number, number] = [first, Math.max(first, seen.last) + 1];
  const kept: [number, number][] = keep < 0 ? [] : [[keep, keep + 1]];
  const shown = keep < first ? [...kept, near] : [near, ...kept];
  return piecesOf(length, shown, (from, to) => {
    let height = (to - from) * rowHeight;
    for (const [place, h] of seen.heights) if (place >= from && place < to) height += h - rowHeight;
    return height;
  });
}
