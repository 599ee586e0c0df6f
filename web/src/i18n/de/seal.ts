import { pc, plural } from "../format";
import type { Messages } from "../en";

export const seal: Messages["seal"] = {
  fits: "Alles passt",
  fitsShort: "Passt",
  enough: (percent) => `${pc(percent)} würden reichen`,
  short: (time) => `${time} fehlen`,
  ways: (n) => (n === 0 ? "Sieh, was eng ist" : n === 1 ? "1 Ausweg" : `${n} Auswege`),
  missed: (n) => plural(n, "Block fiel aus", "Blöcke fielen aus"),
  missedHint: "Leg die Arbeit wieder hinein",
  overdue: (n) => plural(n, "Aufgabe überfällig", "Aufgaben überfällig"),
  overdueHint: "Neues Datum, oder streichen",
  nothing: "Nichts fällig",
  nothingHint: "Trag ein, was als Nächstes kommt",
};
