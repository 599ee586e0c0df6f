// @vitest-environment happy-dom
import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { editTask, saveManner, saveTelling, type Undo } from "./actions";
import { getTasks } from "./endpoints";
import { cache, dropTask, keys } from "./queries";
import type { Settings, Task } from "./schema";

let stored: Settings;
let sent: unknown[];

const reply = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  sent = [];
  stored = { version: 3, clock: "device", language: "device", notify_info: true } as Settings;
  cache.setQueryData(keys.settings, stored);
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (!url.endsWith("/settings") || init.method === "GET") return reply(stored);
    const match = (init.headers as Record<string, string>)["If-Match"];
    if (match !== `"${String(stored.version)}"`) return reply({}, 412);
    sent.push(JSON.parse(String(init.body)));
    stored = { ...stored, ...(sent.at(-1) as object), version: stored.version + 1 };
    return reply(stored);
  });
});
afterEach(() => {
  cache.clear();
  vi.unstubAllGlobals();
});

describe("settings", () => {
  it("are changed faster than the server replies", async () => {
    await Promise.all([saveManner({ clock: "12h" }), saveTelling({ notify_info: false })]);
    expect(sent).toEqual([{ clock: "12h" }, { notify_info: false }]);
    expect(cache.getQueryData(keys.settings)).toEqual(stored);
  });

  it("are changed beside what another device has changed, and taken back alone", async () => {
    stored = { ...stored, notify_info: false, version: 9 };
    const undo = await saveManner({ clock: "12h" });
    expect(stored).toMatchObject({ clock: "12h", notify_info: false });
    await undo();
    expect(stored).toMatchObject({ clock: "device", notify_info: false });
  });

  it("give way to another choice of the same, which is then known", async () => {
    stored = { ...stored, clock: "24h", version: 9 };
    await expect(saveManner({ clock: "12h" })).rejects.toMatchObject({ status: 412 });
    expect(cache.getQueryData(keys.settings)).toEqual(stored);
    await saveManner({ clock: "12h" });
    expect(stored.clock).toBe("12h");
  });
});

describe("a task that another device has changed", () => {
  it("is known anew after it was refused", async () => {
    const task = { id: "t", title: "Sheet 5", version: 1 } as Task;
    const theirs = { ...task, title: "Sheet 6", version: 2 };
    cache.setQueryData(keys.tasks, [task]);
    vi.stubGlobal("fetch", (_: string, init: RequestInit) =>
      Promise.resolve(
        init.method === "PATCH" ? reply({}, 412) : reply({ items: [theirs], next: null }),
      ),
    );
    const list = new QueryObserver(cache, {
      ...{ queryKey: keys.tasks, queryFn: getTasks, staleTime: Infinity },
    });
    const end = list.subscribe(() => undefined);
    await expect(editTask(task, { priority: 5 })).rejects.toMatchObject({ status: 412 });
    await vi.waitFor(() => expect(list.getCurrentResult().data).toEqual([theirs]), 10_000);
    end();
  });
});

describe("an edit that is taken back", () => {
  let task: Task;
  const edit = { title: "Sheet 6", due: "2026-12-01T10:00:00Z" };
  const elsewhere = (change: Partial<Task>) =>
    (task = { ...task, ...change, version: task.version + 1 });

  beforeEach(() => {
    task = { id: "t", title: "Sheet 5", due: "2026-11-30T10:00:00Z", version: 1 } as Task;
    Object.assign(task, { remaining_min: 60, next_id: null });
    cache.setQueryData(keys.tasks, [task]);
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      if (!url.endsWith("/tasks/t")) return Promise.resolve(reply({}, 500));
      if (init.method !== "PATCH") return Promise.resolve(reply(task));
      const match = (init.headers as Record<string, string>)["If-Match"];
      if (match !== `"${String(task.version)}"`) return Promise.resolve(reply({}, 412));
      return Promise.resolve(reply(elsewhere(JSON.parse(String(init.body)) as Partial<Task>)));
    });
  });

  it("leaves what the timer has changed meanwhile", async () => {
    const undo = await editTask(task, edit);
    elsewhere({ remaining_min: 35 });
    const again = (await undo()) as Undo;
    expect(task).toMatchObject({ title: "Sheet 5", due: "2026-11-30T10:00:00Z" });
    expect(task.remaining_min).toBe(35);
    expect(cache.getQueryData(keys.tasks)).toEqual([task]);
    elsewhere({ remaining_min: 20 });
    await again();
    expect(task).toMatchObject({ ...edit, remaining_min: 20 });
  });

  it("holds where it is as wanted by now, say since an answer was lost", async () => {
    const undo = await editTask(task, edit);
    elsewhere({ title: "Sheet 5", due: "2026-11-30T10:00:00Z" });
    await undo();
    expect(cache.getQueryData(keys.tasks)).toEqual([task]);
  });

  it("stays where it was edited again, and is known as it is", async () => {
    const undo = await editTask(task, edit);
    elsewhere({ due: "2026-12-02T10:00:00Z" });
    await expect(undo()).rejects.toMatchObject({ status: 412 });
    expect(task).toMatchObject({ title: "Sheet 6", due: "2026-12-02T10:00:00Z" });
    expect(cache.getQueryData(keys.tasks)).toEqual([task]);
  });
});

describe("a task that is gone", () => {
  it("does not come back with a list that was on its way", async () => {
    const task = { id: "t", title: "Sheet 5" } as Task;
    const answers: ((list: Task[]) => void)[] = [];
    vi.stubGlobal("fetch", () => {
      return new Promise<Response>((resolve) =>
        answers.push((items) => resolve(reply({ items, next: null }))),
      );
    });
    const list = new QueryObserver(cache, { queryKey: keys.tasks, queryFn: getTasks });
    const end = list.subscribe(() => undefined);
    answers.shift()?.([task]);
    await vi.waitFor(() => expect(list.getCurrentResult().data).toEqual([task]));
    void cache.invalidateQueries({ queryKey: keys.tasks });
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    dropTask(task.id);
    answers.shift()?.([task]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const answer of answers) answer([]);
    expect(list.getCurrentResult().data).toEqual([]);
    end();
  });
});
