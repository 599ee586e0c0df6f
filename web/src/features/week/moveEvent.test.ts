import { describe, expect, it } from "vitest";
import type { Occurrence, StudyEvent } from "../../api/schema";
import type { Place } from "./carry";
import { asksFor, changeFor, type Scope } from "./moveEvent";

const zone = "Europe/Berlin";
const lecture = (more: Partial<StudyEvent> = {}): StudyEvent => ({
  ...{ id: "e", title: "Lecture", notes: "", place: "", course_id: null, busy: true, zone: null },
  /* A Tuesday. */
  ...{ date: "2026-10-13", end_date: null, start: "10:00", end: "11:30" },
  ...{ rule: "FREQ=WEEKLY;BYDAY=TU,TH", skipped: [], moved: [], created: "", version: 1 },
  ...more,
});
const on = (date: string) => ({ event_id: "e", date }) as Occurrence;
const at = (date: string, a: number, b: number): Place => ({ date, a, b });
const change = (event: StudyEvent, date: string, place: Place, scope: Scope) =>
  changeFor(event, on(date), place, zone, scope);

describe("an event that was carried", () => {
  it("that takes place once is there from then on", () => {
    expect(
      change(lecture({ rule: null }), "2026-10-13", at("2026-10-14", 840, 930), "all"),
    ).toEqual({
      ...{ date: "2026-10-14", end_date: null, start: "14:00", end: "15:30" },
    });
  });

  it("is moved alone, and is as ever where it was", () => {
    const moved = { date: "2026-10-20", to: "2026-10-21", start: "10:00", end: "11:30" };
    const named = { ...moved, title: null, place: "Room 2" };
    const event = lecture({ moved: [named] });
    expect(asksFor(event, on("2026-10-20"))).toBe(false);
    expect(asksFor(event, on("2026-10-22"))).toBe(true);
    expect(change(event, "2026-10-20", at("2026-10-20", 600, 690), "one")).toEqual({
      moved: [{ ...named, to: "2026-10-20" }],
    });
    const plain = lecture({ moved: [{ ...moved, title: null, place: null }] });
    expect(change(plain, "2026-10-20", at("2026-10-20", 600, 690), "one")).toEqual({ moved: [] });
  });

  it("takes its weekday along, with the days that are otherwise", () => {
    const event = lecture({
      rule: "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270210",
      skipped: [{ date: "2026-10-20" }, { date: "2026-10-22" }],
    });
    expect(change(event, "2026-10-27", at("2026-10-30", 600, 690), "all")).toEqual({
      ...{ date: "2026-10-15", end_date: null, start: "10:00", end: "11:30" },
      rule: "FREQ=WEEKLY;BYDAY=TH,FR;UNTIL=20270210",
      skipped: [{ date: "2026-10-23" }, { date: "2026-10-22" }],
      moved: [],
    });
  });

  it("leaves alone what lies before it, for those that follow", () => {
    const event = lecture({ rule: "FREQ=WEEKLY", skipped: [{ date: "2026-10-20" }] });
    expect(change(event, "2026-10-27", at("2026-10-26", 600, 690), "following")).toEqual({
      ...{ date: "2026-10-26", end_date: null, start: "10:00", end: "11:30" },
      ...{ rule: "FREQ=WEEKLY", skipped: [], moved: [] },
    });
    const counted = lecture({ rule: "FREQ=WEEKLY;COUNT=9" });
    expect(change(counted, "2026-10-27", at("2026-10-26", 600, 690), "following")).toBeNull();
    expect(change(counted, "2026-10-27", at("2026-10-26", 600, 690), "all")).toMatchObject({
      ...{ date: "2026-10-12", rule: "FREQ=WEEKLY;COUNT=9" },
    });
    expect(change(event, "2026-10-27", at("2026-10-27", 605, 695), "following")).toEqual({
      ...{ date: "2026-10-27", end_date: null, start: "10:05", end: "11:35" },
    });
  });

  it("by another rule goes to other times, not to other days", () => {
    const event = lecture({ rule: "FREQ=MONTHLY;BYDAY=-1FR", date: "2026-10-30" });
    expect(change(event, "2026-11-27", at("2026-11-26", 600, 690), "all")).toBeNull();
    expect(change(event, "2026-11-27", at("2026-11-27", 660, 750), "all")).toEqual({
      ...{ date: "2026-10-30", end_date: null, start: "11:00", end: "12:30" },
    });
  });

  it("of another zone keeps that zone's wall", () => {
    const event = lecture({ rule: null, zone: "America/New_York", start: "04:00", end: "05:30" });
    expect(change(event, "2026-10-13", at("2026-10-14", 120, 210), "all")).toEqual({
      ...{ date: "2026-10-13", end_date: null, start: "20:00", end: "21:30" },
    });
  });
});
