/* What a student is told: from what is on the desk, once, and only while it is so. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { aTask, type Client, guest, served, user } from "../support/server.ts";

const at = served({ STUDYBUNNY_SNAPSHOT_HOURS: "0" });

interface Told {
  id: string;
  kind: string;
  code: string;
  read: boolean;
  title: string | null;
  minutes: number | null;
  count: number | null;
}

interface Reply {
  items: Told[];
  unread: number;
  quiet_until: string | null;
  later: string;
}

const ahead = (hours: number) =>
  new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+Z/, "Z");

async function told(me: Client): Promise<Reply> {
  const reply = await me.call("GET", "/notifications");
  assert.equal(reply.status, 200, reply.text);
  return reply.json as Reply;
}

const codes = (reply: Reply) => reply.items.map((n) => n.code);

async function mark(me: Client, ids: string[], state: string): Promise<Reply> {
  const reply = await me.call("POST", "/notifications/marks", { ids, state });
  assert.equal(reply.status, 200, reply.text);
  return reply.json as Reply;
}

/** Somebody with free days and a task that is due tomorrow. */
async function student(): Promise<Client> {
  const me = await user(at.server);
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "00:00", end: "24:00" }));
  await me.call("PUT", "/availability", { week });
  await me.call("POST", "/tasks", { ...aTask("Essay"), estimate_min: 120, due: ahead(20) });
  return me;
}

const due = (reply: Reply) => reply.items.find((n) => n.code === "due_soon");

test("a deadline is told with what is left, until the task is done", async () => {
  const me = await student();
  const first = await told(me);
  const n = due(first);
  assert.ok(n);
  assert.deepEqual(
    [n.kind, n.title, n.minutes, n.read],
    ["reminder", "Essay", 120, false],
    JSON.stringify(n),
  );
  assert.equal(first.unread, first.items.length);
  assert.ok(Date.parse(first.later) > Date.now());
  const task = (await me.call("GET", "/tasks")).json.items[0] as { id: string };
  await me.call("POST", "/tasks/complete", { ids: [task.id] });
  assert.equal(due(await told(me)), undefined);
  assert.ok(codes(await told(me)).includes("tasks"), "the first finished task is told instead");
});

test("what is read is read on every device; dismissing can be taken back", async () => {
  const me = await student();
  const n = due(await told(me));
  assert.ok(n);
  const { unread } = await told(me);
  assert.equal((await mark(me, [n.id], "read")).unread, unread - 1);
  assert.equal(due(await told(me))?.read, true);
  assert.equal(due(await mark(me, [n.id], "dismissed")), undefined);
  const back = due(await mark(me, [n.id], "unread"));
  assert.deepEqual([back?.id, back?.read], [n.id, false]);
  assert.equal(due(await told(await student()))?.read, false, "a mark is its owner's alone");
});

test("marks that make no sense are refused, and nothing is marked", async () => {
  const me = await student();
  const id = due(await told(me))?.id;
  const send = (body: unknown) => me.call("POST", "/notifications/marks", body);
  for (const [body, pointer] of [
    [{ ids: [], state: "read" }, "/ids"],
    [{ ids: [id, id], state: "read" }, "/ids/1"],
    [{ ids: [id] }, "/state"],
    [{ ids: [id], state: "gone" }, "/state"],
    [{ ids: ["00000000-0000-4000-8000-000000000000"], state: "read" }, "/ids/0"],
  ] as const) {
    const reply = await send(body);
    assert.equal(reply.status, 400, JSON.stringify(body));
    assert.equal(reply.json.errors[0].pointer, pointer);
  }
  assert.equal(due(await told(me))?.read, false);
});

test("kinds are switched off one by one", async () => {
  const me = await student();
  await me.call("POST", "/tasks", { ...aTask("Done"), estimate_min: 5, due: ahead(90) });
  assert.equal((await me.call("PATCH", "/settings", { notify_reminder: false })).status, 200);
  assert.equal(due(await told(me)), undefined);
  await me.call("PATCH", "/settings", { notify_reminder: true });
  assert.ok(due(await told(me)));
});

test("quiet hours are told with their end, and what there is stays", async () => {
  const me = await student();
  const quiet = { quiet_from: "00:00", quiet_until: "24:00" };
  assert.equal((await told(me)).quiet_until, null);
  assert.equal((await me.call("PATCH", "/settings", quiet)).status, 200);
  const reply = await told(me);
  assert.ok(reply.quiet_until !== null && Date.parse(reply.quiet_until) > Date.now());
  assert.ok(due(reply));
});

test("what a calendar brings and takes away is told once a reading", async () => {
  const me = await student();
  const term = readFileSync(new URL("../../examples/term.ics", import.meta.url), "utf8");
  const send = (text: string) =>
    me.call("POST", "/feeds/file", text, { "content-type": "text/calendar" });
  const feed = String((await send(term)).json.id);
  const find = (reply: Reply, code: string) => reply.items.find((n) => n.code === code);
  const fresh = find(await told(me), "new_in_feed");
  assert.ok(fresh && (fresh.count ?? 0) > 10, JSON.stringify(fresh));
  await send(term);
  assert.equal(find(await told(me), "new_in_feed")?.id, fresh.id, "read again, it is the same");

  type Item = { id: string; form: string };
  const items = (await me.call("GET", `/feeds/${feed}/items?limit=200`)).json.items as Item[];
  const [one, ...others] = items.filter((i) => i.form === "task");
  assert.ok(one);
  const leave = items.filter((i) => i.form !== "task").concat(others);
  await me.call("POST", `/feeds/${feed}/review`, {
    take: [{ id: one.id }],
    leave: leave.map((i) => i.id),
  });
  assert.equal(find(await told(me), "new_in_feed"), undefined, "all is looked through");
  const uid = /BEGIN:VEVENT[^]*?UID:due-[^]*?END:VEVENT\r?\n/;
  const title = ((await me.call("GET", "/tasks?limit=200")).json.items as { title: string }[]).find(
    (t) => t.title !== "Essay",
  )?.title;
  assert.ok(title);
  const lines = (event: string) =>
    event
      .replace(/\r?\n /g, "")
      .replaceAll("\\,", ",")
      .split(/\r?\n/);
  const without = term.replace(/BEGIN:VEVENT[^]*?END:VEVENT\r?\n/g, (event) =>
    lines(event).some((line) => line.startsWith("SUMMARY:") && line.endsWith(title)) ? "" : event,
  );
  assert.match(without, uid);
  assert.equal((await send(without)).status, 200);
  const gone = find(await told(me), "unsure");
  assert.deepEqual([gone?.kind, gone?.count], ["warning", 1]);
  await mark(me, [gone?.id ?? ""], "dismissed");
  await send(without);
  assert.equal(find(await told(me), "unsure"), undefined, "and not told again");
});

test("a guest has no such thing as an end on the first day", async () => {
  const me = await guest(at.server);
  await me.call("POST", "/tasks", { ...aTask("Far"), due: ahead(24 * 20) });
  assert.equal(codes(await told(me)).includes("guest"), false);
});
