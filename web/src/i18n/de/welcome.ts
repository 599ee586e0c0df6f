import type { Messages } from "../en";

export const welcome: Messages["welcome"] = {
  title: "Wisse, dass alles passt. Oder genau, was nicht passt.",
  lead: "Sag StudyBunny, wann du frei bist und was fällig ist. Es antwortet mit einem Lernplan, der jede Abgabe mit der kleinsten möglichen Last schafft, und beweist es.",
  start: "Mit meinen freien Zeiten anfangen",
  sample: "Ein Beispielsemester ansehen",
  promise: "Etwa eine Minute. Ohne Konto, ohne E-Mail.",
  loading: "Ein Semester mit sechs Kursen und sechzig Aufgaben wird eingetragen",
};
