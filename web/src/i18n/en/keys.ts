export const keys = {
  title: "Keys",
  off: "Single keys can be switched off in Settings.",
  all: [
    ["N", "Add a task"],
    ["/", "Do or find: done essay, what now"],
    ["Z", "Undo the last change"],
    ["1 2 3 4", "Week, tasks, plan, settings"],
    ["← → ↑ ↓", "In the week: move between blocks"],
    ["Enter", "In the week: why this block is here"],
    ["D", "On a block: its task is done"],
    ["Esc", "Close the innermost thing"],
    ["?", "These keys"],
  ] as [keys: string, what: string][],
};
