import { plural } from "../format";

export const feeds = {
  title: "From your university",
  settingsLead: "Deadlines and timetable, from the calendar that your university keeps anyway.",
  open: "Open your calendars",
  out: "Your plan in other calendars",
  outLead:
    "A secret link shows your study blocks and due dates in Google Calendar, Outlook or on a phone. Whoever has it can read them.",
  outMake: "Make a link",
  outMade: (when: string) => `Made ${when}`,
  outAddress: "Secret link",
  outCopy: "Copy",
  outSubscribe: "Open in a calendar",
  outRevoke: "Revoke",
  outRevoked: "The link is revoked. Calendars that had it get nothing more.",
  fromTasks: "Or bring them from your university",
  nothingYet: "Bring your deadlines and your timetable. Nothing is added before you have seen it.",
  waiting: (n: number) =>
    n === 1 ? "One thing waits for a look." : `${plural(n, "thing", "things")} wait for a look.`,
  lookedThrough: "Everything in your calendars is looked through.",
  byLink: "A link to your calendar",
  followLabel: "Calendar link",
  followHint: "It begins with https:// or webcal://. It is kept secret and never shown again.",
  followButton: "Follow",
  linkTaken: "The link is being read.",
  linkKnown: "You follow this link already.",
  add: "A calendar file",
  drop: "Drop an .ics file here",
  choose: "Choose a file",
  reading: "Reading…",
  again: "A newer file of the same calendar shows what has changed; nothing comes twice.",
  where: "Where to find it",
  whereCanvas: "Canvas: Calendar, then Calendar Feed. Save the page that opens.",
  whereMoodle: "Moodle: Calendar, then Import or export calendars, then Export.",
  whereGoogle: "Google: Settings, then Import & export, then Export.",
  whereOutlook: "Outlook: Calendar, then Share or Publish, then the ICS link; or Save Calendar.",
  read: (name: string) => `${name} read.`,
  nothingNew: (name: string) => `${name} read. Nothing in it is new.`,
  someCalendar: "Calendar",
  readNow: "Read now",
  beingRead: "Being read…",
  lastRead: (when: string) => `Last read ${when}`,
  lastWorked: (since: string, when: string) =>
    `Since ${since} it cannot be read; it last worked ${when}. It is tried again by itself.`,
  neverWorked: (since: string) =>
    `Since ${since} it could not be read. It is tried again by itself.`,
  faults: {
    none: "",
    unreachable: "The server of this link cannot be reached.",
    status:
      "The server of this link answers with an error. Perhaps the link is no longer good: make a new one.",
    private: "This link leads to an address inside a private network.",
    wrong: "This link leads on and on, or to no page at all.",
    no_calendar:
      "What is at this link is no calendar. Perhaps one must sign in there: look for a link to subscribe to.",
    too_large: "This calendar is larger than can be read, or has more than you may keep.",
  },
  moved: "Changed by your university, and followed",
  seen: "Seen",
  seenAll: (n: number) => (n === 1 ? "Seen" : `All ${n} seen`),
  lastNew: (when: string) => `Last new ${when}`,
  counts: (taken: number, left: number) =>
    `${taken} taken` + (left > 0 ? `, ${left} left out by you` : ""),
  forget: "Forget this calendar",
  forgetTitle: (name: string) => `Forget ${name}?`,
  forgetAsk: "Tasks and events that you took from it stay. What is not decided goes.",
  forgetKeep: "Keep it",
  forgetYes: "Forget it",
  forgotten: (name: string) => `${name} forgotten.`,
  allDone: "Nothing in it waits for a decision.",
  leftOut: (n: number) =>
    n === 1
      ? "One thing could not be taken:"
      : `${plural(n, "thing", "things")} could not be taken:`,
  toKnow: "To know:",
  reasons: {
    rule: (title: string) => `${title} repeats in a way that cannot be planned with.`,
    expanded: (title: string) =>
      `${title} repeats by weeks of the year. Here it is single events, for a year ahead.`,
    too_long: (title: string) => `${title} lasts longer than 60 days.`,
    exceptions: (title: string) => `${title} has more exceptions than an event may.`,
    no_time: (title: string) => `${title} has no time.`,
  },
  news: "Changed at the university",
  due: (title: string, by: string, when: string) => `**${title}: due ${by}**, now ${when}`,
  later: (span: string) => `+${span}`,
  earlier: (span: string) => `−${span}`,
  days: (n: number) => plural(n, "day", "days"),
  renamed: (title: string, now: string) => `**${title}** is now called ${now}`,
  timesNow: (title: string, when: string) => `**${title}: other times**, now ${when}`,
  notOn: (title: string, days: string) => `**${title}** does not take place on ${days}`,
  otherwiseOn: (title: string, days: string) => `**${title}** is otherwise on ${days}`,
  details: (title: string) => `**${title}**: details changed`,
  removed: (title: string) => `**${title}** is no longer in the calendar`,
  cancelled: (title: string) => `**${title}** is cancelled`,
  follow: "Take over",
  stay: "Leave as it is",
  dropTask: "Drop the task",
  deleteEvent: "Delete the event",
  keep: "Keep it",
  followAll: (n: number) => `Take over ${plural(n, "change", "changes")}`,
  followed: (title: string) => `${title}: taken over.`,
  followedAll: (n: number) => `${plural(n, "change", "changes")} taken over.`,
  stayed: (title: string) => `${title} stays as it is.`,
  toDo: "To hand in",
  timetable: "Timetable",
  all: (n: number) => `All ${n}`,
  estimateOf: (title: string) => `Time needed for ${title}`,
  badEstimate: "Write a time such as 2 h 30 or 45 min.",
  categories: {
    other: "Other",
    quiz: "Quiz",
    sheet: "Sheet",
    essay: "Essay",
    reading: "Reading",
    lab: "Lab",
    project: "Project",
    talk: "Talk",
    exam: "Exam",
    class: "Class",
  },
  past: "Over",
  every: (days: string) => `every ${days}`,
  everyNth: (n: number, days: string) => `every ${n} weeks, ${days}`,
  repeats: "repeats",
  take: (tasks: number, events: number) =>
    tasks > 0 && events > 0
      ? `Add ${plural(tasks, "task", "tasks")} and ${plural(events, "event", "events")}`
      : tasks > 0
        ? `Add ${plural(tasks, "task", "tasks")}`
        : `Add ${plural(events, "event", "events")}`,
  takeNone: "Choose what to add",
  taken: (tasks: number, events: number) =>
    tasks > 0 && events > 0
      ? `${plural(tasks, "task", "tasks")} and ${plural(events, "event", "events")} added.`
      : tasks > 0
        ? `${plural(tasks, "task", "tasks")} added.`
        : `${plural(events, "event", "events")} added.`,
  leave: (n: number) =>
    n === 1 ? "Never ask about the other one" : `Never ask about the other ${n}`,
  leaveAll: (n: number) => (n === 1 ? "Never ask about it" : `Never ask about these ${n}`),
  left: (n: number) => `${plural(n, "thing", "things")} left out.`,
};
