// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import { button, click, json, show, until } from "../../page.setup";
import { DayHoursDialog } from "./DayHoursDialog";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

let end: () => void = () => undefined;
let sent: { exceptions: { date: string; windows: unknown[] }[] }[];

beforeEach(() => {
  sent = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    if (init.method === "PUT") sent.push(JSON.parse(String(init.body)) as (typeof sent)[0]);
    return Promise.resolve(json({}, 500));
  });
  cache.setQueryData(keys.availability, {
    version: 1,
    week: [{ day: 4, start: "08:00", end: "10:00" }],
    exceptions: [],
  });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

it("tries again what was asked for, not what stands in the field", async () => {
  end = show(<DayHoursDialog date="2026-11-26" onClose={() => undefined} />);
  click("Not free at all");
  await until(() => button("Try again") !== undefined);
  click("Try again");
  await until(() => sent.length === 2);
  expect(sent[1]).toEqual(sent[0]);
  expect(sent[1]?.exceptions).toEqual([{ date: "2026-11-26", windows: [] }]);
});
