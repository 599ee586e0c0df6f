import { useEffect, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

/* A long list in pieces of which only those near the window are rendered; the others keep the place
   that they took when they last were. With a list of 2,000 this is what makes a keystroke cheap. */

/* Small, since what is rendered out of sight costs as much as what is seen. */
const SIZE = 3;
/* So much above and below the window is there before it is scrolled to. */
const MARGIN_PX = 150;

export interface Piece {
  /* The number of its first chunk. */
  index: number;
  from: number;
  to: number;
  /* The height to keep free instead of rendering it; null: render it. */
  gap: number | null;
}

interface Seen {
  first: number;
  last: number;
  /* Of whole chunks that were rendered. */
  heights: ReadonlyMap<number, number>;
}

const AT_FIRST: Seen = { first: 0, last: 4, heights: new Map() };

/* The chunks near the window, by where the list begins in it. */
function look(was: Seen, list: HTMLElement, count: number, rowHeight: number): Seen {
  const heights = new Map(was.heights);
  for (const element of list.querySelectorAll<HTMLElement>("[data-chunk]"))
    heights.set(Number(element.dataset["chunk"]), element.offsetHeight);
  const above = -list.getBoundingClientRect().top - MARGIN_PX;
  const below = above + window.innerHeight + 2 * MARGIN_PX;
  let first = 0;
  let last = 0;
  for (let index = 0, y = 0; index < count; index++) {
    if (y <= above) first = index;
    if (y <= below) last = index;
    y += heights.get(index) ?? SIZE * rowHeight;
  }
  return first === was.first && last === was.last ? was : { first, last, heights };
}

/* `list` holds an element with `data-chunk` for each piece that is rendered. `keep`: a place in the list
   that is rendered wherever the window is, since the focus is there. */
export function useChunks(
  list: RefObject<HTMLElement | null>,
  length: number,
  rowHeight: number,
  keep: number,
): Piece[] {
  const [seen, setSeen] = useState(AT_FIRST);
  const count = Math.ceil(length / SIZE);

  useEffect(() => {
    let asked = 0;
    const lookSoon = () => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => {
        const element = list.current;
        /* In the frame that scrolls, so that no gap is seen in it. */
        if (element) flushSync(() => setSeen((was) => look(was, element, count, rowHeight)));
      });
    };
    lookSoon();
    window.addEventListener("scroll", lookSoon, { passive: true });
    window.addEventListener("resize", lookSoon);
    return () => {
      cancelAnimationFrame(asked);
      window.removeEventListener("scroll", lookSoon);
      window.removeEventListener("resize", lookSoon);
    };
  }, [list, count, rowHeight]);

  /* The list may have become shorter than where the window was. */
  const first = Math.min(seen.first, count - 1);
  const pieces: Piece[] = [];
  for (let index = 0; index < count; index++) {
    const from = index * SIZE;
    const to = Math.min(length, from + SIZE);
    const near = index >= first && index <= seen.last;
    const before = pieces.at(-1);
    if (near || (keep >= from && keep < to)) pieces.push({ index, from, to, gap: null });
    else {
      const whole = to - from === SIZE;
      const height = (whole && seen.heights.get(index)) || (to - from) * rowHeight;
      if (before && before.gap !== null) Object.assign(before, { to, gap: before.gap + height });
      else pieces.push({ index, from, to, gap: height });
    }
  }
  return pieces;
}
