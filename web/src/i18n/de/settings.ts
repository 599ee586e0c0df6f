import { pc } from "../format";
import type { Messages } from "../en";

export const settings: Messages["settings"] = {
  contents: "Auf dieser Seite",
  zone: "Zeitzone",
  zoneLabel: "Freie Zeiten und Abgaben gelten in",
  zoneHint: "Abgaben bleiben zum selben Zeitpunkt; freie Zeiten folgen dieser Uhr.",
  zoneSaved: (zone) => `Zeitzone ${zone}.`,
  zoneDiffers: (here) => `Dieses Gerät ist in ${here}.`,
  zoneUse: (here) => `${here} verwenden`,
  pace: "Tempo und Grenze",
  paceLabel: "Tempo",
  paceLead: "So viel jeden Tag, solange es etwas zu tun gibt:",
  limitLabel: "Grenze",
  limitLead: "Nie mehr als das, auch nicht für eine Abgabe:",
  atMost: (time) => `${time} an deinem längsten Tag`,
  percent: pc,
  savePace: "Tempo und Grenze speichern",
  paceSaved: (p, l) => `Tempo ${pc(p)}, Grenze ${pc(l)}.`,
  appearance: "Aussehen und Tasten",
  theme: "Farben",
  themes: { system: "System", light: "Hell", dark: "Dunkel" },
  keys: "Kürzel mit einer Taste",
  keysHint: "N trägt eine Aufgabe ein, Z nimmt zurück. Schalte sie aus, wenn du diktierst.",
};
