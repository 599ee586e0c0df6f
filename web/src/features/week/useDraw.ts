/* Drawing a stretch of time with a mouse or pen on the empty part of a day. A finger scrolls instead;
   the button and the key N are the equal ways. */

import { useEffect, useRef, useState, type PointerEvent } from "react";
import type { Hours, Placed } from "./layout";

const STEP = 15;
const LEAST = 15;

export function useDraw({ first, last }: Hours, onDrawn: (from: number, to: number) => void) {
  const [ghost, setGhost] = useState<Placed | null>(null);
  const from = useRef<number | null>(null);
  const drawn = useRef(onDrawn);
  useEffect(() => {
    drawn.current = onDrawn;
  });

  const minuteAt = (event: PointerEvent<HTMLElement>, round: (n: number) => number) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    return round((share * (last - first) * 60) / STEP) * STEP + first * 60;
  };
  const stop = () => {
    from.current = null;
    setGhost(null);
  };
  const drawing = ghost !== null;
  useEffect(() => {
    if (!drawing) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      from.current = null;
      setGhost(null);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [drawing]);

  return {
    ghost,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const empty = event.target === event.currentTarget || isFree(event.target);
      if (event.button !== 0 || event.pointerType === "touch" || !empty) return;
      from.current = minuteAt(event, Math.floor);
      event.currentTarget.setPointerCapture(event.pointerId);
      event.preventDefault();
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (from.current === null) return;
      const to = minuteAt(event, Math.ceil);
      const a = Math.min(from.current, to);
      const b = Math.max(from.current, to);
      setGhost(b - a >= LEAST ? { a, b } : null);
    },
    onPointerUp: () => {
      if (ghost) drawn.current(ghost.a, ghost.b);
      stop();
    },
    onPointerCancel: stop,
    onLostPointerCapture: stop,
  };
}

const isFree = (target: EventTarget) =>
  target instanceof HTMLElement && target.closest(".fr") !== null;
