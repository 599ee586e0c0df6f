/* German: the words of the line. */

import type { CommandWords } from "./command";
import type { LineLanguage } from "./read";
import {
  asEarliest,
  calendarDay,
  dayOfMonth,
  endOfMonth,
  endOfWeek,
  estimate,
  exactRule,
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
  type Today,
  type Rule,
} from "./rules";

const DAYS = [
  ["montag"],
  ["dienstag"],
  ["mittwoch"],
  ["donnerstag"],
  ["freitag"],
  ["samstag", "sonnabend"],
  ["sonntag"],
];
const SHORT_DAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
const MONTHS = [
  ["januar", "jänner", "jan"],
  ["februar", "feber", "feb"],
  ["märz", "mär", "mrz"],
  ["april", "apr"],
  ["mai"],
  ["juni", "jun", "juno"],
  ["juli", "jul"],
  ["august", "aug"],
  ["september", "sept", "sep"],
  ["oktober", "okt"],
  ["november", "nov"],
  ["dezember", "dez"],
];
const UNITS =
  "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split(
    " ",
  );
const TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(" ");
const ORDINALS =
  "ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten".split(
    " ",
  );
/* Parts of a day, as the time by which something is due. */
const PARTS: Record<string, number> = {
  früh: 540,
  morgen: 540,
  vormittag: 660,
  mittag: 720,
  nachmittag: 900,
  abend: 1200,
  nacht: 1320,
};

function countingWords(): Map<string, number> {
  const words = new Map(UNITS.map((word, n) => [word, n]));
  for (const one of ["ein", "eine", "einer", "einem", "einen"]) words.set(one, 1);
  words.set("zwo", 2);
  TENS.forEach((ten, i) => {
    words.set(ten, 20 + 10 * i);
    for (let n = 1; n <= 9; n++)
      words.set(`${n === 1 ? "ein" : UNITS[n]}und${ten}`, 20 + 10 * i + n);
  });
  words.set("dreissig", 30).set("hundert", 100).set("hundertzwanzig", 120);
  return words;
}

function ordinalWords(): Map<string, number> {
  const words = new Map(ORDINALS.map((word, i) => [word, i + 1]));
  for (let n = 1; n <= 9; n++) words.set(`${n === 1 ? "ein" : UNITS[n]}undzwanzigsten`, 20 + n);
  return words.set("dreißigsten", 30).set("einunddreißigsten", 31);
}

const counting = countingWords();
const ordinals = ordinalWords();
const number = numberIn(counting);
const ordinal = (text: string | undefined) =>
  ordinals.get((text ?? "").toLowerCase().replace(/(?:er|e)$/, "en")) ?? parseInt(text ?? "", 10);
/* anderthalb, eineinhalb, zweieinhalb … */
const HALVES = new Map([
  ["anderthalb", 90],
  ["eineinhalb", 90],
  ...UNITS.slice(2, 10).map((word, i): [string, number] => [`${word}einhalb`, (i + 2) * 60 + 30]),
]);

const NUMBER = `(\\d{1,3}(?:[.,]\\d{1,2})?|${oneOf(counting.keys())})`;
const CLOCK_NUMBER = `(\\d{1,2}|${oneOf([...counting].filter(([, n]) => n <= 24).map(([word]) => word))})`;
const MINUTE_NUMBER = `([0-5]?\\d|${oneOf([...counting].filter(([, n]) => n > 0 && n < 60).map(([word]) => word))})`;
const NTH = `(\\d{1,2}\\.|${oneOf([...ordinals.keys()].map((word) => word.replace(/en$/, "(?:en|er|e)")))})`;
const DAY = oneOf(DAYS.flat());
const SHORT = oneOf(SHORT_DAYS);
const SHORT_PLAIN = oneOf(SHORT_DAYS.map((day) => day.toLowerCase()));
const ANY_DAY = `(${oneOf([...DAYS.flat(), ...SHORT_DAYS.map((day) => day.toLowerCase())])})`;
const MONTH = `(${oneOf(MONTHS.flat())})\\.?`;
const PARTWORDS = `(${oneOf(Object.keys(PARTS))})`;
const PART = `(?:\\s*${PARTWORDS})?`;
const HOURS = "(?:h|std\\.?|stunden?)";
const MINUTES = "(?:min\\.?|minuten?)";

const DUE = "(?:(?:fällig|bis|am|zum|vor|spätestens|abgabe|zu|an|den|dem|der)[ :]\\s*){0,4}";
const CERTAIN =
  "(?:(?:fällig|spätestens|abgabe)[ :]\\s*){0,2}(?:(?:bis|am|zum|vor|spätestens|abgabe|fällig)[ :]\\s*){1,3}(?:den\\s+|dem\\s+)?";
const NOT_BEFORE =
  "(?:nicht\\s+vor|erst\\s+ab|frühestens(?:\\s+ab)?|ab)\\s+(?:dem\\s+|den\\s+|am\\s+)?";
const AT = "(?:(?:fällig|bis|um|gegen|spätestens|vor)\\s+){0,3}";
const TAKES = "(?:(?:für|dauert|ca\\.?|circa|etwa|ungefähr|rund|gut|knapp)\\s+){0,2}~?";
/* What may follow a bare number or a short day: the end, or the next phrase. */
const STOP = `(?=\\s*(?:$|[,;)#!@~]|\\d{1,2}[:.]\\d\\d(?!\\d)|\\d{1,3}(?:[.,]\\d+)?\\s*(?:h|m|min|std|uhr|stunden?|minuten?|$)|(?:um|bis|am|zum|fällig|spätestens|für|jede[nr]?|alle|nächsten?|diesen|kommenden|in|ab|nicht|erst|frühestens|mittags?|mitternacht|heute|morgen|übermorgen|prio(?:rität)?|halb|viertel|dreiviertel|ca|etwa|dauert|anderthalb|früh|abends?|nachmittags?|vormittags?|Prio(?:rität)?|Mitternacht|Mittags?|Viertel|Dreiviertel|${DAY}|${SHORT_PLAIN}|${oneOf(counting.keys())})(?![a-zäöüßé])))`;
/* Not a day: "den Robinson und Freitag" is beyond us, "jeden Freitag" is not. */
const NO_DAY = "(?<!\\b(?:jeden|jedem|jeder|schwarzen?|schwarzer|blutigen?|blutiger)\\s)";
/* Not tomorrow: "am Morgen", "guten Morgen". */
const NO_MORNING =
  "(?<!(?<![a-zäöüßé])(?:am|guten|jeden|den|der|einem|eines|dem|vom|gestern|heute|und|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\\s)";

const dayOf = (word: string | undefined) =>
  placeOf(
    word,
    DAYS.map((names, i) => [...names, (SHORT_DAYS[i] ?? "").toLowerCase()]),
  ) + 1;
const monthOf = (word: string | undefined) => placeOf(word, MONTHS) + 1;
const partOf = (word: string | undefined) => PARTS[(word ?? "").toLowerCase()];

function relative(n: number, unit: string | undefined, today: Today): Reading | null {
  if (!Number.isFinite(n)) return null;
  switch ((unit ?? "").toLowerCase().slice(0, 2)) {
    case "ta":
      return inDays(Math.round(n), today);
    case "wo":
      return inDays(Math.round(n * 7), today);
    case "mo":
      return inMonths(Math.round(n), today);
    case "mi":
      return inMinutes(Math.round(n), today);
    default:
      return inMinutes(Math.round(n * 60), today);
  }
}

/* Days, behind words such as "due" or "not before". */
const daysBehind = (due: string, certain: string): Rule[] => [
  ...sharedDays(due),
  rule(`${due}${NTH}\\s?${MONTH}(?:\\s+(\\d{4}))?`, ([d, m, y], today) =>
    calendarDay(y ? Number(y) : null, monthOf(m), ordinal(d), today),
  ),
  rule(`${due}(\\d{1,2})\\s+${MONTH}(?:\\s+(\\d{4}))?`, ([d, m, y], today) =>
    calendarDay(y ? Number(y) : null, monthOf(m), Number(d), today),
  ),
  rule(`${certain}(\\d{1,2})\\.(\\d{1,2})${STOP}`, ([d, m], today) =>
    calendarDay(null, Number(m), Number(d), today),
  ),
  rule(`${certain}(\\d{1,2})\\.${STOP}`, ([d], today) => dayOfMonth(Number(d), today)),
  slashedDay(certain),
  rule(`${due}heute${PART}`, ([part], today) => inDays(0, today, partOf(part))),
  rule(`${due}heute\\s+in\\s+${NUMBER}\\s+(tagen?|wochen?|monate?n?)`, ([n, unit], today) =>
    relative(number(n), unit, today),
  ),
  rule(
    `${NO_MORNING}${due}${NO_MORNING}morgen(?:\\s+(früh|vormittag|mittag|nachmittag|abend|nacht))?`,
    ([part], today) => inDays(1, today, partOf(part)),
  ),
  rule(`${due}morgen\\s+in\\s+${NUMBER}\\s+(tagen?|wochen?)`, ([n, unit], today) =>
    inDays(1 + Math.round(number(n) * (/^w/i.test(unit ?? "") ? 7 : 1)), today),
  ),
  rule(`${due}übermorgen${PART}`, ([part], today) => inDays(2, today, partOf(part))),
  rule(`${due}in\\s+(?:einer\\s+halben|½)\\s+stunde`, (_, today) => inMinutes(30, today)),
  rule(`${due}in\\s+(anderthalb|${oneOf([...HALVES.keys()].slice(1))})\\s+stunden`, ([n], today) =>
    inMinutes(HALVES.get((n ?? "").toLowerCase()) ?? 90, today),
  ),
  rule(
    `${due}(?:in|innerhalb\\s+von)\\s+${NUMBER}\\s+(tag(?:en?)?|wochen?|monat(?:en?)?|stunden?|std\\.?|h|minuten?|min\\.?)`,
    ([n, unit], today) => relative(number(n), unit, today),
  ),
  rule(
    `${due}(?:${ANY_DAY}\\s+)?nächster\\s+woche|${due}nächste\\s+woche(?:\\s+${ANY_DAY})?`,
    ([before, after], today) => weekdayOfNextWeek(dayOf(before ?? after) || 1, today),
  ),
  rule(`${due}(?:nächsten|kommenden)\\s+monat`, (_, today) => firstOfNextMonth(today)),
  rule(
    `${due}(?:ende\\s+der|ende\\s+dieser|diese|dieser)\\s+woche|${due}wochenende\\s+fertig`,
    (_, today) => endOfWeek(today),
  ),
  rule(`${due}(?:ende\\s+des\\s+monats|monatsende)`, (_, today) => endOfMonth(today)),
  rule(`${due}(?:am|zum|dieses|dem)\\s+wochenende`, (_, today) => nextWeekday(6, today)),
  rule(
    `${due}(?:nächste[nr]?|kommende[nr]?|diese[nr]?)\\s+${ANY_DAY}${PART}`,
    ([day, part], today) => nextWeekday(dayOf(day), today, 0, partOf(part)),
  ),
  rule(`${due}übernächste[nr]?\\s+${ANY_DAY}${PART}`, ([day, part], today) =>
    nextWeekday(dayOf(day), today, 1, partOf(part)),
  ),
  rule(`${due}${ANY_DAY}\\s+in\\s+${NUMBER}\\s+wochen?`, ([day, n], today) =>
    nextWeekday(dayOf(day), today, number(n)),
  ),
  rule(`${due}${NO_DAY}(${DAY})${PART}(?!s)`, ([day, part], today) =>
    nextWeekday(dayOf(day), today, 0, partOf(part)),
  ),
  /* "Fr" and "So" are days where a capital and what follows say so; "mi 17:00" by the clock. */
  exactRule(
    `(?:(?:[Ff]ällig|[Bb]is|[Aa]m|[Zz]um|[Vv]or|[Ss]pätestens)\\s+){1,3}(${SHORT})\\.?`,
    ([day], today) => nextWeekday(dayOf(day), today),
  ),
  exactRule(`(${SHORT})\\.?${STOP}`, ([day], today) => nextWeekday(dayOf(day), today)),
  rule(
    `(?:bis\\s+|am\\s+)?(${SHORT_PLAIN})\\.?(?=\\s+\\d{1,2}(?::\\d\\d|\\s?uhr))`,
    ([day], today) => nextWeekday(dayOf(day), today),
  ),
];

/* "8 Uhr abends" is 20:00. */
function clockHour(hour: number, minutes: number, part: string | undefined): Reading | null {
  const late = /^(?:abend|nachmittag|nacht)/i.test(part ?? "") && hour >= 1 && hour < 12;
  return timeOf(hour + (late ? 12 : 0), minutes);
}
const OF_DAY = "(?:\\s+(morgens|früh|vormittags|mittags|nachmittags|abends|nachts))?";

const times: Rule[] = [
  rule(
    `${AT}${CLOCK_NUMBER}(?:[:.]([0-5]\\d))?\\s?uhr(?:\\s+${MINUTE_NUMBER}(?!\\s*(?:${HOURS}|${MINUTES}|[:.])))?${OF_DAY}`,
    ([h, dotted, m, part]) => {
      const minutes = m === undefined ? Number(dotted ?? 0) : number(m);
      return clockHour(number(h), minutes, part);
    },
  ),
  rule(
    `(?:(?:bis|um|gegen|spätestens)\\s+){1,2}${CLOCK_NUMBER}(?:[.]([0-5]\\d))?${OF_DAY}${STOP}`,
    ([h, m, part]) =>
      part === undefined
        ? timeOf(wakingHour(number(h)), Number(m ?? 0))
        : clockHour(number(h), Number(m ?? 0), part),
  ),
  rule(`(?:um\\s+|@)(\\d{1,2})\\s?h`, ([h]) => timeOf(Number(h))),
  rule(`${AT}halb\\s+${CLOCK_NUMBER}`, ([h]) => timeOf(wakingHour(number(h) - 1 || 12), 30)),
  rule(`${AT}viertel\\s+nach\\s+${CLOCK_NUMBER}`, ([h]) => timeOf(wakingHour(number(h)), 15)),
  rule(`${AT}viertel\\s+vor\\s+${CLOCK_NUMBER}`, ([h]) =>
    timeOf(wakingHour(number(h) - 1 || 12), 45),
  ),
  rule(`${AT}(?:dreiviertel|drei\\s+viertel)\\s+${CLOCK_NUMBER}`, ([h]) =>
    timeOf(wakingHour(number(h) - 1 || 12), 45),
  ),
  rule(`${AT}(?:mittags|12\\s+uhr\\s+mittags)`, () => timeOf(12)),
  rule(`${AT}mitternacht`, () => timeOf(23, 59)),
];

const durations: Rule[] = [
  rule(`${TAKES}${NUMBER}\\s?${HOURS}(?:\\s+(?:und\\s+)?${NUMBER}\\s?${MINUTES})?`, ([h, m]) =>
    estimate(number(h) * 60 + (m === undefined ? 0 : number(m))),
  ),
  rule(
    `${TAKES}${NUMBER}\\s?${HOURS}\\s+(?:und\\s+)?(\\d{2}|dreißig|fünfzehn|fünfundvierzig)${STOP}`,
    ([h, m]) => (number(m) < 60 ? estimate(number(h) * 60 + number(m)) : null),
  ),
  rule(`${TAKES}${NUMBER}\\s?${MINUTES}`, ([m]) => estimate(number(m))),
  rule(`${TAKES}(?:eine\\s+)?halbe\\s+stunde`, () => estimate(30)),
  rule(`${TAKES}(${oneOf(HALVES.keys())})\\s+(?:h|std\\.?|stunden?)`, ([h]) =>
    estimate(HALVES.get((h ?? "").toLowerCase()) ?? 0),
  ),
  rule(`${TAKES}${NUMBER}\\s+und\\s+eine\\s+halbe\\s+stunden?`, ([h]) =>
    estimate(number(h) * 60 + 30),
  ),
  rule(`${TAKES}(?:eine\\s+)?viertelstunde`, () => estimate(15)),
  rule(`${TAKES}(?:eine\\s+)?dreiviertelstunde`, () => estimate(45)),
  rule(`${TAKES}(\\d{1,2})?\\s?1/2\\s?${HOURS}`, ([h]) => estimate(Number(h ?? 0) * 60 + 30)),
];

const unitOf = (word: string | undefined) => (/^w/i.test(word ?? "") ? "week" : "day");
/* "every day a page" is what is to be done. */
const AGAIN = `${STOP}(?!\\s+eine?[mnrs]?\\s+(?!halbe|stunde|viertel|dreiviertel))`;
const repetitions: Rule[] = [
  rule(`jede[nr]?\\s+(tag|woche)${AGAIN}`, ([unit]) => repeats(unitOf(unit), 1)),
  rule(`jede[nr]?\\s+(?:zweiten?|2\\.)\\s+(tag|woche)${AGAIN}`, ([unit]) =>
    repeats(unitOf(unit), 2),
  ),
  rule(`alle\\s+${NUMBER}\\s+(tage|wochen)${AGAIN}`, ([n, unit]) =>
    repeats(unitOf(unit), number(n)),
  ),
  rule(`(?:fällig\\s+)?jeden\\s+${ANY_DAY}${AGAIN}`, ([day]) => repeats("week", 1, dayOf(day))),
  rule(`(?:fällig\\s+)?jeden\\s+(?:zweiten|2\\.)\\s+${ANY_DAY}${AGAIN}`, ([day]) =>
    repeats("week", 2, dayOf(day)),
  ),
];

const priorities: Rule[] = [
  rule(`(?:mit\\s+)?prio(?:rität)?\\s+([1-5]|eins|zwei|drei|vier|fünf)`, ([n]) => ({
    kind: "priority",
    priority: number(n),
  })),
];

const commands: CommandWords = {
  now: /^(?:was (?:jetzt|nun)|was (?:kommt|ist) (?:jetzt|(?:als )?nächstes)|was soll ich (?:jetzt )?(?:tun|machen)|jetzt)\??$/i,
  undo: /^(?:zurücknehmen|rückgängig|nimm (?:es|das) zurück)$/i,
  add: /^(?:neue aufgabe|neu|eintragen|füge hinzu)(?::| )\s*(.+)$/i,
  go: /^(?:(?:gehe?|öffne|zeige?)(?: mir)?(?: zu[rm]?)?(?: de[nr]| die| das| meine?)?|zur|zum|zu den) (.+)$/i,
  done: [
    /^(?:fertig|erledigt|abgehakt)(?: mit)?(?::| )\s*(.+)$/i,
    /^(.+?) (?:ist )?(?:fertig|erledigt)$/i,
  ],
  progress: [/^(.+?) (?:ist |auf |zu )?(?:zu )?(\d{1,3}) ?(?:%|prozent)(?: fertig| erledigt)?$/i],
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
