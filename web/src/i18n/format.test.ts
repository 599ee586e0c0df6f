import { afterEach, describe, expect, it } from "vitest";
import { en } from "./en";
import {
  dayDate,
  dayLong,
  dayShort,
  duration,
  fileSize,
  hourMark,
  list,
  moment,
  nowMark,
  spokenDuration,
  tightDuration,
  time,
  weekDays,
  weekRange,
  weekStartOf,
  weekdayLong,
  writeIn,
  type Manner,
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

  it("write sizes of files", () => {
    expect([0, 1, 1023, 1024, 1_500_000, 104_857_600].map((n) => plain(fileSize(n)))).toEqual([
      ...["0 bytes", "1 byte", "1,023 bytes", "1 kB", "1.4 MB", "100 MB"],
    ]);
    expect(plain(fileSize(2 ** 31))).toBe("2 GB");
  });

  it("write days and moments", () => {
    expect(plain(dayDate("2026-11-26"))).toBe("Thu 26 Nov");
    expect(plain(moment("2026-11-26T23:30:00Z", "Europe/Berlin"))).toBe("Fri 27 Nov 00:30");
    expect([1, 7].map(weekdayLong)).toEqual(["Monday", "Sunday"]);
    expect(plain(weekRange("2026-11-16", "2026-11-22"))).toBe("16–22 November");
    expect(plain(weekRange("2026-11-30", "2026-12-06"))).toBe("30 Nov – 6 Dec");
    expect(list(["Mon", "Tue", "Wed"])).toBe("Mon, Tue and Wed");
  });

  it("name the year far from today", () => {
    expect(plain(dayDate("2027-05-19"))).toBe("Wed 19 May");
    expect(plain(dayDate("2027-05-20"))).toBe("Thu 20 May 2027");
    expect(dayLong("2026-05-23")).toBe("Saturday 23 May 2026");
    expect(plain(moment("2031-11-26T12:00:00Z", "Europe/Berlin"))).toBe("Wed 26 Nov 2031 13:00");
    expect(weekRange("2031-11-24", "2031-11-30")).toBe("24–30 November 2031");
    expect(plain(weekRange("2031-12-29", "2032-01-04"))).toBe("29 Dec – 4 Jan 2032");
  });

  it("help with a day that does not exist", () => {
    expect(plain(en.quick.noSuchDay("31 nov", 11, 30))).toBe(
      "November has 30 days. Did you mean 30 Nov or 1 Dec?",
    );
    expect(en.quick.noSuchDay("3.13.", 13, 31)).toBe("“3.13.” is no date.");
  });

  it("never count one thing as many", () => {
    expect(plain(en.task.countAndSum(1, "1 h"))).toBe("1 task, 1 h");
    expect(plain(en.missed.ask(1, "30 min"))).toContain("1 block did not happen");
    expect(plain(en.plan.fits(1, 40))).toContain("Your one task fits at 40 %");
  });
});

describe("another manner", () => {
  const manner = (language: Manner["language"], locale: string, rest: Partial<Manner> = {}) =>
    writeIn({ language, locale, clock: "device", weekStart: "device", ...rest });
  afterEach(() => manner("en", "en-GB"));

  it("writes German days, words and numbers", () => {
    manner("de", "de-DE");
    const moments = [dayDate, dayShort, dayLong].map((write) => plain(write("2026-11-26")));
    expect(moments).toEqual(["Do 26. Nov", "Do 26.", "Donnerstag, 26. November"]);
    expect(plain(moment("2026-11-26T23:30:00Z", "Europe/Berlin"))).toBe("Fr 27. Nov 00:30");
    expect(weekRange("2026-11-16", "2026-11-22")).toBe("16.–22. November");
    expect(plain(weekRange("2026-11-30", "2026-12-06"))).toBe("30. Nov – 6. Dez");
    expect(spokenDuration(61)).toBe("1 Stunde 1 Minute");
    expect([1, 1_500_000].map((n) => plain(fileSize(n)))).toEqual(["1 Byte", "1,4 MB"]);
    expect(list(["Mo", "Di", "Mi"])).toBe("Mo, Di und Mi");
  });

  it("writes American days, clocks and weeks", () => {
    manner("en", "en-US");
    expect(plain(dayDate("2026-11-26"))).toBe("Thu Nov 26");
    expect(dayLong("2026-11-26")).toBe("Thursday, November 26");
    expect(plain(moment("2026-11-26T16:00:00Z", "Europe/Berlin"))).toBe("Thu Nov 26 5:00 PM");
    expect([0, 750, 1440].map((m) => plain(time(m)))).toEqual(["12:00 AM", "12:30 PM", "12:00 AM"]);
    expect(plain(hourMark(17))).toBe("5 PM");
    expect(weekDays()).toEqual([7, 1, 2, 3, 4, 5, 6]);
    expect(weekStartOf("2026-11-26")).toBe("2026-11-22");
    expect(weekRange("2026-11-15", "2026-11-21")).toBe("November 15–21");
    expect(dayLong("2031-11-26")).toBe("Wednesday, November 26, 2031");
  });

  it("lets settings overrule the region", () => {
    manner("en", "en-US", { clock: "24h", weekStart: "monday" });
    expect([time(1020), hourMark(17), nowMark(1025)]).toEqual(["17:00", "17:00", "17:05"]);
    expect(weekStartOf("2026-11-26")).toBe("2026-11-23");
    manner("en", "en-GB", { clock: "12h" });
    expect([35, 720].map((m) => plain(time(m)))).toEqual(["12:35 am", "12:00 pm"]);
    expect([35, 775].map(nowMark)).toEqual(["12:35", "12:55"]);
    manner("de", "de-DE", { clock: "12h", weekStart: "saturday" });
    expect(plain(time(1020))).toBe("5:00 PM");
    expect([0, 12].map((hour) => plain(hourMark(hour)))).toEqual(["12 AM", "12 PM"]);
    expect(weekDays()).toEqual([6, 7, 1, 2, 3, 4, 5]);
    expect(["2026-11-21", "2026-11-20"].map(weekStartOf)).toEqual(["2026-11-21", "2026-11-14"]);
  });
});
