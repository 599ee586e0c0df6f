import type { Messages } from "../en";

export const keys: Messages["keys"] = {
  title: "Tasten",
  off: "Kürzel mit einer Taste lassen sich in den Einstellungen ausschalten.",
  all: [
    ["N", "Eine Aufgabe eintragen"],
    ["/", "Tun oder finden: fertig Aufsatz, was jetzt"],
    ["Z", "Die letzte Änderung zurücknehmen"],
    ["1 2 3 4", "Woche, Aufgaben, Plan, Einstellungen"],
    ["← → ↑ ↓", "In der Woche: von Block zu Block"],
    ["Eingabe", "In der Woche: warum dieser Block hier ist"],
    ["D", "Auf einem Block: seine Aufgabe ist erledigt"],
    ["Esc", "Das Innerste schließen"],
    ["?", "Diese Tasten"],
  ],
};
