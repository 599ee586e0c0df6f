// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { removeTask } from "./actions";
import { removeMany } from "./bulk";
import { cache, keys } from "./queries";
import type { Task } from "./schema";

/* What the server has, and what it remembers of deletions. */
let stored: Map<string, Task>;
let deletions: Map<string, Task[]>;
let asked: string[];

const reply = (body: unknown, status = 200) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status });

function take(ids: string[], key: string): Response {
  deletions.set(
    key,
    ids.flatMap((id) => stored.get(id) ?? []),
  );
  for (const id of ids) {
    stored.delete(id);
    for (const task of stored.values())
      if (task.prerequisites.includes(id))
        stored.set(task.id, {
          ...task,
          version: task.version + 1,
          prerequisites: task.prerequisites.filter((other) => other !== id),
        });
  }
  return reply(null, 204);
}

function serve(url: string, init: RequestInit): Response {
  const path = url.replace("/api/v1", "");
  const headers = init.headers as Record<string, string>;
  const key = headers["Idempotency-Key"] ?? "";
  const sent = JSON.parse(typeof init.body === "string" ? init.body : "{}") as {
    tasks?: { id: string; version: number }[];
    deletion?: string;
  };
  asked.push(`${init.method ?? ""} ${path}`);
  const id = path.split("/")[2] ?? "";
  if (path === "/tasks/delete") {
    const seen = sent.tasks ?? [];
    if (seen.some((t) => !stored.has(t.id))) return reply({}, 404);
    if (seen.some((t) => stored.get(t.id)?.version !== t.version)) return reply({}, 412);
    return take(
      seen.map((t) => t.id),
      key,
    );
  }
  if (path === "/tasks/restore") {
    const back = deletions.get(sent.deletion ?? "");
    if (!back) return reply({}, 409);
    for (const task of back) stored.set(task.id, task);
    return reply({ items: back, next: null });
  }
  const task = stored.get(id);
  if (!task) return reply({}, 404);
  if (init.method !== "DELETE") return reply(task);
  return headers["If-Match"] === `"${String(task.version)}"` ? take([id], key) : reply({}, 412);
}

const shown = () => (cache.getQueryData<Task[]>(keys.tasks) ?? []).map((task) => task.id).sort();

/* The server has these, and the browser knows of them. */
function have(...tasks: Task[]): Task[] {
  for (const task of tasks) stored.set(task.id, task);
  cache.setQueryData(keys.tasks, tasks);
  return tasks;
}

const aTask = (id: string, ...prerequisites: string[]) =>
  ({ id, title: id, version: 1, prerequisites }) as unknown as Task;
const many = (n: number) =>
  Array.from({ length: n }, (_, i) => aTask(`t${String(i).padStart(3, "0")}`));
const watch = { signal: new AbortController().signal, progress: () => undefined };

beforeEach(() => {
  stored = new Map();
  deletions = new Map();
  asked = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => Promise.resolve(serve(url, init)));
});
afterEach(() => {
  cache.clear();
  vi.unstubAllGlobals();
});

describe("a task that is deleted", () => {
  it("comes back under its id, by the key that deleted it", async () => {
    const [task] = have(aTask("a"), aTask("b")) as [Task, Task];
    const undo = await removeTask(task);
    expect(shown()).toEqual(["b"]);
    await undo();
    expect(shown()).toEqual(["a", "b"]);
    expect(stored.get("a")).toEqual(task);
    expect(asked).toEqual(["DELETE /tasks/a", "POST /tasks/restore"]);
  });

  it("lets what waited for it be asked anew, and its files", async () => {
    const [task] = have(aTask("a"), aTask("b", "a")) as [Task, Task];
    cache.setQueryData(keys.attachments("a"), []);
    const stale = (key: readonly unknown[]) => cache.getQueryState(key)?.isInvalidated;
    const undo = await removeTask(task);
    expect(stale(keys.tasks)).toBe(true);
    have(...stored.values());
    await undo();
    expect(stale(keys.tasks)).toBe(true);
    expect(stale(keys.attachments("a"))).toBe(true);
  });

  it("goes although what it waited for has gone, and not where it says otherwise", async () => {
    const [, other] = have(aTask("a"), aTask("b", "a")) as [Task, Task];
    take(["a"], "elsewhere");
    const undo = await removeTask(other);
    expect(stored.size).toBe(0);
    await undo();
    const task = stored.get("b") as Task;
    stored.set("b", { ...task, title: "Renamed", version: 9 });
    await expect(removeTask(task)).rejects.toMatchObject({ status: 412 });
    expect(stored.size).toBe(1);
  });
});

describe("many tasks that are deleted", () => {
  it("go fifty at a time, and come back in the opposite order", async () => {
    const tasks = have(...many(120));
    const done = await removeMany(tasks)(watch);
    expect([done.count, done.faults, done.left]).toEqual([120, [], 0]);
    expect(asked).toEqual(Array.from({ length: 3 }, () => "POST /tasks/delete"));
    expect(shown()).toEqual([]);
    const order = [...deletions.keys()];
    const back: string[] = [];
    const fetched = fetch;
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      back.push((JSON.parse(init.body as string) as { deletion: string }).deletion);
      return fetched(url, init);
    });
    const undone = await done.undo?.(watch);
    expect([undone?.count, undone?.faults, undone?.left]).toEqual([120, [], 0]);
    expect(back).toEqual(order.reverse());
    expect(shown()).toEqual(tasks.map((task) => task.id));
  });

  it("go before what they wait for, so that no group changes another", async () => {
    const tasks = many(120).map((task, i, all) => ({
      ...task,
      prerequisites: i > 0 ? [all[i - 1]?.id ?? ""] : [],
    }));
    have(...tasks);
    const done = await removeMany(tasks)(watch);
    expect(done.count).toBe(120);
    expect(asked).toHaveLength(3);
    await done.undo?.(watch);
    expect([...stored.values()].sort((a, b) => a.id.localeCompare(b.id))).toEqual(tasks);
  });

  it.each([
    ["another device has changed", (task: Task) => stored.set(task.id, { ...task, version: 2 })],
    ["is gone", (task: Task) => stored.delete(task.id)],
  ])("go each by itself where one %s, which is named", async (_, meanwhile) => {
    const tasks = have(...many(4));
    const [first] = tasks as [Task];
    meanwhile({ ...first, title: "Renamed" });
    const left = [...stored.values()].filter((task) => task.id === first.id);
    const done = await removeMany(tasks)(watch);
    expect(done.count).toBe(3);
    expect(done.faults.map(({ task }) => task.id)).toEqual([first.id]);
    expect([...stored.values()]).toEqual(left);
    const undone = await done.undo?.(watch);
    expect(undone?.count).toBe(3);
    expect(stored.size).toBe(3 + left.length);
  });

  it("are named when they cannot come back", async () => {
    const tasks = have(...many(60));
    const done = await removeMany(tasks)(watch);
    deletions.delete([...deletions.keys()][0] ?? "");
    const undone = await done.undo?.(watch);
    expect([undone?.count, undone?.faults.length]).toEqual([10, 50]);
  });
});
