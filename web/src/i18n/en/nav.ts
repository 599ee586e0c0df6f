export const nav = {
  main: "Main",
  skip: "Skip to content",
  today: "Today",
  week: "Week",
  month: "Month",
  tasks: "Tasks",
  plan: "Plan",
  statistics: "Statistics",
  settings: "Settings",
  more: "More pages",
  add: "Add",
  addTask: "Add task",
};
