/* Which tasks are selected. A range goes from the anchor, which is where one began, and replaces the
   range before it, as in any list; what was selected apart from it stays. */

export interface Selection {
  /* Whether the boxes select; else they say done. */
  on: boolean;
  picked: ReadonlySet<string>;
  /* What was selected when the anchor was set. */
  base: ReadonlySet<string>;
  anchor: string | null;
  /* Where the keyboard is. */
  active: string | null;
}

export type Step =
  | { type: "on" }
  | { type: "off" }
  | { type: "at"; id: string }
  | { type: "toggle"; id: string }
  | { type: "range"; id: string; ids: readonly string[] }
  | { type: "set"; ids: readonly string[] };

const NONE: ReadonlySet<string> = new Set();

export const NOTHING: Selection = {
  on: false,
  picked: NONE,
  base: NONE,
  anchor: null,
  active: null,
};

function between(ids: readonly string[], a: string, b: string): readonly string[] {
  const [i, j] = [ids.indexOf(a), ids.indexOf(b)];
  if (i < 0 || j < 0) return [b];
  return ids.slice(Math.min(i, j), Math.max(i, j) + 1);
}

export function take(s: Selection, step: Step): Selection {
  switch (step.type) {
    case "on":
      return { ...s, on: true };
    case "off":
      return { ...NOTHING, active: s.active };
    case "at":
      /* Going on without the shift key begins a new range there. */
      return { ...s, active: step.id, anchor: step.id, base: s.picked };
    case "toggle": {
      const picked = new Set(s.picked);
      if (!picked.delete(step.id)) picked.add(step.id);
      return { on: true, picked, base: picked, anchor: step.id, active: step.id };
    }
    case "range": {
      const anchor = s.anchor ?? s.active ?? step.id;
      const picked = new Set([...s.base, ...between(step.ids, anchor, step.id)]);
      return { on: true, picked, base: s.base, anchor, active: step.id };
    }
    case "set": {
      const picked = new Set(step.ids);
      return { ...s, on: true, picked, base: picked };
    }
  }
}
