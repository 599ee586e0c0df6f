/* Snapshots: under load, damaged, cut short, restored, and after somebody was erased. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { aTask, Client, password, place, titles, until, user } from "../support/server.ts";
import { filesWith, idBytes } from "./files.ts";
import { command, takeSnapshot } from "./program.ts";

/** No snapshots but those that a test takes. */
const at = place({ STUDYBUNNY_SNAPSHOT_HOURS: "0" });

async function names(data: string): Promise<string[]> {
  const { out } = await command(["backup", "list", "--data", data]);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\t")[0] ?? "");
}

/** All that a user sees, but for what the time changes. */
async function everything(client: Client): Promise<unknown> {
  const seen: Record<string, unknown> = {};
  const paths = ["/me", "/settings", "/availability", "/courses", "/tasks?limit=200", "/work"];
  for (const path of [...paths, "/events", "/timer", "/calendar-links", "/feeds", "/me/audit"]) {
    const reply = await client.call("GET", path);
    assert.equal(reply.status, 200, `${path}: ${reply.text}`);
    seen[path] = reply.json;
    delete reply.json.now;
  }
  seen["/changes"] = (await client.call("GET", "/changes?since=0")).json;
  for (const path of ["/me", "/changes"]) delete (seen[path] as { rev?: number }).rev;
  return seen;
}

async function writeUntil(
  client: Client,
  ended: { now: boolean },
  done: Set<string>,
): Promise<void> {
  while (!ended.now) {
    const title = randomUUID();
    const reply = await client.call("POST", "/tasks", aTask(title));
    if (reply.status === 409) return;
    assert.equal(reply.status, 201, reply.text);
    done.add(title);
  }
}

test("a snapshot under load is whole, and restores to what was acknowledged", async () => {
  const data = join(at.top, "load");
  const server = await at.serve(data);
  const clients = await Promise.all(Array.from({ length: 4 }, () => user(server)));
  const written = clients.map(() => new Set<string>());
  const ended = { now: false };
  const writing = clients.map((c, i) => writeUntil(c, ended, written[i] ?? new Set()));
  while (written.some((set) => set.size < 6)) await new Promise((done) => setTimeout(done, 20));
  const before = written.map((set) => [...set]);
  const snapshot = await takeSnapshot(data);
  const after = written.map((set) => new Set(set));
  await new Promise((done) => setTimeout(done, 100));
  ended.now = true;
  await Promise.all(writing);
  assert.equal(await server.stop(), 0);

  const verified = await command(["backup", "verify", snapshot, "--data", data]);
  assert.equal(verified.code, 0, verified.err);
  assert.match(verified.out, /is whole: 4 accounts/);

  const copy = join(at.top, "load-restored");
  const restored = await command(["backup", "restore", snapshot, "--data", copy]);
  assert.equal(restored.code, 0, restored.err);
  const risen = await at.serve(copy);
  for (const [i, client] of clients.entries()) {
    const there = new Client(risen.url);
    there.cookie = client.cookie;
    const found = new Set(await titles(there));
    for (const title of before[i] ?? []) assert.ok(found.has(title), "what was there before");
    const slack = [...found].filter((title) => !after[i]?.has(title));
    assert.ok(slack.length <= 1, "nothing of later, but for the request under way");
    assert.ok(found.size > 5, "there was load");
  }
  assert.equal(await risen.stop(), 0);
});

test("restored is equal, goes on, and needs the keys", async () => {
  const data = join(at.top, "equal");
  const server = await at.serve(data);
  const client = await user(server, "equal@example.org");
  const course = (await client.call("POST", "/courses", { name: "Geschichte" })).json;
  for (const title of ["Essay", "Übung ✎", "x".repeat(200)])
    await client.call("POST", "/tasks", { ...aTask(title), course_id: course.id, notes: "a\nb" });
  await client.call("PUT", "/availability", { week: [{ day: 1, start: "09:00", end: "24:00" }] });
  const made = async (path: string, body: object): Promise<string> => {
    const reply = await client.call("POST", path, body);
    assert.ok(reply.status < 300, `${path}: ${reply.text}`);
    return String(reply.json.id);
  };
  const done = await made("/tasks", aTask("Worked on"));
  const start = new Date(Date.now() - 7_200_000).toISOString();
  await made(`/tasks/${done}/work`, { start, minutes: 25, note: "c" });
  await made("/tasks/complete", { ids: [done] });
  await made("/events", { title: "Lecture", date: "2036-10-06", start: "10:00", end: "12:00" });
  await made("/notifications/marks", { ids: [done], state: "read" });
  await made("/calendar-links", {});
  const invited = await command(["user", "invite", "--data", data]);
  const invitation = /#(\S+)/.exec(invited.out)?.[1];
  const gone = (await client.call("POST", "/tasks", aTask("gone"))).json;
  await client.call("DELETE", `/tasks/${String(gone.id)}`, undefined, { "if-match": "*" });
  const snapshot = await takeSnapshot(data);
  const was = await everything(client);
  await client.call("POST", "/tasks", aTask("of after the snapshot"));
  const known = ((await client.call("GET", "/me")).json as { rev: number }).rev;

  const copy = join(at.top, "equal-restored");
  assert.equal((await command(["backup", "restore", snapshot, "--data", copy])).code, 0);
  const risen = await at.serve(copy);
  const there = new Client(risen.url);
  there.cookie = client.cookie;
  assert.deepEqual(await everything(there), was);
  const since = await there.call("GET", `/changes?since=${String(known)}`);
  assert.equal(since.status, 410, "what a device knows of after the snapshot means nothing now");
  const rev = ((await there.call("GET", "/me")).json as { rev: number }).rev;
  assert.ok(rev > known && Number.isSafeInteger(rev), "and will never mean something else");
  assert.equal((await there.call("POST", "/tasks", aTask("later"))).status, 201);
  const session = { email: "equal@example.org", password };
  assert.equal((await there.call("POST", "/session", session)).status, 200);
  const friend = { email: "friend@example.org", password, invitation };
  const joined = await new Client(risen.url).call("POST", "/accounts", friend);
  assert.equal(joined.status, 409, "a link that may have been used since is not good any more");
  assert.match((await command(["backup", "now", "--data", copy])).out, /is whole: 1 accounts/);
  await risen.stop();
  await server.stop();

  const lost = join(at.top, "no-keys");
  const args = ["backup", "restore", snapshot, "--data", lost, "--keys", join(at.top, "none")];
  const refused = await command(args);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /without the keys a snapshot cannot be read/);
  await assert.rejects(readdir(lost), "nothing is left of the attempt");

  const other = join(at.top, "others-keys");
  await (await at.serve(other)).stop();
  await command(["user", "create", "x@example.org", "--data", other], { input: password });
  const wrong = await command([...args.slice(0, 5), "--keys", join(other, "keys")]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /another installation's/);
});

test("a folder with something in it is refused, whatever it is", async () => {
  const data = join(at.top, "equal");
  const snapshot = join(data, "snapshots", (await names(data))[0] ?? "");
  for (const [folder, reason] of [
    [data, /is not empty/],
    [join(at.top, "file-in-it"), /is not empty \(it has a\)/],
  ] as const) {
    await mkdir(folder, { recursive: true });
    if (folder !== data) await writeFile(join(folder, "a"), "");
    const refused = await command(["backup", "restore", snapshot, "--data", folder]);
    assert.equal(refused.code, 2);
    assert.match(refused.err, reason);
  }
  const empty = join(at.top, "empty");
  await mkdir(empty);
  assert.equal((await command(["backup", "restore", snapshot, "--data", empty])).code, 0);
});

test("every way of tampering is found", async () => {
  const data = join(at.top, "tampered");
  const server = await at.serve(data);
  for (let i = 0; i < 3; i++) await user(server);
  const snapshot = await takeSnapshot(data);
  const whole = await readFile(snapshot);
  const lengths: number[] = [];
  for (let at = 16; at < whole.length; at += 20 + whole.readUInt32LE(at)) lengths.push(at);
  assert.equal(lengths.length, 5, "the snapshot, three users, the end");
  const [, first = 0, second = 0, third = 0, end = 0] = lengths;
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const cases: Record<string, Buffer> = {
    heading: flipped(3),
    length: flipped(first),
    alias: flipped(first + 6),
    sealed: flipped(second + 100),
    "last byte": flipped(whole.length - 1),
    "cut in a record": whole.subarray(0, third + 50),
    "cut between records": whole.subarray(0, third),
    "without the end": whole.subarray(0, end),
    "a user left out": Buffer.concat([whole.subarray(0, first), whole.subarray(second)]),
    "a user twice": Buffer.concat([whole.subarray(0, second), whole.subarray(first)]),
    "in another order": Buffer.concat([
      whole.subarray(0, first),
      whole.subarray(second, third),
      whole.subarray(first, second),
      whole.subarray(third),
    ]),
    "something behind the end": Buffer.concat([whole, whole.subarray(first, second)]),
    empty: Buffer.alloc(0),
  };
  const path = join(at.top, "tampered.snapshot");
  for (const [name, bytes] of Object.entries(cases)) {
    await writeFile(path, bytes);
    const found = await command(["backup", "verify", path, "--data", data]);
    assert.equal(found.code, 1, `${name}: ${found.out}`);
    assert.match(found.err, /damaged|no snapshot|another installation/, name);
    const copy = join(at.top, "from-tampered");
    const args = ["--data", copy, "--keys", join(data, "keys")];
    assert.equal((await command(["backup", "restore", path, ...args])).code, 1, name);
    await assert.rejects(readdir(copy), "nothing is left of the attempt");
  }
  await server.stop();
});

test("kill -9 in the middle of a snapshot leaves the others", { timeout: 600_000 }, async () => {
  const data = join(at.top, "killed");
  let server = await at.serve(data);
  const clients = await Promise.all(Array.from({ length: 8 }, () => user(server)));
  for (const client of clients)
    for (let i = 0; i < 20; i++)
      await client.call("POST", "/tasks", { ...aTask(), notes: "n".repeat(4000) });
  await takeSnapshot(data);
  for (let round = 0; round < 6; round++) {
    const there = await names(data);
    const asked = spawn(process.env["STUDYBUNNY"] ?? "", ["backup", "now", "--data", data]);
    await new Promise((done) => setTimeout(done, 15 + 8 * round));
    await server.kill();
    asked.kill();
    const left = await names(data);
    assert.deepEqual(left.slice(0, there.length), there);
    for (const name of left)
      assert.equal((await command(["backup", "verify", name, "--data", data])).code, 0);
    server = await at.serve(data);
  }
  await takeSnapshot(data);
  await server.stop();
});

test("an erased user is gone from every file, snapshots included", async () => {
  const data = join(at.top, "erased");
  const server = await at.serve(data);
  const stays = await user(server, "stays@example.org");
  const goes = new Client(server.url);
  const form = { email: "goes@example.org", password };
  await goes.call("POST", "/accounts", form, { "idempotency-key": randomUUID() });
  const id = String((await goes.call("GET", "/me")).json.id);
  const task = (await goes.call("POST", "/tasks", aTask("A telling title"))).json;
  await stays.call("POST", "/tasks", aTask("Another title"));
  const snapshot = await takeSnapshot(data);
  const traces = ["goes@example.org", "A telling title", id, idBytes(id), idBytes(String(task.id))];
  assert.ok((await filesWith(data, traces)).length > 0, "they are there before");
  assert.equal((await goes.call("DELETE", "/me")).status, 204);
  assert.deepEqual(await filesWith(data, traces), [], "while the server runs");
  assert.equal(await server.stop(), 0);
  assert.deepEqual(await filesWith(data, traces), [], "and after it");

  const verified = await command(["backup", "verify", snapshot, "--data", data]);
  assert.match(verified.out, /is whole: 1 accounts.*; 1 accounts were erased since/);
  const copy = join(at.top, "erased-restored");
  assert.equal((await command(["backup", "restore", snapshot, "--data", copy])).code, 0);
  assert.deepEqual(await filesWith(copy, traces), []);
  assert.match((await command(["user", "list", "--data", copy])).out, /^.*stays@example\.org\n$/);
});

test("a server takes them by itself, and thins them out", async () => {
  const data = join(at.top, "regular");
  const first = await at.serve(data, {});
  await until("one is taken", async () => (await names(data)).length > 0);
  assert.equal((await names(data)).length, 1);
  await first.stop();

  const folder = join(data, "snapshots");
  const [newest = ""] = await names(data);
  const made = (i: number): string =>
    `2020010${String(1 + (i % 9))}T0000${String(10 + i)}.000Z.snapshot`;
  for (let i = 0; i < 40; i++) await writeFile(join(folder, made(i)), "old");
  await writeFile(join(folder, ".unfinished-1"), "cut short");
  await rename(join(folder, newest), join(folder, "20200101T000000.000Z.snapshot"));
  const second = await at.serve(data, {});
  await until("they are thinned out", async () => (await readdir(folder)).length <= 28);
  const left = await readdir(folder);
  assert.equal(left.length, 28, "however old, so many stay");
  assert.ok(!left.includes(".unfinished-1"));
  assert.ok(!left.some((name) => name.startsWith("20200101")), "the oldest went first");
  await second.stop();
});
