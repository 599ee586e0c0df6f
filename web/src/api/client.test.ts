import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, NetworkError, ask } from "./client";
import { entityId, requestKey } from "./ids";

type Answer = Response | Error;

let calls: { url: string; init: RequestInit }[];

function answers(...list: Answer[]): void {
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const next = list.shift() ?? new Error("no more answers");
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
}

const json = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const keyOf = (i: number) => (calls[i]?.init.headers as Record<string, string>)["Idempotency-Key"];

beforeEach(() => {
  calls = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  await vi.runAllTimersAsync();
  return promise;
}

describe("a request", () => {
  it("repeats a lost one with the same key", async () => {
    answers(new TypeError("network"), json(201, { id: 1 }));
    await expect(settled(ask("POST", "/tasks", { body: { title: "x" } }))).resolves.toEqual({
      id: 1,
    });
    expect(calls).toHaveLength(2);
    expect(keyOf(0)).toMatch(/^[0-9a-f-]{36}$/);
    expect(keyOf(1)).toBe(keyOf(0));
  });

  it("gives up after three tries", async () => {
    answers(new TypeError("1"), new TypeError("2"), new TypeError("3"), json(200, {}));
    await expect(settled(ask("GET", "/tasks"))).rejects.toBeInstanceOf(NetworkError);
    expect(calls).toHaveLength(3);
  });

  it("waits when the server asks to", async () => {
    answers(json(503, { title: "busy", status: 503 }, { "Retry-After": "2" }), json(200, 1));
    const promise = ask("GET", "/me");
    await vi.advanceTimersByTimeAsync(1_900);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await expect(promise).resolves.toBe(1);
  });

  it("does not repeat a refusal, and names the field", async () => {
    const problem = {
      title: "Invalid",
      status: 400,
      errors: [{ pointer: "/title", code: "required", detail: "A title is needed." }],
    };
    answers(json(400, problem), json(200, {}));
    const error = await settled(ask("POST", "/tasks", { body: {} })).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).field("title")).toBe("A title is needed.");
    expect(calls).toHaveLength(1);
  });

  it("understands an answer that is no problem document", async () => {
    answers(new Response("<html>", { status: 404, statusText: "Not Found" }));
    const error = (await settled(ask("GET", "/tasks/1")).catch((e: unknown) => e)) as ApiError;
    expect([error.status, error.message]).toEqual([404, "Not Found"]);
  });

  it("sends the version it was made against", async () => {
    answers(new Response(null, { status: 204 }));
    await settled(ask("DELETE", "/tasks/1", { ifMatch: 7 }));
    expect((calls[0]?.init.headers as Record<string, string>)["If-Match"]).toBe('"7"');
  });

  it("has no key when it changes nothing", async () => {
    answers(json(200, {}));
    await settled(ask("GET", "/tasks"));
    expect(keyOf(0)).toBeUndefined();
  });
});

describe("identifiers", () => {
  it("are version 4 for requests and 7, in order of time, for entities", () => {
    expect(requestKey()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const a = entityId(Date.parse("2026-11-18T13:00:00Z"));
    expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(a < entityId(Date.parse("2026-11-18T13:00:01Z"))).toBe(true);
    expect(parseInt(a.replace(/-/g, "").slice(0, 12), 16)).toBe(Date.parse("2026-11-18T13:00:00Z"));
  });
});
