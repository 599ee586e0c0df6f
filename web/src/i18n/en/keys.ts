export const keys = {
  title: "Keys",
  off: "Single keys can be switched off in Settings.",
  all: [
    ["N", "Add a task"],
    ["/", "Do or find: done essay, what now"],
    ["Z", "Undo the last change"],
    ["1 … 7", "Today, week, month, tasks, plan, statistics, settings"],
    ["← → ↑ ↓", "In the week and the month: move"],
    ["Enter", "Open what has the focus"],
    ["N", "In the week: add an event"],
    ["Space", "On Today: start or stop the timer"],
    ["D", "On Today, or on a block: the task is done"],
    ["↑ ↓ Space", "Among tasks: move, select; with Shift a range"],
    ["Ctrl A", "While tasks are selected: all of them"],
    ["Esc", "Close the innermost thing"],
    ["?", "These keys"],
  ] as [keys: string, what: string][],
};
