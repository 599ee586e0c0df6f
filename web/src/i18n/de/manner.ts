import type { Messages } from "../en";

export const manner: Messages["manner"] = {
  title: "Sprache und Formate",
  language: "Sprache",
  clock: "Uhr",
  weekStart: "Erster Tag der Woche",
  byBrowser: "Wie dieser Browser es wünscht",
  byRegion: "Wie in deiner Region üblich",
  clocks: { "24h": "24 Stunden, 17:00", "12h": "12 Stunden, 5:00 pm" },
  weekStarts: { monday: "Montag", saturday: "Samstag", sunday: "Sonntag" },
  everywhere: "Das gilt auf allen deinen Geräten.",
  saved: "Sprache und Formate gespeichert.",
};
