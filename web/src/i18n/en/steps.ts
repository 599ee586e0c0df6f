import { plural } from "../format";

export const steps = {
  title: "Steps",
  of: (done: number, all: number) => `${done} of ${all}`,
  count: (done: number, all: number) => `${done} of ${plural(all, "step", "steps")}`,
  add: "Add a step",
  addButton: "Add this step",
  tick: (text: string) => `Done: ${text}`,
  text: (n: number) => `Step ${n}`,
  move: (text: string) => `Move ${text}`,
  moveHint: "Drag, or press ↑ and ↓",
  moved: (text: string, at: number, all: number) => `${text}, now ${at} of ${all}.`,
  remove: (text: string) => `Delete ${text}`,
  removed: (text: string) => `Step ${text} deleted.`,
};
