import { pc, plural } from "../format";
import type { Messages } from "../en";

export const plan: Messages["plan"] = {
  fits: (n, percent) =>
    n === 1
      ? `**Deine Aufgabe passt bei ${pc(percent)}** deiner freien Zeit.`
      : `**Alle ${n} Aufgaben passen bei ${pc(percent)}** deiner freien Zeit.`,
  tightest: (until, work, time, percent) =>
    `Am engsten: vor ${until} liegen ${work} Arbeit in ${time} Lernzeit bei ${pc(percent)}.`,
  nothingDue: "Nichts ist fällig, also passt alles.",
  proved: "Bewiesen: Ein zweites, unabhängiges Programm hat diesen Plan geprüft.",
  noLess: (work) =>
    `Kein Plan kommt mit weniger aus: Vor diesem Zeitpunkt sind ${work} fällig, egal in welcher Reihenfolge.`,
  checkedTwice:
    "Zweimal geprüft: vom Planer und von einem unabhängigen Programm in deinem Browser.",
  notYetChecked: "Noch nicht geprüft.",
  partlyChecked:
    "Geprüft, so weit diese Seite reicht. Nicht bewiesen: Manches ist erst in über einem Jahr fällig.",
  checkFailed: (why) => `Nicht bewiesen: Das Prüfprogramm in deinem Browser fand ${why}.`,
  asks: (max, mean) =>
    `Bei deinem Tempo sind es höchstens ${max} an einem Tag; diese Woche im Schnitt ${mean}.`,
  gap: (time) => `Höchstens ${time} vom besten Plan entfernt; nicht als besser bewiesen.`,
  firstDays: (n) =>
    n === 1 ? "Dein erster Tag" : n === 2 ? "Deine ersten zwei Tage" : "Deine ersten drei Tage",
  ofFree: (load, free) => `${load} von ${free} frei`,
  toToday: "Mit heute anfangen",
  short: (time) => `Nicht alles passt: ${time} fehlen`,
  shortWhy: (work, free, until) => `${work} Arbeit treffen vor ${until} auf ${free} Lernzeit.`,
  ifNothing: "Was geschieht, wenn du nichts änderst",
  othersOnTime: "Alles andere bleibt rechtzeitig.",
  unfinished: (title, left, due) =>
    `**${title}** fehlten noch ${left}, wenn es fällig ist: ${due}.`,
  moreUnfinished: (n) => `und ${plural(n, "weitere Aufgabe", "weitere Aufgaben")}`,
  buffers: (n, buffer) =>
    n === 1
      ? `Eine Aufgabe wird nicht ${buffer} vor ihrer Fälligkeit fertig`
      : `${n} Aufgaben werden nicht ${buffer} vor ihrer Fälligkeit fertig`,
  buffersLead: "Rechtzeitig ist alles. Ein Puffer gibt so wenig nach wie möglich.",
  buffer: (title, end, broken) => `**${title}**: fertig ${end}, ${broken} später als gewünscht.`,
  buffersWay: "Puffer ändern",
  overdue: (n) =>
    n === 1
      ? "1 Aufgabe ist überfällig. Sie ist nicht im Plan; gib ihr ein neues Datum oder streiche sie."
      : `${n} Aufgaben sind überfällig. Sie sind nicht im Plan; gib ihnen neue Daten oder streiche sie.`,
  showOverdue: "Aufgaben zeigen",
  emptyTitle: "Noch nichts zu planen",
  emptyHint: "Trag ein, was fällig ist; dann steht hier der Plan mit seinem Beweis.",
  emptyWay: "Aufgabe eintragen",
};
