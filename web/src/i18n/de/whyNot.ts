import { plural } from "../format";
import type { Messages } from "../en";

export const whyNot: Messages["whyNot"] = {
  title: "Warum nicht dort",
  day: "Tag",
  time: "Uhrzeit",
  holds: (at) => `**${at}:** Nichts weiter käme zu spät.`,
  lacks: (at, time, title, due) => `**${at}:** ${time} von ${title} würden ${due} verpassen.`,
  more: (n) => `Und ${plural(n, "weitere Aufgabe käme", "weitere Aufgaben kämen")} zu spät.`,
  past: (at) => `**${at}** ist vorbei.`,
  taken: (at) => `**${at}:** Dort ist ein anderer Block angeheftet.`,
  outside: (at, time) => `**${at}:** ${time} davon liegen außerhalb deiner freien Zeit.`,
  early: (at, time) => `**${at}:** ${time} davon liegen, bevor es beginnen darf.`,
  late: (at, time) => `**${at}:** ${time} davon liegen hinter der Abgabe.`,
  over: (at, time) => `**${at}:** Der Tag läge ${time} über deiner Grenze.`,
  waits: (at) => `**${at}:** Worauf es wartet, ist bis dahin nicht fertig.`,
};
