import type { Messages } from "../en";

export const toast: Messages["toast"] = {
  label: "Nachricht",
  undo: "Zurücknehmen",
  undone: "Zurückgenommen.",
  dismiss: "Ausblenden",
  copied: "Link kopiert.",
  notCopied: "Der Browser lässt das Kopieren hier nicht zu. Der Link ist markiert: Kopiere ihn.",
  nothingToUndo: "Nichts zurückzunehmen.",
  notUndone: (why) => `Nicht zurückgenommen. ${why}`,
};
