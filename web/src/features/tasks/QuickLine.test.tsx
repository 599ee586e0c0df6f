// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Settings } from "../../api/schema";
import { json, show, type, until } from "../../page.setup";
import { QuickLine } from "./QuickLine";

interface Sent {
  id: string;
  key: string;
  title: string;
  due: string;
}

const LINE = "Letter 30 min tomorrow 17:00";

let sent: Sent[];
/* What becomes of the next request: undefined is a yes, null a lost reply, else the status of a no. */
let fate: number | null | undefined;
let end: () => void = () => undefined;

beforeEach(() => {
  sent = [];
  fate = undefined;
  cache.setQueryData(keys.settings, { zone: "UTC" } as Settings);
  cache.setQueryData(keys.courses, []);
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (!url.endsWith("/tasks") || init.method !== "POST") return Promise.resolve(json({}, 500));
    const body = JSON.parse(String(init.body)) as Sent;
    sent.push({ ...body, key: (init.headers as Record<string, string>)["Idempotency-Key"] ?? "" });
    if (fate === null) return Promise.reject(new TypeError("lost"));
    return Promise.resolve(fate === undefined ? json(body) : json({}, fate));
  });
  end = show(<QuickLine />);
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const input = () => document.querySelector("input") as HTMLInputElement;
const ready = () => until(() => document.querySelector(".btn.pri[aria-busy=false]") !== null);

async function enter(line: string): Promise<Sent | undefined> {
  type(input(), line);
  act(() => input().form?.requestSubmit());
  await ready();
  return sent.at(-1);
}

it("asks for the same again after a lost reply, and for another once that is answered", async () => {
  fate = null;
  const first = await enter(LINE);
  vi.setSystemTime(Date.now() + 120_000);
  fate = undefined;
  const again = await enter(LINE);
  expect(input().value).toBe("");
  expect(again).toEqual(first);
  const second = await enter(LINE);
  expect(second?.id).not.toBe(first?.id);
  expect(second?.key).not.toBe(first?.key);
});

it("asks for what the line says now, once it was changed or the answer was no", async () => {
  fate = null;
  const lost = await enter(LINE);
  fate = 409;
  const other = await enter(`Second ${LINE}`);
  expect(other?.id).not.toBe(lost?.id);
  fate = undefined;
  const again = await enter(`Second ${LINE}`);
  expect(again?.id).not.toBe(other?.id);
  expect(again).toMatchObject({ title: "Second Letter", due: "2026-11-21T17:00:00Z" });
});
