export const nav = {
  main: "Main",
  skip: "Skip to content",
  today: "Today",
  week: "Week",
  month: "Month",
  tasks: "Tasks",
  plan: "Plan",
  settings: "Settings",
  add: "Add",
  addTask: "Add task",
};
