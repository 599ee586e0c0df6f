import { useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/* The width of an element in CSS pixels, so that a drawing keeps its letters' size. */
export function useWidth<T extends Element>(first: number) {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(first);
  /* Observers are told between layout and paint. Drawn there, nothing below moves after the first
     paint; and to measure here would make the whole page's layout part of one long task. */
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const take = (px: number) => px > 0 && flushSync(() => setWidth(Math.round(px)));
    const observer = new ResizeObserver(([entry]) => entry && take(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}
