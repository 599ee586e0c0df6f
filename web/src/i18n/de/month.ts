import { plural } from "../format";
import type { Messages } from "../en";

export const month: Messages["month"] = {
  goTo: "Gehe zu",
  previous: "Voriger Monat",
  next: "Nächster Monat",
  thisMonth: "Dieser Monat",
  grid: (name) => `${name}. Pfeiltasten gehen von Tag zu Tag, die Eingabetaste öffnet die Woche.`,
  day: (day, due, events, load, free) =>
    [
      day,
      due ? `${plural(due, "Aufgabe", "Aufgaben")} fällig` : "",
      events ? plural(events, "Termin", "Termine") : "",
      load ? `${load} geplant von ${free} frei` : "",
    ]
      .filter(Boolean)
      .join(", "),
  lead: (due, load) =>
    `**${plural(due, "Aufgabe ist", "Aufgaben sind")} in diesem Monat fällig.** ${load} Arbeit sind darin geplant.`,
  leadNothing: "**In diesem Monat ist nichts fällig.**",
  more: (n) => `+ ${n} mehr`,
  due: "fällig",
  load: "geplant",
  key: "Der Balken ist der geplante Teil der freien Zeit eines Tages.",
  nothing: "Nichts fällig, keine Termine.",
  toWeek: "Diese Woche öffnen",
};
