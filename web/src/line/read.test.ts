import { describe, expect, it } from "vitest";
import { parseDuration } from "./duration";
import { line as language } from "./en";
import { readLine } from "./read";

const ZONE = "Europe/Berlin";
/* A Wednesday, 14:10 in Berlin. */
const NOW = Date.parse("2026-11-18T13:10:00Z");
const courses = [
  { name: "History of Science", code: "HIS" },
  { name: "Statistics", code: "STA" },
];

function read(line: string, ...refused: string[]) {
  const r = readLine(line, {
    language,
    now: NOW,
    zone: ZONE,
    monthFirst: false,
    courses,
    refused: new Set(refused),
  });
  return { ...r, due: new Date(r.due).toISOString().slice(0, 16), course: r.course?.code };
}

describe("the quick line", () => {
  it("reads what, how long, until when, course and priority", () => {
    expect(read("stats homework 4 2h30 tue 10:00 #sta !4")).toMatchObject({
      title: "Stats homework 4",
      estimateMin: 150,
      due: "2026-11-24T09:00",
      course: "STA",
      priority: 4,
    });
    expect(read("essay 3h friday 17:00 #history")).toMatchObject({
      title: "Essay",
      estimateMin: 180,
      due: "2026-11-20T16:00",
      course: "HIS",
    });
  });

  it("reads whole words only", () => {
    expect(read("repair monitor 3hats")).toMatchObject({
      title: "Repair monitor 3hats",
      chips: [],
    });
    expect(read("sunday reading").title).toBe("Reading");
    expect(read("marching band notes").title).toBe("Marching band notes");
  });

  it("gives refused words back to the title", () => {
    const line = "friday report 2h";
    expect(read(line)).toMatchObject({ title: "Report", due: "2026-11-20T22:59" });
    expect(read(line, "date friday")).toMatchObject({
      title: "Friday report",
      due: "2026-11-25T22:59",
      estimateMin: 120,
    });
  });

  it("takes the last of two", () => {
    expect(read("monday lecture notes fri")).toMatchObject({
      title: "Monday lecture notes",
      due: "2026-11-20T22:59",
    });
  });

  it.each([
    ["x today 18:00", "2026-11-18T17:00"],
    ["x wed 18:00", "2026-11-18T17:00"],
    ["x wed 10:00", "2026-11-25T09:00"],
    ["x next wed", "2026-11-25T22:59"],
    ["x tomorrow", "2026-11-19T22:59"],
    ["x 10:00", "2026-11-19T09:00"],
    ["x 15:30", "2026-11-18T14:30"],
    ["x 26 nov 12:00", "2026-11-26T11:00"],
    ["x nov 26 5pm", "2026-11-26T16:00"],
    ["x 26.11. 8:15", "2026-11-26T07:15"],
    ["x 3 feb", "2027-02-03T22:59"],
    ["x 2027-04-01 09:00", "2027-04-01T07:00"],
    ["x in 2 weeks", "2026-12-02T22:59"],
    ["x due by friday noon", "2026-11-20T11:00"],
    ["x 3h 30 nov", "2026-11-30T22:59"],
  ])("reads the due of %s", (line, due) => {
    expect(read(line)).toMatchObject({ due, title: "X" });
  });

  it("says when a day does not exist", () => {
    expect(read("x 31 nov 17:00").noSuchDay).toEqual({ words: "31 nov", month: 11, days: 30 });
  });

  it("names a course it does not know", () => {
    expect(read("x #law")).toMatchObject({ noSuchCourse: "#law", title: "X #law" });
  });

  it("assumes an hour and a week", () => {
    expect(read("something")).toMatchObject({
      estimateMin: 60,
      due: "2026-11-25T22:59",
      chips: [],
    });
  });

  it.each([
    ["2h30", 150],
    ["2 h 30", 150],
    ["2\u00a0h\u00a030", 150],
    ["1.5h", 90],
    ["1,5 h", 90],
    ["90 min", 90],
    ["90m", 90],
    ["0h", null],
    ["200h", null],
    ["soon", null],
  ])("reads the duration %s", (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });
});
