import { pc } from "../format";

export const repair = {
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
  freeDetail: (day: string, when: string) => `Suggested: ${when}, on this ${day} only.`,
  freeNoRoom: (day: string) => `${day} has no such stretch left. Edit your free hours to find one.`,
  orElse: "Or change your week yourself:",
  editHours: "edit free hours",
};
