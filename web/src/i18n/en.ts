/* Every sentence of the app, in English. Values that vary are arguments; **words** are bold.
   Numbers, durations and dates arrive formatted. */

import { dayMonth, percent, plural } from "./format";
import { makeDate } from "../time/zone";

const pc = (n: number) => percent(n / 100);
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

const task = {
  title: "Title",
  notes: "Notes",
  course: "Course",
  noCourse: "No course",
  estimate: "Estimate",
  left: "Left to do",
  dueDate: "Due date",
  dueTime: "Due time",
  priority: "Priority",
  priorityHint: "5 is kept first when not everything fits.",
  durationHint: "For example 2h30 or 90 min.",
  leftHint: "What still has to be done.",
  needTitle: "A task needs a title.",
  badDuration: "Write hours and minutes, for example 2h30 or 90 min, up to 100 h.",
  badDate: "Pick a day.",
  badTime: "Write a time, for example 17:00.",
  priorityOf: (n: number) => `Priority ${n}`,
  priorityName: (n: number) =>
    [`1: if there is time`, `2: low`, `3: normal`, `4: high`, `5: must be done`][n - 1] ??
    String(n),
  dueAt: (when: string) => `due ${when}`,
  leftOf: (time: string) => `${time} left`,
  edit: (title: string) => `Edit ${title}`,
  editShort: "Edit",
  editTitle: "Edit task",
  save: "Save task",
  delete: "Delete",
  markDone: "Done",
  reopen: "Reopen",
  doneBox: (title: string) => `Done: ${title}`,
  countAndSum: (n: number, time: string) => `${plural(n, "task", "tasks")}, ${time}`,
  done: (title: string) => `${title} done.`,
  reopened: (title: string) => `${title} is open again.`,
  saved: (title: string) => `${title} saved.`,
  deleted: (title: string) => `${title} deleted.`,
  notSaved: (title: string, why: string) => `${title} was not changed. ${why}`,
  moved:
    "Another device changed this task meanwhile. Its values are shown; what you typed here is kept. Check and save again.",
  stateDone: "done",
  stateDropped: "dropped",
  overdueSince: (when: string) => `overdue since ${when}`,
  nothingLeft: "nothing left",
  doesNotFit: "does not fit",
  onTime: "on time",
};

const hours = {
  title: "When could you study?",
  lead: "Drag over the hours that are usually free. Drag over them again to clear.",
  aWeek: "a week",
  grid: "Free hours of the week, half an hour a cell",
  cell: (day: string, from: string, to: string) => `${day} ${from} to ${to}`,
  dayRange: (first: string, last: string) => `${first} to ${last}`,
  painted: (days: string, from: string, to: string, free: boolean) =>
    `${days}, ${from} to ${to}: ${free ? "free" : "not free"}.`,
  keyFree: "free",
  typeInstead: "Type the hours instead",
  paintInstead: "Paint the hours instead",
  typePlaceholder: "for example 8-10, 14:30-18",
  typeBad: "Write from–to, for example 8-10, 14:30-18.",
  wholeDay: "Show the whole day",
  dayOnly: "Show 8 to 22 only",
  keysLead: "Keyboard: arrows move,",
  keySpace: "Space",
  keysPaint: "paints,",
  keyShift: "Shift",
  keysExtend: "+ arrows extends",
  zone: "Times are in",
  changeZone: "Change time zone",
  none: "Mark at least half an hour as free, so that there is something to plan with.",
  next: "Next: your tasks",
  section: "Free hours",
  sectionLead: (zone: string) => `Every week, by the clock in ${zone}. Clock changes are counted.`,
  save: "Save free hours",
  discard: "Discard",
  saved: (time: string) => `${time} a week saved. The plan is new.`,
};

const plan = {
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
  checkFailed: (why: string) => `Not proved: the checker in your browser found ${why}.`,
  asks: (max: string, mean: string) =>
    `At your pace it asks for at most ${max} on a day; this week ${mean} on average.`,
  gap: (time: string) => `At most ${time} from the best plan; not proved better.`,
  firstDays: (n: number) =>
    n === 1 ? "Your first day" : n === 2 ? "Your first two days" : "Your first three days",
  ofFree: (load: string, free: string) => `${load} of ${free} free`,
  toWeek: "Start with my week",
  short: (time: string) => `It does not all fit: ${time} short`,
  shortWhy: (work: string, free: string, until: string) =>
    `${work} of work meet ${free} of study time before ${until}.`,
  ifNothing: "What happens if you change nothing",
  othersOnTime: "Everything else stays on time.",
  unfinished: (title: string, left: string, due: string) =>
    `**${title}** would still lack ${left} when it is due, ${due}.`,
  moreUnfinished: (n: number) => `and ${plural(n, "more task", "more tasks")}`,
  overdue: (n: number) =>
    n === 1
      ? "1 task is overdue. It is not in the plan; give it a new date or drop it."
      : `${n} tasks are overdue. They are not in the plan; give them new dates or drop them.`,
  showOverdue: "Show tasks",
  emptyTitle: "Nothing to plan yet",
  emptyHint: "Add what is due, and the plan appears here with its proof.",
  emptyWay: "Add a task",
};

const repair = {
  title: "Smallest repairs",
  lead: "Each one is enough by itself. Five minutes less would not be.",
  noneLead: "No single change is enough. Shorten or drop more than one task, or free more hours.",
  apply: "Apply",
  applyNamed: (title: string) => `Apply: ${title}`,
  applying: "Applying",
  impossible: "Not possible",
  drop: (title: string) => `Drop ${title}`,
  dropDetail: (time: string, priority: number) =>
    `Frees ${time}. Its priority is ${priority} of 5. It stays in Tasks, under Dropped.`,
  shorten: (title: string, time: string) => `Shorten ${title} by ${time}`,
  shortenDetail: (from: string, to: string) => `${from} → ${to}. Only you know if less is enough.`,
  extend: (title: string) => `Hand in ${title} later`,
  extendDetail: (until: string, due: string) => `Ask for ${until} instead of ${due}.`,
  raise: (percent: number) => `Raise the limit to ${pc(percent)}`,
  raiseDetail: (time: string, from: number, most: string) =>
    `Up to ${time} on the longest day; now the limit is ${pc(from)}, and the fullest day has ${most}.`,
  raisePlain: "Raise the limit",
  raiseUsed: (until: string) => `Would not help: before ${until} every free hour is already used.`,
  raiseNotEnough: (until: string) =>
    `Would not be enough, even with every free hour before ${until}.`,
  free: (time: string, day: string) => `Free up ${time} more on ${day}`,
  freeDetail: (day: string, when: string) =>
    `Suggested: ${when}. Free hours repeat, so this is free every ${day}.`,
  freeNoRoom: (day: string) => `${day} has no such stretch left. Edit your free hours to find one.`,
  orElse: "Or change your week yourself:",
  editHours: "edit free hours",
};

const week = {
  goTo: "Go to",
  previous: "Previous week",
  next: "Next week",
  today: "Today",
  day: "Day",
  due: "due",
  of: "of",
  free: "free",
  notFree: "not free",
  calendar: "Calendar of study blocks. Arrow keys move between blocks, Enter explains one.",
  dayLabel: (day: string, load: string, free: string) => `${day}, ${load} planned of ${free} free`,
  stripLabel: (day: string, load: string) => `${day}, ${load} planned`,
  nothingPlanned: "Nothing planned.",
  block: (
    title: string,
    course: string,
    day: string,
    from: string,
    to: string,
    unfinished: boolean,
  ) =>
    [title, course, `${day}, ${from} to ${to}`, unfinished ? "will not be finished" : ""]
      .filter(Boolean)
      .join(", "),
  flag: (title: string, day: string, time: string) => `${title}, due ${day} ${time}`,
  moreDue: (n: number) => `+ ${n} more`,
  noHoursTitle: "No free hours yet",
  noHours: "Say when you could study, and the week fills itself.",
  noHoursWay: "Set free hours",
  noWorkTitle: "Nothing to plan yet",
  noWork: "Everything is done, or nothing has been added. Add what is due next.",
  missed: (n: number, time: string) =>
    n === 1
      ? `1 block did not happen. Put its ${time} back into the week?`
      : `${n} blocks did not happen. Put their ${time} back into the week?`,
  putBack: "Put back",
  putBackDone: (time: string) => `${time} put back into the week.`,
  proposal: (time: string) => `There is a better plan now; ${time} of blocks would move.`,
  takeProposal: "Take it",
  proposalTaken: "New plan taken.",
};

const why = {
  title: "Why here",
  taskTitle: "In the plan",
  due: (title: string, due: string, left: string, blocks: number) =>
    blocks > 1
      ? `${title} is due **${due}**; ${left} are split over ${plural(blocks, "block", "blocks")}.`
      : `${title} is due **${due}**; ${left} are left.`,
  tight: (until: string) =>
    `This lies in the tightest stretch: before **${until}** there is no time to spare.`,
  deadline: (day: string, load: string, pace: string) =>
    `${day} carries **${load}**, above your pace of ${pace}, because deadlines demand it. This is the flattest spread that fits.`,
  pace: (day: string, load: string, pace: string) =>
    `${day} is at **${load}** of your pace of ${pace}. What is due first comes first.`,
  unfinished: "It cannot be finished on time; this is as much of it as fits.",
  kept: "It has begun, so it stays where it is.",
  slack: (time: string) => `**${time} of slack.** Any later than that, and something becomes late.`,
  noSlack: "**No slack.** Any later, and something becomes late.",
  notPlanned: "None of it is in the plan: no free time is left before it is due.",
  overdue: "It is overdue, so it is not in the plan. Give it a new date, or drop it.",
  missed: "It did not happen: its work is still open. Put it back by the note above the week.",
  past: "Its time has passed.",
  now: "now",
  thisBlock: "this block",
};

const pace = {
  label: "Pace",
  enough: (percent: number) => `${pc(percent)} is enough`,
  sentence: (max: string, mean: string) =>
    `At most **${max}** on any day; this week **${mean}** on average.`,
  within: "No day goes above your pace.",
  above: (days: string, by: string) => `Deadlines push ${days} above your pace, by at most ${by}.`,
  manyDays: (n: number) => plural(n, "day", "days"),
  short: (time: string) => `**${time} does not fit** at any pace.`,
  spoken: (percent: number, time: string) => `${percent} percent, at most ${time} a day`,
};

const whatif = {
  label: "What if",
  question: (percent: number) => `What if you work at ${pc(percent)}?`,
  holds: "Every deadline still holds.",
  short: (time: string) => `Still ${time} short.`,
  discard: "Discard",
  apply: "Apply",
  nothing: "No block moves.",
  day: (day: string, was: string, now: string, over: boolean) =>
    `${day} ${was} → ${now}${over ? ", above the pace" : ""}`,
  moved: (n: number, days: number) =>
    days > 0
      ? `${plural(n, "block moves", "blocks move")}, on ${plural(days, "more day", "more days")} too`
      : plural(n, "block moves", "blocks move"),
  ends: (now: string, was: string) => `All done by ${now}, was ${was}`,
  applied: (percent: number, moved: number) =>
    `Pace ${pc(percent)}. ${plural(moved, "block", "blocks")} moved.`,
};

const quick = {
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
  refuse: (text: string) => `Not what I meant: ${text}`,
  assumed: "assumed",
  noTitle: "Say what must be done.",
  past: "That moment has passed. Give a later one.",
  noSuchDay,
  noSuchCourse: (words: string) => `No course ${words} yet, so it stays in the title.`,
  showPlan: "Show my plan",
  firstATask: "Add a task first",
};

const tasks = {
  title: "Tasks",
  sub: (n: number, time: string) => `${n} open, ${time} left to do`,
  search: "Search",
  filters: "Show",
  filter: {
    open: "Open",
    week: "Due in 7 days",
    overdue: "Overdue",
    done: "Done",
    dropped: "Dropped",
  },
  allCourses: "All courses",
  colTask: "Task",
  colDue: "Due",
  colProgress: "Progress",
  colLeft: "Left",
  colPlan: "Plan",
  colActions: "Actions",
  noneHere: "No task here",
  noneHereHint: "Another filter or a shorter search shows more.",
  emptyTitle: "Nothing to plan yet",
  emptyHint: "Write one line. StudyBunny reads the hours and the date, and you can correct it.",
};

const course = {
  manage: "Courses",
  none: "No courses yet. A course gives its tasks a colour, a pattern and a short code.",
  newTitle: "New course",
  editTitle: "Edit course",
  createOption: "New course…",
  edit: (name: string) => `Edit ${name}`,
  name: "Name",
  needName: "A course needs a name.",
  code: "Code",
  codeHint: "Short, as it stands on blocks: ALG.",
  color: "Colour and pattern",
  colorName: (n: number) =>
    ["Brick", "Chestnut", "Gorse", "Moss", "Sage", "Teal", "Sky", "Ink blue", "Violet", "Plum"][
      n - 1
    ] ?? "",
  save: "Save course",
  saved: (name: string) => `${name} saved.`,
  delete: "Delete course",
  deleted: (name: string) => `${name} deleted. Its tasks stay, without a course.`,
};

const account = {
  title: "Account",
  signIn: "Sign in",
  signUp: "Sign up",
  signOut: "Sign out",
  signOutAll: "Sign out everywhere",
  signedOut: "Signed out.",
  signedIn: (email: string) => `Signed in as ${email}.`,
  welcome: (email: string) => `Signed up as ${email}. Everything is kept.`,
  ended: "Your session has ended. Sign in again; what you saved is there.",
  guestLine: "Kept on this server as a guest. Sign up any time, nothing is lost.",
  guestShort: "You are a guest: your data is reached only from this browser.",
  guestLong:
    "You are a guest. Your data is kept on this server and reached only from this browser, until you sign up. Signing up keeps everything.",
  guestStays:
    "You are here as a guest. Signing in shows the account's data; what the guest has stays behind.",
  keepsAll: "Your free hours, courses and tasks come with you.",
  signedInAs: "Signed in as",
  email: "E-mail",
  password: "Password",
  passwordHint: (n: number) => `At least ${n} characters. A long phrase is best.`,
  needEmail: "Write your e-mail address.",
  needPassword: "Write your password.",
  shortPassword: (n: number) => `At least ${n} characters.`,
  inUse: "This address already has an account. Sign in instead.",
  wrong: "E-mail and password do not match an account.",
  haveOne: "You have an account?",
  haveNone: "No account yet?",
  change: "Change e-mail or password",
  newPassword: "New password",
  leaveEmpty: "Leave empty to keep the old one.",
  current: "Current password",
  wrongCurrent: "This is not your current password.",
  saveChange: "Save account",
  changed: "Account saved.",
  delete: "Delete account…",
  deleteGuest: "Delete my data…",
  deleteTitle: "Delete everything?",
  deleteAsk: (n: string) =>
    `${n}, your courses, free hours and plan are erased. This cannot be undone.`,
  deleteYes: "Delete everything",
  keep: "Keep it",
  deleted: "Everything is deleted.",
};

const settings = {
  zone: "Time zone",
  zoneLabel: "Free hours and due times are shown in",
  zoneHint: "Due moments stay the same; free hours follow this clock.",
  zoneSaved: (zone: string) => `Time zone ${zone}.`,
  zoneDiffers: (here: string) => `This device is in ${here}.`,
  zoneUse: (here: string) => `Use ${here}`,
  pace: "Pace and limit",
  paceLabel: "Pace",
  paceLead: "Worked each day while there is work:",
  limitLabel: "Limit",
  limitLead: "Never above this, even for a deadline:",
  atMost: (time: string) => `${time} on your longest day`,
  percent: pc,
  savePace: "Save pace and limit",
  paceSaved: (p: number, l: number) => `Pace ${pc(p)}, limit ${pc(l)}.`,
  appearance: "Appearance and keys",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },
  keys: "Single-key shortcuts",
  keysHint: "N adds a task, Z undoes. Switch off if you dictate.",
};

export const en = {
  common: { back: "Back", close: "Close", loading: "Loading" },
  nav: {
    main: "Main",
    skip: "Skip to content",
    week: "Week",
    tasks: "Tasks",
    plan: "Plan",
    settings: "Settings",
    add: "Add",
    addTask: "Add task",
  },
  titles: {
    "open/welcome": "Welcome",
    "open/sign-in": "Sign in",
    "open/sign-up": "Sign up",
    "first/hours": "Free hours",
    "first/tasks": "Add tasks",
    "first/plan": "Your plan",
    "home/week": "Week",
    "home/tasks": "Tasks",
    "home/plan": "Plan",
    "home/settings": "Settings",
  },
  first: {
    stepOf: (n: number, of: number) => `Step ${n} of ${of}`,
    steps: { hours: "Free hours", tasks: "Tasks", plan: "Your plan" },
  },
  welcome: {
    title: "Know that it all fits, or know exactly what does not.",
    lead: "Tell StudyBunny when you are free and what is due. It answers with a study plan that meets every deadline at the lowest load there is, and it proves it.",
    start: "Start with my own free hours",
    sample: "Try a sample term",
    promise: "About a minute. No account, no e-mail.",
    loading: "Filling in a term of six courses and sixty tasks",
  },
  seal: {
    fits: "Everything fits",
    fitsShort: "Fits",
    enough: (percent: number) => `${pc(percent)} would be enough`,
    short: (time: string) => `${time} short`,
    ways: (n: number) =>
      n === 0 ? "See what is tight" : n === 1 ? "1 way to repair it" : `${n} ways to repair it`,
    missed: (n: number) => plural(n, "block missed", "blocks missed"),
    missedHint: "Put the work back",
    nothing: "Nothing due",
    nothingHint: "Add what comes next",
  },
  chart: {
    title: "Work due against the time you have",
    titleTight: "Where it is tight",
    asTable: "As a table",
    asPicture: "As a picture",
    by: "Before",
    work: "Work due",
    studyTime: (percent: number) => `Study time at ${pc(percent)}`,
    allFree: "All free hours",
    keyWork: "work due by then",
    keyTime: (percent: number) => `study time at ${pc(percent)}`,
    keyAllTime: "all your free hours",
    keyFull: "all your free hours",
    tightAt: (when: string) => `Tightest: ${when}`,
    tightHours: (work: string, time: string) => `${work} of work, ${time} of study time`,
    short: (time: string) => `${time} short`,
    before: (when: string) => `before ${when}`,
    nothing: "No work is due.",
    sentence: (until: string, work: string, time: string, fits: boolean) =>
      fits
        ? `The work due stays below the study time. It is tightest before ${until}: ${work} of work, ${time} of study time.`
        : `Before ${until} the work due is above the study time: ${work} of work, ${time} of study time.`,
  },
  toast: {
    label: "Message",
    undo: "Undo",
    undone: "Undone.",
    dismiss: "Dismiss",
    nothingToUndo: "Nothing to undo.",
    notUndone: (why: string) => `Not undone. ${why}`,
  },
  errors: {
    retry: "Try again",
    notReached: "The server was not reached.",
    offline: "There is no connection.",
    timedOut: "It did not answer within 10 s.",
    signedOut: "You are signed out.",
    signedOutDetail: "Sign in again to go on.",
    changed: "Another device was faster.",
    changedDetail: "The newest state is loaded; look at it and try again.",
    tooFast: "Too many requests.",
    tooFastDetail: "Wait a few seconds and try again.",
    busy: "The server is busy.",
    busyDetail: "Try again in a moment.",
    server: "Something failed on the server.",
    serverDetail: "Nothing was changed. Try again.",
    refused: "This was not accepted.",
    unknown: "Something went wrong on this page.",
    kept: "What you typed is still here.",
    request: (id: string) => `Request ${id} for your admin`,
  },
  keys: {
    title: "Keys",
    off: "Single keys can be switched off in Settings.",
    all: [
      ["N", "Add a task"],
      ["Z", "Undo the last change"],
      ["1 2 3 4", "Week, tasks, plan, settings"],
      ["← → ↑ ↓", "In the week: move between blocks"],
      ["Enter", "In the week: why this block is here"],
      ["D", "On a block: its task is done"],
      ["Esc", "Close the innermost thing"],
      ["?", "These keys"],
    ] as [keys: string, what: string][],
  },
  lost: {
    title: "There is no such page",
    detail: "The address may be misspelled, or the page has moved.",
    way: "To the start",
  },
  task,
  hours,
  plan,
  repair,
  week,
  why,
  pace,
  whatif,
  quick,
  tasks,
  course,
  account,
  settings,
};
