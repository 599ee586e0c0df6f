import { useEffect, useRef, type PointerEvent, type RefObject } from "react";
import { hold, type Handlers } from "./grip";
import type { Thing } from "./carry";

interface Wanted extends Omit<Handlers, "pickUp"> {
  /* What a key of the calendar stands for; null: it cannot be carried. */
  thingOf: (key: string) => Thing | null;
  pickUp: (thing: Thing) => boolean;
}

/* Lets pointers carry what lies in the calendar. */
export function useGrip(root: RefObject<HTMLElement | null>, wanted: Wanted) {
  const latest = useRef(wanted);
  useEffect(() => {
    latest.current = wanted;
  });
  const giveUp = useRef<(() => void) | null>(null);
  useEffect(() => () => giveUp.current?.(), []);
  /* A browser asks before a finger goes down whether anyone may want to keep the page from scrolling. */
  useEffect(() => {
    const element = root.current;
    const heard = () => undefined;
    element?.addEventListener("touchmove", heard, { passive: false });
    return () => element?.removeEventListener("touchmove", heard);
  }, [root]);

  return (event: PointerEvent<HTMLElement>) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>("button.blk, button.evt");
    const key = item?.dataset["key"];
    if (!root.current || !item || key === undefined || giveUp.current) return;
    if (event.button !== 0 || !event.isPrimary) return;
    const thing = latest.current.thingOf(key);
    if (!thing) return;
    const on = () => ({ ...latest.current, pickUp: () => latest.current.pickUp(thing) });
    giveUp.current = hold(event.nativeEvent, root.current, item, on, () => {
      giveUp.current = null;
    });
  };
}
