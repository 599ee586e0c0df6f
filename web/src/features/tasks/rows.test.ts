import { describe, expect, test } from "vitest";
import type { Course, Task } from "../../api/schema";
import {
  matches,
  nextSort,
  readSort,
  rowsOf,
  searcher,
  searching,
  sortText,
  sorted,
  type Filter,
} from "./rows";

const NOW = Date.parse("2026-11-18T12:00:00Z");
const DAY = 86_400_000;

let made = 0;
const task = (title: string, days: number, more: Partial<Task> = {}): Task =>
  ({
    id: `t${String(made++).padStart(3, "0")}`,
    title,
    course_id: null,
    estimate_min: 60,
    worked_min: 0,
    remaining_min: 60,
    priority: 3,
    due: new Date(NOW + days * DAY).toISOString(),
    state: "open",
    ...more,
  }) as Task;

const history = { id: "c1", name: "History of Science", code: "HIS" } as Course;
const late = task("Reading notes", -1);
const unfit = task("Lab report", 2);
const soon = task("Sheet 6", 5, { course_id: "c1", priority: 5 });
const far = task("Essay", 20, { worked_min: 45, remaining_min: 15 });
const empty = task("Quiz", 3, { remaining_min: 0, worked_min: 60 });
const done = task("Sheet 5", -3, { state: "done" });
const dropped = task("Talk", 6, { state: "dropped" });
const TASKS = [late, unfit, soon, far, empty, done, dropped];
const plan = { unfinished: [{ task_id: unfit.id, minutes: 60 }] } as never;
const rows = rowsOf(TASKS, [history], plan, NOW);
const titles = (some: typeof rows) => some.map((row) => row.task.title);

describe("filters", () => {
  const shown = (f: Filter) => titles(rows.filter((r) => matches(r, f, NOW)));

  test.each([
    ["open", ["Reading notes", "Lab report", "Sheet 6", "Essay", "Quiz"]],
    ["week", ["Lab report", "Sheet 6", "Quiz"]],
    ["overdue", ["Reading notes"]],
    ["unfit", ["Lab report"]],
    ["done", ["Sheet 5"]],
    ["dropped", ["Talk"]],
  ] as const)("%s", (filter, expected) => {
    expect(shown(filter)).toEqual(expected);
  });

  test("nothing is said to fit before the plan is there", () => {
    const before = rowsOf(TASKS, [], undefined, NOW);
    expect(before.map((row) => row.standing)).toEqual([
      "overdue",
      ...Array<string>(4).fill("unplanned"),
      "done",
      "dropped",
    ]);
  });
});

test("a search finds words of the title and of the course, in any order", () => {
  const found = (text: string) => titles(rows.filter(searcher(text)));
  expect(found("sheet")).toEqual(["Sheet 6", "Sheet 5"]);
  expect(found("his SHEET")).toEqual(["Sheet 6"]);
  expect(found("science")).toEqual(["Sheet 6"]);
  expect(found("  ")).toHaveLength(rows.length);
  expect(found("sheet 7")).toEqual([]);
});

test("searches as they are typed find what each would find by itself", () => {
  const find = searching(rows);
  const typed = ["s", "sh", "she", "sheet", "sheet ", "sheet h", "sheet", "he", "", "essay", "x"];
  for (const search of typed) expect(find(search)).toEqual(rows.filter(searcher(search)));
  expect(find("sheet ")).toBe(find("sheet"));
  expect(find(" ")).toBe(find(""));
});

describe("order", () => {
  const open = rows.filter((row) => row.task.state === "open");
  const by = (text: string) => titles(sorted(open, readSort(text, { by: "due", down: false })));

  test.each([
    ["due", ["Reading notes", "Lab report", "Quiz", "Sheet 6", "Essay"]],
    ["-due", ["Essay", "Sheet 6", "Quiz", "Lab report", "Reading notes"]],
    ["-progress", ["Quiz", "Essay", "Reading notes", "Lab report", "Sheet 6"]],
    ["left", ["Quiz", "Essay", "Reading notes", "Lab report", "Sheet 6"]],
    ["-priority", ["Sheet 6", "Reading notes", "Lab report", "Quiz", "Essay"]],
    ["plan", ["Reading notes", "Lab report", "Sheet 6", "Essay", "Quiz"]],
  ])("%s", (text, expected) => {
    expect(by(text)).toEqual(expected);
  });

  test("equal due dates stay in the order of their making, whatever they are given in", () => {
    const twins = [task("b", 1), task("a", 1)];
    const two = rowsOf(twins, [], undefined, NOW);
    const sort = { by: "priority", down: true } as const;
    expect(titles(sorted([...two].reverse(), sort))).toEqual(["b", "a"]);
  });

  test("a head pressed again turns it round; another begins with what one wants first", () => {
    const due = { by: "due", down: false } as const;
    expect(nextSort(due, "due")).toEqual({ by: "due", down: true });
    expect(nextSort(due, "priority")).toEqual({ by: "priority", down: true });
    expect(nextSort({ by: "priority", down: true }, "plan")).toEqual({ by: "plan", down: false });
  });

  test("is remembered as a word; what is no order is none", () => {
    const fallback = { by: "due", down: true } as const;
    for (const text of ["due", "-left"]) expect(sortText(readSort(text, fallback))).toBe(text);
    for (const text of [null, "", "-", "title"]) expect(readSort(text, fallback)).toBe(fallback);
  });
});
