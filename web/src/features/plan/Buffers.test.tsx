// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Schedule, Settings, Task } from "../../api/schema";
import { Buffers } from "./Buffers";

let root: Root;

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  document.body.innerHTML = "<div></div>";
  root = createRoot(document.body.firstElementChild as HTMLElement);
});
afterEach(() => {
  act(() => root.unmount());
  cache.clear();
});

const due = "2026-11-27T17:00:00Z";
const broken = (n: number): Schedule["buffers"] =>
  Array.from({ length: n }, (_, i) => ({
    task_id: `t${String(i)}`,
    end: "2026-11-27T12:00:00Z",
    due,
    broken_min: 75 + i,
  }));
const tasks = broken(6).map(({ task_id: id }) => ({ id, title: `Task ${id}` }) as Task);

function show(buffer_min: number, buffers: Schedule["buffers"]): string {
  cache.setQueryData(keys.settings, { buffer_min } as Settings);
  act(() =>
    root.render(
      <QueryClientProvider client={cache}>
        <Buffers plan={{ zone: "Europe/Berlin", buffers } as Schedule} tasks={tasks} />
      </QueryClientProvider>,
    ),
  );
  return (document.body.textContent ?? "").replaceAll("\u00a0", " ");
}

describe("the buffers' card", () => {
  it("says of one task by how much it is later than was wished, and leads to the wish", () => {
    const text = show(1440, broken(1));
    expect(text).toContain("One task will not be done 24 h before it is due");
    expect(text).toContain("Task t0: done Fri 27 Nov 13:00, 1 h 15 later than you wished.");
    expect(text).not.toContain("more");
    expect(document.querySelector("a")?.getAttribute("href")).toBe("/settings#wishes");
  });

  it("names some of many and counts the rest", () => {
    const text = show(90, broken(6));
    expect(text).toContain("6 tasks will not be done 1 h 30 before they are due");
    expect(document.querySelectorAll("li")).toHaveLength(4);
    expect(text).toContain("and 2 more tasks");
  });

  it("is not there when every buffer holds, or none is wished any more", () => {
    expect(show(1440, [])).toBe("");
    expect(show(0, broken(2))).toBe("");
  });
});
