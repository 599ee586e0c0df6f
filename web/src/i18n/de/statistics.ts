import type { Messages } from "../en";
import { count, plural } from "../format";

const days = (n: number) => plural(n, "Tag", "Tage");
const inDays = (n: number) => plural(n, "Tag", "Tagen");

export const statistics: Messages["statistics"] = {
  thisWeek: (time) => `${time} Arbeit in dieser Woche`,
  sub: (before, all, since) => `In der Woche davor: ${before}. Insgesamt ${all} seit ${since}.`,
  length: "Gezeigte Wochen",
  lengths: (n) => (n === 52 ? "1 Jahr" : `${count(n)} Wochen`),
  emptyTitle: "Noch nichts festgehalten",
  emptyHint:
    "Starte die Stoppuhr an einer Aufgabe oder trag Zeit von Hand ein. Dann siehst du hier, wohin deine Stunden gehen und wie lange etwas wirklich dauert.",
  emptyWay: "Zu heute",
  noCourse: "Kein Kurs",
  goneCourse: "Gelöschter Kurs",
  course: "Kurs",
  total: "Gesamt",
  share: "Anteil",
  weeks: "Stunden nach Wochen",
  weekFrom: "Woche ab",
  weeksSentence: (n, all, most, when) =>
    `${all} Arbeit in ${plural(n, "Woche", "Wochen")}; am meisten, ${most}, in der Woche ab ${when}.`,
  byCourse: "Nach Kursen",
  noneThen: "In diesen Wochen wurde nichts festgehalten.",
  planned: (n) => `Geplant und getan, ${days(n)}`,
  plannedSentence: (n, planned, done) =>
    `In den letzten ${inDays(n)} wurden ${done} getan; ${planned} standen im Plan, als ihre Zeit kam.`,
  doneSentence: (n, done) =>
    `In den letzten ${inDays(n)} wurden ${done} getan. Was im Plan steht, wird hier festgehalten, wenn seine Zeit gekommen ist.`,
  keyPlanned: "geplant",
  keyDone: "getan",
  day: "Tag",
  accuracy: "Schätzungen und was daraus wurde",
  accuracySentence: (courses) => `Von der Schätzung brauchen Aufgaben üblicherweise: ${courses}.`,
  usually: (course, percent) => `${course} ${percent}`,
  asEstimated: "wie geschätzt",
  usual: "Üblich",
  fourOfFive: "Vier von fünf",
  finished: "Fertige Aufgaben",
  few: (courses, needed) =>
    `Noch nicht bekannt: ${courses}. Dafür braucht es ${count(needed)} fertige Aufgaben mit festgehaltener Arbeit.`,
  milestones: "Bisher",
  row: (n, since) =>
    n === 1 ? `Ein Tag mit Arbeit, am ${since}.` : `${days(n)} Arbeit in Folge seit ${since}.`,
  rowNew: "Mit dem nächsten Arbeitstag beginnt eine neue Folge.",
  longest: (n) => `Die längste hatte ${days(n)}.`,
  forgiving: "Pausen bis zu zwei Tagen gehören zu einer Folge.",
  first: {
    hours: "Die erste Stunde",
    tasks: "Die erste fertige Aufgabe",
    on_time: "Die erste rechtzeitig",
    days: "Drei Tage in Folge",
  },
  reached: {
    hours: (n) => `${plural(n, "Stunde", "Stunden")} Arbeit`,
    tasks: (n) => plural(n, "fertige Aufgabe", "fertige Aufgaben"),
    on_time: (n) => `${count(n)} rechtzeitig`,
    days: (n) => `${days(n)} in Folge`,
  },
  next: (next, left) => `Als Nächstes: ${count(next)}, noch ${count(left)}`,
  allReached: "Einen weiteren Schritt gibt es nicht",
};
