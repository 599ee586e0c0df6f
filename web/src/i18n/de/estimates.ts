import type { Messages } from "../en";
import { count, pc, plural } from "../format";

const ofCourse = (course: string | null) => (course === null ? "ohne Kurs" : `in ${course}`);

export const estimates: Messages["estimates"] = {
  title: "Wie lange etwas dauert",
  lead: "Gelernt aus Aufgaben, die du nach Arbeit mit der Stoppuhr oder im Protokoll abschließt. Was du schätzt, bleibt stehen.",
  use: "Planen mit",
  uses: {
    typed: "Meinen Schätzungen",
    median: "Dem Üblichen",
    p80: "Reserve",
  },
  useHints: {
    typed: "Jede Aufgabe dauert, was du geschätzt hast.",
    median: "Jede Aufgabe dauert, was fertige Aufgaben ihres Kurses üblicherweise brauchten.",
    p80: "Jede Aufgabe dauert, was vier von fünf fertigen Aufgaben ihres Kurses höchstens brauchten.",
  },
  save: "Speichern",
  saved: (name) => `Geplant mit: ${name}.`,
  noCourse: "Kein Kurs",
  none: (n) =>
    `Noch ist nichts bekannt. Sind ${n} Aufgaben eines Kurses fertig, steht hier, wie lange sie wirklich dauern.`,
  course: (name, usual, low, high, n) =>
    `**${name}**: üblich sind ${usual} der Schätzung, bei vier von fünf Aufgaben zwischen ${low} und ${high}, aus ${plural(n, "fertigen Aufgabe", "fertigen Aufgaben")}.`,
  courseFew: (name, n, needed) =>
    `**${name}**: ${count(n)} von ${count(needed)} fertigen Aufgaben. Bis dahin gilt die Schätzung.`,
  percent: pc,
  usual: (time, low, high, n, course) =>
    `Üblich sind ${time} (${low}–${high}, aus ${plural(n, "fertigen Aufgabe", "fertigen Aufgaben")} ${ofCourse(course)}).`,
  usualShort: (time) => `üblich ${time}`,
  planned: (time) => `geplant mit ${time}`,
  counted: (time, use, course) =>
    use === "median"
      ? `Geplant mit **${time}**, wie Aufgaben ${ofCourse(course)} üblicherweise dauern.`
      : `Geplant mit **${time}**: Vier von fünf Aufgaben ${ofCourse(course)} dauern nicht länger.`,
  chances: "Wie wahrscheinlich die Abgaben gelingen",
  all: (n, chance) =>
    n === 1
      ? `Deine eine Abgabe gelingt mit **${chance}** Wahrscheinlichkeit.`
      : `${n === 2 ? "Beide" : `Alle ${count(n)}`} Abgaben gelingen mit **${chance}** Wahrscheinlichkeit.`,
  chancesLead: (known, tasks) =>
    known === tasks
      ? "Wenn du deine freie Zeit bis zu deiner Grenze nutzt, nach deinen fertigen Aufgaben."
      : `Wenn du deine freie Zeit bis zu deiner Grenze nutzt, nach deinen fertigen Aufgaben. ${plural(tasks - known, "Aufgabe zählt", "Aufgaben zählen")} wie geschätzt, weil über den Kurs zu wenig bekannt ist.`,
  least: "Am wenigsten sicher",
  due: "Fällig",
  what: "Aufgabe",
  chance: "Aussicht",
  andMore: (title, n) => `${title} und ${count(n)} weitere`,
  above: (n, chance) => `${plural(n, "weitere Abgabe", "weitere Abgaben")}: ${chance} oder mehr.`,
  surely: `über ${pc(99)}`,
  hardly: `unter ${pc(1)}`,
};
