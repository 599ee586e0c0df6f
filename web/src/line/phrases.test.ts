/* The corpus of both languages, and what holds for any line at all. */

import { describe, expect, it } from "vitest";
import { instantOf, instantText } from "../time/zone";
import * as german from "./de";
import * as english from "./en";
import * as germanPhrases from "./phrases.de";
import * as englishPhrases from "./phrases.en";
import { readLine, refusal, type LineLanguage } from "./read";

const ZONE = "Europe/Berlin";
const NOW = Date.parse("2026-11-18T13:10:00Z");
const EXACT_SHARE = 0.97;
const PHRASES_MIN = 200;
const REFUSALS_MIN = 40;

const LANGUAGES = {
  English: {
    language: english.line,
    ...englishPhrases,
    courses: [
      { name: "History of Science", code: "HIS" },
      { name: "Statistics", code: "STA" },
      { name: "Linear Algebra", code: "LA" },
    ],
  },
  German: {
    language: german.line,
    ...germanPhrases,
    courses: [
      { name: "Geschichte", code: "GES" },
      { name: "Statistik", code: "STA" },
      { name: "Analysis", code: "ANA" },
    ],
  },
};
type Course = { name: string; code: string };

const read = (
  line: string,
  language: LineLanguage,
  courses: Course[],
  refused = new Set<string>(),
) => readLine(line, { language, now: NOW, zone: ZONE, monthFirst: false, courses, refused });

const linesOf = (text: string) => text.split("\n").filter((line) => line.trim() !== "");

/* "11-20 17:00", "2027-02-03": a day alone ends at 23:59; "-" is a week from now. */
function dueOf(text: string): string {
  const [day = "", time = "23:59"] = (text === "-" ? "11-25" : text).split(" ");
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const date = day.length === 5 ? `2026-${day}` : day;
  return instantText(instantOf(date, hours * 60 + minutes, ZONE));
}

function fromOf(marks: string): string | undefined {
  const [, day, time = "00:00"] = /from (\S+)(?: (\d\d:\d\d))?/.exec(marks) ?? [];
  return day === undefined ? undefined : dueOf(`${day} ${time}`);
}

/* "every 2 week until 2027-01-30" */
function repeatOf(marks: string) {
  const [, every, unit, until] = /every (\d+) (day|week)(?: until (\S+))?/.exec(marks) ?? [];
  return every === undefined ? null : { unit, every: Number(every), until: until ?? null };
}

function meant(phrase: string) {
  const [line = "", title = "", minutes = "-", due = "-", marks = ""] = phrase
    .split("|")
    .map((part) => part.trim());
  return {
    /* As typed: runs of spaces are part of the corpus. */
    line: (phrase.split("|")[0] ?? line).trimEnd(),
    title,
    minutes: minutes === "-" ? 60 : Number(minutes),
    due: dueOf(due),
    course: /[A-Z]+/.exec(marks)?.[0],
    earliest: fromOf(marks),
    repeat: repeatOf(marks),
    priority: Number(/!(\d)/.exec(marks)?.[1] ?? 3),
  };
}

for (const [name, { language, phrases, refusals, courses }] of Object.entries(LANGUAGES)) {
  describe(name, () => {
    it(`reads at least ${EXACT_SHARE * 100} % of its phrases exactly`, () => {
      const wrong: string[] = [];
      const all = linesOf(phrases);
      for (const phrase of all) {
        const { line, ...want } = meant(phrase);
        const r = read(line, language, courses);
        const got = {
          title: r.title,
          minutes: r.estimateMin,
          due: instantText(r.due),
          course: r.course?.code,
          earliest: r.earliest === null ? undefined : instantText(r.earliest),
          repeat: r.repeat,
          priority: r.priority,
        };
        if (JSON.stringify(got) !== JSON.stringify(want))
          wrong.push(`${line}: ${JSON.stringify(got)} is not ${JSON.stringify(want)}`);
      }
      const share = 1 - wrong.length / all.length;
      const figure = `${all.length - wrong.length} of ${all.length} phrases, ${(share * 100).toFixed(1)} %`;
      process.stdout.write(`${name}: ${figure} exact\n${wrong.map((w) => `  ${w}\n`).join("")}`);
      expect(all.length).toBeGreaterThanOrEqual(PHRASES_MIN);
      expect(new Set(all).size).toBe(all.length);
      expect(share).toBeGreaterThanOrEqual(EXACT_SHARE);
    });

    it("reads nothing where nothing is said", () => {
      const all = linesOf(refusals);
      expect(all.length).toBeGreaterThanOrEqual(REFUSALS_MIN);
      const wrong = all.flatMap((line) => {
        const { chips } = read(line, language, courses);
        return chips.length > 0 ? [`${line}: ${chips.map(refusal).join(", ")}`] : [];
      });
      expect(wrong).toEqual([]);
    });

    it("gives refused words back exactly", () => {
      for (const phrase of [...linesOf(phrases), ...linesOf(refusals)])
        expectRestored((phrase.split("|")[0] ?? "").trim(), language, courses);
    });

    it("reads anything, soon, and gives it back", () => {
      const random = seeded(20261118);
      const pieces = [...linesOf(phrases), ...linesOf(refusals)].flatMap((line) =>
        (line.split("|")[0] ?? "").split(/(?<=\s)/),
      );
      const odd = [
        "  ",
        "#",
        "!",
        "„",
        "“",
        '"',
        "'",
        "(",
        ")",
        ",",
        "\u0000",
        "🐇",
        "31.",
        "99h",
        "Ω",
        "-",
        ":",
        "İ",
        "ẞ",
        "\n",
      ];
      for (let i = 0; i < 800; i++) {
        let line = "";
        for (let n = random(12); n >= 0; n--)
          line += random(4) === 0 ? odd[random(odd.length)] : pieces[random(pieces.length)];
        const r = read(line, language, courses);
        expect(r.estimateMin).toBeGreaterThan(0);
        expect(Number.isFinite(r.due)).toBe(true);
        for (const chip of r.chips) {
          expect(line.slice(chip.at, chip.at + chip.words.length)).toBe(chip.words);
          expect(line.slice(0, chip.at)).not.toMatch(/[\p{L}\p{N}]$/u);
          expect(line.slice(chip.at + chip.words.length)).not.toMatch(/^[\p{L}\p{N}]/u);
        }
        expectRestored(line, language, courses);
      }
    });

    it("takes no longer for hostile lines", () => {
      for (const line of [
        "a ".repeat(500),
        "in ".repeat(400),
        "due by on ".repeat(100),
        "one ".repeat(300),
        "9".repeat(2_000),
        "! ".repeat(800),
        "„".repeat(900),
        "2 h ".repeat(300),
      ]) {
        const from = performance.now();
        read(line, language, courses);
        expect(performance.now() - from).toBeLessThan(5_000); // backtracking takes minutes
      }
    });
  });
}

/* Refusing one chip after the other ends, and ends with the line as it was. */
function expectRestored(line: string, language: LineLanguage, courses: Course[]): void {
  const refused = new Set<string>();
  for (let step = 0; ; step++) {
    const { chips, title } = read(line, language, courses, refused);
    if (chips.length === 0) {
      expect(title.slice(1)).toBe(line.trim().slice(1));
      expect(title.toLowerCase()).toBe(line.trim().toLowerCase());
      return;
    }
    expect(step).toBeLessThan(40);
    for (const chip of chips) refused.add(refusal(chip));
  }
}

/* A small generator whose runs can be repeated (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}
