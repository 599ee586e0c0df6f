/* A series that was read from a line: in words, and as the server takes it. */

import type { NewTask } from "../api/schema";
import { dayDate } from "../i18n/format";
import { m } from "../i18n/messages";
import type { Repeat } from "../line/read";

export const repeatWords = ({ unit, every, until }: Repeat): string =>
  until === null
    ? m.repeat.words(unit, every)
    : m.repeat.wordsUntil(m.repeat.words(unit, every), dayDate(until));

export const seriesBody = (
  repeat: Repeat | null,
): Pick<NewTask, "repeat_unit" | "repeat_every" | "repeat_until"> =>
  repeat
    ? { repeat_unit: repeat.unit, repeat_every: repeat.every, repeat_until: repeat.until }
    : {};
