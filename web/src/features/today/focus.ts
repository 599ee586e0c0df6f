/* How long to focus and to rest: as last chosen in this browser. A timer that runs keeps its own. */

import { read, write } from "../../ui/storage";

export const FOCUS_MAX = 180;
export const BREAK_MAX = 60;
export type Lengths = readonly [focus: number, pause: number];
export const PRESETS: readonly Lengths[] = [
  [25, 5],
  [50, 10],
  [90, 20],
];

const NAME = "focus";

export function focusLengths(): Lengths {
  const [focus = 0, pause = -1] = (read(NAME) ?? "").split("/").map(Number);
  return isFocus(focus) && isBreak(pause) ? [focus, pause] : [25, 5];
}

export const keepLengths = ([focus, pause]: Lengths) => write(NAME, `${focus}/${pause}`);

export const isFocus = (n: number) => Number.isInteger(n) && n >= 1 && n <= FOCUS_MAX;
export const isBreak = (n: number) => Number.isInteger(n) && n >= 0 && n <= BREAK_MAX;
