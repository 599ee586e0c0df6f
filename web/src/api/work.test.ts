// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import type { WorkEntry } from "./schema";
import { addWorks, editWork } from "./work";

afterEach(() => vi.unstubAllGlobals());

it("logs several, each once, also where one failed at first", async () => {
  const logged: string[] = [];
  let refused = true;
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    if (init.method !== "POST") return Promise.resolve(new Response("{}"));
    const { start } = JSON.parse(String(init.body)) as { start: string };
    if (refused && logged.length === 1) return Promise.resolve(new Response("{}", { status: 500 }));
    logged.push(start);
    return Promise.resolve(new Response(JSON.stringify({ id: start, start })));
  });
  const list = ["2026-11-26T08:00:00Z", "2026-11-26T10:00:00Z"].map((start) => ({
    ...{ task: "t", start, minutes: 60, note: "" },
  }));
  const before = new Map<string, WorkEntry>();
  await expect(addWorks(list, before)).rejects.toMatchObject({ status: 500 });
  refused = false;
  await addWorks(list, before);
  expect(logged).toEqual(list.map((each) => each.start));
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
