/* A full disk, a real one of 48 MB: writes are refused and leave nothing half done, reads go on,
 * and once there is room again everything does. Needs to mount a tmpfs; where that is not allowed the
 * test is skipped and says so, and the store alone is tried by faults_test.c on a disk that
 * pretends to be full. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { command } from "../cli/program.ts";
import {
  aTask,
  Client,
  newFolder,
  removeFolder,
  type Reply,
  type Running,
  startServer,
  titles,
  until,
  user,
} from "../support/server.ts";

const top = await newFolder();
const disk = join(top, "disk");
const data = join(disk, "data");
const log = join(top, "log");
const filler = join(disk, "filler");

function mounted(): boolean {
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m,mode=0700", "tmpfs", disk], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

const can = mounted();
const skip = can ? false : "no tmpfs can be mounted here: run it as root";
let server: Running | undefined;

after(async () => {
  await server?.kill().catch(() => undefined);
  if (can) execFileSync("umount", ["-l", disk]);
  await removeFolder(top);
});

/** Takes all room there is, to the last byte. */
function fill(): void {
  const fd = openSync(filler, "a");
  for (let size = 1 << 20; size > 0;) {
    try {
      if (writeSync(fd, Buffer.alloc(size)) < size) size >>= 1;
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, "ENOSPC");
      size >>= 1;
    }
  }
  closeSync(fd);
}

function assertFull(reply: Reply): void {
  assert.equal(reply.status, 507, reply.text);
  assert.equal(reply.headers.get("content-type"), "application/problem+json");
  assert.match(String(reply.json.detail), /room/);
}

/** Creates tasks until one is refused. */
async function writeUntilFull(client: Client, done: string[]): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const title = `${String(done.length)} ${randomBytes(8).toString("hex")}`;
    const reply = await client.call("POST", "/tasks", { ...aTask(title), notes: "n".repeat(3000) });
    if (reply.status !== 201) {
      assertFull(reply);
      return;
    }
    done.push(title);
  }
  assert.fail("the disk is full, and 400 tasks were taken");
}

async function events(name: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line.startsWith("{"));
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((event) => event["event"] === name);
}

async function attach(client: Client, size: number): Promise<string> {
  const task = (await client.call("POST", "/tasks", aTask("with a file"))).json.id as string;
  const made = await client.call("POST", `/tasks/${task}/attachments`, { name: "a.bin", size });
  assert.equal(made.status, 201, made.text);
  return String(made.json.id);
}

test("a full disk refuses and recovers", { skip, timeout: 180_000 }, async () => {
  server = await startServer(data, { STUDYBUNNY_SNAPSHOT_HOURS: "0" }, 0, log);
  const client = await user(server);
  const done: string[] = [];
  const bytes = randomBytes(3_000_000);
  const file = await attach(client, bytes.length);
  const content = `/attachments/${file}/content`;
  fill();
  await writeUntilFull(client, done);

  // Reads go on, and nothing of what was refused is there.
  const there = ["with a file", ...done].sort();
  assert.deepEqual(await titles(client), there);
  for (const path of ["/me", "/settings", "/schedule?days=14", "/changes?since=0"])
    assert.equal((await client.call("GET", path)).status, 200, path);
  assert.equal((await client.call("GET", "/api/v1/openapi.json")).status, 200);
  const form = { email: "late@example.org", password: "correct horse battery" };
  assertFull(await new Client(server.url).call("POST", "/accounts", form));

  // Files neither, and no part of one stays.
  assertFull(await client.call("PUT", content, bytes));
  const spooled = (await readdir(join(data, "media", "spool"))).filter((n) => !n.startsWith("."));
  assert.deepEqual(spooled, []);

  // A snapshot fails with a sentence and leaves nothing.
  const refused = await command(["backup", "now", "--data", data]);
  assert.equal(refused.code, 1, refused.out);
  assert.match(refused.err, /No space left on device|no room/);
  const left = await readdir(join(data, "snapshots")).catch(() => []);
  assert.deepEqual(
    left.filter((name) => name !== "media"),
    [],
  );
  const doctor = await command(["doctor", "--data", data]);
  assert.match(doctor.out, /ERROR {4}disk: \d+ MiB are free\n {9}→ make room/);

  // With room again everything goes on, in the same process.
  await rm(filler);
  const reply = await client.call("POST", "/tasks", aTask("after"));
  assert.equal(reply.status, 201, reply.text);
  const put = await client.call("PUT", content, bytes);
  assert.equal(put.status, 200, put.text);
  assert.equal((await new Client(server.url).call("POST", "/accounts", form)).status, 201);
  const snapshot = await command(["backup", "now", "--data", data]);
  assert.equal(snapshot.code, 0, snapshot.err);
  assert.match(snapshot.out, /2 accounts, \d+ rows, 1 files/);
  assert.equal((await command(["backup", "verify", "--data", data])).code, 0);
  assert.deepEqual(await titles(client), [...there, "after"].sort());
  assert.equal(await server.stop(), 0);
});

/** The files that lie in the media, arrived or arriving. */
async function mediaFiles(): Promise<string[]> {
  const entries = await readdir(join(data, "media"), { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile() && !e.name.startsWith(".")).map((e) => e.name);
}

test(
  "an import for which the room ends half way takes nothing",
  { skip, timeout: 180_000 },
  async () => {
    server = await startServer(data, { STUDYBUNNY_SNAPSHOT_HOURS: "0" }, 0, log);
    const source = await user(server);
    const size = 3_000_000;
    for (let i = 0; i < 3; i++) {
      const content = `/attachments/${await attach(source, size)}/content`;
      assert.equal((await source.call("PUT", content, randomBytes(size))).status, 200);
    }
    const headers = { cookie: source.cookie };
    const fetched = await fetch(`${server.url}/api/v1/me/export`, { headers });
    const archive = Buffer.from(await fetched.arrayBuffer());
    assert.equal((await source.call("DELETE", "/me")).status, 204);

    // Room for the archive, which asks for 8 MiB ahead as it arrives, and then not for all of its files.
    const client = await user(server);
    const rev = (await client.call("GET", "/me")).json.rev as number;
    const before = await mediaFiles();
    const disks = statfsSync(disk);
    const kept = Math.ceil((disks.blocks * disks.bsize) / 20);
    const room = (16 << 20) + kept + 300_000;
    writeFileSync(filler, Buffer.alloc(disks.bavail * disks.bsize - room));
    const bring = () =>
      client.call("POST", "/me/import", archive, { "content-type": "application/zip" });
    assertFull(await bring());
    assert.equal((await client.call("GET", "/me")).json.rev, rev);
    assert.deepEqual(await titles(client), []);
    assert.deepEqual(await mediaFiles(), before);

    await rm(filler);
    const again = await bring();
    assert.equal(again.status, 200, again.text);
    assert.deepEqual(again.json.files, { added: 3, there: 0, deleted: 0 });
    assert.equal((await client.call("GET", "/me")).json.rev, rev + 1);
    assert.equal((await mediaFiles()).length, before.length + 3);
    assert.equal((await client.call("DELETE", "/me")).status, 204);
    assert.equal(await server.stop(), 0);
  },
);

test(
  "a file for which a snapshot has no room makes it fail, and the database keeps its own",
  { skip, timeout: 240_000 },
  async () => {
    await rm(join(data, "snapshots"), { recursive: true });
    server = await startServer(data, { STUDYBUNNY_SNAPSHOT_HOURS: "0" }, 0, log);
    const client = await user(server);
    const size = 24_000_000; // there is room for it once, not twice
    const put = await client.call(
      "PUT",
      `/attachments/${await attach(client, size)}/content`,
      randomBytes(size),
    );
    assert.equal(put.status, 200, put.text);
    assert.equal(await server.stop(), 0);

    // By itself, a few seconds after the start.
    server = await startServer(data, { STUDYBUNNY_SNAPSHOT_HOURS: "1" }, 0, log);
    await until("it fails", async () => (await events("job_failed")).length > 0);
    const failed = await events("job_failed");
    assert.equal(failed.length, 1, "one line");
    assert.equal(failed[0]?.["job"], "snapshot");
    assert.equal(failed[0]?.["cause"], "full");
    const names = await readdir(join(data, "snapshots"), { recursive: true });
    assert.ok(
      !names.some((n) => n.endsWith(".snapshot") || n.includes("unfinished")),
      String(names),
    );
    const again = new Client(server.url);
    again.cookie = client.cookie;
    assert.equal((await again.call("POST", "/tasks", aTask("there is room for this"))).status, 201);

    // Tried again within a minute, once there is room.
    execFileSync("mount", ["-o", "remount,size=128m", disk]);
    await until("it is tried again", async () => (await events("snapshot")).length > 0);
    assert.equal((await events("job_recovered")).length, 1);
    assert.equal((await command(["backup", "verify", "--data", data])).code, 0);
    assert.equal(await server.stop(), 0);
  },
);
