import { describe, expect, it } from "vitest";
import { nextDue, type Series } from "./series";

const ZONE = "Europe/Berlin";
const weekly: Series = { unit: "week", every: 1, until: null };

const next = (series: Series, due: string, now: string) => {
  const at = nextDue(series, Date.parse(due), ZONE, Date.parse(now));
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
};

describe("the next of a series", () => {
  it("is due so many days or weeks later", () => {
    const [due, now] = ["2026-11-20T12:00:00Z", "2026-11-18T12:00:00Z"];
    expect(next(weekly, due, now)).toBe("2026-11-27T12:00");
    expect(next({ ...weekly, every: 2 }, due, now)).toBe("2026-12-04T12:00");
    expect(next({ ...weekly, unit: "day", every: 3 }, due, now)).toBe("2026-11-23T12:00");
    expect(next({ ...weekly, unit: "none" }, due, now)).toBeNull();
  });

  /* As work_test.c has it: finished on 12 December, three were skipped. */
  it("skips those that passed", () => {
    const due = "2026-11-13T11:00:00Z";
    expect(next(weekly, due, "2026-12-12T08:00:00Z")).toBe("2026-12-18T11:00");
    expect(next(weekly, due, "2026-12-11T10:59:00Z")).toBe("2026-12-11T11:00");
    expect(next(weekly, due, "2026-12-11T11:00:00Z")).toBe("2026-12-18T11:00");
  });

  it("keeps the time on the wall when the clocks change", () => {
    expect(next(weekly, "2027-03-26T12:00:00Z", "2027-03-24T08:00:00Z")).toBe("2027-04-02T11:00");
  });

  it("ends on its last day", () => {
    const [due, now] = ["2026-11-20T12:00:00Z", "2026-11-18T12:00:00Z"];
    expect(next({ ...weekly, until: "2026-11-27" }, due, now)).toBe("2026-11-27T12:00");
    expect(next({ ...weekly, until: "2026-11-26" }, due, now)).toBeNull();
  });
});
