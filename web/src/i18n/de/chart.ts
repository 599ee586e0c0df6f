import { pc } from "../format";
import type { Messages } from "../en";

export const chart: Messages["chart"] = {
  title: "Fällige Arbeit und die Zeit, die du hast",
  titleTight: "Wo es eng ist",
  asTable: "Als Tabelle",
  asPicture: "Als Bild",
  by: "Vor",
  work: "Fällige Arbeit",
  studyTime: (percent) => `Lernzeit bei ${pc(percent)}`,
  allFree: "Alle freien Stunden",
  keyWork: "bis dahin fällige Arbeit",
  keyTime: (percent) => `Lernzeit bei ${pc(percent)}`,
  keyAllTime: "alle deine freien Stunden",
  keyFull: "alle deine freien Stunden",
  tightAt: (when) => `Am engsten: ${when}`,
  tightHours: (work, time) => `${work} Arbeit, ${time} Lernzeit`,
  short: (time) => `${time} fehlen`,
  before: (when) => `vor ${when}`,
  nothing: "Keine Arbeit ist fällig.",
  sentence: (until, work, time, fits) =>
    fits
      ? `Die fällige Arbeit bleibt unter der Lernzeit. Am engsten ist es vor ${until}: ${work} Arbeit, ${time} Lernzeit.`
      : `Vor ${until} ist mehr Arbeit fällig als Lernzeit da: ${work} Arbeit, ${time} Lernzeit.`,
};
