// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import type { WorkEntry } from "./schema";
import { addWorks } from "./work";

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
