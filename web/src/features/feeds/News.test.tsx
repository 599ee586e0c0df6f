// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Feed, FeedItem } from "../../api/schema";
import { click, json, show, until } from "../../page.setup";
import { hideToast, Toaster, undoLast } from "../../ui/toast";
import { News } from "./News";

let end: () => void = () => undefined;
let sent: { url: string; key: string; body: unknown }[];

const item = (id: string) =>
  ({
    ...{ id, state: "taken", news: "changed", form: "task" },
    before: { title: id, due: "2026-12-01T12:00:00Z" },
    now: { title: id, due: "2026-12-03T12:00:00Z" },
  }) as unknown as FeedItem;
const feed = { id: "f", version: 1 } as Feed;

beforeEach(() => {
  sent = [];
  vi.stubGlobal("fetch", (url: string, { method, headers, body }: RequestInit) => {
    const key = (headers as Record<string, string>)["Idempotency-Key"] ?? "";
    if (method === "POST") sent.push({ url, key, body: JSON.parse(String(body)) });
    return Promise.resolve(json(feed));
  });
});
afterEach(() => {
  act(hideToast);
  end();
  vi.unstubAllGlobals();
});

const view = (...items: FeedItem[]) =>
  show(
    <>
      <News {...{ feed, items, zone: "UTC" }} />
      <Toaster />
    </>,
  );
const toasted = () => document.querySelector(".toast");

it("offers to take back what was decided, by the key of the request", async () => {
  end = view(item("Essay"), item("Lab"));
  for (const [words, said] of [
    ["Take over", "Essay: taken over."],
    ["Leave as it is", "Essay stays as it is."],
    ["Take over 2\u00a0changes", "2\u00a0changes taken over."],
  ] as const) {
    sent = [];
    click(words);
    await until(() => toasted()?.textContent.includes(said) === true);
    expect(toasted()?.textContent).toContain("Undo");
    await act(undoLast);
    expect(sent.map(({ url }) => url)).toEqual([
      "/api/v1/feeds/f/review",
      "/api/v1/feeds/f/review/restore",
    ]);
    expect(sent[1]?.body).toEqual({ review: sent[0]?.key });
  }
});

it("offers nothing where more was decided than the server remembers", async () => {
  end = view(...Array.from({ length: 101 }, (_, i) => item(`Sheet ${String(i)}`)));
  click("Take over 101\u00a0changes");
  await until(() => toasted() !== null);
  expect(toasted()?.textContent).not.toContain("Undo");
});
