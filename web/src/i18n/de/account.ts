import type { Messages } from "../en";
import { plural } from "../format";

export const account: Messages["account"] = {
  title: "Konto",
  signIn: "Anmelden",
  signUp: "Konto anlegen",
  signOut: "Abmelden",
  signOutAll: "Überall abmelden",
  signedOut: "Abgemeldet.",
  signedIn: (email) => `Angemeldet als ${email}.`,
  welcome: (email) => `Konto für ${email} angelegt. Alles ist noch da.`,
  ended: "Deine Sitzung ist zu Ende. Melde dich wieder an; was du gespeichert hast, ist da.",
  guestEnded:
    "Du warst als Gast hier, und dieser Browser führt nicht mehr zu dem, was du geschrieben hast. Melde dich an, wenn du ein Konto hast, oder fang neu an.",
  guestLine:
    "Als Gast auf diesem Server gespeichert. Leg jederzeit ein Konto an, nichts geht verloren.",
  guestShort: "Du bist Gast: Deine Daten erreichst du nur von diesem Browser aus.",
  guestLong:
    "Du bist Gast. Deine Daten liegen auf diesem Server, und du erreichst sie nur von diesem Browser aus, bis du ein Konto anlegst. Dabei bleibt alles erhalten.",
  guestHas: (n) =>
    `Du bist als Gast hier und hast ${plural(n, "Aufgabe", "Aufgaben")}. Nach dem Anmelden siehst du die Daten des Kontos. Was soll aus deinen werden?`,
  guestMerge: "Mitnehmen",
  guestMergeHint: "Deine Aufgaben und Kurse kommen zum Konto dazu; dort ändert sich sonst nichts.",
  guestDiscard: "Löschen",
  guestDiscardHint: "Sie sind dann weg und lassen sich nicht zurückholen.",
  guestWas: (fate, n) =>
    fate === "discard"
      ? "Was du als Gast hattest, ist gelöscht."
      : `${plural(n, "Aufgabe ist", "Aufgaben sind")} mitgekommen.`,
  guestTooMuch: (limit) =>
    `Nichts wurde geändert: Zusammen wären es mehr als ${plural(limit, "Aufgabe", "Aufgaben")}. Lösche einige, oder melde dich ohne sie an.`,
  guestEnds: (date) =>
    `Öffnet ihn niemand, wird dieser Gast am ${date} gelöscht. Jedes Öffnen schiebt den Tag hinaus.`,
  invited: "Du bist eingeladen. Wähle eine Adresse und ein Passwort.",
  badInvitation:
    "Dieser Link gilt nicht: Er wurde schon benutzt, ist abgelaufen oder unvollständig. Bitte um einen neuen.",
  onlyInvited:
    "Neue Konten gibt es hier nur auf Einladung. Bitte die Person, die diesen Server betreibt, um einen Link.",
  closed:
    "Hier werden keine neuen Konten angelegt. Wende dich an die Person, die diesen Server betreibt.",
  alreadyIn: (email: string) =>
    `Du bist als ${email} angemeldet. Melde dich erst ab, wenn der Link für jemand anderen ist; soll dein eigenes Konto zur Verwaltung gehören, hilft auf dem Server der Befehl „studybunny user admin“.`,
  switchedOff: "Dieses Konto wurde von der Verwaltung gesperrt.",
  keepsAll: "Deine freien Zeiten, Kurse und Aufgaben kommen mit.",
  signedInAs: "Angemeldet als",
  email: "E-Mail",
  password: "Passwort",
  passwordHint: (n) => `Mindestens ${n} Zeichen. Am besten ist ein langer Satz.`,
  needEmail: "Schreib deine E-Mail-Adresse.",
  needPassword: "Schreib dein Passwort.",
  shortPassword: (n) => `Mindestens ${n} Zeichen.`,
  inUse: "Zu dieser Adresse gibt es schon ein Konto. Melde dich stattdessen an.",
  wrong: "E-Mail und Passwort passen zu keinem Konto.",
  haveOne: "Du hast ein Konto?",
  haveNone: "Noch kein Konto?",
  change: "E-Mail oder Passwort ändern",
  newPassword: "Neues Passwort",
  leaveEmpty: "Lass es leer, um das alte zu behalten.",
  current: "Jetziges Passwort",
  wrongCurrent: "Das ist nicht dein jetziges Passwort.",
  saveChange: "Konto speichern",
  changed: "Konto gespeichert.",
  export: "Alles herunterladen",
  exportHint:
    "Eine Zip-Datei mit allem, was du hier geschrieben hast, als JSON, deinen Dateien, und Plan und Fristen als Kalender. Sie nennt die Links zu Kalendern deiner Hochschule: Behalte sie für dich.",
  exportChecking: "Deine Dateien werden geprüft…",
  exportStarted: "Das Archiv entsteht. Das Herunterladen beginnt von selbst.",
  exportLost: (n) => `${plural(n, "Datei ist", "Dateien sind")} nicht zu lesen`,
  exportLostWhy:
    "Auf dem Server fehlt das oder ist beschädigt. Das Archiv kommt ohne und nennt es in missing-files.txt; alles andere kommt mit. Wer diesen Server betreibt, hat es vielleicht in einer Sicherung.",
  exportMore: (n) => `und ${n} mehr`,
  exportNot: "Jetzt nicht",
  exportRest: "Den Rest herunterladen",
  import: "Archiv einlesen…",
  importing: "Das Archiv wird gelesen…",
  imported: (added, there) =>
    `${plural(added, "Eintrag", "Einträge")} hinzugefügt, ${plural(there, "war", "waren")} schon hier.`,
  importMissing: (n) =>
    `${plural(n, "Datei fehlt", "Dateien fehlen")}: Das Archiv nennt sie, enthält sie aber nicht.`,
  importTooMuch: "Nichts wurde übernommen: Zusammen wäre es mehr, als ein Konto fasst.",
  importNot: "Das ist kein Archiv von StudyBunny. Nichts wurde übernommen.",
  importTooLarge: "Dieses Archiv ist größer als eines von StudyBunny. Nichts wurde übernommen.",
  delete: "Konto löschen …",
  deleteGuest: "Meine Daten löschen …",
  deleteTitle: "Alles löschen?",
  deleteAsk: (n) =>
    `${plural(n, "Aufgabe", "Aufgaben")}, deine Kurse, freien Zeiten und dein Plan werden gelöscht. Das lässt sich nicht zurücknehmen.`,
  deleteReach:
    "Danach findet sich nichts mehr von dir in Datenbank und Dateien. Der Schlüssel zu deinem Teil der Sicherungen wird vernichtet, also sind auch sie unlesbar.",
  deleteYes: "Alles löschen",
  keep: "Behalten",
  deleted: "Alles ist gelöscht.",
};
