import type { Messages } from "../en";

/* Every code of the server; messages.test.ts compares them with its sources. */
export const CODES: Record<string, string> = {
  already_user: "Aus dem Gast ist inzwischen ein Konto geworden. Melde dich an.",
  blank: "Das darf nicht leer sein.",
  body_too_large: "Das ist zu groß.",
  calendar:
    "Das ist kein Kalender, der sich lesen lässt. Gesucht ist eine Datei mit der Endung .ics.",
  calendar_size:
    "Dieser Kalender ist zu groß: höchstens 5 MB, 5000 Termine und 2000 Dinge zum Übernehmen.",
  choice: "Das gehört nicht zu den möglichen Werten.",
  complete: "Die Datei ist schon da.",
  conflict: "Das passt nicht zum jetzigen Stand.",
  control_character: "Steuerzeichen sind nicht erlaubt.",
  cross_site: "Eine andere Seite darf das nicht in deinem Namen tun.",
  denied: "Das ist nicht erlaubt.",
  duplicate: "Das steht zweimal da.",
  email_in_use: "Zu dieser Adresse gibt es schon ein Konto.",
  cycle: "Diese Aufgabe wartet selbst auf jene, auch über andere.",
  forgotten: "Die Uhr lief sehr lange. Sag, wie viele Minuten davon Arbeit waren.",
  format: "Diese Schreibweise wird nicht erkannt.",
  full: "Auf dem Server ist kein Platz mehr.",
  future: "Das reicht in die Zukunft. Eintragen lässt sich nur, was getan ist.",
  gone: "Das ist zu lange her. Lade die Seite neu.",
  guest: "Ein Gast hat kein Passwort. Leg ein Konto an.",
  archive: "Das ist kein Archiv von StudyBunny.",
  id: "Jedes Ding braucht eine eigene Kennung; dieses Archiv ist beschädigt.",
  id_deleted: "Das wurde gelöscht und kommt so nicht wieder.",
  id_in_use: "Das gibt es schon.",
  incomplete: "Die Datei ist noch nicht ganz da.",
  invalid: "Das wird so nicht angenommen.",
  json: "Die Anfrage war nicht lesbar.",
  key_reused: "Diese Anfrage wurde schon mit anderem Inhalt gestellt.",
  link: "Das ist kein Link, dem sich folgen lässt. Er beginnt mit https:// oder webcal://.",
  link_private: "Dieser Link führt zu einer Adresse, die nicht öffentlich ist.",
  link_redirects: "Dieser Link führt immer weiter.",
  link_size: "Hinter diesem Link ist mehr, als sich lesen lässt.",
  link_status: "Der Server dieses Links antwortet mit einem Fehler.",
  link_unreachable: "Der Server dieses Links ist nicht zu erreichen.",
  memory: "Das ist zu viel auf einmal.",
  mismatching_upload_offset: "Das Hochladen muss an einer anderen Stelle weitergehen.",
  next_begun: "Die nächste dieser Reihe ist schon begonnen. Mach mit ihr weiter.",
  no_effect: "Die Aufgabe wiederholt sich nicht. Gib auch an, in welchem Abstand.",
  nothing_to_restore: "Der Plan wurde seither geändert, oder es gab keinen vorigen.",
  no_link: "Dieser Kalender kam als Datei. Bring eine neuere.",
  no_timer: "Es läuft keine Uhr.",
  not_found: "Das gibt es nicht mehr.",
  not_open: "Diese Aufgabe ist nicht mehr offen.",
  null: "Das darf nicht fehlen.",
  out_of_range: "Das liegt außerhalb des Erlaubten.",
  overlap: "Das überschneidet sich mit einer anderen Zeit desselben Tages.",
  precondition: "Es fehlt, worauf sich die Änderung bezieht. Lade die Seite neu.",
  quota: "Mehr davon darf es nicht geben. Lösche zuerst etwas.",
  rate: "Zu viele Anfragen. Warte ein paar Sekunden.",
  readonly: "Das lässt sich nicht ändern.",
  repeated: "Das wurde schon getan.",
  required: "Das fehlt.",
  running: "Das ist die laufende Uhr. Halte sie zuerst an.",
  spool_full: "Gerade werden zu viele Dateien hochgeladen. Versuch es später noch einmal.",
  stale: "Es wurde inzwischen geändert.",
  superseded: "Ein anderer Vorgang lädt diese Datei hoch.",
  too_large: "Das ist zu groß.",
  too_long: "Das ist zu lang.",
  too_much: "Es kam mehr an als angekündigt.",
  too_many: "Das ist zu viel auf einmal.",
  too_short: "Das ist zu kurz.",
  twice: "Das steht schon da.",
  type: "Das ist nicht von der erwarteten Art.",
  unauthenticated: "Melde dich an.",
  unavailable: "Das geht gerade nicht. Versuch es gleich noch einmal.",
  unknown: "Das gibt es nicht.",
  unknown_field: "Dieses Feld gibt es nicht.",
  unknown_parameter: "Diese Angabe gibt es nicht.",
  uploads: "Zu viele Dateien sind noch nicht fertig hochgeladen. Beende oder lösche erst welche.",
  version: "Es wurde inzwischen geändert.",
  wrong_credentials: "E-Mail und Passwort passen zu keinem Konto.",
  wrong_password: "Das ist nicht das Passwort des Kontos.",
};

/* The server names bounds as "1 to 200". */
function bounds(detail: string): string {
  const found = /(-?\d+) to (\d+)( characters)?/.exec(detail);
  if (!found) return "";
  return ` Erlaubt sind ${found[1]} bis ${found[2]}${found[3] ? " Zeichen" : ""}.`;
}

export const problem: Messages["problem"] = {
  reason: (code, detail) =>
    (CODES[code] ?? `Der Server hat es abgelehnt (${code}).`) + bounds(detail),
};
