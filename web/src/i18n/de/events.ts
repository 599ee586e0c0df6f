import { list, weekdayShort } from "../format";
import type { Messages } from "../en";

export const events: Messages["events"] = {
  add: "Termin hinzufügen",
  newTitle: "Neuer Termin",
  editTitle: "Termin bearbeiten",
  title: "Titel",
  titleHint: "Zum Beispiel Vorlesung Algorithmen.",
  place: "Ort",
  date: "Tag",
  endDate: "Letzter Tag",
  start: "Von",
  end: "Bis",
  nextDay: "Endet am nächsten Tag.",
  allDay: "Ganztägig",
  notes: "Notizen",
  busy: "Braucht Lernzeit auf",
  busyHint: "Solange er dauert, wird nichts geplant.",
  inZone: (zone) => `Die Zeiten gelten in ${zone}.`,
  repeat: "Wiederholung",
  never: "Nie",
  units: { DAILY: "Täglich", WEEKLY: "Wöchentlich", MONTHLY: "Monatlich", YEARLY: "Jährlich" },
  asItIs: "Wie bisher",
  every: "Alle",
  unitsOf: {
    DAILY: (n) => (n === 1 ? "Tag" : "Tage"),
    WEEKLY: (n) => (n === 1 ? "Woche" : "Wochen"),
    MONTHLY: (n) => (n === 1 ? "Monat" : "Monate"),
    YEARLY: (n) => (n === 1 ? "Jahr" : "Jahre"),
  },
  days: "An diesen Tagen",
  until: "Bis zum",
  untilHint: "Leer lassen, wenn er kein Ende hat.",
  scope: "Was sich ändert",
  scopes: { one: "Nur dieser", following: "Dieser und folgende", all: "Alle" },
  save: "Termin speichern",
  needTitle: "Ein Termin braucht einen Titel.",
  badDate: "Wähle einen Tag.",
  badTime: "Schreib eine Uhrzeit, zum Beispiel 10:15.",
  badEnd: "Das Ende muss nach dem Anfang liegen.",
  badUntil: "Das ist vor dem ersten Tag.",
  badEvery: "Schreib eine Zahl von 1 bis 99.",
  moved:
    "Ein anderes Gerät hat diesen Termin inzwischen geändert. Prüf, was hier steht, und speichere noch einmal.",
  added: (title) => `${title} hinzugefügt. Der Plan geht darum herum.`,
  saved: (title) => `${title} gespeichert. Der Plan geht darum herum.`,
  deleted: (title) => `${title} gelöscht.`,
  notDeleted: (title, why) => `${title} wurde nicht gelöscht. ${why}`,
  edit: "Bearbeiten",
  delete: "Löschen",
  deleteWhich: "Welche löschen?",
  label: (title, day, from, to, place) =>
    ["Termin", title, `${day}, ${from} bis ${to}`, place].filter(Boolean).join(", "),
  allDayLabel: (title, day) => `Termin, ${title}, ${day}, ganztägig`,
  takesTime: "Braucht Lernzeit auf.",
  takesNone: "Braucht keine Lernzeit auf.",
  once: "Wiederholt sich nicht.",
  repeats: (unit, every, days) => {
    const one = {
      DAILY: "jeden Tag",
      WEEKLY: "jede Woche",
      MONTHLY: "jeden Monat",
      YEARLY: "jedes Jahr",
    };
    const many = { DAILY: "Tage", WEEKLY: "Wochen", MONTHLY: "Monate", YEARLY: "Jahre" };
    const how = every === 1 ? one[unit] : `alle ${every} ${many[unit]}`;
    return `Wiederholt sich ${how}${days.length ? ` am ${list(days.map(weekdayShort))}` : ""}.`;
  },
  repeatsOtherwise: "Wiederholt sich nach einer eigenen Regel.",
  repeatsUntil: (day) => `Der letzte spätestens am ${day}.`,
  dragHint: "Zieh über den Kalender, um dort einen Termin einzutragen.",
};
