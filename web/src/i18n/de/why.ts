import { plural } from "../format";
import type { Messages } from "../en";

export const why: Messages["why"] = {
  title: "Warum hier",
  taskTitle: "Im Plan",
  due: (title, due, left, blocks) =>
    blocks > 1
      ? `${title} ist **${due}** fällig; ${left} sind auf ${plural(blocks, "Block", "Blöcke")} verteilt.`
      : `${title} ist **${due}** fällig; ${left} sind noch zu tun.`,
  tight: (until) => `Das liegt in der engsten Strecke: Vor **${until}** bleibt keine Zeit übrig.`,
  deadline: (day, load, pace) =>
    `${day} trägt **${load}**, mehr als dein Tempo von ${pace}, weil Abgaben es verlangen. Gleichmäßiger lässt es sich nicht verteilen.`,
  pace: (day, load, pace) =>
    `${day}: **${load}** bei einem Tempo von ${pace}. Was zuerst fällig ist, kommt zuerst.`,
  unfinished: "Es wird nicht rechtzeitig fertig; das ist so viel davon, wie passt.",
  pinned: "Du hast es angeheftet, also bleibt es, wo es ist.",
  kept: "Es hat begonnen, also bleibt es, wo es ist.",
  slack: (time) => `**${time} Luft.** Noch später, und etwas kommt zu spät.`,
  noSlack: "**Keine Luft.** Jede Minute später, und etwas kommt zu spät.",
  notPlanned: "Nichts davon ist im Plan: Vor der Abgabe ist keine freie Zeit mehr.",
  overdue:
    "Die Aufgabe ist überfällig und darum nicht im Plan. Gib ihr ein neues Datum oder streiche sie.",
  missed:
    "Der Block fiel aus: Die Arbeit ist noch offen. Leg sie über den Hinweis oberhalb der Woche wieder hinein.",
  past: "Die Zeit ist vorbei.",
  now: "jetzt",
  thisBlock: "dieser Block",
};
