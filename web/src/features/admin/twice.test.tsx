// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Person } from "../../api/schema";
import { field, json, show, type, until } from "../../page.setup";
import { Invitations } from "./Invitations";
import { PersonDialog } from "./PersonDialog";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

let end: () => void = () => undefined;
let asked: string[];

const open = { id: "i", note: "Ben", admin: false, expires: "2026-12-03T12:00:00Z" };

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", (_: string, { method }: RequestInit) => {
    if (method === "GET") return Promise.resolve(json({ items: [open], next: null }));
    asked.push(String(method));
    const made = json({ ...open, id: "j", token: "t" }, 201);
    return new Promise((resolve) => setTimeout(() => resolve(made), 20));
  });
  cache.setQueryData(keys.settings, { zone: "UTC" });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const ready = (selector: string) =>
  document.querySelector<HTMLButtonElement>(selector)?.disabled === false;

const twice = (selector: string) => {
  const found = document.querySelector<HTMLButtonElement>(selector);
  act(() => found?.click());
  act(() => found?.click());
};

it("makes one invitation, and ends one, however often a button is pressed", async () => {
  end = show(<Invitations />);
  await until(() => ready(".invitations .dng"));
  type(field("For whom"), "Cem");
  twice("form .pri");
  await until(() => document.querySelector(".note.info") !== null);
  expect(asked).toEqual(["POST"]);
  await until(() => ready(".invitations .dng"));
  twice(".invitations .dng");
  await until(() => ready(".invitations .dng"));
  expect(asked).toEqual(["POST", "DELETE"]);
});

it("saves what is changed of a person once", async () => {
  let closed = false;
  const person = {
    ...{ id: "p", kind: "user", email: "ben@example.org", admin: false, disabled: false },
    storage_mib: 0,
  } as Person;
  end = show(
    <PersonDialog
      {...{ person, name: "Ben", own: false }}
      onClose={() => (closed = true)}
      onSaved={() => undefined}
    />,
  );
  twice("form .pri");
  await until(() => closed);
  expect(asked).toEqual(["PATCH"]);
});
