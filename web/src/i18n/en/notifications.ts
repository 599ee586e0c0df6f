import { count, plural } from "../format";

export const notifications = {
  title: "Notifications",
  unread: (n: number) => plural(n, "thing is new", "things are new"),
  nothingNew: "Nothing new",
  bell: (n: number) => (n === 0 ? "Notifications" : `Notifications, ${count(n)} unread`),
  many: "9+",
  quiet: (until: string) => `Quiet hours until ${until}: nothing is counted or shown elsewhere.`,
  lead: "What there is to know now. What is over goes by itself.",
  settings: "Choose what you are told",
  allRead: "All read",
  allReadDone: (n: number) => plural(n, "notification read.", "notifications read."),
  read: "Read",
  readDone: "Read.",
  dismiss: "Dismiss",
  dismissed: "Dismissed.",
  fresh: "New",
  earlier: (n: number) => `Already read (${count(n)})`,
  emptyTitle: "Nothing to tell",
  emptyHint:
    "Here you are told when a block begins, when something is due, when the plan no longer fits, and what your university changed.",
  kinds: {
    reminder: "Reminder",
    achievement: "Reached",
    motivation: "Your week",
    warning: "Warning",
    success: "Done",
    info: "Changed",
  },
  ways: {
    today: "To today",
    tasks: "To the tasks",
    plan: "To the plan",
    university: "To your calendars",
    statistics: "To the statistics",
    signUp: "Sign up",
  },
  blockSoon: (title: string, when: string, time: string) =>
    `**${title}** begins at ${when}, ${time}.`,
  dueSoon: (title: string, when: string, left: string) =>
    `**${title}** is due ${when}, with ${left} left to do.`,
  isItDone: (title: string) => `The time you gave **${title}** is used up. Is it done?`,
  overdue: (title: string, when: string, left: string) =>
    `**${title}** was due ${when} and is open, with ${left} left.`,
  short: (time: string, when: string) => `It does not all fit: **${time} short** before ${when}.`,
  missed: (n: number, time: string) =>
    `**${plural(n, "block", "blocks")} did not happen.** Put ${n === 1 ? "its" : "their"} ${time} back into the week?`,
  linkFails: (name: string, since: string) => `**${name}** cannot be read since ${since}.`,
  unsure: (name: string, n: number) =>
    `In **${name}**, ${n === 1 ? "one thing that you took is" : `${plural(n, "thing", "things")} that you took are`} gone or otherwise. Decide what becomes of ${n === 1 ? "it" : "them"}.`,
  movedFrom: (title: string, was: string, when: string) =>
    `**${title}** was moved by your university: due ${when}, before it was ${was}.`,
  changed: (title: string) =>
    `**${title}** was changed by your university, and is changed here too.`,
  followed: (name: string, n: number) =>
    `**${name}** changed ${plural(n, "thing", "things")} that you took, and your plan has followed.`,
  newInFeed: (name: string, n: number) =>
    `**${name}** has ${plural(n, "new thing", "new things")} to look through.`,
  guest: (when: string) =>
    `You are a guest: everything is deleted if you do not come back with this browser by ${when}. **Sign up to keep it.**`,
  dayDone: (time: string) => `**Done for today:** ${time} of work, and nothing planned is left.`,
  weekOnTime: (n: number) => `**All ${count(n)} tasks** that were due last week were done on time.`,
  week: (time: string, n: number) =>
    n === 0
      ? `Last week: **${time} of work**.`
      : `Last week: **${time} of work**, ${plural(n, "task", "tasks")} finished.`,
  weekMore: (more: string) => `${more} more than the week before.`,
  hours: (n: number) => `**${plural(n, "hour", "hours")} of work** in all.`,
  tasks: (n: number) =>
    n === 1 ? "**The first task** is finished." : `**${count(n)} tasks** finished.`,
  onTime: (n: number) => `**${count(n)} tasks** finished on time.`,
  days: (n: number) => `**${count(n)} days of work** in a row; breaks of two days belong to it.`,
  choose: "Notifications",
  chooseLead: "Told in the app, each once. Switch off what you do not want to hear.",
  switches: {
    reminder: "Reminders",
    achievement: "What you have reached",
    motivation: "Your week",
    warning: "Warnings",
    success: "What is done",
    info: "Changes by others",
  },
  hints: {
    reminder: "A block begins, something is due within a day.",
    achievement: "Hours, finished tasks, days in a row.",
    motivation: "On Monday, what the last week was.",
    warning: "The plan does not fit, blocks did not happen, a calendar cannot be read.",
    success: "The day's plan is done, a week was on time.",
    info: "Your university moved or added something.",
  },
  before: "Tell of a block",
  beforeTimes: (n: number) => (n === 0 ? "when it begins" : `${n} min before`),
  quietHours: "Quiet hours",
  quietHint: "Nothing is counted or shown in them; it waits for you on the page.",
  quietFrom: "From",
  quietUntil: "Until",
  saved: "Notifications changed.",
  browser: "Also by the browser",
  browserHint:
    "While StudyBunny is open in a tab, also when you look at another one. On this device.",
  browserOn: "The browser tells you from now on.",
  browserOff: "The browser tells you nothing more.",
  browserDenied:
    "The browser does not allow it. Allow notifications for this page in its settings.",
  browserCannot: "This browser shows no notifications for pages.",
  browserTest: "This is how StudyBunny tells you.",
};
