export const toast = {
  label: "Message",
  undo: "Undo",
  undone: "Undone.",
  dismiss: "Dismiss",
  nothingToUndo: "Nothing to undo.",
  notUndone: (why: string) => `Not undone. ${why}`,
};
