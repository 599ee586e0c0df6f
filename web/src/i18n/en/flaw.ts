/* What the checker in the browser found, behind "found". */

interface Said {
  at: string;
  date: string;
  title: string;
  time: string;
  share: string;
}

export const flaw = {
  pinned: () => "a pinned block elsewhere",
  empty: (f: Said) => `an empty block at ${f.at}`,
  two: (f: Said) => `two blocks at ${f.at}`,
  notToDo: (f: Said) => `a block of a task that is not to be done, at ${f.at}`,
  notFree: (f: Said) => `no free time at ${f.at}`,
  late: (f: Said) => `a block after its due date, ${f.at}`,
  early: (f: Said) => `that ${f.title} begins too early`,
  waits: (f: Said) => `that ${f.title} does not wait`,
  overdue: () => "other tasks that are overdue",
  free: (f: Said) => `other free time on ${f.date}`,
  capacity: (f: Said) => `another capacity of ${f.date}`,
  over: (f: Said) => `too much on ${f.date}`,
  load: (f: Said) => `another load of ${f.date}`,
  unfinished: () => "unfinished tasks where all fit",
  tooMuch: (f: Said) => `too much of ${f.title}`,
  tooLittle: (f: Said) => `that ${f.title} is not finished`,
  fitsAll: () => "that all fits after all",
  tooFew: (f: Said) => `that ${f.share} are not enough`,
  noStep: () => "a least share at which no day changes",
  lessIsEnough: (f: Said) => `that less than ${f.share} is enough`,
  percent: () => "another per cent",
  score: () => "another score",
  work: (f: Said) => `${f.time} of work`,
  verdict: () => "another verdict on whether all fits",
  bound: (f: Said) => `that ${f.time} can be on time`,
  short: (f: Said) => `that it is ${f.time} short`,
  gap: () => "a gap that is none",
  planned: (f: Said) => `${f.time} planned`,
  room: (f: Said) => `${f.time} of capacity`,
  last: () => "another last due date",
  noStretch: () => "a tightest stretch that is not named",
  stretch: () => "no tightest stretch",
  dueBy: (f: Said) => `that ${f.time} are due by ${f.at}`,
  freeBefore: (f: Said) => `${f.time} free before ${f.at}`,
  tighter: () => "a tighter stretch",
};
