import type { Messages } from "../en";
import { plural } from "../format";

const tasksOf = (n: number) => plural(n, "Aufgabe", "Aufgaben");
const eventsOf = (n: number) => plural(n, "Termin", "Termine");
const both = (tasks: number, events: number) =>
  tasks > 0 && events > 0
    ? `${tasksOf(tasks)} und ${eventsOf(events)}`
    : tasks > 0
      ? tasksOf(tasks)
      : eventsOf(events);

export const feeds: Messages["feeds"] = {
  title: "Von deiner Hochschule",
  settingsLead: "Fristen und Stundenplan aus dem Kalender, den deine Hochschule ohnehin führt.",
  open: "Deine Kalender öffnen",
  out: "Dein Plan in anderen Kalendern",
  outLead:
    "Ein geheimer Link zeigt deine Lernzeiten und Fristen in Google Kalender, Outlook oder auf dem Telefon. Wer ihn hat, kann sie lesen.",
  outMake: "Link erzeugen",
  outMade: (when) => `Erzeugt ${when}`,
  outAddress: "Geheimer Link",
  outCopy: "Kopieren",
  outSubscribe: "In einem Kalender öffnen",
  outRevoke: "Widerrufen",
  outRevoked: "Der Link ist widerrufen. Kalender, die ihn hatten, bekommen nichts mehr.",
  fromTasks: "Oder hol sie von deiner Hochschule",
  nothingYet:
    "Hol deine Fristen und deinen Stundenplan. Nichts wird übernommen, bevor du es gesehen hast.",
  waiting: (n) =>
    n === 1
      ? "Ein Eintrag wartet auf dich."
      : `${plural(n, "Eintrag", "Einträge")} warten auf dich.`,
  lookedThrough: "Alles in deinen Kalendern ist durchgesehen.",
  byLink: "Ein Link zu deinem Kalender",
  followLabel: "Link des Kalenders",
  followHint:
    "Er beginnt mit https:// oder webcal://. Er bleibt geheim und wird nie wieder gezeigt.",
  followButton: "Folgen",
  linkTaken: "Der Link wird gelesen.",
  linkKnown: "Diesem Link folgst du schon.",
  add: "Eine Kalenderdatei",
  drop: "Hier eine .ics-Datei ablegen",
  choose: "Datei wählen",
  reading: "Wird gelesen …",
  again:
    "Eine neuere Datei desselben Kalenders zeigt, was sich geändert hat; nichts kommt doppelt.",
  where: "Wo du sie findest",
  whereCanvas: "Canvas: Kalender, dann Kalender-Feed. Speichere die Seite, die sich öffnet.",
  whereMoodle: "Moodle: Kalender, dann Kalender importieren oder exportieren, dann Exportieren.",
  whereGoogle: "Google: Einstellungen, dann Import und Export, dann Exportieren.",
  whereOutlook:
    "Outlook: Kalender, dann Freigeben oder Veröffentlichen, dann der ICS-Link; oder Kalender speichern.",
  read: (name) => `${name} gelesen.`,
  nothingNew: (name) => `${name} gelesen. Nichts darin ist neu.`,
  someCalendar: "Kalender",
  readNow: "Jetzt lesen",
  beingRead: "Wird gelesen …",
  lastRead: (when) => `Zuletzt gelesen ${when}`,
  lastWorked: (since, when) =>
    `Seit ${since} lässt er sich nicht lesen; zuletzt ging es ${when}. Es wird von selbst wieder versucht.`,
  neverWorked: (since) =>
    `Seit ${since} ließ er sich nicht lesen. Es wird von selbst wieder versucht.`,
  faults: {
    none: "",
    unreachable: "Der Server dieses Links ist nicht zu erreichen.",
    status:
      "Der Server dieses Links antwortet mit einem Fehler. Vielleicht gilt der Link nicht mehr: Erzeuge einen neuen.",
    private: "Dieser Link führt zu einer Adresse in einem privaten Netz.",
    wrong: "Dieser Link führt immer weiter oder zu gar keiner Seite.",
    no_calendar:
      "Hinter diesem Link ist kein Kalender. Vielleicht muss man sich dort anmelden: Suche einen Link zum Abonnieren.",
    too_large:
      "Dieser Kalender ist größer, als sich lesen lässt, oder hat mehr, als du behalten darfst.",
  },
  moved: "Von deiner Hochschule geändert und übernommen",
  seen: "Gesehen",
  seenAll: (n) => (n === 1 ? "Gesehen" : `Alle ${n} gesehen`),
  lastNew: (when) => `Zuletzt Neues ${when}`,
  counts: (taken, left) =>
    `${taken} übernommen` + (left > 0 ? `, ${left} von dir ausgelassen` : ""),
  forget: "Kalender vergessen",
  forgetTitle: (name) => `${name} vergessen?`,
  forgetAsk:
    "Aufgaben und Termine, die du übernommen hast, bleiben. Was nicht entschieden ist, geht.",
  forgetKeep: "Behalten",
  forgetYes: "Vergessen",
  forgotten: (name) => `${name} vergessen.`,
  allDone: "Nichts darin wartet auf eine Entscheidung.",
  leftOut: (n) =>
    n === 1
      ? "Ein Eintrag ließ sich nicht übernehmen:"
      : `${plural(n, "Eintrag ließ", "Einträge ließen")} sich nicht übernehmen:`,
  toKnow: "Gut zu wissen:",
  reasons: {
    rule: (title) => `${title} wiederholt sich auf eine Weise, mit der sich nicht planen lässt.`,
    expanded: (title) =>
      `${title} wiederholt sich nach Kalenderwochen. Hier sind es einzelne Termine, ein Jahr voraus.`,
    too_long: (title) => `${title} dauert länger als 60 Tage.`,
    exceptions: (title) => `${title} hat mehr Ausnahmen, als ein Termin haben darf.`,
    no_time: (title) => `${title} hat keine Zeit.`,
  },
  news: "An der Hochschule geändert",
  due: (title, by, when) => `**${title}: fällig ${by}**, jetzt ${when}`,
  later: (span) => `+${span}`,
  earlier: (span) => `−${span}`,
  days: (n) => plural(n, "Tag", "Tage"),
  renamed: (title, now) => `**${title}** heißt jetzt ${now}`,
  timesNow: (title, when) => `**${title}: andere Zeiten**, jetzt ${when}`,
  notOn: (title, days) => `**${title}** fällt aus am ${days}`,
  otherwiseOn: (title, days) => `**${title}** ist anders am ${days}`,
  details: (title) => `**${title}**: Einzelheiten geändert`,
  removed: (title) => `**${title}** steht nicht mehr im Kalender`,
  cancelled: (title) => `**${title}** ist abgesagt`,
  follow: "Übernehmen",
  stay: "So lassen",
  dropTask: "Aufgabe streichen",
  deleteEvent: "Termin löschen",
  keep: "Behalten",
  followAll: (n) => `${plural(n, "Änderung", "Änderungen")} übernehmen`,
  followed: (title) => `${title}: übernommen.`,
  followedAll: (n) => `${plural(n, "Änderung", "Änderungen")} übernommen.`,
  stayed: (title) => `${title} bleibt, wie es ist.`,
  toDo: "Abzugeben",
  timetable: "Stundenplan",
  all: (n) => `Alle ${n}`,
  estimateOf: (title) => `Zeit für ${title}`,
  badEstimate: "Schreib eine Dauer wie 2 h 30 oder 45 min.",
  categories: {
    other: "Sonstiges",
    quiz: "Kurztest",
    sheet: "Blatt",
    essay: "Aufsatz",
    reading: "Lektüre",
    lab: "Labor",
    project: "Projekt",
    talk: "Vortrag",
    exam: "Prüfung",
    class: "Veranstaltung",
  },
  past: "Vorbei",
  every: (days) => `jeden ${days}`,
  everyNth: (n, days) => `alle ${n} Wochen, ${days}`,
  repeats: "wiederholt sich",
  take: (tasks, events) => `${both(tasks, events)} übernehmen`,
  takeNone: "Wähle, was du übernimmst",
  taken: (tasks, events) => `${both(tasks, events)} übernommen.`,
  leave: (n) => (n === 1 ? "Nach dem anderen nie fragen" : `Nach den anderen ${n} nie fragen`),
  leaveAll: (n) => (n === 1 ? "Danach nie fragen" : `Nach diesen ${n} nie fragen`),
  left: (n) => `${plural(n, "Eintrag", "Einträge")} ausgelassen.`,
};
