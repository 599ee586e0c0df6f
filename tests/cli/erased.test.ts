/* Somebody who has something of every kind deletes the account: nothing of it is left in any file,
 * searched as bytes, and what they exported comes back. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  type Client,
  newFolder,
  password,
  removeFolder,
  type Reply,
  type Running,
  startServer,
  user,
} from "../support/server.ts";
import { unzip } from "../support/zip.ts";
import { filesWith, idBytes } from "./files.ts";
import { command } from "./program.ts";

let top = "";
let server: Running | undefined;
before(async () => (top = await newFolder()));
after(async () => {
  await server?.kill().catch(() => undefined);
  await removeFolder(top);
});

const email = "quillfeather@example.org";
const file = Buffer.from("bytes of the attached file, telling enough");

/** Words that stand in what is made below and nowhere else. */
const words = [
  email,
  "Ornithology for quills",
  "Essay upon quills",
  "notes upon quills",
  "step upon quills",
  "Lecture upon quills",
  "place of quills",
  "work note on quills",
  "quills-attached.txt",
  file.toString(),
  "quills-calendar",
  "Quills of the university",
];

async function ok(call: Promise<Reply>): Promise<{ id: string }> {
  const reply = await call;
  assert.ok(reply.status < 300, `${String(reply.status)} ${reply.text}`);
  return reply.json as { id: string };
}

const calendar = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//University//Calendar//EN",
  "BEGIN:VEVENT",
  "UID:quills-1@university.example",
  "DTSTAMP:20261101T100000Z",
  "DTSTART:20361101T100000Z",
  "SUMMARY:Quills of the university",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

/** Something of every kind; the test sees to it that none is forgotten. */
async function fill(me: Client): Promise<void> {
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "09:00", end: "21:00" }));
  await ok(me.call("PUT", "/availability", { week }));
  const course = await ok(me.call("POST", "/courses", { name: "Ornithology for quills" }));
  const due = new Date(Date.now() + 4 * 86_400_000).toISOString().replace(/\.\d+Z/, "Z");
  const task = await ok(
    me.call("POST", "/tasks", {
      title: "Essay upon quills",
      notes: "notes upon quills",
      checklist: [{ text: "step upon quills" }],
      course_id: course.id,
      estimate_min: 120,
      due,
    }),
  );
  await ok(
    me.call("POST", "/events", {
      title: "Lecture upon quills",
      place: "place of quills",
      date: "2036-10-06",
      start: "10:00",
      end: "12:00",
      course_id: course.id,
    }),
  );
  const start = new Date(Date.now() - 7_200_000).toISOString();
  const work = { start, minutes: 40, note: "work note on quills" };
  await ok(me.call("POST", `/tasks/${task.id}/work`, work));
  const form = { name: "quills-attached.txt", size: file.length };
  const attachment = await ok(me.call("POST", `/tasks/${task.id}/attachments`, form));
  await ok(me.call("PUT", `/attachments/${attachment.id}/content`, file));
  const feed = "/feeds/file?name=quills-calendar.ics";
  await ok(me.call("POST", feed, calendar, { "content-type": "text/calendar" }));
  await ok(me.call("POST", "/calendar-links", {}));
  await ok(me.call("POST", "/notifications/marks", { ids: [task.id], state: "dismissed" }));
  const pace = { num: 1, den: 10 };
  await ok(me.call("POST", "/schedule/accept", { pace })); // the plan before it is kept
  await ok(me.call("POST", "/session", { email, password })); // the audit log
}

async function archive(me: Client): Promise<Buffer> {
  const reply = await fetch(`${me.url}/api/v1/me/export`, { headers: { cookie: me.cookie } });
  assert.equal(reply.status, 200);
  return Buffer.from(await reply.arrayBuffer());
}

type Held = Record<string, unknown>;

function held(bytes: Buffer): Held {
  return JSON.parse(unzip(bytes).get("studybunny.json")?.toString("utf8") ?? "") as Held;
}

/** All UUIDs in it, but those that nobody has alone. */
function idsIn(value: unknown): string[] {
  const text = JSON.stringify(value);
  const all = text.match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
  return [...new Set(all)];
}

test("export, delete, nothing in any file, import", { timeout: 120_000 }, async () => {
  const data = join(top, "data");
  server = await startServer(data, { STUDYBUNNY_SNAPSHOT_HOURS: "0" });
  const me = await user(server, email);
  await fill(me);
  const mine = String((await me.call("GET", "/me")).json.id);
  const bytes = await archive(me);
  const was = held(bytes);
  for (const [kind, value] of Object.entries(was))
    if (Array.isArray(value) && kind !== "missing_files")
      assert.ok(value.length > 0, `nothing of kind ${kind}`);
  const ids = [...idsIn(was), mine];
  assert.ok(ids.length >= 8);
  const traces = [...words, ...ids, ...ids.map(idBytes)];
  assert.equal((await command(["backup", "now", "--data", data])).code, 0);

  // What is searched for is found as long as it is there.
  const there = await filesWith(data, words);
  for (const word of words)
    assert.ok(
      there.some((found) => found.endsWith(word)),
      `${word} is nowhere`,
    );

  assert.equal((await me.call("DELETE", "/me")).status, 204);
  assert.deepEqual(await filesWith(data, traces), [], "while the server runs");
  assert.equal(await server.stop(), 0);
  assert.deepEqual(await filesWith(data, traces), [], "after it");

  server = await startServer(data, { STUDYBUNNY_SNAPSHOT_HOURS: "0" });
  const again = await user(server, email);
  const taken = await again.call("POST", "/me/import", bytes, {
    "content-type": "application/zip",
  });
  assert.equal(taken.status, 200, taken.text);
  const is = held(await archive(again));
  const lasting = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (name, v: unknown) => (name === "version" ? undefined : v));
  // Every kind is compared in tests/api/import.test.ts; here, what was sealed and erased meanwhile.
  for (const kind of ["settings", "availability", "course", "task", "event", "work_entry", "feed"])
    assert.deepEqual(lasting(is[kind]), lasting(was[kind]), kind);
  assert.equal(await server.stop(), 0);
});
