import { count, plural } from "../format";

const days = (n: number) => plural(n, "day", "days");

export const statistics = {
  thisWeek: (time: string) => `${time} of work this week`,
  sub: (before: string, all: string, since: string) =>
    `The week before: ${before}. In all ${all} since ${since}.`,
  length: "Weeks shown",
  lengths: (n: number) => (n === 52 ? "1 year" : `${count(n)} weeks`),
  emptyTitle: "Nothing logged yet",
  emptyHint:
    "Start the timer on a task, or log time by hand. Here you then see where your hours go and how long things really take.",
  emptyWay: "To today",
  noCourse: "No course",
  goneCourse: "Deleted course",
  course: "Course",
  total: "Total",
  share: "Share",
  weeks: "Hours by week",
  weekFrom: "Week from",
  weeksSentence: (n: number, all: string, most: string, when: string) =>
    `${all} of work in ${plural(n, "week", "weeks")}; the most, ${most}, in the week from ${when}.`,
  byCourse: "By course",
  noneThen: "Nothing was logged in these weeks.",
  planned: (n: number) => `Planned and done, ${days(n)}`,
  plannedSentence: (n: number, planned: string, done: string) =>
    `In the last ${days(n)}, ${done} were done; ${planned} stood in the plan when their time came.`,
  doneSentence: (n: number, done: string) =>
    `In the last ${days(n)}, ${done} were done. What the plan holds is kept here once its time has come.`,
  keyPlanned: "planned",
  keyDone: "done",
  day: "Day",
  accuracy: "Estimates and what tasks took",
  accuracySentence: (courses: string) => `Of their estimates tasks usually take: ${courses}.`,
  usually: (course: string, percent: string) => `${course} ${percent}`,
  asEstimated: "as estimated",
  usual: "Usually",
  fourOfFive: "Four of five",
  finished: "Finished tasks",
  few: (courses: string, needed: number) =>
    `Not yet known: ${courses}. It takes ${count(needed)} finished tasks with logged work.`,
  milestones: "So far",
  row: (n: number, since: string) =>
    n === 1 ? `One day of work, on ${since}.` : `${days(n)} of work in a row since ${since}.`,
  rowNew: "The next day you work begins a new row.",
  longest: (n: number) => `The longest had ${days(n)}.`,
  forgiving: "Breaks of up to two days belong to a row.",
  first: {
    hours: "The first hour",
    tasks: "The first finished task",
    on_time: "The first on time",
    days: "Three days in a row",
  },
  reached: {
    hours: (n: number) => `${plural(n, "hour", "hours")} of work`,
    tasks: (n: number) => plural(n, "finished task", "finished tasks"),
    on_time: (n: number) => `${count(n)} on time`,
    days: (n: number) => `${days(n)} in a row`,
  },
  next: (next: number, left: number) => `Next: ${count(next)}, ${count(left)} to go`,
  allReached: "There is no further step",
};
