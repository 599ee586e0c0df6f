import type { Messages } from "../en";

export const voice: Messages["voice"] = {
  start: "Sprechen",
  stop: "Nicht mehr zuhören",
  listening: "Hört zu. Sag was, wie lange, bis wann.",
  denied: "Der Browser lässt uns nicht zuhören. Erlaube dieser Seite das Mikrofon.",
  nothing: "Es war nichts zu hören.",
  failed: "Sprache geht hier gerade nicht. Tippe stattdessen.",
};
