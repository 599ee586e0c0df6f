// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Task } from "../../api/schema";
import { saveSteps } from "../../api/steps";
import { button, click, field, json, show, type, until } from "../../page.setup";
import { TaskEditor } from "./TaskEditor";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));
vi.mock("../../plan/load", () => ({ loadEngine: () => new Promise(() => undefined) }));

let stored: Task;
let closed: boolean;
let changes: number;
let end: () => void = () => undefined;

beforeEach(() => {
  closed = false;
  changes = 0;
  stored = {
    ...{ id: "t", title: "Sheet 5", version: 1, state: "open", checklist: [], notes: "" },
    ...{ estimate_min: 60, remaining_min: 60, due: "2026-11-30T11:00:00Z", course_id: null },
    ...{ priority: 3, earliest: "2026-11-28T11:00:30Z", min_session_min: 0, prerequisites: [] },
    ...{ repeat_unit: "none", repeat_every: 1, repeat_until: null, next_id: null },
  } as unknown as Task;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (!/\/tasks\/t$/.test(url)) return json({}, 500);
    if (init.method === "PATCH") {
      changes++;
      const match = (init.headers as Record<string, string>)["If-Match"];
      if (match !== `"${String(stored.version)}"`) return json({}, 412);
      const change = JSON.parse(String(init.body)) as Partial<Task>;
      stored = { ...stored, ...change, version: stored.version + 1 };
    }
    return json(stored);
  });
  cache.setQueryData(keys.tasks, [stored]);
  end = show(<TaskEditor task={stored} onClose={() => (closed = true)} />);
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

it("saves beside a step that is still on its way", async () => {
  type(field("Title"), "Sheet 6");
  void saveSteps("t", () => [{ text: "Read", done: false }]);
  click("Save task");
  await until(() => closed);
  expect(stored).toMatchObject({
    title: "Sheet 6",
    checklist: [{ text: "Read", done: false }],
    earliest: "2026-11-28T11:00:30Z",
  });
});

/* A browser takes the focus from what is disabled. */
it("saves once, and leaves the focus where it was pressed", async () => {
  type(field("Title"), "Sheet 6");
  click("Save task");
  expect(button("Save task")?.disabled).toBe(false);
  click("Save task");
  await until(() => closed);
  expect(changes).toBe(1);
});
