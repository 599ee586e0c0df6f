import { plural } from "../format";
import type { Messages } from "../en";

export const move: Messages["move"] = {
  button: "Verschieben",
  label: (title) => `${title} verschieben`,
  at: (day, from, to) => `${day}, ${from} bis ${to}`,
  question: (title, when) => `Was, wenn ${title} auf ${when} rückt?`,
  length: (title, time) => `Was, wenn ${title} hier ${time} dauert?`,
  same: (title) => `${title} ist, wo es war.`,
  hint: "Pfeile verschieben um 5 Minuten oder einen Tag, Bild auf und Bild ab um eine Stunde. Mit Umschalt ändern auf und ab die Länge.",
  controls: "Verschieben",
  earlier: "5 Minuten früher",
  later: "5 Minuten später",
  dayBefore: "Einen Tag früher",
  dayAfter: "Einen Tag später",
  shorter: "5 Minuten kürzer",
  longer: "5 Minuten länger",
  others: (n) =>
    n === 0
      ? "Kein anderer Block bewegt sich."
      : `${plural(n, "anderer Block bewegt sich", "andere Blöcke bewegen sich")}.`,
  which: (title) => `${title} wiederholt sich. Was verschieben?`,
  notSeries: "Als Ganzes kommt er nicht auf andere Tage; bearbeite ihn stattdessen.",
  notOne: "In seiner eigenen Zeitzone endete er an einem anderen Tag; bearbeite ihn stattdessen.",
  pinned: (title, when) => `${title} ist angeheftet: ${when}.`,
  eventMoved: (title, when) => `${title} verschoben: ${when}.`,
  back: (title) => `${title} bleibt, wo es war.`,
  begun: (title) => `${title} hat begonnen und bleibt darum, wo es ist.`,
  allDay: "Was den ganzen Tag dauert, wird im Formular verschoben: Eingabe, dann Bearbeiten.",
  not: {
    past: "Diese Zeit ist vorbei.",
    taken: "Dort ist ein anderer Block angeheftet.",
    event: (title) => `Dann ist ${title}.`,
    early: (time) => `${time} davon lägen, bevor es beginnen darf.`,
    late: (time, due) => `${time} davon lägen hinter der Abgabe ${due}.`,
    over: (time) => `Der Tag läge ${time} über deiner Grenze.`,
    waits: "Worauf es wartet, ist bis dahin nicht fertig.",
  },
  lacks: (time, title, due) => `${time} von ${title} würden ${due} verpassen`,
  more: (n) => `${plural(n, "weitere Aufgabe käme", "weitere Aufgaben kämen")} zu spät`,
  outside: (time) => `${time} davon außerhalb deiner freien Zeit`,
};
