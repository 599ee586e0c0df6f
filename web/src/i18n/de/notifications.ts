import type { Messages } from "../en";
import { count, plural } from "../format";

export const notifications: Messages["notifications"] = {
  title: "Mitteilungen",
  unread: (n) => (n === 1 ? "1 neue Mitteilung" : `${count(n)} neue Mitteilungen`),
  nothingNew: "Nichts Neues",
  bell: (n) => (n === 0 ? "Mitteilungen" : `Mitteilungen, ${count(n)} ungelesen`),
  many: "9+",
  quiet: (until) => `Ruhezeit bis ${until}: Nichts wird gezählt oder anderswo gezeigt.`,
  lead: "Was es jetzt zu wissen gibt. Was vorbei ist, verschwindet von selbst.",
  settings: "Wählen, was mitgeteilt wird",
  allRead: "Alle gelesen",
  allReadDone: (n) => (n === 1 ? "1 Mitteilung gelesen." : `${count(n)} Mitteilungen gelesen.`),
  read: "Gelesen",
  readDone: "Gelesen.",
  dismiss: "Verwerfen",
  dismissed: "Verworfen.",
  fresh: "Neu",
  earlier: (n) => `Schon gelesen (${count(n)})`,
  emptyTitle: "Nichts mitzuteilen",
  emptyHint:
    "Hier erfährst du, wann ein Block beginnt, wann etwas fällig ist, wann nicht mehr alles passt und was deine Hochschule geändert hat.",
  kinds: {
    reminder: "Erinnerung",
    achievement: "Erreicht",
    motivation: "Deine Woche",
    warning: "Warnung",
    success: "Geschafft",
    info: "Geändert",
  },
  ways: {
    today: "Zu heute",
    tasks: "Zu den Aufgaben",
    plan: "Zum Plan",
    university: "Zu deinen Kalendern",
    statistics: "Zur Statistik",
    signUp: "Konto anlegen",
  },
  blockSoon: (title, when, time) => `**${title}** beginnt um ${when}, ${time}.`,
  dueSoon: (title, when, left) => `**${title}** ist ${when} fällig, ${left} sind noch zu tun.`,
  isItDone: (title) => `Die Zeit für **${title}** ist aufgebraucht. Ist die Aufgabe fertig?`,
  overdue: (title, when, left) =>
    `**${title}** war ${when} fällig und ist offen, ${left} sind noch zu tun.`,
  short: (time, when) => `Nicht alles passt: **${time} fehlen** vor ${when}.`,
  missed: (n, time) =>
    `**${plural(n, "Block fiel", "Blöcke fielen")} aus.** Die ${time} wieder in die Woche legen?`,
  linkFails: (name, since) => `**${name}** lässt sich seit ${since} nicht lesen.`,
  unsure: (name, n) =>
    `In **${name}** ist ${n === 1 ? "etwas, das du übernommen hast," : `bei ${count(n)} Einträgen, die du übernommen hast, etwas`} weg oder anders. Entscheide, was daraus wird.`,
  movedFrom: (title, was, when) =>
    `**${title}** wurde von deiner Hochschule verschoben: fällig ${when}, vorher ${was}.`,
  changed: (title) => `**${title}** wurde von deiner Hochschule geändert, und hier auch.`,
  followed: (name, n) =>
    `**${name}** hat ${n === 1 ? "einen Eintrag" : `${count(n)} Einträge`} geändert, die du übernommen hast, und dein Plan ist gefolgt.`,
  newInFeed: (name, n) =>
    `**${name}** hat ${n === 1 ? "einen neuen Eintrag" : `${count(n)} neue Einträge`} zum Durchsehen.`,
  guest: (when) =>
    `Du bist Gast: Alles wird gelöscht, wenn du bis ${when} nicht mit diesem Browser wiederkommst. **Leg ein Konto an, um es zu behalten.**`,
  dayDone: (time) => `**Für heute geschafft:** ${time} Arbeit, und nichts vom Plan ist übrig.`,
  weekOnTime: (n) => `**Alle ${count(n)} Aufgaben** der letzten Woche waren rechtzeitig fertig.`,
  week: (time, n) =>
    n === 0
      ? `Letzte Woche: **${time} Arbeit**.`
      : `Letzte Woche: **${time} Arbeit**, ${plural(n, "Aufgabe", "Aufgaben")} fertig.`,
  weekMore: (more) => `${more} mehr als in der Woche davor.`,
  hours: (n) => `**${plural(n, "Stunde", "Stunden")} Arbeit** insgesamt.`,
  tasks: (n) =>
    n === 1 ? "**Die erste Aufgabe** ist fertig." : `**${count(n)} Aufgaben** fertig.`,
  onTime: (n) => `**${count(n)} Aufgaben** rechtzeitig fertig.`,
  days: (n) => `**${count(n)} Tage Arbeit** in Folge; Pausen von zwei Tagen gehören dazu.`,
  choose: "Mitteilungen",
  chooseLead: "Jede einmal, in der App. Schalte ab, was du nicht hören willst.",
  switches: {
    reminder: "Erinnerungen",
    achievement: "Was du erreicht hast",
    motivation: "Deine Woche",
    warning: "Warnungen",
    success: "Was geschafft ist",
    info: "Änderungen durch andere",
  },
  hints: {
    reminder: "Ein Block beginnt, etwas ist binnen eines Tages fällig.",
    achievement: "Stunden, fertige Aufgaben, Tage in Folge.",
    motivation: "Am Montag, wie die letzte Woche war.",
    warning: "Nicht alles passt, Blöcke fielen aus, ein Kalender lässt sich nicht lesen.",
    success: "Der Plan des Tages ist erledigt, eine Woche war rechtzeitig.",
    info: "Deine Hochschule hat etwas verschoben oder hinzugefügt.",
  },
  before: "Einen Block ankündigen",
  beforeTimes: (n) => (n === 0 ? "wenn er beginnt" : `${n} min vorher`),
  quietHours: "Ruhezeit",
  quietHint: "Darin wird nichts gezählt oder gezeigt; es wartet auf der Seite.",
  quietFrom: "Von",
  quietUntil: "Bis",
  saved: "Mitteilungen geändert.",
  browser: "Auch durch den Browser",
  browserHint:
    "Solange StudyBunny in einem Tab offen ist, auch wenn du einen anderen ansiehst. Auf diesem Gerät.",
  browserOn: "Der Browser sagt dir von jetzt an Bescheid.",
  browserOff: "Der Browser sagt nichts mehr.",
  browserDenied:
    "Der Browser erlaubt es nicht. Erlaube Benachrichtigungen für diese Seite in seinen Einstellungen.",
  browserCannot: "Dieser Browser zeigt keine Benachrichtigungen für Seiten.",
  browserTest: "So sagt dir StudyBunny Bescheid.",
};
