import { dayLong, duration, moment, pc } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { Verdict } from "../../plan/check";
import type { Flaw } from "../../plan/flaw";

/* What the second checker says of a plan; null: nothing yet. */
export function verdictWords(verdict: Verdict | null, zone: string): string {
  if (verdict === null) return m.plan.notYetChecked;
  if (verdict.ok) return m.plan.checkedTwice;
  return verdict.partly ? m.plan.partlyChecked : m.plan.checkFailed(flawWords(verdict.why, zone));
}

const flawWords = ({ code, at, date, title = "", minutes = 0, percent = 0 }: Flaw, zone: string) =>
  m.flaw[code]({
    at: at === undefined ? "" : moment(at, zone),
    date: date === undefined ? "" : dayLong(date),
    ...{ title, time: duration(minutes), share: pc(percent) },
  });
