/* English: the words of the line. */

import type { CommandWords } from "./command";
import type { LineLanguage } from "./read";
import {
  asEarliest,
  calendarDay,
  dayOfMonth,
  endOfMonth,
  endOfWeek,
  estimate,
  firstOfNextMonth,
  inDays,
  inMinutes,
  inMonths,
  nextWeekday,
  numberIn,
  oneOf,
  placeOf,
  repeats,
  rule,
  sharedDays,
  sharedRules,
  slashedDay,
  timeOf,
  wakingHour,
  weekdayOfNextWeek,
  type Reading,
  type Rule,
} from "./rules";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SHORT_DAYS = [
  ["mon"],
  ["tue", "tues"],
  ["wed", "weds"],
  ["thu", "thur", "thurs"],
  ["fri"],
  ["sat"],
  ["sun"],
];
const MONTHS = [
  ["january", "jan"],
  ["february", "feb"],
  ["march", "mar"],
  ["april", "apr"],
  ["may"],
  ["june", "jun"],
  ["july", "jul"],
  ["august", "aug"],
  ["september", "sept", "sep"],
  ["october", "oct"],
  ["november", "nov"],
  ["december", "dec"],
];
const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINALS =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(
    " ",
  );
/* Parts of a day, as the time by which something is due. */
const PARTS: Record<string, number> = {
  morning: 540,
  noon: 720,
  afternoon: 900,
  evening: 1200,
  night: 1320,
};

function countingWords(): Map<string, number> {
  const words = new Map(UNITS.map((word, n) => [word, n]));
  TENS.forEach((ten, i) => {
    words.set(ten, 20 + 10 * i);
    for (let n = 1; n <= 9; n++) words.set(`${ten} ${UNITS[n]}`, 20 + 10 * i + n);
  });
  words.set("a", 1).set("an", 1);
  return words;
}

function ordinalWords(): Map<string, number> {
  const words = new Map(ORDINALS.map((word, i) => [word, i + 1]));
  for (let n = 1; n <= 9; n++) words.set(`twenty ${ORDINALS[n - 1]}`, 20 + n);
  return words.set("thirtieth", 30).set("thirty first", 31);
}

const counting = countingWords();
const ordinals = ordinalWords();
const spaced = (words: Iterable<string>) => [...words].map((word) => word.replace(" ", "[ -]"));
const number = numberIn(counting);
const ordinal = (text: string | undefined) =>
  ordinals.get((text ?? "").toLowerCase().replace(/[\s-]+/g, " ")) ?? parseInt(text ?? "", 10);

const NUMBER = `(\\d{1,3}(?:[.,]\\d{1,2})?|${oneOf(spaced(counting.keys()))})`;
/* Articles count hours, but are no number before a colon or a clock. */
const CLOCK_NUMBER = `(\\d{1,2}|${oneOf(UNITS.slice(1, 13))})`;
const MINUTE_NUMBER = `([0-5]?\\d|${oneOf(spaced([...counting.keys()].filter((word) => word.length > 2)))})`;
const NTH = `(\\d{1,2}(?:st|nd|rd|th)|${oneOf(spaced(ordinals.keys()))})`;
const DAY = oneOf(DAYS);
const SHORT = oneOf(SHORT_DAYS.flat());
const ANY_DAY = `(${oneOf([...DAYS, ...SHORT_DAYS.flat()])})`;
const MONTH = `(${oneOf(MONTHS.flat())})\\.?`;
const PART = `(?:\\s+(${oneOf(Object.keys(PARTS))}))?`;
const HOURS = "h(?:ours?|rs?)?";
const MINUTES = "min(?:ute)?s?";

const DUE = "(?:(?:is|due|by|on|until|till|before|for|deadline)[ :]\\s*){0,3}";
const CERTAIN = "(?:(?:due|by|on|until|till|before|deadline)[ :]\\s*){1,3}";
const NOT_BEFORE =
  "(?:not\\s+(?:before|until|till)|no\\s+earlier\\s+than|earliest|starting|start)\\s+(?:on\\s+|from\\s+)?";
const AT = "(?:(?:due|by|at|until|till|before)\\s+){0,2}(?:@\\s?)?";
const TAKES = "(?:(?:for|takes?|about|around|approx\\.?|ca\\.?|est\\.?)\\s+){0,2}~?";
/* What may follow a bare number or a short day: the end, or the next phrase. */
const STOP = `(?=\\s*(?:$|[,;)#!@~]|\\d{1,2}[:.]\\d\\d(?!\\d)|\\d{1,3}(?:[.,]\\d+)?\\s*(?:h|m|am|pm|$)|(?:at|by|due|on|for|until|till|before|next|this|in|not|starting|every|each|noon|midnight|today|tonight|tomorrow|tmrw?|prio(?:rity)?|${DAY}|${SHORT}|half|quarter|about|takes|${oneOf(Object.keys(PARTS))}|${oneOf(spaced(counting.keys()))})(?![a-zäöüßé])))`;
/* Not a day: "the sun", "Good Friday", "Bloody Sunday". */
const NO_DAY =
  "(?<!\\b(?:the|a|an|my|our|his|her|its|good|black|bloody|palm|ash|easter|super|casual|every|each)\\s)";

const dayOf = (word: string | undefined) =>
  placeOf(
    word,
    DAYS.map((day, i) => [day, ...(SHORT_DAYS[i] ?? [])]),
  ) + 1;
const monthOf = (word: string | undefined) => placeOf(word, MONTHS) + 1;
const partOf = (word: string | undefined) => PARTS[(word ?? "").toLowerCase()];

function relative(
  n: number,
  unit: string | undefined,
  today: Parameters<Rule["read"]>[1],
): Reading | null {
  if (!Number.isFinite(n)) return null;
  switch (
    (unit ?? "").toLowerCase()[0] === "m"
      ? (unit ?? "").toLowerCase().slice(0, 2)
      : (unit ?? "").toLowerCase()[0]
  ) {
    case "d":
      return inDays(Math.round(n), today);
    case "w":
      return inDays(Math.round(n * 7), today);
    case "f":
      return inDays(Math.round(n * 14), today);
    case "mo":
      return inMonths(Math.round(n), today);
    case "h":
      return inMinutes(Math.round(n * 60), today);
    default:
      return inMinutes(Math.round(n), today);
  }
}

/* Days, behind words such as "due" or "not before". */
const daysBehind = (due: string, certain: string): Rule[] => [
  ...sharedDays(due),
  rule(`${due}(?:the\\s+)?${NTH}(?:\\s+of)?\\s+${MONTH}(?:,?\\s+(\\d{4}))?`, ([d, m, y], today) =>
    calendarDay(y ? Number(y) : null, monthOf(m), ordinal(d), today),
  ),
  rule(`${due}(\\d{1,2})\\.?\\s+${MONTH}(?:,?\\s+(\\d{4}))?`, ([d, m, y], today) =>
    calendarDay(y ? Number(y) : null, monthOf(m), Number(d), today),
  ),
  rule(
    `${due}${MONTH}\\s+(?:the\\s+)?(\\d{1,2}(?:st|nd|rd|th)?|${oneOf(spaced(ordinals.keys()))})(?![:.]\\d|\\s*(?:h|am|pm|${MINUTES}|${HOURS})\\b)(?:,?\\s+(\\d{4}))?`,
    ([m, d, y], today) => calendarDay(y ? Number(y) : null, monthOf(m), ordinal(d), today),
  ),
  rule(`${certain}(?:the\\s+)?(\\d{1,2}(?:st|nd|rd|th))${STOP}`, ([d], today) =>
    dayOfMonth(parseInt(d ?? "", 10), today),
  ),
  slashedDay(certain),
  rule(`${due}(?:the\\s+)?day\\s+after\\s+tomorrow`, (_, today) => inDays(2, today)),
  rule(`${due}(?:tomorrow|tmrw?)${PART}`, ([part], today) => inDays(1, today, partOf(part))),
  rule(`${due}(?:today|eod|end\\s+of\\s+(?:the\\s+)?day)`, (_, today) => inDays(0, today)),
  rule(`${due}tonight`, (_, today) => inDays(0, today)),
  rule(`${due}this\\s+(morning|afternoon|evening)`, ([part], today) =>
    inDays(0, today, partOf(part)),
  ),
  rule(`${due}in\\s+(?:half\\s+an|(?:a\\s+)?half)\\s+hour`, (_, today) => inMinutes(30, today)),
  rule(
    `${due}(?:with)?in\\s+${NUMBER}\\s+(days?|weeks?|fortnights?|months?|hours?|hrs?|h|minutes?|mins?)`,
    ([n, unit], today) => relative(number(n), unit, today),
  ),
  rule(`${NUMBER}\\s+(days?|weeks?|months?)\\s+from\\s+(?:now|today)`, ([n, unit], today) =>
    relative(number(n), unit, today),
  ),
  rule(`${NUMBER}\\s+weeks?\\s+from\\s+${ANY_DAY}`, ([n, day], today) =>
    nextWeekday(dayOf(day), today, number(n)),
  ),
  rule(`${due}next\\s+week(?:\\s+(?:on\\s+)?${ANY_DAY})?`, ([day], today) =>
    weekdayOfNextWeek(day ? dayOf(day) : 1, today),
  ),
  rule(`${due}${ANY_DAY}\\s+(?:of\\s+)?next\\s+week`, ([day], today) =>
    weekdayOfNextWeek(dayOf(day), today),
  ),
  rule(`${due}next\\s+month`, (_, today) => firstOfNextMonth(today)),
  rule(
    `${due}(?:(?:the\\s+)?end\\s+of\\s+(?:(?:the|this)\\s+)?week|this\\s+week|eow)`,
    (_, today) => endOfWeek(today),
  ),
  rule(`${due}(?:(?:the\\s+)?end\\s+of\\s+(?:(?:the|this)\\s+)?month|eom)`, (_, today) =>
    endOfMonth(today),
  ),
  rule(`${due}(?:the|this)\\s+weekend`, (_, today) => nextWeekday(6, today)),
  rule(`${due}next\\s+${ANY_DAY}${PART}`, ([day, part], today) =>
    weekdayOfNextWeek(dayOf(day), today, partOf(part)),
  ),
  rule(`${due}(?:this|coming)\\s+${ANY_DAY}${PART}`, ([day, part], today) =>
    nextWeekday(dayOf(day), today, 0, partOf(part)),
  ),
  rule(`${due}${NO_DAY}(${DAY})(?:\\s+(week))?${PART}`, ([day, week, part], today) =>
    nextWeekday(dayOf(day), today, week ? 1 : 0, partOf(part)),
  ),
  rule(`${certain}(${SHORT})\\.?${PART}`, ([day, part], today) =>
    nextWeekday(dayOf(day), today, 0, partOf(part)),
  ),
  rule(`${NO_DAY}(${SHORT})\\.?${PART}${STOP}`, ([day, part], today) =>
    nextWeekday(dayOf(day), today, 0, partOf(part)),
  ),
];

const half = (text: string | undefined) => (/^p/i.test(text ?? "") ? 12 : 0);
/* "five thirty" is 5:30, "five five" is nothing. */
const times: Rule[] = [
  rule(`${AT}${CLOCK_NUMBER}(?:[:. ]${MINUTE_NUMBER})?\\s?([ap])\\.?m\\.?`, ([h, m, ap]) => {
    const hour = number(h);
    const minutes = m === undefined ? 0 : number(m);
    return hour >= 1 && hour <= 12 ? timeOf((hour % 12) + half(ap), minutes) : null;
  }),
  rule(`(?:(?:by|at|until|till|before)\\s+|@)${CLOCK_NUMBER}${STOP}`, ([h]) =>
    timeOf(wakingHour(number(h))),
  ),
  rule(
    `${AT}${CLOCK_NUMBER}\\s+o['’]?clock(?:\\s+in\\s+the\\s+(morning|afternoon|evening))?`,
    ([h, part]) => clockHour(number(h), part),
  ),
  rule(`${AT}half\\s+past\\s+${CLOCK_NUMBER}`, ([h]) => timeOf(wakingHour(number(h)), 30)),
  rule(`${AT}(?:a\\s+)?quarter\\s+past\\s+${CLOCK_NUMBER}`, ([h]) =>
    timeOf(wakingHour(number(h)), 15),
  ),
  rule(`${AT}(?:a\\s+)?quarter\\s+to\\s+${CLOCK_NUMBER}`, ([h]) =>
    timeOf(wakingHour(number(h)) - 1, 45),
  ),
  rule(`${AT}noon`, () => timeOf(12)),
  rule(`${AT}midnight`, () => timeOf(23, 59)),
  /* "at 17h" is a clock, "17h" is work. */
  rule(`(?:at\\s+|@)(\\d{1,2})\\s?h`, ([h]) => timeOf(Number(h))),
];

function clockHour(hour: number, part: string | undefined): Reading | null {
  if (part === undefined) return timeOf(wakingHour(hour));
  return timeOf((hour % 12) + (/^m/i.test(part) ? 0 : 12));
}

const durations: Rule[] = [
  rule(
    `${TAKES}${NUMBER}\\s?${HOURS}(?:\\s+(?:and\\s+)?${NUMBER}\\s?${MINUTES})?(?!\\s+and\\s+a\\s+half|\\s+of\\b|\\s+and\\s+\\d+\\s?m)`,
    ([h, m]) => estimate(number(h) * 60 + (m === undefined ? 0 : number(m))),
  ),
  /* "2 h 30" at the end of what is said. */
  rule(
    `${TAKES}${NUMBER}\\s?${HOURS}\\s+(?:and\\s+)?(\\d{2}|thirty|fifteen|forty[ -]five)${STOP}`,
    ([h, m]) => (number(m) < 60 ? estimate(number(h) * 60 + number(m)) : null),
  ),
  rule(`${TAKES}${NUMBER}\\s?${MINUTES}`, ([m]) => estimate(number(m))),
  rule(`${TAKES}(?:half\\s+an|(?:a\\s+)?half)\\s+hour`, () => estimate(30)),
  rule(`${TAKES}${NUMBER}\\s+hours?\\s+and\\s+a\\s+half`, ([h]) => estimate(number(h) * 60 + 30)),
  rule(`${TAKES}${NUMBER}\\s+and\\s+a\\s+half\\s+hours?`, ([h]) => estimate(number(h) * 60 + 30)),
  rule(`${TAKES}(\\d{1,2})?\\s?1/2\\s?${HOURS}`, ([h]) => estimate(Number(h ?? 0) * 60 + 30)),
  rule(`${TAKES}(?:a\\s+)?quarter\\s+of\\s+an\\s+hour`, () => estimate(15)),
  rule(`${TAKES}three\\s+quarters\\s+of\\s+an\\s+hour`, () => estimate(45)),
];

const EVERY = "(?:due\\s+)?(?:every|each)\\s+";
/* "every day a page" is what is to be done. */
const AGAIN = `${STOP}(?!\\s+an?\\s+(?!half|hour|quarter))`;
const repetitions: Rule[] = [
  rule(`${EVERY}(day|week)${AGAIN}`, ([unit]) => repeats(unit as "day" | "week", 1)),
  rule(`${EVERY}(?:other|second)\\s+(day|week)${AGAIN}`, ([unit]) =>
    repeats(unit as "day" | "week", 2),
  ),
  rule(`${EVERY}${NUMBER}\\s+(day|week)s${AGAIN}`, ([n, unit]) =>
    repeats(unit as "day" | "week", number(n)),
  ),
  rule(`${EVERY}${ANY_DAY}${AGAIN}`, ([day]) => repeats("week", 1, dayOf(day))),
  rule(`${EVERY}(?:other|second)\\s+${ANY_DAY}${AGAIN}`, ([day]) => repeats("week", 2, dayOf(day))),
];

const priorities: Rule[] = [
  rule(`(?:with\\s+)?prio(?:rity)?\\s+([1-5]|one|two|three|four|five)`, ([n]) => ({
    kind: "priority",
    priority: number(n),
  })),
];

const commands: CommandWords = {
  now: /^(?:what(?:['’]?s| is)? (?:now|next|up next)|what (?:should|do|can) i do(?: now| next)?|now)\??$/i,
  undo: /^(?:undo|take (?:it|that) back)$/i,
  add: /^(?:add|new)(?: task)?(?::| )\s*(.+)$/i,
  go: /^(?:go to|go|open|show(?: me)?)(?: the| my)? (.+)$/i,
  done: [
    /^(?:done|finish(?:ed)?|complete(?:d)?)(?: with)?(?::| )\s*(.+)$/i,
    /^(.+?) (?:is )?(?:done|finished)$/i,
  ],
  progress: [/^(.+?) (?:is |at |to )?(?:at )?(\d{1,3}) ?(?:%|per ?cent)(?: done)?$/i],
};

export const line: LineLanguage = {
  commands,
  rules: [
    ...sharedRules({ at: AT, takes: TAKES, stop: STOP }),
    ...daysBehind(DUE, CERTAIN),
    ...asEarliest(daysBehind(NOT_BEFORE, NOT_BEFORE)),
    ...times,
    ...durations,
    ...repetitions,
    ...priorities,
  ],
};
