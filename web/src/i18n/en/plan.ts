import { pc, plural } from "../format";

export const plan = {
  fits: (n: number, percent: number) =>
    n === 1
      ? `**Your one task fits at ${pc(percent)}** of your free hours.`
      : `**All ${n} tasks fit at ${pc(percent)}** of your free hours.`,
  tightest: (until: string, work: string, time: string, percent: number) =>
    `Tightest: before ${until}, ${work} of work in ${time} of study time at ${pc(percent)}.`,
  nothingDue: "Nothing is due, so everything fits.",
  proved: "Proved: a separate checker accepted this plan.",
  noLess: (work: string) =>
    `No plan can do it with less: before that moment ${work} are due, whatever the order.`,
  checkedTwice: "Checked twice, by the planner and by a separate checker in your browser.",
  notYetChecked: "Not yet checked.",
  partlyChecked:
    "Checked as far as this page reaches. Not proved: some of it is due more than a year from now.",
  checkFailed: (why: string) => `Not proved: the checker in your browser found ${why}.`,
  asks: (max: string, mean: string) =>
    `At your pace it asks for at most ${max} on a day; this week ${mean} on average.`,
  gap: (time: string) => `At most ${time} from the best plan; not proved better.`,
  firstDays: (n: number) =>
    n === 1 ? "Your first day" : n === 2 ? "Your first two days" : "Your first three days",
  ofFree: (load: string, free: string) => `${load} of ${free} free`,
  toToday: "Start with today",
  short: (time: string) => `It does not all fit: ${time} short`,
  shortWhy: (work: string, free: string, until: string) =>
    `${work} of work meet ${free} of study time before ${until}.`,
  ifNothing: "What happens if you change nothing",
  othersOnTime: "Everything else stays on time.",
  unfinished: (title: string, left: string, due: string) =>
    `**${title}** would still lack ${left} when it is due, ${due}.`,
  moreUnfinished: (n: number) => `and ${plural(n, "more task", "more tasks")}`,
  buffers: (n: number, buffer: string) =>
    n === 1
      ? `One task will not be done ${buffer} before it is due`
      : `${n} tasks will not be done ${buffer} before they are due`,
  buffersLead: "On time all the same. A buffer gives way by as little as can be.",
  buffer: (title: string, end: string, broken: string) =>
    `**${title}**: done ${end}, ${broken} later than you wished.`,
  buffersWay: "Change the buffer",
  overdue: (n: number) =>
    n === 1
      ? "1 task is overdue. It is not in the plan; give it a new date or drop it."
      : `${n} tasks are overdue. They are not in the plan; give them new dates or drop them.`,
  showOverdue: "Show tasks",
  emptyTitle: "Nothing to plan yet",
  emptyHint: "Add what is due, and the plan appears here with its proof.",
  emptyWay: "Add a task",
};
