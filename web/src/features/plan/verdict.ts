import { m } from "../../i18n/messages";
import type { Verdict } from "../../plan/check";

/* What the second checker says of a plan; null: nothing yet. */
export function verdictWords(verdict: Verdict | null): string {
  if (verdict === null) return m.plan.notYetChecked;
  if (verdict.ok) return m.plan.checkedTwice;
  return verdict.partly ? m.plan.partlyChecked : m.plan.checkFailed(verdict.why);
}
