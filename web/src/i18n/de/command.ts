import type { Messages } from "../en";

export const command: Messages["command"] = {
  title: "Tun oder finden",
  open: "Tun oder finden",
  label: "Was möchtest du tun?",
  placeholder: "fertig Aufsatz, Aufsatz 50 %, was jetzt",
  list: "Was geschehen kann",
  help: "Die Eingabetaste tut, was markiert ist; Pfeile wählen.",
  nothing: "Zu diesen Worten passt nichts.",
  finish: (title) => `**${title}** als erledigt abhaken`,
  progress: (title, percent, left) => `**${title}** ist zu ${percent} fertig, noch ${left}`,
  progressed: (title, percent) => `${title} ist zu ${percent} fertig.`,
  edit: (title) => `**${title}** öffnen`,
  go: (page) => `Zu **${page}**`,
  add: (title, time, due) => `**${title}** eintragen, ${time}, fällig ${due}`,
  cannotAdd: (title, why) => `**${title}** eintragen: ${why}`,
  undo: "Die letzte Änderung zurücknehmen",
  now: (title, until) => `Jetzt: **${title}** bis ${until}`,
  next: (title, from) => `Als Nächstes: **${title}**, ${from}`,
  free: "Nichts ist geplant. Du hast frei.",
};
