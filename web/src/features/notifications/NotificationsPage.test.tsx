// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Notifications } from "../../api/schema";
import { json, show, until } from "../../page.setup";
import { NotificationsPage } from "./NotificationsPage";

afterEach(() => vi.unstubAllGlobals());

it("goes on with the next one by keyboard, and at last with the heading", async () => {
  const item = (id: string, n: number) => ({
    ...{ id, kind: "achievement", code: "hours", count: n, read: false, at: null, when: null },
    ...{ was: null, title: null, minutes: null, minutes_before: null },
  });
  let told = {
    ...{ now: "2026-11-20T12:00:00Z", later: "2026-11-20T13:00:00Z", unread: 2, quiet_until: null },
    items: [item("a", 10), item("b", 50)],
  } as unknown as Notifications;
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    if (init.method === "GET") return new Promise(() => undefined);
    const { ids } = JSON.parse(String(init.body)) as { ids: string[] };
    told = { ...told, items: told.items.filter((n) => !ids.includes(n.id)) };
    return Promise.resolve(json(told));
  });
  cache.setQueryData(keys.notifications, told);
  cache.setQueryData(keys.settings, { zone: "Europe/Berlin" });
  const end = show(<NotificationsPage />);
  const away = () => [...document.querySelectorAll<HTMLElement>("[title=Dismiss]")];
  act(() => away()[0]?.focus());
  act(() => away()[0]?.click());
  await until(() => away().length === 1);
  await until(() => document.activeElement === away()[0]);
  act(() => away()[0]?.click());
  await until(() => away().length === 0);
  await until(() => document.activeElement !== document.body);
  expect(document.activeElement).toBe(document.querySelector("h1"));
  end();
});
