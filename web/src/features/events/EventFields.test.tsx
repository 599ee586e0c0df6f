// @vitest-environment happy-dom
import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { field, show, type } from "../../page.setup";
import { EventFields } from "./EventFields";
import { faultsOf, newDraft, type Draft } from "./draft";

let draft: Draft;
let end: () => void = () => undefined;

function Form({ first }: { first: Draft }) {
  const [now, setNow] = useState(first);
  const set = (part: Partial<Draft>) => {
    draft = { ...now, ...part };
    setNow(draft);
  };
  return <EventFields draft={now} set={set} faults={{}} event={null} scope="all" />;
}

const shift = { ...newDraft("2026-11-27", 22 * 60, 6 * 60), title: "Shift", end: "06:00" };

beforeEach(() => vi.stubGlobal("fetch", () => new Promise(() => undefined)));
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

describe("an event over midnight", () => {
  it("goes on for as long wherever it is put", () => {
    end = show(<Form first={{ ...shift, endDate: "2026-11-28" }} />);
    for (const [date, endDate] of [
      ["2026-12-04", "2026-12-05"],
      ["2026-11-02", "2026-11-03"],
    ] as const) {
      type(field("Day"), date);
      expect([draft.date, draft.endDate]).toEqual([date, endDate]);
      expect(faultsOf(draft)).toEqual({});
    }
  });

  it("still does so when the date was half typed meanwhile", () => {
    end = show(<Form first={{ ...shift, endDate: "2026-11-28", repeat: "WEEKLY" }} />);
    type(field("Day"), "");
    type(field("Day"), "2026-12-05");
    expect([draft.date, draft.endDate]).toEqual(["2026-12-05", "2026-12-06"]);
    expect(draft.days).toEqual([6]);
  });

  it("keeps the field of its last day while that is typed", () => {
    end = show(<Form first={{ ...shift, endDate: "2026-11-28" }} />);
    type(field("Last day"), "0002-11-29");
    expect(field("Last day")?.value).toBe("0002-11-29");
    expect(Object.keys(faultsOf(draft))).toEqual(["endDate"]);
  });
});

describe("an event of one day", () => {
  it("stays one, whatever is typed on the way", () => {
    end = show(<Form first={{ ...newDraft("2026-11-27", 600, 660), title: "Lecture" }} />);
    type(field("Day"), "");
    type(field("Day"), "2026-11-20");
    expect([draft.date, draft.endDate, draft.days]).toEqual(["2026-11-20", "2026-11-20", [5]]);
  });
});

describe("the switch for a whole day", () => {
  const allDay = () =>
    act(() =>
      [...document.querySelectorAll("label")]
        .find((label) => label.textContent === "All day")
        ?.querySelector("input")
        ?.click(),
    );
  const times = { start: "22:00", end: "06:00" };

  it("gives everything back when it was a slip", () => {
    for (const endDate of ["2026-11-27", "2026-11-28", "2026-11-30"]) {
      const first = { ...shift, endDate };
      end = show(<Form first={first} />);
      allDay();
      expect(draft).toEqual({ ...first, allDay: true });
      allDay();
      expect(draft).toEqual(first);
      expect(faultsOf(draft)).toEqual({});
      if (endDate !== "2026-11-30") end();
    }
  });

  it("keeps the days of a trip, which then has hours too", () => {
    end = show(<Form first={{ ...shift, ...times, allDay: true, endDate: "2026-11-29" }} />);
    allDay();
    expect(draft).toMatchObject({ allDay: false, endDate: "2026-11-29", ...times });
    expect(field("Last day")?.value).toBe("2026-11-29");
    allDay();
    expect(draft).toMatchObject({ allDay: true, endDate: "2026-11-29", ...times });
  });
});
