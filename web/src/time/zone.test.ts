import { describe, expect, it } from "vitest";
import {
  addDays,
  daysBetween,
  instantOf,
  instantText,
  isDate,
  mondayOf,
  parseWall,
  wallAt,
  wallText,
  weekdayOf,
} from "./zone";

const BERLIN = "Europe/Berlin";

describe("wall clocks", () => {
  it("reads an instant in its zone", () => {
    const at = Date.parse("2026-11-26T12:05:00Z");
    expect(wallAt(at, BERLIN)).toEqual({ date: "2026-11-26", minutes: 13 * 60 + 5 });
    expect(wallAt(at, "America/New_York")).toEqual({ date: "2026-11-26", minutes: 7 * 60 + 5 });
    expect(wallAt(at, "Asia/Kathmandu")).toEqual({ date: "2026-11-26", minutes: 17 * 60 + 50 });
  });

  it("crosses the date line the right way", () => {
    const at = Date.parse("2026-11-26T23:30:00Z");
    expect(wallAt(at, BERLIN).date).toBe("2026-11-27");
    expect(wallAt(at, "Pacific/Honolulu").date).toBe("2026-11-26");
  });

  it("goes there and back on every hour of a year with both clock changes", () => {
    for (const zone of [BERLIN, "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Tehran"]) {
      for (
        let at = Date.parse("2026-01-01T00:00:00Z");
        at < Date.parse("2027-01-01T00:00:00Z");
        at += 3_600_000
      ) {
        const wall = wallAt(at, zone);
        const back = instantOf(wall.date, wall.minutes, zone);
        /* A repeated hour reads as its first pass. */
        expect(wallAt(back, zone)).toEqual(wall);
        expect(at - back === 0 || at - back === 3_600_000 || at - back === 1_800_000).toBe(true);
      }
    }
  });

  it("takes the first of two and the time after a gap", () => {
    expect(instantText(instantOf("2026-10-25", 150, BERLIN))).toBe("2026-10-25T00:30:00Z");
    expect(instantText(instantOf("2026-03-29", 150, BERLIN))).toBe("2026-03-29T01:30:00Z");
  });

  it("takes 24:00 as the next midnight", () => {
    expect(instantOf("2026-11-26", 1440, BERLIN)).toBe(instantOf("2026-11-27", 0, BERLIN));
  });

  it("finds midnight where the clock skips it", () => {
    const at = instantOf("2026-09-06", 0, "America/Santiago");
    expect(wallAt(at, "America/Santiago")).toEqual({ date: "2026-09-06", minutes: 60 });
  });
});

describe("dates", () => {
  it("counts days and weekdays", () => {
    expect(addDays("2026-12-30", 3)).toBe("2027-01-02");
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(weekdayOf("2026-11-22")).toBe(7);
    expect(mondayOf("2026-11-22")).toBe("2026-11-16");
    expect(mondayOf("2026-11-16")).toBe("2026-11-16");
  });

  it("knows which days exist", () => {
    expect(isDate(2026, 11, 31)).toBe(false);
    expect(isDate(2028, 2, 29)).toBe(true);
  });

  it("reads and writes wall times", () => {
    expect(wallText(1440)).toBe("24:00");
    expect(parseWall("8:05")).toBe(485);
    expect(parseWall("24:00")).toBe(1440);
    expect(parseWall("24:01")).toBeNull();
    expect(parseWall("12:60")).toBeNull();
  });
});
