import type { Messages } from "../en";

export const week: Messages["week"] = {
  goTo: "Gehe zu",
  previous: "Vorige Woche",
  next: "Nächste Woche",
  today: "Heute",
  day: "Tag",
  due: "fällig",
  of: "von",
  was: (time) => `statt ${time}`,
  free: "frei",
  notFree: "nicht frei",
  calendar:
    "Kalender der Lernblöcke und Termine. Pfeiltasten gehen vom einen zum anderen, die Eingabetaste öffnet, M verschiebt, N fügt einen Termin hinzu.",
  dayHours: "Freie Zeiten dieses Tages",
  otherwise: "andere Zeiten als sonst",
  dayLabel: (day, load, free) => `${day}, ${load} geplant von ${free} frei`,
  stripLabel: (day, load) => `${day}, ${load} geplant`,
  nothingPlanned: "Nichts geplant.",
  pinned: "angeheftet",
  block: (title, course, day, from, to, unfinished, pinned) =>
    [
      title,
      course,
      `${day}, ${from} bis ${to}`,
      unfinished ? "wird nicht fertig" : "",
      pinned ? "angeheftet" : "",
    ]
      .filter(Boolean)
      .join(", "),
  flag: (title, day, time) => `${title}, fällig ${day} ${time}`,
  moreDue: (n) => `+ ${n} mehr`,
  noHoursTitle: "Noch keine freien Zeiten",
  noHours: "Sag, wann du lernen könntest, und die Woche füllt sich.",
  noHoursWay: "Freie Zeiten setzen",
  noWorkTitle: "Noch nichts zu planen",
  noWork:
    "Alles ist erledigt, oder es wurde nichts eingetragen. Trag ein, was als Nächstes fällig ist.",
};
