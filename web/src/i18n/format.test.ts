import { describe, expect, it } from "vitest";
import { en } from "./en";
import {
  dayDate,
  duration,
  list,
  moment,
  spokenDuration,
  tightDuration,
  weekRange,
  weekdayLong,
} from "./format";

const plain = (text: string) => text.replace(/\u00a0/g, " ");

describe("words and numbers", () => {
  it("write durations", () => {
    expect([0, 5, 60, 165, 605].map((m) => plain(duration(m)))).toEqual([
      "0 min",
      "5 min",
      "1 h",
      "2 h 45",
      "10 h 05",
    ]);
    expect(tightDuration(165)).toBe("2:45");
    expect(spokenDuration(61)).toBe("1 hour 1 minute");
  });

  it("write days and moments", () => {
    expect(plain(dayDate("2026-11-26"))).toBe("Thu 26 Nov");
    expect(plain(moment("2026-11-26T23:30:00Z", "Europe/Berlin"))).toBe("Fri 27 Nov 00:30");
    expect([1, 7].map(weekdayLong)).toEqual(["Monday", "Sunday"]);
    expect(plain(weekRange("2026-11-16", "2026-11-22"))).toBe("16–22 November");
    expect(plain(weekRange("2026-11-30", "2026-12-06"))).toBe("30 Nov – 6 Dec");
    expect(list(["Mon", "Tue", "Wed"])).toBe("Mon, Tue and Wed");
  });

  it("help with a day that does not exist", () => {
    expect(plain(en.quick.noSuchDay("31 nov", 11, 30))).toBe(
      "November has 30 days. Did you mean 30 Nov or 1 Dec?",
    );
    expect(en.quick.noSuchDay("3.13.", 13, 31)).toBe("“3.13.” is no date.");
  });

  it("never count one thing as many", () => {
    expect(plain(en.task.countAndSum(1, "1 h"))).toBe("1 task, 1 h");
    expect(plain(en.week.missed(1, "30 min"))).toContain("1 block did not happen");
    expect(plain(en.plan.fits(1, 40))).toContain("Your one task fits at 40 %");
  });
});
