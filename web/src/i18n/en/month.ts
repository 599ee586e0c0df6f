import { plural } from "../format";

export const month = {
  goTo: "Go to",
  previous: "Previous month",
  next: "Next month",
  thisMonth: "This month",
  grid: (name: string) => `${name}. Arrow keys move between days, Enter opens the week.`,
  day: (day: string, due: number, events: number, load: string, free: string) =>
    [
      day,
      due ? `${plural(due, "task", "tasks")} due` : "",
      events ? plural(events, "event", "events") : "",
      load ? `${load} planned of ${free} free` : "",
    ]
      .filter(Boolean)
      .join(", "),
  lead: (due: number, load: string) =>
    `**${plural(due, "task is", "tasks are")} due this month.** ${load} of work is planned in it.`,
  leadNothing: "**Nothing is due this month.**",
  more: (n: number) => `+ ${n} more`,
  due: "due",
  load: "planned",
  key: "The bar is the planned part of a day's free hours.",
  nothing: "Nothing due, no events.",
  toWeek: "Open this week",
};
