// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import type { Attachment, Task } from "../../api/schema";
import { json, show, until } from "../../page.setup";
import { Attachments } from "./Attachments";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

let end: () => void = () => undefined;
let task = 0;
let records: Attachment[];
let deleted: string[];
let deleting: () => Response;
/* Held back until it is asked for. */
let announced: Promise<unknown>;
let sent: number;

/* On its way until it is given up. */
class Wire {
  upload: { onprogress?: unknown } = {};
  onabort: () => void = () => undefined;
  open = () => undefined;
  setRequestHeader = () => undefined;
  send = () => sent++;
  abort = () => this.onabort();
}

const TASK = () => ({ id: `t${task}`, title: "Essay" }) as Task;

beforeEach(() => {
  task++;
  sent = 0;
  records = [];
  deleted = [];
  deleting = () => new Response(null, { status: 204 });
  announced = Promise.resolve();
  vi.stubGlobal("XMLHttpRequest", Wire);
  vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
    if (method === "DELETE") {
      const reply = deleting();
      if (reply.ok) records = [];
      deleted.push(url);
      return reply;
    }
    if (method !== "POST") return json({ items: records, next: null });
    const record = {
      ...(JSON.parse(String(body)) as { id: string; name: string; size: number }),
      ...{ task_id: `t${task}`, type: null, state: "pending", version: 1 },
    } as unknown as Attachment;
    await announced;
    records.push(record);
    return json(record, 201);
  });
  cache.setQueryData(keys.me, { kind: "guest" });
  cache.setQueryData(keys.attachments(`t${task}`), []);
  end = show(<Attachments task={TASK()} />);
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

const file = (name: string, bytes: number) => {
  const made = new File(["x"], name);
  Object.defineProperty(made, "size", { value: bytes });
  return made;
};

function choose(...files: File[]): void {
  const input = document.querySelector<HTMLInputElement>(".files > .row input");
  Object.defineProperty(input, "files", { value: files, configurable: true });
  act(() => input?.dispatchEvent(new Event("change", { bubbles: true })));
}

const alert = () => document.querySelector(".files > [role=alert]")?.textContent ?? "";
const cancel = () => document.querySelector<HTMLButtonElement>('[aria-label="Cancel notes.txt"]');
const listed = () =>
  [...document.querySelectorAll(".file-list .file-name")].map((each) => each.textContent);

describe("files that cannot be attached", () => {
  it("are all named, each with its reason, and the others are sent", async () => {
    const huge = 129 * 2 ** 20;
    choose(file("film.mp4", huge), file("folder", 0), file("notes.txt", 9), file("scan.tif", huge));
    expect(alert()).toContain("film.mp4 is too large: a file may have 128");
    expect(alert()).toContain("folder is a folder or empty.");
    expect(alert()).toContain("scan.tif is too large");
    expect(document.querySelectorAll(".files > [role=alert] li").length).toBe(3);
    await until(() => sent === 1);
    act(() => cancel()?.click());
    await until(() => deleted.length === 1);
    choose(file("folder", 0));
    expect(alert()).toBe("folder is a folder or empty.");
  });
});

describe("giving an upload up", () => {
  it("says what went wrong when the server keeps what has arrived", async () => {
    deleting = () => json({}, 500);
    choose(file("notes.txt", 9));
    await until(() => sent === 1);
    act(() => cancel()?.click());
    await until(() => alert() !== "");
    expect(alert()).toContain("notes.txt was not deleted.");
    expect(listed()[0]).toContain("notes.txt");
    expect(document.querySelector('[aria-label="Delete notes.txt"]')).not.toBe(null);
  });

  it("leaves nothing behind when its record was not even there yet", async () => {
    let go: (value?: unknown) => void = () => undefined;
    announced = new Promise((resolve) => (go = resolve));
    choose(file("notes.txt", 9));
    await until(() => cancel() !== null);
    act(() => cancel()?.click());
    expect(listed()).toEqual([]);
    go();
    await until(() => deleted.length === 1);
    expect(sent).toBe(0);
    expect(alert()).toBe("");
  });
});
