import { dayMonth } from "../format";
import { makeDate } from "../../time/zone";

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/* "November has 30 days. Did you mean 30 Nov or 1 Dec?" */
function noSuchDay(words: string, month: number, days: number): string {
  if (month < 1 || month > 12) return `“${words}” is no date.`;
  const last = dayMonth(makeDate(2024, month, days));
  const next = dayMonth(makeDate(2024, month, days + 1));
  return `${MONTHS[month - 1]} has ${days} days. Did you mean ${last} or ${next}?`;
}

export const quick = {
  title: "What is due?",
  lead: "One line per task: what, how long, until when. Enter adds it and starts the next.",
  dialogTitle: "Add tasks",
  label: "New task",
  placeholder: "What, how long, until when",
  example: "For example",
  exampleLine: "essay 3h friday 17:00",
  add: "Add",
  added: (title: string) => `${title} added.`,
  addedSoFar: "Added so far",
  readAs: "Read as:",
  due: (when: string) => `due ${when}`,
  notBefore: (when: string) => `not before ${when}`,
  beginsTooLate: "It would begin only after it is due.",
  refuse: (text: string) => `Not what I meant: ${text}`,
  assumed: "assumed",
  noTitle: "Say what must be done.",
  past: "That moment has passed. Give a later one.",
  noSuchDay,
  noSuchCourse: (words: string) => `No course ${words} yet, so it stays in the title.`,
  makeCourse: (name: string) => `Make the course ${name}`,
  courseMade: (name: string) => `Course ${name} made.`,
  showPlan: "Show my plan",
  firstATask: "Add a task first",
};
