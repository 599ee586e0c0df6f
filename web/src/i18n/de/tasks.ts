import type { Messages } from "../en";

export const tasks: Messages["tasks"] = {
  title: "Aufgaben",
  sub: (n, time) => `${n} offen, noch ${time} zu tun`,
  search: "Suche",
  filters: "Zeigen",
  filter: {
    open: "Offen",
    week: "Fällig in 7 Tagen",
    overdue: "Überfällig",
    done: "Erledigt",
    dropped: "Gestrichen",
  },
  allCourses: "Alle Kurse",
  colTask: "Aufgabe",
  colDue: "Fällig",
  colProgress: "Fortschritt",
  colLeft: "Noch",
  colPlan: "Plan",
  colActions: "Aktionen",
  noneHere: "Hier ist keine Aufgabe",
  noneHereHint: "Ein anderer Filter oder eine kürzere Suche zeigt mehr.",
  emptyTitle: "Noch nichts zu planen",
  emptyHint:
    "Schreib eine Zeile. StudyBunny liest Stunden und Datum heraus, und du kannst es berichtigen.",
};
