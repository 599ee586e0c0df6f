/* What the second checker finds wrong in a plan: a code with its facts; the words are the catalogue's
   (i18n/en/flaw.ts). */

export type FlawCode =
  | ("pinned" | "empty" | "two" | "notToDo" | "notFree" | "late" | "early" | "waits" | "overdue")
  | ("free" | "capacity" | "over" | "load" | "unfinished" | "tooMuch" | "tooLittle")
  | ("fitsAll" | "tooFew" | "noStep" | "lessIsEnough" | "percent" | "score")
  | ("work" | "verdict" | "bound" | "short" | "gap" | "planned" | "room" | "last")
  | ("noStretch" | "stretch" | "dueBy" | "freeBefore" | "tighter");

export interface Facts {
  /* An instant, a date, a task. */
  at?: string;
  date?: string;
  title?: string;
  minutes?: number;
  percent?: number;
}

export interface Flaw extends Facts {
  code: FlawCode;
}

export const flaw = (code: FlawCode, facts: Facts = {}): Flaw => ({ code, ...facts });
