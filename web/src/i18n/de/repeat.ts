import { plural } from "../format";
import type { Messages } from "../en";

export const repeat: Messages["repeat"] = {
  label: "Wiederholt sich",
  never: "Nie",
  day: "Täglich",
  week: "Wöchentlich",
  every: (unit) => `Alle wie viele ${unit === "day" ? "Tage" : "Wochen"}`,
  until: "Bis",
  untilHint: "Leer: ohne Ende.",
  badEvery: "1 bis 365.",
  badUntil: "Wähle einen Tag, nicht vor der Frist.",
  words: (unit, n) =>
    n === 1
      ? unit === "day"
        ? "jeden Tag"
        : "jede Woche"
      : `alle ${n} ${unit === "day" ? "Tage" : "Wochen"}`,
  wordsUntil: (words, day) => `${words} bis ${day}`,
  next: (when) =>
    `Erledigt macht die nächste, fällig ${when}. Was inzwischen verstreicht, wird übersprungen und häuft sich nicht.`,
  last: "Das ist die letzte: Nach ihr kommt keine mehr.",
  short: (words, when) => `Wiederholt sich ${words}. Erledigt macht die nächste, fällig ${when}.`,
  shortLast: (words) => `Wiederholt sich ${words}. Das ist die letzte.`,
  made: (when, skipped) =>
    skipped === 0
      ? `Die nächste ist fällig ${when}.`
      : `Die nächste ist fällig ${when}; ${plural(skipped, "Mal", "Mal")} übersprungen.`,
};
