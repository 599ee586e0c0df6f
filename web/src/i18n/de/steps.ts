import { plural } from "../format";
import type { Messages } from "../en";

export const steps: Messages["steps"] = {
  title: "Schritte",
  of: (done, all) => `${done} von ${all}`,
  count: (done, all) => `${done} von ${plural(all, "Schritt", "Schritten")}`,
  add: "Schritt hinzufügen",
  addButton: "Diesen Schritt hinzufügen",
  tick: (text) => `Erledigt: ${text}`,
  text: (n) => `Schritt ${n}`,
  move: (text) => `${text} verschieben`,
  moveHint: "Ziehen, oder ↑ und ↓ drücken",
  moved: (text, at, all) => `${text}, jetzt ${at} von ${all}.`,
  remove: (text) => `${text} löschen`,
  removed: (text) => `Schritt ${text} gelöscht.`,
};
