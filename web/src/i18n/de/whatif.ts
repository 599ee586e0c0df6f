import { pc, plural } from "../format";
import type { Messages } from "../en";

export const whatif: Messages["whatif"] = {
  label: "Was wäre wenn",
  question: (percent) => `Was, wenn du bei ${pc(percent)} arbeitest?`,
  saved: "Wenn du das speicherst:",
  holds: "Jede Abgabe hält.",
  short: (time) => `Es fehlen noch ${time}.`,
  discard: "Verwerfen",
  enter: "Eingabe",
  apply: "Anwenden",
  nothing: "Kein Block bewegt sich.",
  day: (day, was, now, over) => `${day}: ${was} → ${now}${over ? ", über dem Tempo" : ""}`,
  moved: (n, days) => {
    const blocks = plural(n, "Block bewegt sich", "Blöcke bewegen sich");
    return days > 0
      ? `${blocks}, auch an ${plural(days, "weiteren Tag", "weiteren Tagen")}`
      : blocks;
  },
  ends: (now, was) => `Alles erledigt bis ${now}, vorher ${was}`,
  applied: (percent, moved) => `Tempo ${pc(percent)}. ${plural(moved, "Block", "Blöcke")} bewegt.`,
};
