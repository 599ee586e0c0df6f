import type { Messages } from "../en";

export const toast: Messages["toast"] = {
  label: "Nachricht",
  undo: "Zurücknehmen",
  undone: "Zurückgenommen.",
  dismiss: "Ausblenden",
  nothingToUndo: "Nichts zurückzunehmen.",
  notUndone: (why) => `Nicht zurückgenommen. ${why}`,
};
