import { useEffect, useState, type RefObject } from "react";

/* A long list in pieces of which only those near the window are rendered; the others keep the place
   that they took when they last were. With a list of 2,000 this is what makes a keystroke cheap. */

const SIZE = 10;
/* So much above and below the window is there before it is scrolled to. */
const MARGIN = "400px 0px";

export interface Chunk {
  index: number;
  from: number;
  to: number;
  /* The height to keep free instead of rendering it; null: render it. */
  gap: number | null;
}

interface Seen {
  near: ReadonlySet<number>;
  heights: ReadonlyMap<number, number>;
}

const AT_FIRST: Seen = { near: new Set([0, 1]), heights: new Map() };

function look(seen: Seen, entries: readonly IntersectionObserverEntry[]): Seen {
  const near = new Set(seen.near);
  const heights = new Map(seen.heights);
  let changed = false;
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    const index = Number((target as HTMLElement).dataset["chunk"]);
    if (isIntersecting === near.has(index)) continue;
    changed = true;
    if (isIntersecting) near.add(index);
    else {
      near.delete(index);
      heights.set(index, boundingClientRect.height);
    }
  }
  return changed ? { near, heights } : seen;
}

/* `list` holds an element with `data-chunk` for each chunk, rendered or not. `keep`: a place in the list
   that is rendered wherever the window is, since the focus is there. */
export function useChunks(
  list: RefObject<HTMLElement | null>,
  length: number,
  rowHeight: number,
  keep: number,
): Chunk[] {
  const [seen, setSeen] = useState(AT_FIRST);
  const count = Math.ceil(length / SIZE);

  useEffect(() => {
    const watch = new IntersectionObserver((entries) => setSeen((was) => look(was, entries)), {
      rootMargin: MARGIN,
    });
    for (const element of list.current?.querySelectorAll("[data-chunk]") ?? [])
      watch.observe(element);
    return () => watch.disconnect();
  }, [list, count]);

  return Array.from({ length: count }, (_, index) => {
    const from = index * SIZE;
    const to = Math.min(length, from + SIZE);
    const shown = seen.near.has(index) || (keep >= from && keep < to);
    const known = to - from === SIZE ? seen.heights.get(index) : undefined;
    return { index, from, to, gap: shown ? null : (known ?? (to - from) * rowHeight) };
  });
}
