import type { Messages } from "../en";

export const errors: Messages["errors"] = {
  retry: "Noch einmal",
  notReached: "Der Server wurde nicht erreicht.",
  offline: "Es gibt keine Verbindung.",
  timedOut: "Er hat nicht innerhalb von 10 s geantwortet.",
  away: "**Der Server ist nicht erreichbar.** Du siehst, was zuletzt geladen wurde; was du jetzt änderst, wird nicht gespeichert.",
  signedOut: "Du bist abgemeldet.",
  signedOutDetail: "Melde dich wieder an, um weiterzumachen.",
  changed: "Ein anderes Gerät war schneller.",
  changedDetail: "Der neueste Stand ist geladen; sieh ihn an und versuch es noch einmal.",
  tooFast: "Zu viele Anfragen.",
  tooFastDetail: "Warte ein paar Sekunden und versuch es noch einmal.",
  busy: "Der Server ist beschäftigt.",
  busyDetail: "Versuch es gleich noch einmal.",
  server: "Auf dem Server ist etwas fehlgeschlagen.",
  serverDetail: "Nichts wurde geändert. Versuch es noch einmal.",
  refused: "Das wurde nicht angenommen.",
  unknown: "Auf dieser Seite ist etwas schiefgegangen.",
  kept: "Was du getippt hast, ist noch da.",
  request: (id) => `Anfrage ${id} für deine Verwaltung`,
};
