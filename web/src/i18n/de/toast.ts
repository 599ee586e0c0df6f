import type { Messages } from "../en";

export const toast: Messages["toast"] = {
  label: "Nachricht",
  undo: "Zurücknehmen",
  undone: "Zurückgenommen.",
  dismiss: "Ausblenden",
  copied: "Link kopiert.",
  notCopied: "Der Browser lässt das Kopieren hier nicht zu. Der Link ist markiert: Kopiere ihn.",
  nothingToUndo: "Nichts zurückzunehmen.",
  changedSince: "Es wurde seither noch einmal geändert und bleibt, wie es jetzt ist.",
  notUndone: (why) => `Nicht zurückgenommen. ${why}`,
};
