/* Tasks that are deleted, one or many, and how that is taken back: by the key of the request that did
 * it. What has changed meanwhile is in tests/domain/deletions_test.c. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { aTask, guest, listed, served, type Client, type Reply } from "../support/server.ts";

const at = served();

interface Task {
  id: string;
  title: string;
  version: number;
  worked_min: number;
  prerequisites: string[];
}

async function add(me: Client, title: string, more: object = {}): Promise<string> {
  const reply = await me.call("POST", "/tasks", { ...aTask(title), ...more });
  assert.equal(reply.status, 201, reply.text);
  return reply.json.id as string;
}

/** A file of five bytes. */
async function attach(me: Client, task: string): Promise<string> {
  const file = await me.call("POST", `/tasks/${task}/attachments`, { name: "a.txt", size: 5 });
  const id = file.json.id as string;
  assert.equal((await me.call("PUT", `/attachments/${id}/content`, "hello")).status, 200);
  return id;
}

/** A minute-long entry of the log, an hour ago. */
async function work(me: Client, task: string): Promise<string> {
  const start = new Date(Date.now() - 3_600_000).toISOString();
  const reply = await me.call("POST", `/tasks/${task}/work`, { start, minutes: 1 });
  assert.equal(reply.status, 201, reply.text);
  return reply.json.id as string;
}

/** A task with all that may hang on one, one that it waits for and one that waits for it. */
async function student(): Promise<{ me: Client; ids: [string, string, string]; file: string }> {
  const me = await guest(at.server);
  const before = await add(me, "Reading");
  const essay = await add(me, "Essay", {
    notes: "Two pages",
    prerequisites: [before],
    checklist: [{ text: "Outline", done: true }],
    repeat_unit: "week",
    pinned: [{ start: "2036-11-20T08:00:00Z", end: "2036-11-20T09:00:00Z" }],
  });
  const after = await add(me, "Talk", { prerequisites: [essay] });
  await work(me, essay);
  return { me, ids: [before, essay, after], file: await attach(me, essay) };
}

/** Everything but versions, which only grow. */
async function content(me: Client): Promise<unknown> {
  const tasks = await listed<Task>(me, "/tasks");
  const files = tasks.map((t) => listed<{ id: string }>(me, `/tasks/${t.id}/attachments`));
  const log = await listed<{ id: string }>(me, "/work");
  return [tasks, (await Promise.all(files)).flat(), log].map((list) =>
    list.map((thing) => ({ ...thing, version: 0 })),
  );
}

const remove = (me: Client, task: string, key: string) =>
  me.call("DELETE", `/tasks/${task}`, undefined, { "if-match": "*", "idempotency-key": key });
const removeAll = (me: Client, tasks: { id: string; version: number }[], key: string) =>
  me.call("POST", "/tasks/delete", { tasks }, { "idempotency-key": key });
const restore = (me: Client, deletion: string, headers = {}) =>
  me.call("POST", "/tasks/restore", { deletion }, headers);
const revision = async (me: Client) => (await me.call("GET", "/me")).json.rev as number;
const idsOf = (reply: Reply) => (reply.json.items as Task[]).map((task) => task.id);

function refused(reply: Reply, code: string): void {
  assert.equal(reply.status, 409, reply.text);
  assert.equal(reply.json.errors[0].code, code);
}

test("a deletion is taken back whole, and once", async () => {
  const { me, ids, file } = await student();
  const [, essay, talk] = ids;
  const before = await content(me);
  const statistics = (await me.call("GET", "/statistics")).text;
  const key = randomUUID();
  assert.equal((await remove(me, essay, key)).status, 204);
  assert.equal((await remove(me, essay, key)).status, 204, "asked again");
  assert.equal((await me.call("GET", `/attachments/${file}/content`)).status, 404);
  assert.deepEqual((await me.call("GET", `/tasks/${talk}`)).json.prerequisites, []);
  const since = String(await revision(me));

  const again = { "idempotency-key": randomUUID() };
  const first = await restore(me, key, again);
  assert.equal(first.status, 200, first.text);
  assert.deepEqual(idsOf(first), [essay]);
  assert.deepEqual(await content(me), before);
  assert.equal((await me.call("GET", `/attachments/${file}/content`)).text, "hello");
  assert.equal((await me.call("GET", "/statistics")).text, statistics);

  // What other devices hear: it is there, what waited waits again, and nothing of it is gone.
  const changes = (await me.call("GET", `/changes?since=${since}`)).json;
  assert.deepEqual((changes.changed.tasks as Task[]).map((t) => t.id).sort(), [essay, talk].sort());
  assert.equal((changes.changed.attachments as unknown[]).length, 1);
  const all = (await me.call("GET", "/changes?since=0")).json;
  assert.ok(!all.deleted.some((gone: { id: string }) => gone.id === essay));

  // A reply that was lost, and another device's button: nothing moves.
  const now = await revision(me);
  assert.equal((await restore(me, key, again)).text, first.text);
  assert.deepEqual(idsOf(await restore(me, key)), [essay]);
  assert.equal(await revision(me), now);
});

test("many go at once, and come back at once", async () => {
  const { me, ids, file } = await student();
  const before = await content(me);
  const key = randomUUID();
  const seen = (await listed<Task>(me, "/tasks")).map(({ id, version }) => ({ id, version }));
  const rev = await revision(me);
  assert.equal((await removeAll(me, seen, key)).status, 204);
  assert.equal((await removeAll(me, seen, key)).status, 204, "asked again");
  assert.deepEqual(await listed(me, "/tasks"), []);
  assert.equal(await revision(me), rev + 1);
  const back = await restore(me, key);
  assert.deepEqual(idsOf(back).sort(), [...ids].sort());
  assert.equal(await revision(me), rev + 2);
  assert.deepEqual(await content(me), before);
  assert.equal((await me.call("GET", `/attachments/${file}/content`)).text, "hello");
});

test("all of them go, or none", async () => {
  const { me, ids } = await student();
  const [first, second] = ids;
  const before = await content(me);
  const { version } = (await me.call("GET", `/tasks/${first}`)).json as Task;
  const wrong = async (status: number, ...tasks: { id: string; version: number }[]) => {
    const reply = await removeAll(me, tasks, randomUUID());
    assert.equal(reply.status, status, reply.text);
    assert.deepEqual(await content(me), before);
    return reply.json.errors[0] as { pointer: string; code: string };
  };
  const right = { id: first, version };
  await wrong(412, right, { id: second, version: 1 });
  const gone = await wrong(404, right, { id: "01900000-0000-7000-8000-000000000001", version: 0 });
  assert.equal(gone.pointer, "/tasks/1/id");
  assert.equal((await wrong(400, right, right)).code, "twice");
  const many = Array.from({ length: 51 }, () => right);
  assert.equal((await wrong(400, ...many)).pointer, "/tasks");
});

test("only a deletion that holds can be taken back", async () => {
  const { me, ids } = await student();
  const [first, second] = ids;
  const [old, key, other] = [randomUUID(), randomUUID(), randomUUID()];
  await remove(me, first, old);
  await restore(me, old);
  await remove(me, first, key);
  await me.call(
    "PATCH",
    `/tasks/${second}`,
    { title: "Renamed" },
    {
      ...{ "if-match": "*", "idempotency-key": other },
    },
  );
  for (const wrong of [old, other, randomUUID()]) {
    const reply = await restore(me, wrong);
    refused(reply, "too_long_ago");
    assert.equal(reply.json.errors[0].pointer, "/deletion");
  }
  refused(await restore(await guest(at.server), key), "too_long_ago");
  assert.equal((await restore(me, key)).status, 200);

  // A course's deletion is its own.
  const course = (await me.call("POST", "/courses", { name: "History" })).json.id as string;
  await me.call("PATCH", `/tasks/${first}`, { course_id: course }, { "if-match": "*" });
  const whole = { "if-match": "*", "idempotency-key": old.replace(/^./, "f") };
  await me.call("DELETE", `/courses/${course}`, undefined, whole);
  refused(await restore(me, whole["idempotency-key"]), "too_long_ago");
  const crossed = await me.call("POST", `/courses/${course}/restore`, { deletion: key });
  refused(crossed, "too_long_ago");
});

test("an archive knows it by its id again", async () => {
  const { me, ids } = await student();
  const headers = { cookie: me.cookie };
  const archive = await (await fetch(`${me.url}/api/v1/me/export`, { headers })).bytes();
  const bring = async () => {
    const type = { "content-type": "application/zip" };
    const reply = await me.call("POST", "/me/import", archive, type);
    assert.equal(reply.status, 200, reply.text);
    return reply.json.tasks as object;
  };
  const key = randomUUID();
  await remove(me, ids[1], key);
  assert.deepEqual(await bring(), { added: 0, there: 2, deleted: 1 });
  await restore(me, key);
  assert.deepEqual(await bring(), { added: 0, there: 3, deleted: 0 });
});
