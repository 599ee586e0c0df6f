// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Settings } from "../../api/schema";
import { WishesSection } from "./WishesSection";

let root: Root;
let sent: unknown[];

const stored = {
  version: 3,
  zone: "Europe/Berlin",
  min_session_min: 0,
  max_session_min: 0,
  max_task_day_min: 0,
  pause_min: 0,
  break_after_min: 0,
  break_min: 0,
  buffer_min: 0,
  preferred: [] as Settings["preferred"],
} as Settings;

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  sent = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    if (init.method !== "PATCH") return new Promise(() => undefined);
    sent.push(JSON.parse(String(init.body)));
    return Promise.resolve(new Response(JSON.stringify(stored)));
  });
  cache.setQueryData(keys.settings, stored);
  document.body.innerHTML = "<div></div>";
  root = createRoot(document.body.firstElementChild as HTMLElement);
  act(() =>
    root.render(
      <QueryClientProvider client={cache}>
        <WishesSection hours={() => null} />
      </QueryClientProvider>,
    ),
  );
});
afterEach(() => {
  act(() => root.unmount());
  cache.clear();
  vi.unstubAllGlobals();
});

const field = (label: string): HTMLInputElement => {
  const named = [...document.querySelectorAll("label")].find((l) => l.textContent === label);
  return document.getElementById(named?.htmlFor ?? "") as HTMLInputElement;
};
const help = (label: string) => field(label).parentElement?.querySelector("p")?.textContent;
const save = () =>
  [...document.querySelectorAll("button")].find((b) => b.textContent === "Save how you study");

function type(label: string, value: string): void {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  act(() => {
    set?.call(field(label), value);
    field(label).dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const AFTER = "A break after";
const LONG = "How long a break is";
const BUFFER = "Done before it is due, by";

describe("the fields for breaks and the buffer", () => {
  it("ask for the other half of a break, and for one that comes after some study", () => {
    type(AFTER, "50 min");
    expect(help(LONG)).toBe("Say how long the break is.");
    expect(field(LONG).getAttribute("aria-invalid")).toBe("true");
    expect(save()?.disabled).toBe(true);
    type(LONG, "10 min");
    expect(save()?.disabled).toBe(false);
    type(AFTER, "4 min");
    expect(help(AFTER)).toBe("At least 5 min.");
    type(AFTER, "");
    expect(help(AFTER)).toBe("Say after how long you take it.");
  });

  it("take a buffer of up to two weeks, and no word for one", () => {
    for (const wrong of ["337 h", "soon"]) {
      type(BUFFER, wrong);
      expect(help(BUFFER)).toContain("up to 336");
      expect(save()?.disabled).toBe(true);
    }
    type(BUFFER, "336 h");
    expect(save()?.disabled).toBe(false);
    type(BUFFER, "");
    expect(save()).toBeUndefined();
  });

  it("send all wishes at once, in minutes", async () => {
    type(AFTER, "1h30");
    type(LONG, "15 min");
    type(BUFFER, "24 h");
    await act(async () => {
      save()?.click();
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    expect(sent).toEqual([
      {
        min_session_min: 0,
        max_session_min: 0,
        max_task_day_min: 0,
        pause_min: 0,
        break_after_min: 90,
        break_min: 15,
        buffer_min: 1440,
        preferred: [],
      },
    ]);
  });
});
