import { describe, expect, it } from "vitest";
import { endBefore, readRule, writeRule } from "./repeat";

const tuesday = "2026-10-13";

describe("rules of repetition", () => {
  it("come back as they were read", () => {
    for (const rule of [
      "FREQ=DAILY",
      "FREQ=DAILY;INTERVAL=3",
      "FREQ=WEEKLY",
      "FREQ=WEEKLY;BYDAY=TU,TH",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;UNTIL=20270210",
      "FREQ=MONTHLY;UNTIL=20270101",
      "FREQ=YEARLY",
    ]) {
      const read = readRule(rule, tuesday);
      expect(read, rule).not.toBeNull();
      if (read) expect(writeRule(read, tuesday)).toBe(rule);
    }
  });

  it("always have the day on which they begin", () => {
    const read = readRule("FREQ=WEEKLY;BYDAY=TU,TH", tuesday);
    expect(read?.days).toEqual([2, 4]);
    if (read) expect(writeRule({ ...read, days: [4] }, tuesday)).toBe("FREQ=WEEKLY;BYDAY=TU,TH");
    expect(readRule("FREQ=WEEKLY", tuesday)?.days).toEqual([2]);
  });

  it("are left alone where a form has no words", () => {
    for (const rule of [
      "FREQ=WEEKLY;COUNT=14",
      "FREQ=MONTHLY;BYDAY=-1FR",
      "FREQ=MONTHLY;BYMONTHDAY=1",
      "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
      "FREQ=HOURLY",
      "",
    ])
      expect(readRule(rule, tuesday), rule).toBeNull();
  });

  it("end before a day", () => {
    expect(endBefore("FREQ=WEEKLY;COUNT=14", "2026-11-30")).toBe("FREQ=WEEKLY;UNTIL=20261130");
    expect(endBefore("FREQ=WEEKLY;UNTIL=20270101;BYDAY=TU", "2026-11-30")).toBe(
      "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261130",
    );
  });
});
