// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { field, json, show, type, until } from "../../page.setup";
import { CourseEditor } from "./CourseEditor";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

let end: () => void = () => undefined;
let made: number;

beforeEach(() => {
  made = 0;
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    if (init.method !== "POST") return Promise.resolve(json({ items: [], next: null }));
    made++;
    return new Promise((resolve) =>
      setTimeout(() => resolve(json({ id: "c", name: "Algebra" }, 201)), 20),
    );
  });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

it("makes one course, however often its button is pressed", async () => {
  let closed = false;
  end = show(<CourseEditor course={null} onClose={() => (closed = true)} />);
  type(field("Name"), "Algebra");
  const save = document.querySelector<HTMLButtonElement>("form .pri");
  act(() => save?.click());
  act(() => save?.click());
  await until(() => closed);
  expect(made).toBe(1);
});
