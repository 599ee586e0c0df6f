// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { NetworkError } from "./client";
import type { WorkEntry } from "./schema";
import { addWorks, editWork, type Logging } from "./work";

afterEach(() => vi.unstubAllGlobals());

it("logs several, each once, also where one failed or was not answered at first", async () => {
  const stored = new Map<string, string>();
  const fates = ["yes", "lost", "lost", "lost", "yes", "no", "yes"];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    if (init.method !== "POST") return Promise.resolve(new Response("{}"));
    const fate = fates.shift();
    const { id, start } = JSON.parse(String(init.body)) as { id: string; start: string };
    if (fate === "no") return Promise.resolve(new Response("{}", { status: 500 }));
    stored.set(id, start);
    if (fate === "lost") return Promise.reject(new TypeError("lost"));
    return Promise.resolve(new Response(JSON.stringify({ id, start })));
  });
  const list = ["08", "10", "12"].map((hour) => ({
    ...{ task: "t", start: `2026-11-26T${hour}:00:00Z`, minutes: 60, note: "" },
  }));
  const before = new Map<string, Logging>();
  await expect(addWorks(list, before)).rejects.toBeInstanceOf(NetworkError);
  await expect(addWorks(list, before)).rejects.toMatchObject({ status: 500 });
  await addWorks(list, before);
  expect([...stored.values()]).toEqual(list.map((each) => each.start));
  expect(fates).toEqual([]);
});

it("takes back of an entry what was corrected, and no more", async () => {
  let stored = { id: "w", task_id: "t", minutes: 40, note: "", version: 1 } as WorkEntry;
  const elsewhere = (change: Partial<WorkEntry>) =>
    (stored = { ...stored, ...change, version: stored.version + 1 });
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const reply = (body: unknown, status = 200) =>
      Promise.resolve(new Response(JSON.stringify(body), { status }));
    if (!url.endsWith("/work/w") || init.method === "GET") return reply(stored);
    const match = (init.headers as Record<string, string>)["If-Match"];
    if (match !== `"${String(stored.version)}"`) return reply({}, 412);
    return reply(elsewhere(JSON.parse(String(init.body)) as Partial<WorkEntry>));
  });
  const undo = await editWork(stored, { minutes: 50 });
  elsewhere({ note: "An outline" });
  await undo();
  expect(stored).toMatchObject({ minutes: 40, note: "An outline" });
  const again = await editWork(stored, { minutes: 50 });
  elsewhere({ minutes: 55 });
  await expect(again()).rejects.toMatchObject({ status: 412 });
  expect(stored.minutes).toBe(55);
});
