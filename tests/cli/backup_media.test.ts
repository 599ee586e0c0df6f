/* Snapshots and the files that people attach: copied once, checked, restored, erased, thinned. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { aTask, Client, place, until, user } from "../support/server.ts";
import { filesWith } from "./files.ts";
import { command, takeSnapshot } from "./program.ts";

const at = place({ STUDYBUNNY_SNAPSHOT_HOURS: "0" });

async function attach(client: Client, bytes: Buffer, name = "notes.pdf"): Promise<string> {
  const task = (await client.call("POST", "/tasks", aTask())).json.id as string;
  const form = { name, size: bytes.length };
  const made = await client.call("POST", `/tasks/${task}/attachments`, form);
  assert.equal(made.status, 201, made.text);
  const id = String(made.json.id);
  const put = await client.call("PUT", `/attachments/${id}/content`, bytes);
  assert.equal(put.status, 200, put.text);
  return id;
}

async function hashOf(client: Client, id: string): Promise<string> {
  const reply = await fetch(`${client.url}/api/v1/attachments/${id}/content`, {
    headers: { cookie: client.cookie },
  });
  if (reply.status !== 200) return String(reply.status);
  return sha256(Buffer.from(await reply.arrayBuffer()));
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The files below a folder, without those whose names begin with a dot. */
async function below(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return all
    .filter((e) => e.isFile() && !e.name.startsWith("."))
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

const copies = (data: string): Promise<string[]> => below(join(data, "snapshots", "media"));

test("a snapshot brings files back, and copies each of them once", async () => {
  const data = join(at.top, "whole");
  const server = await at.serve(data);
  const client = await user(server);
  // Nothing, one piece, exactly one, and several of those in which copies are sealed.
  const sizes = [0, 1, 1 << 20, (1 << 20) + 1, 5_000_000];
  const bytes = sizes.map((size) => randomBytes(size));
  const ids: string[] = [];
  for (const each of bytes) ids.push(await attach(client, each));
  const snapshot = await takeSnapshot(data);
  const first = await copies(data);
  assert.equal(first.length, sizes.length);
  const inodes = await Promise.all(first.map(async (path) => (await stat(path)).ino));
  const later = await attach(client, Buffer.from("later"));
  await takeSnapshot(data);
  const second = await copies(data);
  assert.equal(second.length, sizes.length + 1);
  for (const [i, path] of first.entries())
    assert.equal((await stat(path)).ino, inodes[i], "what is there is not written again");
  assert.match((await command(["backup", "verify", snapshot, "--data", data])).out, /5 files/);

  const copy = join(at.top, "whole-restored");
  const restored = await command(["backup", "restore", snapshot, "--data", copy]);
  assert.equal(restored.code, 0, restored.err);
  const risen = await at.serve(copy);
  const there = new Client(risen.url);
  there.cookie = client.cookie;
  for (const [i, id] of ids.entries())
    assert.equal(await hashOf(there, id), sha256(bytes[i] ?? Buffer.alloc(0)));
  assert.equal(await hashOf(there, later), "404", "it is of a later moment");
  await attach(there, Buffer.from("goes on"));
  const doctor = await command(["doctor", "--files", "--data", copy]);
  assert.equal(doctor.code, 0, doctor.out);
  assert.match(doctor.out, /^ok {7}media: 6 files, 6 MiB, read and compared$/m);
  await risen.stop();
  await server.stop();
});

test("files go to the media folder of the settings, which must be empty", async () => {
  const snapshot = join(at.top, "whole", "snapshots", await newest(join(at.top, "whole")));
  const media = join(at.top, "other-disk");
  await mkdir(media);
  await writeFile(join(media, "something"), "");
  const data = join(at.top, "whole-elsewhere");
  const args = ["backup", "restore", snapshot, "--data", data, "--media", media];
  const refused = await command(args);
  assert.equal(refused.code, 2, refused.err);
  assert.match(refused.err, /is not empty/);
  await assert.rejects(readdir(data), "nothing is left of the attempt");
  assert.deepEqual(await readdir(media), ["something"]);
  await rm(join(media, "something"));
  assert.equal((await command(args)).code, 0);
  assert.equal((await below(media)).length, 6);
  await assert.rejects(readdir(join(data, "media")));

  // Nor is it taken when it is the installation's own: an attempt that fails would empty it.
  const again = join(at.top, "whole-again");
  const [copy = ""] = await copies(join(at.top, "whole"));
  await rename(copy, join(at.top, "a-copy"));
  const failed = await command(["backup", "restore", snapshot, "--data", again, "--media", media]);
  await rename(join(at.top, "a-copy"), copy);
  assert.equal((await below(media)).length, 6);
  assert.equal(failed.code, 2, failed.err);
  assert.match(failed.err, /other-disk is not empty/);
  await assert.rejects(readdir(again), "nothing is left of the attempt");
});

async function newest(data: string): Promise<string> {
  const names = (await readdir(join(data, "snapshots"))).filter((n) => n.endsWith(".snapshot"));
  return names.sort().at(-1) ?? "";
}

test("a copy that is damaged or missing is found, and not restored in silence", async () => {
  const data = join(at.top, "damaged");
  const server = await at.serve(data);
  const client = await user(server);
  await attach(client, randomBytes(3_000_000));
  const small = await attach(client, Buffer.from("small"));
  const snapshot = await takeSnapshot(data);
  await server.stop();
  const large =
    (
      await Promise.all(
        (await copies(data)).map(async (path) => ({ path, size: (await stat(path)).size })),
      )
    )
      .sort((a, b) => b.size - a.size)
      .map((f) => f.path)[0] ?? "";
  const whole = await readFile(large);
  const pieces = 4 + whole.readUInt32LE(16);
  const flipped = Buffer.from(whole);
  flipped[2_000_000] = (flipped[2_000_000] ?? 0) ^ 1;
  const cases: Record<string, [Buffer | undefined, RegExp]> = {
    "a bit": [flipped, /0 are missing .* and 1 are damaged/],
    "cut short": [whole.subarray(0, 1_500_000), /1 are damaged/],
    "a piece left out": [
      Buffer.concat([whole.subarray(0, 16), whole.subarray(16 + pieces)]),
      /1 are damaged/,
    ],
    "something behind the end": [Buffer.concat([whole, Buffer.from("x")]), /1 are damaged/],
    // Each is sealed as it should be; only the file's hash tells that they are elsewhere.
    "pieces in another order": [
      Buffer.concat([
        whole.subarray(0, 16),
        whole.subarray(16 + pieces, 16 + 2 * pieces),
        whole.subarray(16, 16 + pieces),
        whole.subarray(16 + 2 * pieces),
      ]),
      /1 are damaged/,
    ],
    empty: [Buffer.alloc(0), /1 are damaged/],
    gone: [undefined, /1 are missing .* and 0 are damaged/],
  };
  const copy = join(at.top, "from-damaged");
  const restore = ["backup", "restore", snapshot, "--data", copy];
  for (const [name, [bytes, words]] of Object.entries(cases)) {
    if (bytes) await writeFile(large, bytes);
    else await rm(large);
    const found = await command(["backup", "verify", "--data", data]);
    assert.equal(found.code, 1, `${name}: ${found.out}`);
    assert.match(found.err, words, name);
    if (!["a bit", "gone"].includes(name)) continue;
    const refused = await command(restore);
    assert.equal(refused.code, 1, name);
    assert.match(refused.err, /of the 2 files .* --incomplete/, name);
    await assert.rejects(readdir(copy), "nothing is left of the attempt");
  }
  const without = await command([...restore, "--incomplete"]);
  assert.equal(without.code, 0, without.err);
  assert.match(without.out, /without 1 files that were missing or damaged/);
  const risen = await at.serve(copy);
  const there = new Client(risen.url);
  there.cookie = client.cookie;
  assert.equal(await hashOf(there, small), sha256(Buffer.from("small")));
  await risen.stop();

  // What is missing or cut short is copied again, as the file itself is there.
  for (const bytes of [undefined, whole.subarray(0, 1_500_000)]) {
    if (bytes) await writeFile(large, bytes);
    assert.match(await takeSnapshot(data), /snapshot$/);
    assert.equal((await command(["backup", "verify", "--data", data])).code, 0);
  }
});

test("a file lost from the media hinders no snapshot, and a former one has it", async () => {
  const data = join(at.top, "lost");
  const server = await at.serve(data);
  const client = await user(server);
  const kept = await attach(client, Buffer.from("kept"));
  const snapshot = await takeSnapshot(data);
  const lost = await attach(client, Buffer.from("lost"));
  await attach(client, Buffer.from("spoilt"));
  for (const path of await below(join(data, "media"))) {
    const text = await readFile(path, "utf8");
    if (text === "lost") await rm(path);
    if (text === "spoilt") await writeFile(path, "spoilT");
    if (text === "kept") await rm(path);
  }
  const taken = await command(["backup", "now", "--data", data]);
  assert.equal(taken.code, 0, taken.err);
  assert.match(taken.out, /^2 files are not in it: .*doctor --files\)$/m);
  const verified = await command(["backup", "verify", "--data", data]);
  assert.equal(verified.code, 1);
  assert.match(verified.err, /of the 3 files it names 2 are missing/);
  const found = await command(["doctor", "--data", data]);
  assert.equal(found.code, 1);
  assert.match(found.out, /ERROR {4}media: of 3 files 2 are missing and 0 are not what was stored/);
  const read = await command(["doctor", "--files", "--data", data]);
  assert.match(
    read.out,
    /of 3 files 2 are missing and 1 are not what was stored; the first is \S+\n {9}→ restore a snapshot/,
  );
  await server.stop();

  // As doctor says: restored beside, and copied from there.
  const copy = join(at.top, "lost-restored");
  assert.equal((await command(["backup", "restore", snapshot, "--data", copy])).code, 0);
  for (const path of await below(join(copy, "media"))) {
    const to = path.replace(copy, data);
    await mkdir(join(to, ".."), { recursive: true });
    await rename(path, to);
  }
  const again = await at.serve(data);
  const there = new Client(again.url);
  there.cookie = client.cookie;
  assert.equal(await hashOf(there, kept), sha256(Buffer.from("kept")));
  assert.equal(await hashOf(there, lost), "500");
  await again.stop();
});

test("doctor tells of files that belong to nothing, and the server clears them away", async () => {
  const data = join(at.top, "orphan");
  const server = await at.serve(data);
  const client = await user(server);
  await attach(client, Buffer.from("mine"));
  await server.stop();
  const [mine = ""] = await below(join(data, "media"));
  const orphan = mine.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  await writeFile(orphan, "nobody's");
  const found = await command(["doctor", "--data", data]);
  assert.equal(found.code, 0);
  assert.match(found.out, /warning {2}media: 1 files in \S+ belong to nothing\n {9}→ start/);
  assert.equal((await below(join(data, "media"))).length, 2, "nothing was changed");
  const again = await at.serve(data);
  await until("it is cleared away", async () => (await below(join(data, "media"))).length < 2);
  assert.deepEqual(await below(join(data, "media")), [mine]);
  await again.stop();
});

test("whoever is erased takes the files along, out of snapshots and copies too", async () => {
  const data = join(at.top, "erased");
  const server = await at.serve(data);
  const stays = await user(server);
  const goes = await user(server);
  const kept = await attach(stays, Buffer.from("what stays here is this"));
  await attach(goes, Buffer.from("what goes away is that"), "telling name.txt");
  const snapshot = await takeSnapshot(data);
  const traces = ["what goes away is that", "telling name.txt"];
  assert.ok((await filesWith(data, traces)).length > 0, "they are there before");
  assert.deepEqual(
    await filesWith(join(data, "snapshots"), [...traces, "what stays here is this"]),
    [],
    "copies are sealed",
  );
  assert.equal((await goes.call("DELETE", "/me")).status, 204);
  assert.deepEqual(await filesWith(data, traces), []);
  const verified = await command(["backup", "verify", snapshot, "--data", data]);
  assert.match(verified.out, /is whole: 1 accounts, \d+ rows, 1 files,.* 1 accounts were erased/);
  const copy = join(at.top, "erased-restored");
  assert.equal((await command(["backup", "restore", snapshot, "--data", copy])).code, 0);
  assert.equal((await below(join(copy, "media"))).length, 1);
  const risen = await at.serve(copy);
  const there = new Client(risen.url);
  there.cookie = stays.cookie;
  assert.equal(await hashOf(there, kept), sha256(Buffer.from("what stays here is this")));
  await risen.stop();
  await server.stop();
});

test("a copy goes when no snapshot that is left needs it", async () => {
  const data = join(at.top, "thinned");
  const settings = { STUDYBUNNY_SNAPSHOT_HOURS: "1", STUDYBUNNY_SNAPSHOT_DAYS: "1" };
  const server = await at.serve(data);
  const client = await user(server);
  await attach(client, Buffer.from("needed"));
  await takeSnapshot(data);
  await server.stop();
  const [needed = ""] = await copies(data);
  const folder = join(data, "snapshots");
  const stamp = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]/g, "");
  const old = Date.now() - 40 * 86_400_000;
  // A snapshot and its copies of 40 days ago, one copy of a day later, 28 snapshots since.
  const put = async (name: string, at: number): Promise<string> => {
    const path = join(folder, "media", "ab", name);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, "sealed");
    await utimes(path, new Date(at), new Date(at));
    return path;
  };
  const gone = await put("ab01", old);
  const still = await put("ab02", old + 3 * 86_400_000);
  await appendFile(join(folder, "media", ".unfinished-7"), "cut short");
  await rename(join(folder, await newest(data)), join(folder, `${stamp(old)}.snapshot`));
  await utimes(needed, new Date(old), new Date(old));
  for (let i = 0; i < 27; i++)
    await writeFile(join(folder, `${stamp(old + (3 + i) * 86_400_000)}.snapshot`), "old");
  const begun = Date.now();
  const again = await at.serve(data, settings);
  await until("it is thinned out", async () => !(await copies(data)).includes(gone));
  assert.deepEqual(await copies(data), [needed, still].sort(), "the one that none needs is gone");
  assert.ok((await stat(needed)).mtimeMs >= begun, "it is needed by the newest");
  assert.ok(!(await readdir(join(folder, "media"))).includes(".unfinished-7"));
  await again.stop();
});

interface Written {
  client: Client;
  /** What was acknowledged: attachment → SHA-256 of its bytes. */
  files: Map<string, string>;
}

async function uploadUntil(w: Written, ended: { now: boolean }): Promise<void> {
  for (let i = 0; !ended.now && i < 90; i++) {
    const bytes = randomBytes(1 + ((i * 7919) % 40_000));
    w.files.set(await attach(w.client, bytes, `${String(i)}.bin`), sha256(bytes));
    // Of some only the beginning came, and some are thrown away at once.
    if (i % 5 === 1) await half(w.client);
    if (i % 7 === 3) await thrownAway(w.client);
  }
}

async function announce(client: Client, size: number): Promise<{ id: string; path: string }> {
  const task = (await client.call("POST", "/tasks", aTask())).json.id as string;
  const path = `/tasks/${task}/attachments`;
  const made = await client.call("POST", path, { name: "half.bin", size });
  return { id: String(made.json.id), path };
}

async function half(client: Client): Promise<void> {
  const { id } = await announce(client, 50_000);
  await client.call("PATCH", `/attachments/${id}/content`, randomBytes(20_000), {
    "content-type": "application/partial-upload",
    "upload-offset": "0",
    "upload-complete": "?0",
  });
}

async function thrownAway(client: Client): Promise<void> {
  const { id, path } = await announce(client, 10);
  await client.call("PUT", `/attachments/${id}/content`, randomBytes(10));
  await client.call("DELETE", `${path}/${id}`, undefined, { "if-match": "*" });
}

/** Attachments that are ready on a desk, with what their bytes are. */
async function readyFiles(client: Client): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const changes = (await client.call("GET", "/changes?since=0")).json;
  for (const a of changes.changed.attachments as { id: string; state: string; trashed: unknown }[])
    if (a.state === "ready" && !a.trashed) found.set(a.id, await hashOf(client, a.id));
  return found;
}

test("under load of uploads: whole, and with all that was acknowledged before", async () => {
  const data = join(at.top, "load");
  const server = await at.serve(data);
  const all: Written[] = [];
  for (let i = 0; i < 3; i++) all.push({ client: await user(server), files: new Map() });
  const goes = await user(server);
  await attach(goes, Buffer.from("of somebody who leaves meanwhile"));
  const ended = { now: false };
  const writing = all.map((w) => uploadUntil(w, ended));
  while (all.some((w) => w.files.size < 4)) await new Promise((done) => setTimeout(done, 20));
  const before = all.map((w) => new Map(w.files));
  const taking = takeSnapshot(data);
  assert.equal((await goes.call("DELETE", "/me")).status, 204);
  const snapshot = await taking;
  ended.now = true;
  await Promise.all(writing);
  assert.equal(await server.stop(), 0);

  const verified = await command(["backup", "verify", snapshot, "--data", data]);
  assert.equal(verified.code, 0, verified.err);
  const copy = join(at.top, "load-restored");
  const restored = await command(["backup", "restore", snapshot, "--data", copy]);
  assert.equal(restored.code, 0, restored.err);
  assert.deepEqual(await filesWith(copy, ["of somebody who leaves meanwhile"]), []);
  const risen = await at.serve(copy);
  for (const [i, w] of all.entries()) {
    const there = new Client(risen.url);
    there.cookie = w.client.cookie;
    const found = await readyFiles(there);
    for (const [id, hash] of before[i] ?? []) assert.equal(found.get(id), hash, "acknowledged");
    for (const [id, hash] of found)
      if (w.files.has(id)) assert.equal(hash, w.files.get(id), "none is half there");
      else assert.match(hash, /^[0-9a-f]{64}$/);
  }
  assert.equal(await risen.stop(), 0);
});
