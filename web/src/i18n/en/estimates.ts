import { count, pc, plural } from "../format";

export const estimates = {
  title: "How long things take",
  lead: "Learned from tasks that you finish after working on them with the timer or in the log. What you type is never changed.",
  use: "Plan with",
  uses: {
    typed: "My estimates",
    median: "What is usual",
    p80: "Room to spare",
  },
  useHints: {
    typed: "Each task takes what you typed.",
    median: "Each task takes what the finished tasks of its course usually took.",
    p80: "Each task takes what four of five finished tasks of its course took at most.",
  },
  save: "Save",
  saved: (name: string) => `Planned with: ${name}.`,
  noCourse: "No course",
  none: (n: number) =>
    `Nothing is known yet. When ${n} tasks of a course are finished, it says here how long they really take.`,
  course: (name: string, usual: string, low: string, high: string, n: number) =>
    `**${name}**: usually ${usual} of the estimate, four of five tasks between ${low} and ${high}, from ${plural(n, "finished task", "finished tasks")}.`,
  courseFew: (name: string, n: number, needed: number) =>
    `**${name}**: ${count(n)} of ${count(needed)} finished tasks. Planned as typed until then.`,
  percent: pc,
  usual: (time: string, low: string, high: string, n: number, course: string | null) =>
    `Usually ${time} (${low}–${high}, from ${plural(n, "finished task", "finished tasks")} ${course === null ? "without a course" : `of ${course}`}).`,
  usualShort: (time: string) => `usually ${time}`,
  planned: (time: string) => `planned with ${time}`,
  counted: (time: string, use: "median" | "p80", course: string | null) =>
    use === "median"
      ? `Planned with **${time}**, as tasks ${course === null ? "without a course" : `of ${course}`} usually take.`
      : `Planned with **${time}**: four of five tasks ${course === null ? "without a course" : `of ${course}`} take no more.`,
  chances: "How likely the deadlines are met",
  all: (n: number, chance: string) =>
    n === 1
      ? `Your one deadline is met with a chance of **${chance}**.`
      : `${n === 2 ? "Both" : `All ${count(n)}`} deadlines are met with a chance of **${chance}**.`,
  chancesLead: (known: number, tasks: number) =>
    known === tasks
      ? "If you use your free hours up to your limit, told from your finished tasks."
      : `If you use your free hours up to your limit, told from your finished tasks. ${plural(tasks - known, "task counts", "tasks count")} as typed, since too little is known of the course.`,
  least: "The least certain",
  due: "Due",
  what: "Task",
  chance: "Chance",
  andMore: (title: string, n: number) => `${title} and ${count(n)} more`,
  above: (n: number, chance: string) =>
    `${plural(n, "other deadline", "other deadlines")}: ${chance} or more.`,
  surely: `over ${pc(99)}`,
  hardly: `under ${pc(1)}`,
};
