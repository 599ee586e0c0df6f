export const week = {
  goTo: "Go to",
  previous: "Previous week",
  next: "Next week",
  today: "Today",
  day: "Day",
  due: "due",
  of: "of",
  free: "free",
  notFree: "not free",
  calendar:
    "Calendar of study blocks and events. Arrow keys move between them, Enter opens one, N adds an event.",
  dayHours: "Free hours of this day",
  otherwise: "other hours than usual",
  dayLabel: (day: string, load: string, free: string) => `${day}, ${load} planned of ${free} free`,
  stripLabel: (day: string, load: string) => `${day}, ${load} planned`,
  nothingPlanned: "Nothing planned.",
  pinned: "pinned",
  block: (
    title: string,
    course: string,
    day: string,
    from: string,
    to: string,
    unfinished: boolean,
    pinned: boolean,
  ) =>
    [
      title,
      course,
      `${day}, ${from} to ${to}`,
      unfinished ? "will not be finished" : "",
      pinned ? "pinned" : "",
    ]
      .filter(Boolean)
      .join(", "),
  flag: (title: string, day: string, time: string) => `${title}, due ${day} ${time}`,
  moreDue: (n: number) => `+ ${n} more`,
  noHoursTitle: "No free hours yet",
  noHours: "Say when you could study, and the week fills itself.",
  noHoursWay: "Set free hours",
  noWorkTitle: "Nothing to plan yet",
  noWork: "Everything is done, or nothing has been added. Add what is due next.",
};
