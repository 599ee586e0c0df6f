/* How often an event takes place, as a form asks it, from and to the text of a rule (RFC 5545). What
   a form cannot ask stays as it is. */

import { weekdayOf, type LocalDate } from "./zone";

export type Unit = "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

export interface Repeat {
  unit: Unit;
  every: number;
  /* 1 = Monday; of weekly rules. */
  days: number[];
  /* The last day on which it may begin; "": without end. */
  until: LocalDate | "";
}

const NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const UNITS: readonly string[] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/* null: a rule that the form has no words for. */
export function readRule(rule: string, date: LocalDate): Repeat | null {
  const out: Repeat = { unit: "WEEKLY", every: 1, days: [], until: "" };
  let unit = "";
  for (const part of rule.split(";")) {
    const [name = "", value = ""] = part.split("=");
    if (name === "FREQ") unit = value;
    else if (name === "INTERVAL") out.every = Number(value);
    else if (name === "UNTIL") out.until = value.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
    else if (name === "BYDAY") out.days = value.split(",").map((day) => NAMES.indexOf(day) + 1);
    else if (name !== "WKST" || value !== "MO") return null;
  }
  if (!UNITS.includes(unit) || out.days.includes(0)) return null;
  if (out.days.length > 0 && unit !== "WEEKLY") return null;
  out.unit = unit as Unit;
  if (out.unit === "WEEKLY" && out.days.length === 0) out.days = [weekdayOf(date)];
  return out;
}

export function writeRule(repeat: Repeat, date: LocalDate): string {
  const parts = [`FREQ=${repeat.unit}`];
  if (repeat.every > 1) parts.push(`INTERVAL=${repeat.every}`);
  const own = weekdayOf(date);
  const days = [...new Set([...repeat.days, own])].sort();
  if (repeat.unit === "WEEKLY" && days.length > 1)
    parts.push(`BYDAY=${days.map((day) => NAMES[day - 1]).join(",")}`);
  if (repeat.until) parts.push(`UNTIL=${repeat.until.replaceAll("-", "")}`);
  return parts.join(";");
}

/* The same rule, ending before a date. */
export function endBefore(rule: string, lastDay: LocalDate): string {
  const kept = rule.split(";").filter((part) => !/^(COUNT|UNTIL)=/.test(part));
  return [...kept, `UNTIL=${lastDay.replaceAll("-", "")}`].join(";");
}
