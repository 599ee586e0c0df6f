import type { Messages } from "../en";

export const keys: Messages["keys"] = {
  title: "Tasten",
  off: "Kürzel mit einer Taste lassen sich in den Einstellungen ausschalten.",
  all: [
    ["N", "Eine Aufgabe eintragen"],
    ["/", "Tun oder finden: fertig Aufsatz, was jetzt"],
    ["Z", "Die letzte Änderung zurücknehmen"],
    ["1 … 7", "Heute, Woche, Monat, Aufgaben, Plan, Statistik, Einstellungen"],
    ["← → ↑ ↓", "In Woche und Monat: sich bewegen"],
    ["Eingabe", "Öffnen, was den Fokus hat"],
    ["N", "In der Woche: einen Termin eintragen"],
    ["Leertaste", "In Heute: die Uhr starten oder beenden"],
    ["D", "In Heute oder auf einem Block: die Aufgabe ist erledigt"],
    ["P", "Auf einem Block: anheften oder wieder lösen"],
    ["M", "Auf Block oder Termin: verschieben; Pfeile, mit Umschalt die Länge, Eingabe oder Esc"],
    ["↑ ↓ Leer", "Unter Aufgaben: bewegen, auswählen; mit Umschalt einen Bereich"],
    ["Strg A", "Während Aufgaben ausgewählt werden: alle"],
    ["Esc", "Das Innerste schließen"],
    ["?", "Diese Tasten"],
  ],
};
