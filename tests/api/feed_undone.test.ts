/* What a calendar says otherwise than when it was taken is decided on, and the decision taken back. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { type Client, guest, listed, type Reply, served } from "../support/server.ts";

const at = served({ STUDYBUNNY_SNAPSHOT_HOURS: "0" });

interface Item {
  id: string;
  state: string;
  news: string;
  entity_id: string | null;
  now: { title: string };
  version: number;
}

interface Thing {
  id: string;
  title: string;
  version: number;
  state?: string;
}

const event = (uid: string, ...lines: string[]) => [
  ...["BEGIN:VEVENT", `UID:${uid}`, `SUMMARY:${uid}`, ...lines, "END:VEVENT"],
];
const due = (uid: string, day: number) => event(uid, `DTSTART:203610${String(day)}T100000Z`);
const hours = (uid: string, hour: number) =>
  event(
    uid,
    `DTSTART:20361020T${String(hour)}0000Z`,
    `DTEND:20361020T${String(hour + 1)}3000Z`,
    "RRULE:FREQ=WEEKLY;COUNT=10",
  );
const calendar = (...events: string[][]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x", ...events.flat(), "END:VCALENDAR", ""].join(
    "\r\n",
  );

const FIRST = calendar(due("Essay", 23), due("Lab", 24), hours("Lecture", 10), hours("Choir", 14));
/* Two are at other times, two are gone. */
const SECOND = calendar(due("Essay", 25), hours("Lecture", 12));

const bring = async (me: Client, text: string): Promise<string> => {
  const reply = await me.call("POST", "/feeds/file", text, { "content-type": "text/calendar" });
  assert.ok(reply.status === 200 || reply.status === 201, reply.text);
  return String(reply.json.id);
};

const itemsOf = (me: Client, feed: string) => listed<Item>(me, `/feeds/${feed}/items`);

/** All that there is, but for versions and the plan. */
async function content(me: Client, feed: string): Promise<unknown> {
  const bare = (list: Thing[] | Item[]) => list.map((each) => ({ ...each, version: 0 }));
  return [
    bare(await listed<Thing>(me, "/tasks")),
    bare(await listed<Thing>(me, "/events")),
    bare(await itemsOf(me, feed)),
  ];
}

/** A student who took the first edition and has the second before them. */
async function begin(): Promise<{ me: Client; feed: string; ids: string[] }> {
  const me = await guest(at.server);
  const feed = await bring(me, FIRST);
  const take = (await itemsOf(me, feed)).map(({ id }) => ({ id }));
  assert.equal((await me.call("POST", `/feeds/${feed}/review`, { take })).status, 200);
  assert.equal(await bring(me, SECOND), feed);
  const items = await itemsOf(me, feed);
  assert.deepEqual(items.map((i) => [i.now.title, i.news]).sort(), [
    ["Choir", "removed"],
    ["Essay", "changed"],
    ["Lab", "removed"],
    ["Lecture", "changed"],
  ]);
  return { me, feed, ids: items.map(({ id }) => id) };
}

async function decide(me: Client, feed: string, take: string[], leave: string[]): Promise<string> {
  const key = randomUUID();
  const body = { take: take.map((id) => ({ id })), leave };
  const path = `/feeds/${feed}/review`;
  const reply = await me.call("POST", path, body, { "idempotency-key": key });
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.json.id, feed);
  return key;
}

const restore = (me: Client, feed: string, review: string, headers = {}) =>
  me.call("POST", `/feeds/${feed}/review/restore`, { review }, headers);

function refused(reply: Reply, code: string): void {
  assert.equal(reply.status, 409, reply.text);
  assert.deepEqual(
    reply.json.errors.map((e: { pointer: string; code: string }) => [e.pointer, e.code]),
    [["/review", code]],
  );
}

const taskOf = async (me: Client, title: string): Promise<Thing> => {
  const found = (await listed<Thing>(me, "/tasks")).find((t) => t.title === title);
  assert.ok(found, title);
  return found;
};

test("what was taken over, dropped and deleted is as it was, and can be decided anew", async () => {
  const { me, feed, ids } = await begin();
  const before = await content(me, feed);
  const key = await decide(me, feed, ids, []);
  assert.equal((await taskOf(me, "Lab")).state, "dropped");
  assert.equal((await listed(me, "/events")).length, 1);
  assert.equal((await itemsOf(me, feed)).length, 2);
  const again = { "idempotency-key": randomUUID() };
  const back = await restore(me, feed, key, again);
  assert.deepEqual([back.status, back.json.id], [200, feed], back.text);
  assert.deepEqual(await content(me, feed), before);
  assert.equal((await restore(me, feed, key, again)).text, back.text, "a repeat");
  refused(await restore(me, feed, key), "changed_since");

  /* It is the same thing that the calendar knows, not one more. */
  await bring(me, SECOND);
  assert.deepEqual(await content(me, feed), before);
  await bring(me, FIRST);
  assert.ok((await itemsOf(me, feed)).every((item) => item.news === "none"));
  await bring(me, SECOND);
  await restore(me, feed, await decide(me, feed, ids, []));
  assert.deepEqual(await content(me, feed), before);
});

test("what was left as it is, or kept, is asked about again", async () => {
  const { me, feed, ids } = await begin();
  const before = await content(me, feed);
  const key = await decide(me, feed, [], ids);
  assert.ok((await itemsOf(me, feed)).every((item) => item.news === "none"));
  assert.equal((await restore(me, feed, key)).status, 200);
  assert.deepEqual(await content(me, feed), before);
});

test("a series that went on when its task was dropped goes back too", async () => {
  const { me, feed, ids } = await begin();
  const { id } = await taskOf(me, "Lab");
  const weekly = { repeat_unit: "week" };
  const reply = await me.call("PATCH", `/tasks/${id}`, weekly, { "if-match": "*" });
  assert.equal(reply.status, 200, reply.text);
  const before = await content(me, feed);
  const key = await decide(me, feed, ids, []);
  assert.equal((await listed(me, "/tasks")).length, 3);
  assert.equal((await restore(me, feed, key)).status, 200);
  assert.deepEqual(await content(me, feed), before);
});

test("what was changed since stays, all of it", async () => {
  const patch = async (me: Client, path: string) =>
    assert.equal(
      (await me.call("PATCH", path, { title: "Mine" }, { "if-match": "*" })).status,
      200,
    );
  const changes: ((me: Client, items: Item[]) => Promise<unknown>)[] = [
    async (me) => patch(me, `/tasks/${(await taskOf(me, "Essay")).id}`),
    async (me) => patch(me, `/tasks/${(await taskOf(me, "Lab")).id}`),
    async (me, items) =>
      patch(me, `/events/${items.find((i) => i.now.title === "Lecture")?.entity_id ?? ""}`),
    (me) => bring(me, calendar(due("Essay", 26), hours("Lecture", 12))),
    (me) => bring(me, calendar(due("Essay", 25), hours("Lecture", 12), due("Lab", 24))),
  ];
  for (const change of changes) {
    const { me, feed, ids } = await begin();
    const key = await decide(me, feed, ids, []);
    await change(me, await itemsOf(me, feed));
    const now = await content(me, feed);
    refused(await restore(me, feed, key), "changed_since");
    assert.deepEqual(await content(me, feed), now);
  }
});

test("only a review of this calendar that decided on news can be taken back", async () => {
  const { me, feed, ids } = await begin();
  const another = await bring(me, calendar(due("Other", 23)).replace("//x", "//y"));
  assert.notEqual(another, feed);
  const fresh = await decide(me, another, [(await itemsOf(me, another))[0]?.id ?? ""], []);
  const key = await decide(me, feed, ids, []);
  const other = randomUUID();
  const task = { title: "Letter", estimate_min: 10, due: "2036-10-23T10:00:00Z" };
  await me.call("POST", "/tasks", task, { "idempotency-key": other });
  for (const wrong of [fresh, other, randomUUID()])
    refused(await restore(me, feed, wrong), "too_long_ago");
  refused(await restore(me, another, key), "too_long_ago");
  refused(await restore(me, another, fresh), "too_long_ago");
  const stranger = await begin();
  refused(await restore(stranger.me, stranger.feed, key), "too_long_ago");
  assert.equal((await restore(stranger.me, feed, key)).status, 404);
  assert.equal((await restore(me, feed, key)).status, 200);
});

test("more than is remembered at once cannot be taken back, and pushes nothing out", async () => {
  const me = await guest(at.server);
  const many = (day: number) =>
    calendar(...Array.from({ length: 101 }, (_, i) => due(`Sheet ${String(i)}`, day)));
  const feed = await bring(me, many(23));
  const ids = (await itemsOf(me, feed)).map(({ id }) => id);
  await decide(me, feed, ids, []);
  await bring(me, many(24));
  const [first = "", ...rest] = ids;
  const one = await decide(me, feed, [first], []);
  assert.equal((await restore(me, feed, one)).status, 200);
  refused(await restore(me, feed, await decide(me, feed, ids, [])), "too_long_ago");
  await bring(me, many(25));
  const before = await content(me, feed);
  assert.equal((await restore(me, feed, await decide(me, feed, rest, []))).status, 200);
  assert.deepEqual(await content(me, feed), before);
});
