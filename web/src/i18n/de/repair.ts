import { pc } from "../format";
import type { Messages } from "../en";

export const repair: Messages["repair"] = {
  title: "Kleinste Auswege",
  lead: "Jeder reicht für sich allein. Fünf Minuten weniger reichen nicht.",
  noneLead:
    "Keine einzelne Änderung reicht. Kürze oder streiche mehr als eine Aufgabe, oder mach mehr Zeit frei.",
  apply: "Anwenden",
  applyNamed: (title) => `Anwenden: ${title}`,
  applying: "Wird angewendet",
  impossible: "Nicht möglich",
  drop: (title) => `${title} streichen`,
  dropDetail: (time, priority) =>
    `Macht ${time} frei. Die Priorität ist ${priority} von 5. Die Aufgabe bleibt unter „Gestrichen“.`,
  shorten: (title, time) => `${title} um ${time} kürzen`,
  shortenDetail: (from, to) => `${from} → ${to}. Nur du weißt, ob weniger reicht.`,
  extend: (title) => `${title} später abgeben`,
  extendDetail: (until, due) => `Bitte um ${until} statt ${due}.`,
  raise: (percent) => `Die Grenze auf ${pc(percent)} heben`,
  raiseDetail: (time, from, most) =>
    `Bis zu ${time} am längsten Tag; jetzt liegt die Grenze bei ${pc(from)}, und der vollste Tag hat ${most}.`,
  raisePlain: "Die Grenze heben",
  raiseUsed: (until) => `Hilft nicht: Vor ${until} ist schon jede freie Stunde belegt.`,
  raiseNotEnough: (until) => `Reicht nicht, auch nicht mit jeder freien Stunde vor ${until}.`,
  free: (time, day) => `Am ${day} ${time} mehr freihalten`,
  freeDetail: (day, when) => `Vorschlag: ${when}, nur an diesem ${day}.`,
  freeNoRoom: (day) =>
    `Am ${day} ist dafür kein Platz mehr. Ändere deine freien Zeiten, um welchen zu finden.`,
  orElse: "Oder ändere deine Woche selbst:",
  editHours: "freie Zeiten bearbeiten",
};
