import type { Messages } from "../en";

export const nav: Messages["nav"] = {
  main: "Hauptmenü",
  skip: "Zum Inhalt",
  today: "Heute",
  week: "Woche",
  month: "Monat",
  tasks: "Aufgaben",
  plan: "Plan",
  statistics: "Statistik",
  admin: "Verwaltung",
  settings: "Einstellungen",
  more: "Weitere Seiten",
  add: "Neu",
  addTask: "Neue Aufgabe",
};
