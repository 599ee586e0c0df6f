import { makeDate } from "../../time/zone";
import { dayMonth } from "../format";
import type { Messages } from "../en";

const MONTHS =
  "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" ");

/* "Der November hat 30 Tage. Meintest du 30. Nov oder 1. Dez?" */
function noSuchDay(words: string, month: number, days: number): string {
  if (month < 1 || month > 12) return `„${words}“ ist kein Datum.`;
  const last = dayMonth(makeDate(2024, month, days));
  const next = dayMonth(makeDate(2024, month, days + 1));
  return `Der ${MONTHS[month - 1]} hat ${days} Tage. Meintest du ${last} oder ${next}?`;
}

export const quick: Messages["quick"] = {
  title: "Was ist fällig?",
  lead: "Eine Zeile je Aufgabe: was, wie lange, bis wann. Die Eingabetaste trägt sie ein und beginnt die nächste.",
  dialogTitle: "Aufgaben eintragen",
  label: "Neue Aufgabe",
  placeholder: "Was, wie lange, bis wann",
  example: "Zum Beispiel",
  exampleLine: "Aufsatz 3h Freitag 17:00",
  add: "Eintragen",
  added: (title) => `${title} eingetragen.`,
  addedSoFar: "Bisher eingetragen",
  readAs: "Gelesen als:",
  due: (when) => `fällig ${when}`,
  notBefore: (when) => `nicht vor ${when}`,
  beginsTooLate: "Sie würde erst beginnen, wenn sie schon fällig ist.",
  refuse: (text) => `So war es nicht gemeint: ${text}`,
  assumed: "angenommen",
  noTitle: "Sag, was getan werden muss.",
  past: "Dieser Zeitpunkt ist vorbei. Nenne einen späteren.",
  noSuchDay,
  noSuchCourse: (words) => `Es gibt noch keinen Kurs ${words}, also bleibt es im Titel.`,
  makeCourse: (name) => `Kurs ${name} anlegen`,
  courseMade: (name) => `Kurs ${name} angelegt.`,
  showPlan: "Meinen Plan zeigen",
  firstATask: "Trag zuerst eine Aufgabe ein",
};
