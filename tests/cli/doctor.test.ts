/* `studybunny doctor`: each thing that can be wrong is found and told, and nothing is changed. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  chmod,
  copyFile,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  aTask,
  newFolder,
  removeFolder,
  startServer,
  user,
  type Running,
} from "../support/server.ts";
import { command, type Ended } from "./program.ts";

let top = "";
let data = "";
let server: Running | undefined;

before(async () => {
  top = await newFolder();
  data = join(top, "data");
  server = await startServer(data);
  const client = await user(server);
  for (let i = 0; i < 20; i++)
    await client.call("POST", "/tasks", { ...aTask(), notes: "n".repeat(4000) });
  assert.equal((await command(["backup", "now", "--data", data])).code, 0);
});
after(async () => {
  await server?.kill().catch(() => undefined);
  await removeFolder(top);
});

async function doctor(env: Record<string, string> = {}): Promise<Ended> {
  return command(["doctor", "--data", data], { env });
}

/** Every file's content and mode. */
async function fingerprint(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(data, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile())
      files[path] = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
  }
  return files;
}

test("a healthy installation has no errors, with a server and without", async () => {
  const running = await doctor();
  assert.equal(running.code, 0, running.out);
  assert.match(running.out, /^ok {7}database: sound, 1 accounts$/m);
  assert.match(running.out, /^ok {7}address: 127\.0\.0\.1:/m);
  assert.match(running.out, /^0 errors, \d warnings\n$/m);
  await server?.stop();
  const was = await fingerprint();
  const alone = await doctor();
  assert.equal(alone.code, 0, alone.out);
  assert.deepEqual(await fingerprint(), was, "nothing was changed");
});

test("after kill -9 it reads what the log holds, and leaves it", async () => {
  server = await startServer(data);
  await user(server);
  await server.kill();
  const database = await readFile(join(data, "studybunny.db"));
  const log = await readFile(join(data, "studybunny.db-wal"));
  const found = await doctor();
  assert.match(found.out, /sound, 2 accounts/);
  assert.ok(database.equals(await readFile(join(data, "studybunny.db"))));
  assert.ok(log.equals(await readFile(join(data, "studybunny.db-wal"))));
  server = await startServer(data);
  await server.stop();
});

test("what is wrong is named, with a remedy and status 1", async () => {
  const path = (name: string): string => join(data, name);
  const keys = await readFile(path("keys"));
  const cases: [string, () => Promise<unknown>, RegExp, () => Promise<unknown>][] = [
    [
      "keys of too few",
      () => truncate(path("keys"), keys.length - 56),
      /ERROR {4}keys: 1 accounts have none/,
      () => writeFile(path("keys"), keys),
    ],
    [
      "keys damaged",
      () => writeFile(path("keys"), Buffer.from(keys).fill(0, 20, 30)),
      /ERROR {4}keys: .*damaged at byte 16/,
      () => writeFile(path("keys"), keys),
    ],
    [
      "keys for all to read",
      () => chmod(path("keys"), 0o644),
      /ERROR {4}permissions: .*keys can be used by others \(mode 644\)/,
      () => chmod(path("keys"), 0o600),
    ],
    [
      "no database",
      () => rename(path("studybunny.db"), path("elsewhere")),
      /ERROR {4}database: there is none/,
      () => rename(path("elsewhere"), path("studybunny.db")),
    ],
  ];
  for (const [name, spoil, words, mend] of cases) {
    await spoil();
    const found = await doctor();
    await mend();
    assert.equal(found.code, 1, name);
    assert.match(found.out, words);
    assert.match(found.out, /ERROR.*\n {9}→ \S/, name);
    assert.equal((await doctor()).code, 0, `${name}: mended`);
  }
});

test("a damaged database is told page by page", async () => {
  const database = join(data, "studybunny.db");
  await copyFile(database, join(top, "copy"));
  const bytes = await readFile(database);
  bytes.fill(0x5a, bytes.length - 3 * 4096, bytes.length - 4096);
  await writeFile(database, bytes);
  const found = await doctor();
  assert.equal(found.code, 1, found.out);
  assert.match(found.out, /ERROR {4}database: /);
  await copyFile(join(top, "copy"), database);
});

test("what is only unwise is a warning", async () => {
  const exposed = await doctor({ STUDYBUNNY_LISTEN: "0.0.0.0:80", STUDYBUNNY_RATE_LIMITS: "off" });
  assert.equal(exposed.code, 0);
  assert.match(
    exposed.out,
    /warning {2}address: 0\.0\.0\.0:80 can be reached by others, without TLS/,
  );
  assert.match(exposed.out, /warning {2}metrics: /);
  assert.match(exposed.out, /warning {2}limits: /);
  await rm(join(data, "snapshots"), { recursive: true });
  assert.match((await doctor()).out, /warning {2}snapshots: there is none/);
  const zones = await doctor({ TZDIR: join(top, "nowhere") });
  assert.equal(zones.code, 1);
  assert.match(zones.out, /ERROR {4}zones: .*\n.*install the package tzdata/);
});
