import { plural } from "../format";
import type { Messages } from "../en";

export const history: Messages["history"] = {
  title: "Was in deinem Konto geschah",
  hint: "Das Neueste zuerst, und woher es kam, soweit das aufbewahrt wird: der Name des Browsers und das Netz, nicht die ganze Adresse. Wird mit dem Konto gelöscht.",
  nothing: "Noch nichts. Anmeldungen, Downloads und Änderungen deines Passworts erscheinen hier.",
  more: "Mehr zeigen",
  byAdmin: "durch die Verwaltung",
  times: (n: number) => plural(n, "Mal", "Mal"),
  kinds: {
    signed_up: "Konto angelegt",
    signed_in: "Angemeldet",
    sign_in_failed: "Anmeldung abgelehnt: falsches Passwort",
    signed_out: "Abgemeldet",
    signed_out_everywhere: "Überall abgemeldet",
    password_changed: "Passwort geändert",
    email_changed: "E-Mail-Adresse geändert",
    token_made: "Zugang für ein Programm erstellt",
    exported: "Alles heruntergeladen",
    exported_part:
      "Alles heruntergeladen bis auf Dateien, die nicht zu lesen waren; missing-files.txt nennt sie",
    imported: "Ein Archiv eingelesen",
    guest_merged: "Mitgebracht, was ein Gast hatte",
    course_deleted: "Einen Kurs mit seinen Aufgaben gelöscht",
    admin_given: "In die Verwaltung aufgenommen",
    admin_taken: "Nicht mehr in der Verwaltung",
    disabled: "Konto gesperrt",
    enabled: "Konto wieder freigegeben",
    storage_changed: "Platz für Dateien geändert",
    invited: "Jemanden eingeladen",
  },
};
