/* The way back from a review of a calendar: what was taken or left is new again. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Client, guest, listed, served } from "../support/server.ts";

const at = served({ STUDYBUNNY_SNAPSHOT_HOURS: "0" });

const semester = readFileSync(new URL("../../examples/term.ics", import.meta.url), "utf8");

interface Item {
  id: string;
  state: string;
  form: string;
  course: string | null;
  notes: string;
  entity_id: string | null;
}

/** A student and their semester, looked through by nobody yet. */
async function begin(): Promise<{ me: Client; feed: string }> {
  const me = await guest(at.server);
  const path = "/feeds/file?name=term.ics";
  const reply = await me.call("POST", path, semester, { "content-type": "text/calendar" });
  assert.equal(reply.status, 201, reply.text);
  return { me, feed: String(reply.json.id) };
}

test("a review is taken back as a whole: nothing of it is left, and it is open again", async () => {
  const { me, feed } = await begin();
  const items = `/feeds/${feed}/items`;
  const before = await listed<Item>(me, items);
  const own = (await me.call("POST", "/courses", { name: "Of my own" })).json.id as string;
  const take = before.slice(0, 40).map(({ id }) => ({ id }));
  const leave = before.slice(40, 45).map(({ id }) => id);
  const done = await me.call("POST", `/feeds/${feed}/review`, { take, leave });
  assert.equal(done.status, 200, done.text);
  assert.ok((await listed(me, "/tasks")).length > 0 && (await listed(me, "/courses")).length > 1);

  const reopen = [...take.map(({ id }) => id), ...leave];
  const back = await me.call("POST", `/feeds/${feed}/review`, { take: [], leave: [], reopen });
  assert.equal(back.status, 200, back.text);
  assert.deepEqual(await listed(me, "/tasks"), []);
  assert.deepEqual(await listed(me, "/events"), []);
  assert.deepEqual(
    (await listed<{ id: string }>(me, "/courses")).map((c) => c.id),
    [own],
  );
  const same = (list: Item[]) => list.map((item) => ({ ...item, version: 0 }));
  assert.deepEqual(same(await listed<Item>(me, items)), same(before));
  const again = await me.call("POST", `/feeds/${feed}/review`, { reopen });
  assert.equal(again.status, 200, "twice is once");
  assert.equal((await me.call("POST", `/feeds/${feed}/review`, { take, leave })).status, 200);
});

test("what the calendar said of it is there again, taken or left", async () => {
  const me = await guest(at.server);
  const said = ["First, at most 4 pages", "Second, in pairs", "Third"].flatMap((words, i) => [
    ...["BEGIN:VEVENT", `UID:sheet-${String(i)}`, `DTSTART:2036102${String(i)}T100000Z`],
    ...[`SUMMARY:Sheet ${String(i)}`, `DESCRIPTION:${words}`, "END:VEVENT"],
  ]);
  const calendar = ["BEGIN:VCALENDAR", "VERSION:2.0", ...said, "END:VCALENDAR", ""].join("\r\n");
  const type = { "content-type": "text/calendar" };
  const feed = String((await me.call("POST", "/feeds/file", calendar, type)).json.id);
  const items = () => listed<Item>(me, `/feeds/${feed}/items`);
  const unversioned = async () => (await items()).map((item) => ({ ...item, version: 0 }));
  const before = await unversioned();
  assert.deepEqual(before.map((item) => item.notes).sort(), [
    "First, at most 4 pages",
    "Second, in pairs",
    "Third",
  ]);
  const ids = before.map(({ id }) => id);
  const [taken = "", ...leave] = ids;
  const review = (body: object) => me.call("POST", `/feeds/${feed}/review`, body);
  assert.equal((await review({ take: [{ id: taken }], leave })).status, 200);
  assert.equal((await review({ reopen: ids })).status, 200);
  assert.deepEqual(await unversioned(), before);
});

test("what is begun is not taken back, and a course in use stays", async () => {
  const { me, feed } = await begin();
  const tasks = (await listed<Item>(me, `/feeds/${feed}/items`)).filter((i) => i.form === "task");
  const [one, other] = tasks.filter((i) => i.course === tasks[0]?.course);
  assert.ok(one && other);
  const take = [{ id: one.id }, { id: other.id }];
  assert.equal((await me.call("POST", `/feeds/${feed}/review`, { take })).status, 200);
  const taken = await listed<Item>(me, `/feeds/${feed}/items`);
  const task = taken.find((i) => i.id === one.id)?.entity_id ?? "";
  const work = { start: new Date(Date.now() - 3_600_000).toISOString(), minutes: 30 };
  assert.equal((await me.call("POST", `/tasks/${task}/work`, work)).status, 201);

  const both = await me.call("POST", `/feeds/${feed}/review`, { reopen: [other.id, one.id] });
  assert.equal(both.status, 409, both.text);
  assert.equal(both.json.errors[0].pointer, "/reopen/1");
  assert.equal((await listed(me, "/tasks")).length, 2, "all or none");
  const twice = await me.call("POST", `/feeds/${feed}/review`, { reopen: [other.id, other.id] });
  assert.equal(twice.json.errors[0].pointer, "/reopen/1", twice.text);
  const single = await me.call("POST", `/feeds/${feed}/review`, { reopen: [other.id] });
  assert.equal(single.status, 200, single.text);
  assert.equal((await listed(me, "/tasks")).length, 1);
  assert.equal((await listed(me, "/courses")).length, 1);
});
