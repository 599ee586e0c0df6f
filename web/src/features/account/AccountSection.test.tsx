// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import { button, click, field, json, show, type, until } from "../../page.setup";
import { AccountSection } from "./AccountSection";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

let end: () => void = () => undefined;

afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const room = { used: 0, limit: 9 };
const quota = { tasks: room, bytes: room, attachments: room };

it("says until when a guest is kept by the student's own calendar", () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  cache.setQueryData(keys.me, {
    ...{ id: "g", kind: "guest", email: null, admin: false, expires: "2026-12-10T03:00:00Z" },
    quota,
  });
  cache.setQueryData(keys.settings, { zone: "America/New_York" });
  end = show(<AccountSection />);
  expect(document.body.textContent).toContain("Wed\u00a09\u00a0Dec");
});

/* How often the server was asked to do it. */
function slowServer(reply: () => Response): () => number {
  let asked = 0;
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    if (init.method === "GET") return new Promise(() => undefined);
    asked++;
    return new Promise((resolve) => setTimeout(() => resolve(reply()), 20));
  });
  return () => asked;
}

const anna = {
  ...{ id: "a", kind: "user", email: "anna@example.org", admin: false, expires: null },
  quota,
};

it("changes the account once, however often its button is pressed", async () => {
  const asked = slowServer(() => json(anna));
  cache.setQueryData(keys.me, anna);
  cache.setQueryData(keys.settings, { zone: "UTC" });
  end = show(<AccountSection />);
  click("Change e-mail or password");
  type(field("Current password"), "long enough");
  const save = document.querySelector<HTMLButtonElement>("form .pri");
  act(() => save?.click());
  act(() => save?.click());
  await until(() => document.querySelector("form") === null);
  expect(asked()).toBe(1);
});

it("signs out once, and says so on its buttons until it is done", async () => {
  const asked = slowServer(() => json({}, 500));
  cache.setQueryData(keys.me, anna);
  cache.setQueryData(keys.settings, { zone: "UTC" });
  end = show(<AccountSection />);
  click("Sign out");
  click("Sign out everywhere");
  expect(button("Sign out")?.disabled).toBe(true);
  await until(() => document.querySelector(".note.bad") !== null);
  expect(asked()).toBe(1);
  expect(button("Sign out")?.disabled).toBe(false);
});
