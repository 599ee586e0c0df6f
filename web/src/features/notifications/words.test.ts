import { afterEach, describe, expect, it } from "vitest";
import type { Told } from "../../api/schema";
import { speak } from "../../i18n/messages";
import "../../i18n/de/index"; /* here, since a slow machine loads it longer than a test may take */
import { wordsOf } from "./words";

const told = (part: Partial<Told>): Told => ({
  id: "00000000-0000-7000-8000-000000000001",
  kind: "info",
  code: "followed",
  at: null,
  read: false,
  task_id: null,
  feed_id: null,
  title: null,
  when: null,
  was: null,
  minutes: null,
  minutes_before: null,
  count: null,
  date: null,
  ...part,
});

const say = (part: Partial<Told>) =>
  wordsOf(told(part), "Europe/Berlin").replaceAll("**", "").replaceAll("\u00a0", " ");

const english = { language: "en", locale: "en-GB", clock: "24h", weekStart: "monday" } as const;
afterEach(() => speak(english));

describe("what is told", () => {
  it("says times in the student's zone", () => {
    const block = { code: "block_soon", title: "Essay", when: "2026-11-18T13:00:00Z" } as const;
    expect(say({ ...block, minutes: 90 })).toBe("Essay begins at 14:00, 1 h 30.");
  });

  it("says from when to when something was moved, or that it is otherwise", () => {
    const moved = { title: "Lab 3", count: 1, when: "2026-11-26T11:00:00Z" };
    expect(say({ ...moved, was: "2026-11-24T11:00:00Z" })).toBe(
      "Lab 3 was moved by your university: due Thu 26 Nov 12:00, before it was Tue 24 Nov 12:00.",
    );
    expect(say(moved)).toBe("Lab 3 was changed by your university, and is changed here too.");
    expect(say({ title: "Moodle", count: 3 })).toMatch(/^Moodle changed 3 things/);
  });

  it("compares weeks only when the last one had more", () => {
    const week = { code: "week", minutes: 300, count: 2 } as const;
    expect(say({ ...week, minutes_before: 240 })).toBe(
      "Last week: 5 h of work, 2 tasks finished. 1 h more than the week before.",
    );
    for (const minutes_before of [0, 360])
      expect(say({ ...week, minutes_before })).toBe("Last week: 5 h of work, 2 tasks finished.");
  });

  it("speaks German", async () => {
    await speak({ ...english, language: "de", locale: "de-DE" });
    expect(say({ code: "missed", count: 1, minutes: 45 })).toMatch(/^1 Block fiel aus/);
    expect(say({ code: "missed", count: 2, minutes: 90 })).toMatch(/^2 Blöcke fielen aus/);
  });
});
