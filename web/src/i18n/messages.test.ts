import { afterEach, describe, expect, it } from "vitest";
import { de } from "./de";
import { CODES } from "./de/problem";
import { en, type Messages } from "./en";
import { writeIn } from "./format";
import { isLanguage, m, speak } from "./messages";

const ENGLISH = { language: "en", locale: "en-GB", clock: "device", weekStart: "device" } as const;
const GERMAN = { ...ENGLISH, language: "de", locale: "de-DE" } as const;

afterEach(() => speak(ENGLISH));

/* Every text by its path. An argument is a number that can be found again in what is said. */
function texts(words: unknown, path = ""): [path: string, text: string][] {
  if (typeof words === "string") return [[path, words]];
  if (typeof words === "function") {
    const say = words as (...values: unknown[]) => string;
    const values = Array.from({ length: words.length }, (_, i) => 7001 + i);
    try {
      return [[path, say(...values)]];
    } catch {
      return [[path, say(...values.map(String))]];
    }
  }
  return Object.entries(words as object).flatMap(([key, value]) => texts(value, `${path}/${key}`));
}

function spoken(catalogue: Messages, manner: typeof ENGLISH | typeof GERMAN): Map<string, string> {
  writeIn(manner);
  return new Map(texts(catalogue));
}

/* The same in both languages. */
const SHARED = new Set("StudyBunny,Plan,System,Name,Server,N,Z,D,Esc,?,1 2 3 4,← → ↑ ↓".split(","));
const hasWords = (text: string) => /\p{L}{2}/u.test(text.replace(/\b(?:min|h)\b/g, ""));

describe("the German catalogue", () => {
  const english = spoken(en, ENGLISH);
  const german = spoken(de, GERMAN);

  it("says everything, and nothing in English", () => {
    const same = [...german].filter(
      ([path, text]) => english.get(path) === text && hasWords(text) && !SHARED.has(text),
    );
    expect(same).toEqual([]);
    expect(german.size).toBe(english.size);
  });

  it("says the same values", () => {
    const values = (text: string) =>
      [...new Set(text.replace(/(\d)[.,](?=\d{3})/g, "$1").match(/700\d/g) ?? [])].sort();
    english.delete("/problem/reason"); // German goes by the code, English by the sentence
    for (const [path, text] of english)
      expect([path, values(german.get(path) ?? "")]).toEqual([path, values(text)]);
  });

  it("is set as German is: „quotes“, no straight ones, no exclamation", () => {
    for (const [path, text] of german)
      expect([path, text]).toEqual([path, expect.not.stringMatching(/["!”]|\.\.\./)]);
  });

  it("words every code of the server", () => {
    const sources = import.meta.glob<string>("../../../src/{api,base,codec,domain,store}/*.c", {
      query: "?raw",
      import: "default",
      eager: true,
    });
    const codes = new Set<string>();
    for (const [file, text] of Object.entries(sources)) {
      if (file.endsWith("_test.c")) continue;
      for (const [, cause, code] of text.matchAll(
        /\bfail_as\(\s*[\w>-]+,\s*(ST_\w+),[^,]+,\s*"([a-z_]+)"/g,
      ))
        if (cause !== "ST_INTERNAL") codes.add(code ?? "");
      for (const [, code] of text.matchAll(/\bwrong(?:_range)?\(r,\s*&?\w+,\s*"([a-z_]+)"/g))
        codes.add(code ?? "");
    }
    expect(codes.size).toBeGreaterThan(25);
    expect([...codes].filter((code) => !(code in CODES))).toEqual([]);
  });
});

describe("speaking", () => {
  it("changes words and formats together", async () => {
    await speak(GERMAN);
    expect(m.nav.week).toBe("Woche");
    expect(m.pace.manyDays(2)).toBe("2\u00a0Tage");
    await speak(ENGLISH);
    expect(m.nav.week).toBe("Week");
  });

  it("lets the last wish win", async () => {
    await Promise.all([speak(GERMAN), speak(ENGLISH)]);
    expect(m.nav.week).toBe("Week");
  });

  it("knows its languages", () => {
    expect(["de", "en", "fr", "toString"].map(isLanguage)).toEqual([true, true, false, false]);
  });
});
