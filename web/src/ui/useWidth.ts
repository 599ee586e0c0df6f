import { useLayoutEffect, useRef, useState } from "react";

/* The width of an element in CSS pixels, so that a drawing keeps its letters' size. */
export function useWidth<T extends Element>(first: number) {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(first);
  /* Measured before the first paint, so that nothing below moves after it. */
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const take = (px: number) => px > 0 && setWidth(Math.round(px));
    take(element.getBoundingClientRect().width);
    const observer = new ResizeObserver(([entry]) => entry && take(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}
