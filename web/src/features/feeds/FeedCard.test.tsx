// @vitest-environment happy-dom
import { act, useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Feed, FeedItem } from "../../api/schema";
import { click, json, show, type, until } from "../../page.setup";
import { FeedCard } from "./FeedCard";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

let end: () => void = () => undefined;
let stored: FeedItem[];

const item = (id: string, suggested = true) =>
  ({
    ...{ id, feed_id: "f", state: "new", news: "none", form: "task", category: "sheet" },
    ...{ suggested, course: null, estimate_min: 120, version: 1 },
    now: { title: id, due: "2026-12-01T12:00:00Z", date: null },
  }) as unknown as FeedItem;

const feed = {
  ...{ id: "f", version: 1, name: "Canvas", product: "canvas", address: null, fault: "none" },
  ...{ read: "2026-11-26T12:00:00Z", checked: null, failing: null, remarks: [], left_out: 0 },
} as unknown as Feed;

function Card() {
  const [version, setVersion] = useState(1);
  return (
    <>
      <button onClick={() => setVersion(version + 1)}>Newer</button>
      <FeedCard feed={{ ...feed, version }} />
    </>
  );
}

const tick = (title: string) =>
  [...document.querySelectorAll<HTMLLabelElement>(".feed-name")]
    .find((label) => label.textContent.startsWith(title))
    ?.querySelector("input");
const ticked = (...titles: string[]) => titles.map((title) => tick(title)?.checked);
const time = (title: string) =>
  document.querySelector<HTMLInputElement>(`[aria-label="Time needed for ${title}"]`);

beforeEach(() => {
  vi.stubGlobal("fetch", (url: string) =>
    url.includes("/items")
      ? Promise.resolve(json({ items: stored, next: null }))
      : new Promise(() => undefined),
  );
  cache.setQueryData(keys.settings, { zone: "UTC" });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

it("keeps what was ticked and typed when the calendar is read again in between", async () => {
  stored = [item("Essay"), item("Lab"), item("Old sheet", false), item("Quiz")];
  end = show(<Card />);
  await until(() => tick("Essay") !== undefined);
  act(() => tick("Essay")?.click());
  act(() => tick("Old sheet")?.click());
  type(time("Lab"), "3 h");
  expect(ticked("Essay", "Lab", "Old sheet", "Quiz")).toEqual([false, true, true, true]);

  stored = [
    item("Essay"),
    item("Lab"),
    item("Old sheet", false),
    item("Talk"),
    item("Exam", false),
  ];
  click("Newer");
  await until(() => tick("Talk") !== undefined);
  expect(ticked("Essay", "Lab", "Old sheet", "Quiz")).toEqual([false, true, true, undefined]);
  expect(ticked("Talk", "Exam")).toEqual([true, false]);
  expect(time("Lab")?.value).toBe("3 h");
  expect(document.querySelector(".feed-foot .pri")?.textContent).toBe("Add 3\u00a0tasks");
});
