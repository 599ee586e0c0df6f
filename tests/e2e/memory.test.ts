/* Memory of the server while a large file, or an archive, goes in and out: measured in bytes, not in time, and here,
 * because the sanitized program keeps what it has freed. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { aTask, type Client, served, user } from "../support/server.ts";

const MB = 1 << 20;
const SIZE = 100 * MB;
const MORE_MAX = 8 * MB;

let client: Client;
const at = served({}, async (server) => {
  client = await user(server);
});

async function memory(name: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${String(at.server.pid)}/status`, "utf8");
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

/** The most that was in memory from now on until `work` is done, above what is there now. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  await writeFile(`/proc/${String(at.server.pid)}/clear_refs`, "5");
  const before = await memory("VmRSS");
  await work();
  return (await memory("VmHWM")) - before;
}

const block = Buffer.alloc(MB, "All work and no play makes Jack a dull boy. ");

async function announce(size: number): Promise<string> {
  const task = (await client.call("POST", "/tasks", aTask())).json.id as string;
  const body = { name: "lecture.mp4", size };
  return (await client.call("POST", `/tasks/${task}/attachments`, body)).json.id as string;
}

function upload(id: string, blocks: number): Promise<number> {
  return new Promise((done, failed) => {
    const r = request(`${at.server.url}/api/v1/attachments/${id}/content`, {
      method: "PUT",
      headers: { cookie: client.cookie, "content-length": blocks * MB },
    });
    r.on("error", failed);
    r.on("response", (reply) => {
      reply.resume();
      done(reply.statusCode ?? 0);
    });
    const send = async () => {
      for (let i = 0; i < blocks; i++)
        if (!r.write(block)) await new Promise((drained) => r.once("drain", drained));
      r.end();
    };
    void send();
  });
}

async function download(id: string): Promise<string> {
  const reply = await fetch(`${at.server.url}/api/v1/attachments/${id}/content`, {
    headers: { cookie: client.cookie },
  });
  const hash = createHash("sha256");
  for await (const bytes of reply.body ?? []) hash.update(bytes as Uint8Array);
  return hash.digest("hex");
}

test("a file of 100 MB goes in and out in flat memory", async () => {
  const small = await announce(MB);
  assert.equal(await upload(small, 1), 200); // what is loaded once is loaded
  await download(small);
  const id = await announce(SIZE);
  const grown = await growth(async () => assert.equal(await upload(id, SIZE / MB), 200));
  assert.ok(grown <= MORE_MAX, `${String(grown)} bytes more while it went in`);
  const expected = createHash("sha256");
  for (let i = 0; i < SIZE / MB; i++) expected.update(block);
  const hash = expected.digest("hex");
  const back = await growth(async () => assert.equal(await download(id), hash));
  assert.ok(back <= MORE_MAX, `${String(back)} bytes more while it went out`);
});

/** What the account has, as a file. */
async function takeAway(from: Client, path: string): Promise<void> {
  const reply = await fetch(`${at.server.url}/api/v1/me/export`, {
    headers: { cookie: from.cookie },
  });
  assert.equal(reply.status, 200);
  const file = await open(path, "w");
  for await (const bytes of reply.body ?? []) await file.write(bytes as Uint8Array);
  await file.close();
}

/** Brings an archive in from a file; what was taken of its files. */
async function bringBack(into: Client, path: string): Promise<unknown> {
  const headers = {
    cookie: into.cookie,
    "content-type": "application/zip",
    "content-length": (await stat(path)).size,
  };
  const r = request(`${at.server.url}/api/v1/me/import`, { method: "POST", headers });
  const answered = new Promise<string>((done, failed) => {
    r.on("error", failed);
    r.on("response", (reply) => {
      let text = "";
      reply.on("data", (bytes: Buffer) => (text += bytes.toString()));
      reply.on("end", () => done(text));
    });
  });
  await pipeline(createReadStream(path), r);
  return (JSON.parse(await answered) as { files: unknown }).files;
}

test("an archive of 100 MB goes out and in in flat memory", async () => {
  const path = join(at.folder, "..", `${String(process.pid)}-archive.zip`);
  const first = await user(at.server);
  await takeAway(first, path); // what is loaded once is loaded
  await bringBack(first, path);
  const owner = await user(at.server);
  client = owner;
  assert.equal(await upload(await announce(SIZE), SIZE / MB), 200);
  try {
    const out = await growth(() => takeAway(owner, path));
    assert.ok(out <= MORE_MAX, `${String(out)} bytes more while it went out`);
    assert.equal((await owner.call("DELETE", "/me")).status, 204);
    const heir = await user(at.server);
    let files: unknown;
    const back = await growth(async () => (files = await bringBack(heir, path)));
    assert.deepEqual(files, { added: 1, there: 0, deleted: 0 });
    assert.ok(back <= MORE_MAX, `${String(back)} bytes more while it came back`);
  } finally {
    await rm(path, { force: true });
  }
});
