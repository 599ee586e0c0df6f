export const toast = {
  label: "Message",
  undo: "Undo",
  undone: "Undone.",
  dismiss: "Dismiss",
  copied: "Link copied.",
  notCopied: "The browser does not allow copying here. The link is selected: copy it.",
  nothingToUndo: "Nothing to undo.",
  changedSince: "It was changed again since then, and stays as it is now.",
  notUndone: (why: string) => `Not undone. ${why}`,
};
