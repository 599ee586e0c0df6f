/* A duration by itself, as a field holds it: "2h30", "2 h 30", "1,5 h", "3 Std.", "90 min". */

import { ESTIMATE_MAX_MIN } from "./rules";

/* Minutes, or null: no duration, or more than `most`, which an estimate may be. */
export function parseDuration(text: string, most = ESTIMATE_MAX_MIN): number | null {
  const hours =
    /^(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h(?:ours?|rs?)?|std\.?|stunden?)(?:\s*(\d{1,2})\s*(?:m(?:in(?:ute[sn]?)?)?\.?)?)?$/i.exec(
      text.trim(),
    );
  const minutes = /^(\d{1,4})\s*m(?:in(?:ute)?[sn]?)?\.?$/i.exec(text.trim());
  let total: number;
  if (hours)
    total = Math.round(Number((hours[1] ?? "").replace(",", ".")) * 60) + Number(hours[2] ?? 0);
  else if (minutes) total = Number(minutes[1]);
  else return null;
  return total >= 1 && total <= most ? total : null;
}
