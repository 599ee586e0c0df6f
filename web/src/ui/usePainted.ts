import { startTransition, useEffect, useState } from "react";

/* The value once it has been painted where it is shown at once: what is drawn by it alone follows in the
   next frame. useDeferredValue draws that as soon as it can, which is before the paint. */
export function usePainted<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    let timer = 0;
    const frame = requestAnimationFrame(() => {
      /* A frame is painted before the next task. */
      timer = window.setTimeout(() => startTransition(() => setPainted(value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return painted;
}
