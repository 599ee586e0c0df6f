import { pc } from "../format";

export const settings = {
  zone: "Time zone",
  zoneLabel: "Free hours and due times are shown in",
  zoneHint: "Due moments stay the same; free hours follow this clock.",
  zoneSaved: (zone: string) => `Time zone ${zone}.`,
  zoneDiffers: (here: string) => `This device is in ${here}.`,
  zoneUse: (here: string) => `Use ${here}`,
  pace: "Pace and limit",
  paceLabel: "Pace",
  paceLead: "Worked each day while there is work:",
  limitLabel: "Limit",
  limitLead: "Never above this, even for a deadline:",
  atMost: (time: string) => `${time} on your longest day`,
  percent: pc,
  savePace: "Save pace and limit",
  paceSaved: (p: number, l: number) => `Pace ${pc(p)}, limit ${pc(l)}.`,
  appearance: "Appearance and keys",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },
  keys: "Single-key shortcuts",
  keysHint: "N adds a task, Z undoes. Switch off if you dictate.",
};
