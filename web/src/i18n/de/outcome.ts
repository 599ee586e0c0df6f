import { plural } from "../format";
import type { Messages } from "../en";

export const outcome: Messages["outcome"] = {
  moved: (n) => `${plural(n, "Block", "Blöcke")} verschoben.`,
  late: (names, n) =>
    names === ""
      ? `${plural(n, "Aufgabe passt", "Aufgaben passen")} nicht mehr.`
      : `${names} ${n === 1 ? "passt" : "passen"} nicht mehr.`,
  saved: (names, n) =>
    names === ""
      ? `${plural(n, "Aufgabe passt", "Aufgaben passen")} wieder.`
      : `${names} ${n === 1 ? "passt" : "passen"} wieder.`,
};
