import { m } from "../i18n/messages";
import type { ReadLine } from "../line/read";

type Faulty = Pick<ReadLine<never>, "title" | "noSuchDay" | "due" | "earliest">;

/* Why a line cannot be added as it was read; null if it can. */
export function lineFault(read: Faulty, now: number): string | null {
  if (read.title === "") return m.quick.noTitle;
  if (read.noSuchDay)
    return m.quick.noSuchDay(read.noSuchDay.words, read.noSuchDay.month, read.noSuchDay.days);
  if (read.due <= now) return m.quick.past;
  if (read.earliest !== null && read.earliest >= read.due) return m.quick.beginsTooLate;
  return null;
}
