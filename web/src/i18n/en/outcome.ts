import { plural } from "../format";

/* What a change did to the plan; each a sentence behind "Sheet 5 done." */
export const outcome = {
  moved: (n: number) => `${plural(n, "block", "blocks")} moved.`,
  late: (names: string, n: number) =>
    names === ""
      ? `${plural(n, "task", "tasks")} no longer fit.`
      : `${names} no longer ${n === 1 ? "fits" : "fit"}.`,
  saved: (names: string, n: number) =>
    names === ""
      ? `${plural(n, "task", "tasks")} fit again.`
      : `${names} ${n === 1 ? "fits" : "fit"} again.`,
};
