import { dayDate } from "../i18n/format";
import { m } from "../i18n/messages";
import type { Repeat } from "../line/read";

/* A series that was read from a line. */
export const repeatWords = ({ unit, every, until }: Repeat): string =>
  until === null
    ? m.repeat.words(unit, every)
    : m.repeat.wordsUntil(m.repeat.words(unit, every), dayDate(until));
