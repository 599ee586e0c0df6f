import { plural } from "../format";

/* Selecting tasks, and one action on all of them. */
export const bulk = {
  select: "Select",
  selected: (n: number) => `${n} selected`,
  selectAll: "Select all",
  selectOne: (title: string) => `Select ${title}`,
  clear: "Stop selecting",
  hint: "Shift and ↑ ↓ or a click select a range, Ctrl A all, Esc ends it.",
  done: "Done",
  reopen: "Reopen",
  move: "Move",
  course: "Course",
  priority: "Priority",
  drop: "Drop",
  delete: "Delete",
  more: "More",
  moreTitle: (n: number) => plural(n, "task", "tasks"),
  moveTitle: (n: number) => `Move ${plural(n, "due date", "due dates")}`,
  courseTitle: (n: number) => `Course of ${plural(n, "task", "tasks")}`,
  priorityTitle: (n: number) => `Priority of ${plural(n, "task", "tasks")}`,
  byDays: "By days",
  toDay: "To a day",
  days: "Days",
  daysHint: "Less than 0: earlier. Each keeps its time of day.",
  badDays: "A whole number from −366 to 366, but not 0.",
  dayHint: "Each keeps its time of day.",
  moveBy: (n: number) =>
    n > 0 ? `Move ${plural(n, "day", "days")} later` : `Move ${plural(-n, "day", "days")} earlier`,
  moveTo: (day: string) => `Move to ${day}`,
  /* "3 tasks", "3 of 5 tasks": how many of those wanted. */
  tasks: (n: number, all: number) =>
    n === all ? plural(n, "task", "tasks") : `${n} of ${plural(all, "task", "tasks")}`,
  saidDone: (tasks: string) => `${tasks} done.`,
  saidReopened: (tasks: string) => `${tasks} open again.`,
  saidMoved: (tasks: string) => `${tasks} moved.`,
  saidCourse: (tasks: string, course: string | null) =>
    course === null ? `${tasks} without a course.` : `${tasks} put into ${course}.`,
  saidPriority: (tasks: string, n: number) => `${tasks} set to priority ${n}.`,
  saidDropped: (tasks: string) => `${tasks} dropped.`,
  saidDeleted: (tasks: string) => `${tasks} deleted.`,
  nothing: "Nothing was changed.",
  stopped: "Stopped.",
  stop: "Stop",
  progress: (n: number, all: number) => `${n} of ${all}`,
  progressLabel: "Progress",
  busy: "The one before is not finished yet.",
  partlyUndone: (tasks: string) => `Undone for ${tasks}.`,
  refusedTitle: (n: number) =>
    n === 1 ? "One task stayed as it was." : `${n} tasks stayed as they were.`,
  selectThese: "Select these",
  dismiss: "Dismiss",
};
