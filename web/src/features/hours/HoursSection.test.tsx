// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import { click, field, json, show, type, until } from "../../page.setup";
import { HoursSection } from "./HoursSection";

let end: () => void = () => undefined;

beforeEach(() => {
  vi.stubGlobal("fetch", (_: string, init: RequestInit) =>
    init.method === "PUT" ? Promise.resolve(json({}, 500)) : new Promise(() => undefined),
  );
  cache.setQueryData(keys.settings, { version: 1, zone: "UTC" });
  cache.setQueryData(keys.availability, { version: 1, week: [], exceptions: [] });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

it("discards what could not be saved, and the error with it", async () => {
  end = show(<HoursSection />);
  click("Type the hours instead");
  type(field("Monday"), "8-10");
  click("Save free hours");
  await until(() => document.querySelector(".note.bad") !== null);
  click("Discard");
  expect(document.querySelector(".note.bad")).toBe(null);
  expect(field("Monday")?.value).toBe("");
});
