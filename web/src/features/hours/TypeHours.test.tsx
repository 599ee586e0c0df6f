// @vitest-environment happy-dom
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { click, field, show, type } from "../../page.setup";
import { EMPTY_WEEK, windowsOf, type Week } from "../../plan/windows";
import { TypeHours } from "./TypeHours";
import { parseHours } from "./typed";

const READ: [text: string, ...windows: string[]][] = [
  [""],
  [" , ;"],
  ["8-10", "08:00-10:00"],
  ["8:00–10:00", "08:00-10:00"],
  ["08:30 to 10", "08:30-10:00"],
  ["8 bis 10, 14:30 bis 18", "08:00-10:00", "14:30-18:00"],
  ["8-10; 14-24", "08:00-10:00", "14:00-24:00"],
  ["0-24", "00:00-24:00"],
  ["22 to 24", "22:00-24:00"],
  ["12-13", "12:00-13:00"],
  ["8am-10am", "08:00-10:00"],
  ["8 am – 10 am", "08:00-10:00"],
  ["8AM to 10Pm", "08:00-22:00"],
  ["8:30am–10pm", "08:30-22:00"],
  ["8:30\u202fAM – 10:15\u202fPM", "08:30-22:15"],
  ["8 a.m.-10 p.m.", "08:00-22:00"],
  ["12am-8am", "00:00-08:00"],
  ["12pm-1:30pm", "12:00-13:30"],
  ["12:30am-1am", "00:30-01:00"],
  ["9am-12pm", "09:00-12:00"],
  ["8pm-12am", "20:00-24:00"],
  ["12am-12am", "00:00-24:00"],
  ["8-10am", "08:00-10:00"],
  ["8-10pm", "20:00-22:00"],
  ["7:30-9pm", "19:30-21:00"],
  ["10-2pm", "10:00-14:00"],
  ["10-12pm", "10:00-12:00"],
  ["12-2pm", "12:00-14:00"],
  ["12-2am", "00:00-02:00"],
  ["8-10am, 2:30-6pm, 20-22", "08:00-10:00", "14:30-18:00", "20:00-22:00"],
];

const REFUSED = [
  ...["8", "8-", "-10", "8-10-12", "10-8", "8-8", "25-26", "8:60-9", "8:5-9", "noon", "8-10 x"],
  /* No such time on a clock of twelve hours. */
  ...["0am-8am", "13am-14am", "1pm-13pm", "8am-10:60am", "0-8am", "13-3pm"],
  /* Backwards. */
  ...["10pm-8am", "10am-8am", "8am-8am", "12pm-12pm"],
  /* Morning or evening? */
  ...["8am-10", "8pm-10", "8am-14:00", "10-12am"],
  ...["8 m-10 m", "am-pm", "8am10am", "8 am pm-10pm", "8xam-10am"],
];

describe("hours that are typed", () => {
  it.each(READ)("reads %j", (text, ...windows) => {
    expect(parseHours(text)?.map((w) => `${w.start}-${w.end}`)).toEqual(windows);
  });

  it.each(REFUSED)("refuses %j", (text) => {
    expect(parseHours(text)).toBe(null);
  });
});

describe("a line for each day", () => {
  let now: Week;
  function Lines() {
    const [week, setWeek] = useState<Week>(EMPTY_WEEK);
    const change = (next: Week) => setWeek((now = next));
    return (
      <>
        <TypeHours week={week} onChange={change} />
        <button onClick={() => setWeek(EMPTY_WEEK)}>Discard</button>
      </>
    );
  }
  const monday = () => field("Monday");

  it("keeps what is typed while it is typed, overlaps and faults too", () => {
    const end = show(<Lines />);
    for (const text of ["8", "8-10", "8-10, 9-12", "8-10, 9-12, 1", "8-10, 9-12, 1-2pm"]) {
      type(monday(), text);
      expect(monday()?.value).toBe(text);
    }
    expect(windowsOf(now)).toEqual([
      { day: 1, start: "08:00", end: "12:00" },
      { day: 1, start: "13:00", end: "14:00" },
    ]);
    end();
  });

  it("goes back with the week when that is discarded", () => {
    for (const text of ["8-10", "8-10, so"]) {
      const end = show(<Lines />);
      type(monday(), "8-10");
      type(monday(), text);
      click("Discard");
      expect(monday()?.value).toBe("");
      end();
    }
  });
});
