import { pc, plural } from "../format";
import type { Messages } from "../en";

export const pace: Messages["pace"] = {
  label: "Tempo",
  enough: (percent) => `${pc(percent)} reichen`,
  sentence: (max, mean) => `Höchstens **${max}** an einem Tag; diese Woche im Schnitt **${mean}**.`,
  within: "Kein Tag liegt über deinem Tempo.",
  above: (days, by) => `Abgaben heben ${days} über dein Tempo, um höchstens ${by}.`,
  manyDays: (n) => plural(n, "Tag", "Tage"),
  short: (time) => `**${time} passen nicht**, egal bei welchem Tempo.`,
  spoken: (percent, time) => `${percent} Prozent, höchstens ${time} am Tag`,
};
