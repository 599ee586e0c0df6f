import { expect, test } from "vitest";
import { NOTHING, take, type Selection, type Step } from "./selection";

const ids = ["a", "b", "c", "d", "e", "f"];

function after(...steps: Step[]): Selection {
  return steps.reduce(take, NOTHING);
}
const picked = (s: Selection) => [...s.picked].sort().join("");
const toggle = (id: string): Step => ({ type: "toggle", id });
const range = (id: string): Step => ({ type: "range", id, ids });
const at = (id: string): Step => ({ type: "at", id });

test("a range goes from the anchor and replaces the one before", () => {
  expect(picked(after(toggle("b"), range("e")))).toBe("bcde");
  expect(picked(after(toggle("b"), range("e"), range("c")))).toBe("bc");
  expect(picked(after(toggle("d"), range("a")))).toBe("abcd");
});

test("what was selected apart from the range stays", () => {
  expect(picked(after(toggle("a"), toggle("d"), range("f"), range("e")))).toBe("ade");
});

test("arrows with shift begin where the keyboard is", () => {
  expect(picked(after(at("c"), range("d")))).toBe("cd");
  expect(picked(after(at("c"), range("d"), at("f"), range("e")))).toBe("cdef");
});

test("going on without shift changes nothing but the place", () => {
  const s = after(toggle("a"), at("e"));
  expect(picked(s)).toBe("a");
  expect(s.active).toBe("e");
});

test("the first one selected makes the boxes select, and the end forgets all but the place", () => {
  expect(after(toggle("a")).on).toBe(true);
  expect(after(range("b")).on).toBe(true);
  const s = after({ type: "set", ids }, at("c"), { type: "off" });
  expect(s).toEqual({ ...NOTHING, active: "c" });
});

test("an anchor that is no longer listed counts as none", () => {
  expect(picked(after(toggle("z"), range("b")))).toBe("bz");
});
