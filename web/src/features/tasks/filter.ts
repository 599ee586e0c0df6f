import type { Task } from "../../api/schema";

export const FILTERS = ["open", "week", "overdue", "done", "dropped"] as const;
export type Filter = (typeof FILTERS)[number];

const WEEK_MS = 7 * 86_400_000;

export function matches(task: Task, filter: Filter, now: number): boolean {
  const due = Date.parse(task.due);
  switch (filter) {
    case "open":
      return task.state === "open";
    case "week":
      return task.state === "open" && due > now && due <= now + WEEK_MS;
    case "overdue":
      return task.state === "open" && due <= now;
    default:
      return task.state === filter;
  }
}
