import { pc, plural } from "../format";

export const seal = {
  fits: "Everything fits",
  fitsShort: "Fits",
  enough: (percent: number) => `${pc(percent)} would be enough`,
  short: (time: string) => `${time} short`,
  ways: (n: number) =>
    n === 0 ? "See what is tight" : n === 1 ? "1 way to repair it" : `${n} ways to repair it`,
  missed: (n: number) => plural(n, "block missed", "blocks missed"),
  missedHint: "Put the work back",
  overdue: (n: number) => plural(n, "task overdue", "tasks overdue"),
  overdueHint: "Give a new date, or drop",
  nothing: "Nothing due",
  nothingHint: "Add what comes next",
};
