// @vitest-environment happy-dom
import { type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Settings } from "../../api/schema";
import { button, click, field, json, show, type, until } from "../../page.setup";
import { EstimatesSection } from "./EstimatesSection";
import { PaceSection } from "./PaceSection";
import { WishesSection } from "./WishesSection";

let end: () => void = () => undefined;

const settings = {
  ...{ version: 3, zone: "UTC", pace: { num: 1, den: 2 }, limit: { num: 1, den: 1 } },
  ...{ estimates: "typed", min_session_min: 0, max_session_min: 0, max_task_day_min: 0 },
  ...{ pause_min: 0, break_after_min: 0, break_min: 0, buffer_min: 0, preferred: [] },
} as unknown as Settings;

beforeEach(() => {
  vi.stubGlobal("fetch", (_: string, init: RequestInit) =>
    init.method === "GET" ? new Promise(() => undefined) : Promise.resolve(json({}, 500)),
  );
  cache.setQueryData(keys.settings, settings);
  cache.setQueryData(keys.estimates, { courses: [], needed: 5 });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const SECTIONS: [string, ReactNode, change: () => void, save: string][] = [
  [
    "the pace",
    <PaceSection />,
    () => type(document.querySelector("input[type=range]"), "70"),
    "Save pace and limit",
  ],
  ["the estimates", <EstimatesSection />, () => click("What is usual"), "Save"],
  [
    "the wishes",
    <WishesSection hours={() => null} />,
    () => type(field("Done before it is due, by"), "24 h"),
    "Save how you study",
  ],
];

describe("discarding what could not be saved", () => {
  it.each(SECTIONS)("takes the error of %s away too", async (_, section, change, save) => {
    end = show(section);
    change();
    expect(button(save)).toBeDefined();
    click(save);
    await until(() => document.querySelector(".note.bad") !== null);
    click("Discard");
    expect(document.querySelector(".note.bad")).toBe(null);
  });
});
