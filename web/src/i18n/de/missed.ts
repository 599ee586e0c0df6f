import { plural } from "../format";
import type { Messages } from "../en";

export const missed: Messages["missed"] = {
  label: "Ausgefallene Blöcke",
  ask: (n, time) =>
    n === 1
      ? `1 Block fiel aus. Die ${time} wieder in die Woche legen?`
      : `${n} Blöcke fielen aus. Ihre ${time} wieder in die Woche legen?`,
  putBack: "Wieder einplanen",
  putBackDone: (time) => `${time} wieder in die Woche gelegt.`,
  someDid: "Manche fanden statt",
  whichTitle: "Was fand statt?",
  whichHint:
    "Hake ab, woran du gearbeitet hast. Das wird eingetragen wie geplant; der Rest kommt zurück in die Woche.",
  logSome: "Diese eintragen, den Rest einplanen",
  logAll: "Diese eintragen",
  logged: (n, time) => `${plural(n, "Block", "Blöcke")} eingetragen, ${time}.`,
  proposal: (time) => `Es gibt jetzt einen besseren Plan; Blöcke von ${time} würden sich bewegen.`,
  takeProposal: "Übernehmen",
  proposalTaken: "Neuer Plan übernommen.",
};
