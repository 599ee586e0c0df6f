/* A course that is deleted, and how that is taken back: by the key of the request that did it. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { Client } from "../support/server.ts";
import { aTask, guest, served, type Reply } from "../support/server.ts";
import { anEvent } from "./samples.ts";

const at = served();

interface Thing {
  id: string;
  course_id: string | null;
  version: number;
}

const idOf = (reply: Reply): string => {
  assert.equal(reply.status, 201, reply.text);
  return reply.json.id as string;
};

/** Somebody with a course, two tasks and an event in it, and a task and an event in none. */
async function student(): Promise<{ me: Client; course: string; in: string[]; out: string[] }> {
  const me = await guest(at.server);
  const history = { name: "History", code: "HIS", color: 7 };
  const course = idOf(await me.call("POST", "/courses", history));
  const task = (course_id: string | null) => me.call("POST", "/tasks", { ...aTask(), course_id });
  const event = (course_id: string | null) =>
    me.call("POST", "/events", { ...anEvent(), course_id });
  const within = [await task(course), await task(course), await event(course)].map(idOf);
  const without = [await task(null), await event(null)].map(idOf);
  return { me, course, in: within, out: without };
}

/** Everything but versions, which only grow, and the plan. */
async function content(me: Client): Promise<unknown> {
  const lists = ["/courses", "/tasks", "/events"].map(
    async (path) => (await me.call("GET", path)).json.items as Thing[],
  );
  return (await Promise.all(lists)).map((list) => list.map((thing) => ({ ...thing, version: 0 })));
}

const remove = (me: Client, course: string, key: string, query = "") =>
  me.call("DELETE", `/courses/${course}${query}`, undefined, {
    "if-match": "*",
    "idempotency-key": key,
  });
const restore = (me: Client, course: string, deletion: string, headers = {}) =>
  me.call("POST", `/courses/${course}/restore`, { deletion }, headers);
const courseOf = async (me: Client, task: string) =>
  (await me.call("GET", `/tasks/${task}`)).json.course_id as string | null;

test("a deletion is taken back whole, and once", async () => {
  const { me, course } = await student();
  const before = await content(me);
  const key = randomUUID();
  assert.equal((await remove(me, course, key)).status, 204);
  assert.equal((await remove(me, course, key)).status, 204, "asked again");
  assert.notDeepEqual(await content(me), before);
  const since = String((await me.call("GET", "/me")).json.rev);

  const again = { "idempotency-key": randomUUID() };
  const first = await restore(me, course, key, again);
  assert.equal(first.status, 200, first.text);
  assert.equal(first.json.id, course);
  assert.deepEqual(await content(me), before);

  // What other devices hear: it is there, and nothing of it is gone.
  const changes = (await me.call("GET", `/changes?since=${since}`)).json;
  assert.deepEqual([changes.changed.courses.length, changes.changed.tasks.length], [1, 2]);
  const all = (await me.call("GET", "/changes?since=0")).json;
  assert.ok(!all.deleted.some((gone: { id: string }) => gone.id === course));

  // A reply that was lost, and another device's button: nothing moves.
  const rev = async () => (await me.call("GET", "/me")).json.rev as number;
  const now = await rev();
  assert.equal((await restore(me, course, key, again)).text, first.text);
  assert.equal((await restore(me, course, key)).status, 200);
  assert.equal(await rev(), now);
});

test("what another device did meanwhile stays", async () => {
  const { me, course, in: within, out } = await student();
  const [first = "", second = "", event = ""] = within;
  const key = randomUUID();
  await remove(me, course, key);
  const change = (path: string, body: unknown) => me.call("PATCH", path, body, { "if-match": "*" });
  const physics = idOf(await me.call("POST", "/courses", { name: "Physics" }));
  await change(`/tasks/${first}`, { course_id: physics });
  await change(`/tasks/${second}`, { title: "Renamed" });
  await me.call("DELETE", `/events/${event}`, undefined, { "if-match": "*" });
  assert.equal((await restore(me, course, key)).status, 200);
  assert.equal(await courseOf(me, first), physics);
  assert.equal(await courseOf(me, second), course);
  assert.equal((await me.call("GET", `/tasks/${second}`)).json.title, "Renamed");
  assert.equal((await me.call("GET", `/events/${event}`)).status, 404);
  assert.equal(await courseOf(me, out[0] ?? ""), null, "it never had one");
});

test("only the deletion that holds can be taken back", async () => {
  const { me, course, in: within } = await student();
  const [task = ""] = within;
  const [old, key, other] = [randomUUID(), randomUUID(), randomUUID()];
  await remove(me, course, old);
  await restore(me, course, old);
  await me.call("PATCH", `/tasks/${task}`, { course_id: null }, { "if-match": "*" });
  await remove(me, course, key);
  await me.call("POST", "/courses", { name: "Physics" }, { "idempotency-key": other });
  for (const wrong of [old, other, randomUUID()]) {
    const refused = await restore(me, course, wrong);
    assert.equal(refused.status, 409, refused.text);
    assert.equal(refused.json.errors[0].code, "too_long_ago");
    assert.equal(refused.json.errors[0].pointer, "/deletion");
  }
  const stranger = await guest(at.server);
  assert.equal((await restore(stranger, course, key)).status, 404);
  assert.equal((await restore(me, course, key)).status, 200);
  assert.equal(await courseOf(me, task), null, "taken out by hand before");

  const gone = randomUUID();
  assert.equal((await remove(me, course, gone, "?tasks=delete")).status, 204);
  assert.equal((await restore(me, course, gone)).status, 409, "its tasks would be missing");
});

test("a full desk has no room for it", { timeout: 120_000 }, async () => {
  const { me, course } = await student();
  const key = randomUUID();
  await remove(me, course, key);
  for (let i = 0; i < 100; i++) await me.call("POST", "/courses", { name: `Course ${String(i)}` });
  const refused = await restore(me, course, key);
  assert.equal(refused.json.errors[0].code, "quota", refused.text);
});
