// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Occurrence, StudyEvent } from "../../api/schema";
import { click, field, json, show, type, until } from "../../page.setup";
import { EventDialog } from "./EventDialog";

vi.mock("../../ui/Dialog", async () => ({ Dialog: (await import("../../ui/Modal")).Modal }));

let end: () => void = () => undefined;
let stored: StudyEvent;

beforeEach(() => {
  stored = {
    ...{ id: "e", version: 1, title: "Lecture", place: "", notes: "", course_id: null },
    ...{ date: "2026-11-27", end_date: null, start: "10:00", end: "12:00", rule: null },
    ...{ busy: true, zone: null, skipped: [], moved: [] },
  } as unknown as StudyEvent;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (!url.endsWith("/events/e")) return Promise.resolve(json({}, 500));
    if (init.method === "PATCH") {
      const match = (init.headers as Record<string, string>)["If-Match"];
      if (match !== `"${String(stored.version)}"`) return Promise.resolve(json({}, 412));
      const change = JSON.parse(String(init.body)) as Partial<StudyEvent>;
      stored = { ...stored, ...change, version: stored.version + 1 };
    }
    return Promise.resolve(json(stored));
  });
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
});

it("keeps what another device has changed beside what was typed", async () => {
  let closed = false;
  const occurrence = { event_id: "e", date: "2026-11-27", title: "Lecture" } as Occurrence;
  end = show(<EventDialog opened={{ occurrence }} onClose={() => (closed = true)} />);
  await until(() => field("Place") !== null);
  type(field("Place"), "Hall 2");
  stored = { ...stored, title: "Lecture, last one", version: 2 };
  click("Save event");
  await until(() => document.querySelector(".note.info") !== null);
  expect(field("Title")?.value).toBe("Lecture, last one");
  expect(field("Place")?.value).toBe("Hall 2");
  click("Save event");
  await until(() => closed);
  expect(stored).toMatchObject({ title: "Lecture, last one", place: "Hall 2" });
});
