// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Task, WorkEntry } from "../../api/schema";
import { click, field, json, show, type, until } from "../../page.setup";
import { WorkDialog } from "./WorkDialog";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

const task = { id: "t", title: "Sheet 5", state: "open" } as Task;
let stored: WorkEntry;
let closed: boolean;
let end: () => void = () => undefined;

const elsewhere = (change: Partial<WorkEntry>) =>
  (stored = { ...stored, ...change, version: stored.version + 1 });

beforeEach(() => {
  closed = false;
  stored = {
    ...{ id: "w", task_id: "t", version: 1, kind: "manual", state: "done" },
    ...{ start: "2026-11-20T08:00:30Z", end: "2026-11-20T08:40:30Z", minutes: 40, note: "" },
  } as WorkEntry;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (url.endsWith("/tasks/t")) return Promise.resolve(json(task));
    if (!url.endsWith("/work/w")) return Promise.resolve(json({}, 500));
    if (init.method === "GET") return Promise.resolve(json(stored));
    const match = (init.headers as Record<string, string>)["If-Match"];
    if (match !== `"${String(stored.version)}"`) return Promise.resolve(json({}, 412));
    if (init.method === "DELETE") return Promise.resolve(new Response(null, { status: 204 }));
    return Promise.resolve(json(elsewhere(JSON.parse(String(init.body)) as Partial<WorkEntry>)));
  });
  const props = { entry: stored, task, tasks: [task], zone: "UTC" };
  end = show(<WorkDialog {...props} onClose={() => (closed = true)} />);
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const note = () => document.querySelector(".note.info");

it("keeps what another device has changed beside what was typed", async () => {
  type(field("Note"), "An outline");
  elsewhere({ minutes: 50 });
  click("Save");
  await until(() => note() !== null);
  expect(note()?.textContent).toContain("Another device changed this entry");
  expect(field("How long")?.value.replace(/\s/g, " ")).toBe("50 min");
  expect(field("Note")?.value).toBe("An outline");
  click("Save");
  await until(() => closed);
  expect(stored).toMatchObject({
    ...{ minutes: 50, note: "An outline", start: "2026-11-20T08:00:30Z", version: 3 },
  });
});

it("shows what another device has changed before it deletes that", async () => {
  elsewhere({ note: "An outline" });
  click("Delete");
  await until(() => note() !== null);
  expect(field("Note")?.value).toBe("An outline");
  expect(closed).toBe(false);
  click("Delete");
  await until(() => closed);
});
