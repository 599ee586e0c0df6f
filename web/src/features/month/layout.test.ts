import { describe, expect, it } from "vitest";
import type { Occurrence, Schedule, Task } from "../../api/schema";
import { datesOf, monthAfter, step, toMonth } from "./layout";

describe("a month", () => {
  it("has whole weeks", () => {
    expect(datesOf("2026-11")).toHaveLength(42);
    expect(datesOf("2026-11")[0]).toBe("2026-10-26");
    expect(datesOf("2027-02")).toHaveLength(28);
    expect(datesOf("2026-12").at(-1)).toBe("2027-01-03");
  });

  it("is left by its last day", () => {
    expect(monthAfter("2027-01-31", 1)).toBe("2027-02-28");
    expect(monthAfter("2026-12-15", 1)).toBe("2027-01-15");
    expect(monthAfter("2027-01-15", -1)).toBe("2026-12-15");
    expect(step("2026-11-30", "PageDown")).toBe("2026-12-30");
    expect(step("2026-11-25", "Home")).toBe("2026-11-23");
    expect(step("2026-11-30", "ArrowRight")).toBe("2026-12-01");
    expect(step("2026-11-30", "x")).toBeNull();
  });

  it("shows what is due by the wall clock, and events on each of their days", () => {
    const plan = { zone: "Europe/Berlin", days: [] } as unknown as Schedule;
    const task = (id: string, due: string, state = "open") => ({ id, due, state }) as Task;
    const trip = { start: "2026-11-06T20:00:00Z", end: "2026-11-07T23:00:00Z" } as Occurrence;
    const days = toMonth(
      datesOf("2026-11"),
      plan,
      [task("a", "2026-11-05T23:30:00Z"), task("b", "2026-11-06T11:00:00Z", "done")],
      [trip],
    );
    const at = (date: string) => days.find((d) => d.date === date);
    expect(at("2026-11-06")?.due.map((t) => t.id)).toEqual(["a"]);
    expect(days.filter((d) => d.events.length).map((d) => d.date)).toEqual([
      "2026-11-06",
      "2026-11-07",
    ]);
  });
});
