// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Task } from "../../api/schema";
import type { Step } from "../../api/steps";
import { Steps } from "./Steps";

/* A server with one task, each of whose replies waits until it is let go. */
let stored: Task;
let held: { method: string; go: () => void }[];
let root: Root;

function answer(method: string, init: RequestInit): Response {
  if (method === "PATCH") {
    const match = (init.headers as Record<string, string>)["If-Match"];
    if (match !== `"${String(stored.version)}"`) return new Response("{}", { status: 412 });
    const change = JSON.parse(String(init.body)) as { checklist: Step[] };
    stored = { ...stored, ...change, version: stored.version + 1 };
  }
  return new Response(JSON.stringify(stored));
}

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  held = [];
  stored = { id: "t", title: "Sheet 5", version: 1, checklist: [] as Step[] } as Task;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    /* What a list says is what was so when it was asked for. */
    const list = url.endsWith("?limit=200")
      ? new Response(JSON.stringify({ items: [stored], next: null }))
      : null;
    return new Promise<Response>((resolve) =>
      held.push({ method, go: () => resolve(list ?? answer(method, init)) }),
    );
  });
  cache.setQueryData(keys.tasks, [stored]);
  document.body.innerHTML = "<div></div>";
  root = createRoot(document.body.firstElementChild as HTMLElement);
  act(() =>
    root.render(
      <QueryClientProvider client={cache}>
        <Steps task={stored} />
      </QueryClientProvider>,
    ),
  );
});
afterEach(() => {
  act(() => root.unmount());
  cache.clear();
  vi.unstubAllGlobals();
});

const pause = () => act(() => new Promise((resolve) => setTimeout(resolve, 5)));

/* Lets go of everything that is asked from here on, until for a while nothing is. */
async function letGo(): Promise<void> {
  for (let quiet = 0; quiet < 4; quiet++) {
    await pause();
    for (const one of held.splice(0)) {
      one.go();
      quiet = 0;
    }
  }
}

const box = () => document.querySelector<HTMLInputElement>("[type=checkbox]");

function write(text: string): void {
  const input = document.querySelector<HTMLInputElement>(".new-step input");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  act(() => {
    set?.call(input, text);
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function add(text: string): void {
  write(text);
  act(() => document.querySelector<HTMLButtonElement>(".new-step button")?.click());
}

/* Without act(): as a browser does it, drawn before the click's turn is over or not at all. */
function tick(): void {
  const here = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  here.IS_REACT_ACT_ENVIRONMENT = false;
  box()?.click();
  here.IS_REACT_ACT_ENVIRONMENT = true;
}

describe("a step", () => {
  it("keeps the tick that comes before it is stored, and shows it at once", async () => {
    add("Read");
    tick();
    expect(box()?.checked).toBe(true);
    await letGo();
    expect(stored.checklist).toEqual([{ text: "Read", done: true }]);
    expect(box()?.checked).toBe(true);
  });

  it("keeps it when a list that was asked for before comes after", async () => {
    void cache.invalidateQueries({ queryKey: keys.tasks });
    await pause();
    const list = held.shift();
    add("Read");
    list?.go();
    await pause();
    tick();
    await letGo();
    expect(stored.checklist).toEqual([{ text: "Read", done: true }]);

    void cache.invalidateQueries({ queryKey: keys.tasks });
    await pause();
    const late = held.shift();
    tick();
    for (await pause(); held[0]?.method === "PATCH"; await pause()) held.shift()?.go();
    late?.go();
    await letGo();
    expect(stored.checklist).toEqual([{ text: "Read", done: false }]);
    expect(box()?.checked).toBe(false);
  });

  it("keeps it when something else of the task has changed elsewhere", async () => {
    add("Read");
    await letGo();
    stored = { ...stored, worked_min: 5, version: stored.version + 1 };
    tick();
    await letGo();
    expect(stored.checklist).toEqual([{ text: "Read", done: true }]);
    expect(stored.worked_min).toBe(5);
  });

  it("is kept when its line is left without Enter", async () => {
    write("Read");
    act(() => document.querySelector<HTMLInputElement>(".new-step input")?.focus());
    act(() => document.querySelector<HTMLButtonElement>(".new-step button")?.focus());
    await letGo();
    expect(stored.checklist).toEqual([{ text: "Read", done: false }]);
  });

  it("gives way to other steps from elsewhere", async () => {
    add("Read");
    await letGo();
    const theirs = [{ text: "Write", done: false }];
    stored = { ...stored, checklist: theirs, version: stored.version + 1 };
    tick();
    await letGo();
    expect(stored.checklist).toEqual(theirs);
    expect(document.querySelector<HTMLInputElement>(".step .inp")?.value).toBe("Write");
  });
});
