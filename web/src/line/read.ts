/* Reads one line such as "essay 3h friday 17:00 #his !4": what, how long, until when, which course,
   how important. One grammar, typed or spoken; each language brings its words as rules.

   Total and quick: any text gives a reading, in time that grows with its length. What is read shows
   as chips; a refused chip's words go back to the title as they were typed. Words inside quotes,
   addresses and other words are never read. */

import { addDays, instantOf, wallAt, type LocalDate } from "../time/zone";
import type { CommandWords } from "./command";
import { nextWeekday, plainly, type ChipKind, type Reading, type Rule, type Today } from "./rules";

export type { ChipKind } from "./rules";

export interface LineLanguage {
  rules: Rule[];
  commands: CommandWords;
}

/* What the line needs to know of a course. */
export interface NamedCourse {
  name: string;
  code: string;
}

export interface Chip {
  kind: ChipKind;
  /* The words as typed, and where they stand. */
  words: string;
  at: number;
}

export interface Repeat {
  unit: "day" | "week";
  every: number;
  until: LocalDate | null;
}

export interface ReadLine<C extends NamedCourse> {
  title: string;
  estimateMin: number;
  due: number;
  /* It is not to be begun before; null: at any time. */
  earliest: number | null;
  /* How it comes again; null: once. */
  repeat: Repeat | null;
  course: C | undefined;
  priority: number;
  chips: Chip[];
  /* A date that does not exist: the words, the month (1–12) and its number of days. */
  noSuchDay: { words: string; month: number; days: number } | null;
  /* A #word that is no course. */
  noSuchCourse: string | null;
}

export interface Context<C extends NamedCourse> {
  language: LineLanguage;
  now: number;
  zone: string;
  monthFirst: boolean;
  courses: readonly C[];
  /* Refused words, as `refusal` names them. */
  refused: ReadonlySet<string>;
}

export const DEFAULT_ESTIMATE_MIN = 60;
export const DEFAULT_PRIORITY = 3;
export const DEFAULT_DUE_DAYS = 7;
export const END_OF_DAY = 23 * 60 + 59;
/* Longer lines are not read any further; the field allows fewer. */
const LENGTH_MAX = 1000;

export const refusal = (chip: Pick<Chip, "kind" | "words">) =>
  `${chip.kind} ${chip.words.toLowerCase()}`;

interface Found {
  at: number;
  length: number;
  reading: Reading;
}

/* Nothing inside is read: what is quoted, and addresses of any sort. */
const UNTOUCHED =
  /"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|(?<!\S)'[^']*'(?!\S)|\S+(?:@|:\/\/)\S+/gu;
/* Where a phrase can begin: at a word, a number or a sign, not inside anything. */
const BEGIN = /(?<![\p{L}\p{N}#.:/'’@&_$€%+-]|[\p{L}\p{N}]\()[\p{L}\p{N}~!#½¼¾@]/gu;

/* What rules see of a line: quoted text is blank. */
interface Shadow {
  plain: string;
  exact: string;
}

function shadowOf(text: string): Shadow {
  const open = text.replace(UNTOUCHED, (quoted) => "\u0000".repeat(quoted.length));
  return { plain: plainly(open, false), exact: plainly(open, true) };
}

function longestAt(text: Shadow, at: number, rules: readonly Rule[], today: Today): Found | null {
  let best: Found | null = null;
  for (const { pattern, exact, read } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(exact ? text.exact : text.plain);
    const length = match?.[0].trimEnd().length ?? 0;
    if (!match || length <= (best?.length ?? 0)) continue;
    const reading = read(match.slice(1), today);
    if (reading) best = { at, length, reading };
  }
  return best;
}

/* All phrases, left to right, the longest at each place. */
function phrasesIn(text: string, rules: readonly Rule[], today: Today): Found[] {
  const seen = shadowOf(text);
  const shadow = seen.plain;
  const found: Found[] = [];
  let from = 0;
  for (const { index } of shadow.matchAll(BEGIN)) {
    if (index < from || index > LENGTH_MAX) continue;
    const phrase = longestAt(seen, index, rules, today);
    if (!phrase) continue;
    from = index + phrase.length;
    /* "(3h)" goes with its brackets. */
    const held = shadow[index - 1] === "(" && shadow[from] === ")";
    found.push(held ? { ...phrase, at: index - 1, length: phrase.length + 2 } : phrase);
  }
  return found.reduce<Found[]>((kept, phrase) => together(shadow, kept, phrase), []);
}

/* In "not before monday 8:00" the time is the first one's, in "every week until 30 jan" the day. */
function together(text: string, kept: Found[], phrase: Found): Found[] {
  const before = kept[kept.length - 1];
  const gap = before ? text.slice(before.at + before.length, phrase.at) : "";
  const reading = before && !/\S/.test(gap) && joint(before, phrase, text);
  if (!reading) return [...kept, phrase];
  return [
    ...kept.slice(0, -1),
    { ...before, length: phrase.at + phrase.length - before.at, reading },
  ];
}

const UNTIL = /(?:until|till|bis)\s/y;

function joint({ reading: first }: Found, { at, reading: next }: Found, text: string) {
  if (first.kind === "earliest" && next.kind === "time") return { ...first, minutes: next.minutes };
  UNTIL.lastIndex = at;
  if (first.kind === "repeat" && next.kind === "date" && "date" in next && UNTIL.test(text))
    return { ...first, until: next.date };
  return null;
}

function courseOf<C extends NamedCourse>(name: string, courses: readonly C[]): C | undefined {
  const wanted = name.toLowerCase();
  const plain = (text: string) => text.toLowerCase().replace(/\s+/g, "-");
  return (
    courses.find((c) => c.code.toLowerCase() === wanted) ??
    courses.find((c) => plain(c.name) === wanted) ??
    courses.find((c) => plain(c.name).startsWith(wanted))
  );
}

/* What is left when the phrases are cut out, with the commas and spaces that held them. */
function titleOf(text: string, taken: Chip[]): string {
  let title = "";
  let from = 0;
  for (const { at, words } of [...taken].sort((a, b) => a.at - b.at)) {
    title = joined(title, text.slice(from, at));
    from = at + words.length;
  }
  title = taken.length === 0 ? text.trim() : joined(title, text.slice(from)).trim();
  if (taken.length > 0) title = title.replace(/[\s,;–(-]+$/, "").replace(/^[\s,;–)]+/, "");
  /* A sentence begins large, but "eBook" is written as it is. */
  return /^\p{Ll}+(?![\p{L}\p{N}])/u.test(title)
    ? title.charAt(0).toUpperCase() + title.slice(1)
    : title;
}

function joined(before: string, after: string): string {
  const head = before.replace(/[\s,;]+$/, "");
  const tail = before === "" ? after : after.replace(/^[\s,;]+/, "");
  return head === "" ? tail : tail === "" ? head : `${head} ${tail}`;
}

export function readLine<C extends NamedCourse>(text: string, context: Context<C>): ReadLine<C> {
  const { language, now, zone, courses, refused } = context;
  const wall = wallAt(now, zone);
  const today = { ...wall, monthFirst: context.monthFirst };
  const chosen = new Map<ChipKind, Chip & { reading: Reading }>();
  let course: C | undefined;
  let noSuchCourse: string | null = null;

  /* Of two of a kind the last counts: what is due usually comes at the end. */
  for (const { at, length, reading } of phrasesIn(text, language.rules, today)) {
    const words = text.slice(at, at + length);
    const chip = { kind: reading.kind, words, at };
    if (refused.has(refusal(chip))) continue;
    if (reading.kind === "course") {
      const known = courseOf(words.replace(/[()#]/g, ""), courses);
      if (!known) {
        noSuchCourse = words;
        continue;
      }
      course = known;
    }
    chosen.set(reading.kind, { ...chip, reading });
  }

  const chips = [...chosen.values()].map(({ kind, words, at }) => ({ kind, words, at }));
  const is = <K extends ChipKind>(kind: K) =>
    chosen.get(kind)?.reading as Extract<Reading, { kind: K }> | undefined;
  const date = is("date");
  const missing = date && "month" in date ? date : null;
  const earliest = is("earliest");
  const repeat = is("repeat");
  const time = is("time")?.minutes ?? null;
  const day = date && "date" in date ? date : repeat ? firstOf(repeat, time, today) : null;
  return {
    title: titleOf(text, chips),
    estimateMin: is("estimate")?.minutes ?? DEFAULT_ESTIMATE_MIN,
    due: dueOf(day, time, today, now, zone),
    earliest: earliest ? instantOf(earliest.date, earliest.minutes, zone) : null,
    repeat: repeat ? { unit: repeat.unit, every: repeat.every, until: repeat.until ?? null } : null,
    course,
    priority: is("priority")?.priority ?? DEFAULT_PRIORITY,
    chips,
    noSuchDay: missing && {
      words: chosen.get("date")?.words ?? "",
      month: missing.month,
      days: missing.days,
    },
    noSuchCourse,
  };
}

/* The day of the first of a series of which no day is said. */
function firstOf(
  { unit, weekday }: Extract<Reading, { kind: "repeat" }>,
  time: number | null,
  today: Today,
): { date: LocalDate; weekday?: boolean } | null {
  if (weekday !== undefined) {
    const next = nextWeekday(weekday, today);
    return next.kind === "date" && "date" in next ? next : null;
  }
  return unit === "day" && time === null ? { date: today.date } : null;
}

/* A time alone is its next occurrence, a day alone ends at its last minute; a weekday that has
   passed by today's clock is next week's. */
function dueOf(
  day: { date: string; minutes?: number; weekday?: boolean } | null,
  time: number | null,
  today: Today,
  now: number,
  zone: string,
): number {
  if (day === null && time === null)
    return instantOf(addDays(today.date, DEFAULT_DUE_DAYS), END_OF_DAY, zone);
  if (day === null) {
    const minutes = time ?? END_OF_DAY;
    return instantOf(minutes <= today.minutes ? addDays(today.date, 1) : today.date, minutes, zone);
  }
  const minutes = time ?? day.minutes ?? END_OF_DAY;
  const due = instantOf(day.date, minutes, zone);
  return day.weekday && due <= now ? instantOf(addDays(day.date, 7), minutes, zone) : due;
}
