import { pc, plural } from "../format";
import type { Messages } from "../en";

export const earlier: Messages["earlier"] = {
  title: "Frühere Pläne",
  lead: "Was deinen Plan geändert hat, das Neueste zuerst. Zurückgehen bringt Tempo und Grenze mit und behält jeden Block, der noch passt; Aufgaben, freie Zeiten und Wünsche bleiben, wie sie sind.",
  nothing:
    "Noch nichts. Wenn du einen anderen Plan, ein anderes Tempo, andere Wünsche oder freie Zeiten nimmst, bleibt der Plan davor hier.",
  more: "Alle zeigen",
  pace: (was, then) => `Tempo ${pc(was)} → ${pc(then)}`,
  limit: (was, then) => `Grenze ${pc(was)} → ${pc(then)}`,
  why: {
    missed: "Ausgefallene Blöcke wieder eingeplant",
    better: "Besseren Plan übernommen",
    shares: "Anderes Tempo oder andere Grenze",
    settings: "Andere Wünsche",
    hours: "Andere freie Zeiten",
    undone: "Einen Plan zurückgenommen",
    returned: "Zu einem früheren Plan zurückgegangen",
    tidied: "Weniger, längere Blöcke genommen",
  },
  moved: (time) => `${time} bewegt`,
  compare: "Vergleichen",
  compareNamed: (what, when) => `Mit dem Plan vor ${when} vergleichen: ${what}`,
  back: "Zurückgehen",
  backNamed: (what, when) => `Zum Plan vor ${when} zurückgehen: ${what}`,
  done: (when) => `Zurück beim Plan vor ${when}.`,
  comparing: "Wird um alles herum geplant, was sich seither geändert hat …",
  same: "Jetzt wäre es der Plan, den du hast.",
  elsewhere: (n, time) =>
    n === 1 ? `1 Block, ${time}, läge anderswo.` : `${n} Blöcke, ${time}, lägen anderswo.`,
  days: "Lernzeit der Tage, die sich ändern",
  day: "Tag",
  now: "Jetzt",
  then: "Dann",
  moreDays: (n) => `und ${plural(n, "weiterer Tag", "weitere Tage")}`,
};
