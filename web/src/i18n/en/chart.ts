import { pc } from "../format";

export const chart = {
  title: "Work due against the time you have",
  titleTight: "Where it is tight",
  asTable: "As a table",
  asPicture: "As a picture",
  by: "Before",
  work: "Work due",
  studyTime: (percent: number) => `Study time at ${pc(percent)}`,
  allFree: "All free hours",
  keyWork: "work due by then",
  keyTime: (percent: number) => `study time at ${pc(percent)}`,
  keyAllTime: "all your free hours",
  keyFull: "all your free hours",
  tightAt: (when: string) => `Tightest: ${when}`,
  tightHours: (work: string, time: string) => `${work} of work, ${time} of study time`,
  short: (time: string) => `${time} short`,
  before: (when: string) => `before ${when}`,
  nothing: "No work is due.",
  sentence: (until: string, work: string, time: string, fits: boolean) =>
    fits
      ? `The work due stays below the study time. It is tightest before ${until}: ${work} of work, ${time} of study time.`
      : `Before ${until} the work due is above the study time: ${work} of work, ${time} of study time.`,
};
