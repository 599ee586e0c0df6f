import { plural } from "../format";
import type { Messages } from "../en";

export const bulk: Messages["bulk"] = {
  select: "Auswählen",
  selected: (n) => `${n} gewählt`,
  selectAll: "Alle auswählen",
  selectOne: (title) => `${title} auswählen`,
  clear: "Auswahl beenden",
  hint: "Umschalt und ↑ ↓ oder ein Klick wählen einen Bereich, Strg A alle, Esc beendet es.",
  done: "Erledigt",
  reopen: "Wieder öffnen",
  move: "Verschieben",
  course: "Kurs",
  priority: "Priorität",
  drop: "Streichen",
  delete: "Löschen",
  more: "Mehr",
  moreTitle: (n) => plural(n, "Aufgabe", "Aufgaben"),
  moveTitle: (n) => `${plural(n, "Frist", "Fristen")} verschieben`,
  courseTitle: (n) => `Kurs von ${plural(n, "Aufgabe", "Aufgaben")}`,
  priorityTitle: (n) => `Priorität von ${plural(n, "Aufgabe", "Aufgaben")}`,
  byDays: "Um Tage",
  toDay: "Auf einen Tag",
  days: "Tage",
  daysHint: "Kleiner als 0: früher. Jede behält ihre Uhrzeit.",
  badDays: "Eine ganze Zahl von −366 bis 366, aber nicht 0.",
  dayHint: "Jede behält ihre Uhrzeit.",
  moveBy: (n) =>
    n > 0
      ? `Um ${plural(n, "Tag", "Tage")} nach hinten schieben`
      : `Um ${plural(-n, "Tag", "Tage")} vorziehen`,
  moveTo: (day) => `Auf ${day} schieben`,
  tasks: (n, all) =>
    n === all ? plural(n, "Aufgabe", "Aufgaben") : `${n} von ${plural(all, "Aufgabe", "Aufgaben")}`,
  saidDone: (tasks) => `${tasks} erledigt.`,
  saidReopened: (tasks) => `${tasks} wieder offen.`,
  saidMoved: (tasks) => `${tasks} verschoben.`,
  saidCourse: (tasks, course) =>
    course === null ? `${tasks} ohne Kurs.` : `${tasks} in ${course}.`,
  saidPriority: (tasks, n) => `${tasks} auf Priorität ${n}.`,
  saidDropped: (tasks) => `${tasks} gestrichen.`,
  saidDeleted: (tasks) => `${tasks} gelöscht.`,
  nothing: "Nichts wurde geändert.",
  stopped: "Angehalten.",
  stop: "Anhalten",
  progress: (n, all) => `${n} von ${all}`,
  progressLabel: "Fortschritt",
  busy: "Das Vorige ist noch nicht fertig.",
  partlyUndone: (tasks) => `Rückgängig bei ${tasks}.`,
  refusedTitle: (n) =>
    n === 1 ? "Eine Aufgabe blieb, wie sie war." : `${n} Aufgaben blieben, wie sie waren.`,
  selectThese: "Diese auswählen",
  dismiss: "Ausblenden",
};
