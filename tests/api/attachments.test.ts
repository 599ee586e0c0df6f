/* Files of tasks: in, also over several connections, out, also in parts, into the trash and back. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import {
  aTask,
  Client,
  guest,
  type Reply,
  served,
  startServer,
  until,
  user,
} from "../support/server.ts";

let client: Client;
let task: string;

const PNG = Buffer.from(
  "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489",
  "hex",
);
const PDF = Buffer.from("%PDF-1.7\nStudy sheet\n");
const HTML = Buffer.from("<!DOCTYPE html><script>alert(document.cookie)</script>");
const SVG = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>');

const at = served({}, async (server) => {
  client = await user(server);
  task = (await client.call("POST", "/tasks", aTask())).json.id as string;
});

interface Attachment {
  id: string;
  task_id: string;
  name: string;
  size: number;
  type: string | null;
  state: string;
  trashed: string | null;
  version: number;
}

async function announce(
  size: number,
  name = "notes.txt",
  who = client,
  of = task,
): Promise<string> {
  const reply = await who.call("POST", `/tasks/${of}/attachments`, { name, size });
  assert.equal(reply.status, 201, reply.text);
  return (reply.json as Attachment).id;
}

const content = (id: string) => `/attachments/${id}/content`;

function put(id: string, bytes: Uint8Array, who = client): Promise<Reply> {
  return who.call("PUT", content(id), bytes, { "content-type": "application/x-anything" });
}

async function attach(bytes: Uint8Array, name?: string, who = client, of = task): Promise<string> {
  const id = await announce(bytes.length, name, who, of);
  const reply = await put(id, bytes, who);
  assert.equal(reply.status, 200, reply.text);
  return id;
}

function patch(
  id: string,
  bytes: Uint8Array,
  offset: number,
  complete = true,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return client.call("PATCH", content(id), bytes, {
    "content-type": "application/partial-upload",
    "upload-offset": String(offset),
    "upload-complete": complete ? "?1" : "?0",
    ...headers,
  });
}

function code(reply: Reply): string | undefined {
  return (reply.json as { errors: { code: string }[] }).errors[0]?.code;
}

async function bytesOf(id: string, headers: Record<string, string> = {}): Promise<Buffer> {
  const reply = await fetch(`${at.server.url}/api/v1${content(id)}`, {
    headers: { cookie: client.cookie, ...headers },
  });
  return Buffer.from(await reply.arrayBuffer());
}

/** Names of all files below the media folder, without the spool's own. */
async function files(): Promise<string[]> {
  const all = await readdir(join(at.folder, "media"), { recursive: true, withFileTypes: true });
  return all.filter((e) => e.isFile() && !e.name.startsWith(".")).map((e) => e.name);
}

/** A request of which only the beginning is sent; then the connection breaks. */
async function breakOff(id: string, bytes: Buffer, sent: number): Promise<void> {
  const socket = connect(at.server.port, "127.0.0.1");
  const head =
    `PUT /api/v1${content(id)} HTTP/1.1\r\nHost: x\r\nCookie: ${client.cookie}\r\n` +
    `Content-Length: ${String(bytes.length)}\r\n\r\n`;
  await new Promise<void>((done) => {
    socket.write(Buffer.concat([Buffer.from(head), bytes.subarray(0, sent)]), () => done());
  });
  await until("it has arrived", async () => (await offset(id)) >= sent - (64 << 10));
  socket.destroy();
  await pause(100);
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function offset(id: string): Promise<number> {
  const reply = await client.call("HEAD", content(id));
  assert.equal(reply.status, 204);
  assert.equal(reply.headers.get("upload-complete"), "?0");
  assert.equal(reply.headers.get("cache-control"), "no-store");
  return Number(reply.headers.get("upload-offset"));
}

test("a file goes in and comes out as it was", async () => {
  const bytes = randomBytes(300_001);
  const id = await attach(bytes, "data.bin");
  assert.deepEqual(await bytesOf(id), bytes);
  const record = (await client.call("GET", `/tasks/${task}/attachments/${id}`)).json as Attachment;
  assert.equal(record.state, "ready");
  assert.equal(record.size, bytes.length);
  assert.equal(record.task_id, task);
  const list = await client.call("GET", `/tasks/${task}/attachments`);
  assert.ok((list.json as { items: Attachment[] }).items.some((a) => a.id === id));
  const changes = await client.call("GET", "/changes?since=0");
  assert.ok((changes.json.changed.attachments as Attachment[]).some((a) => a.id === id));
});

test("an empty file, and one of a single byte", async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from("x")]) {
    assert.deepEqual(await bytesOf(await attach(bytes)), bytes);
  }
});

test("nothing of where it lies is told", async () => {
  const id = await attach(randomBytes(40));
  const names = await files();
  const said = [
    (await client.call("GET", `/tasks/${task}/attachments/${id}`)).text,
    (await client.call("GET", "/changes?since=0")).text,
  ].join();
  for (const name of names) assert.ok(!said.includes(name.slice(0, 20)));
  assert.ok(!said.includes("key") && !said.includes("sha256"));
});

test("the type is judged by the bytes, and only pictures and PDF are shown", async () => {
  const examples: [Buffer, string, boolean][] = [
    [PNG, "image/png", true],
    [PDF, "application/pdf", true],
    [HTML, "text/html", false],
    [SVG, "image/svg+xml", false],
    [Buffer.from("plain words\n"), "text/plain", false],
  ];
  for (const [bytes, type, shown] of examples) {
    const id = await attach(bytes, "picture.png");
    const record = await client.call("GET", `/tasks/${task}/attachments/${id}`);
    assert.equal((record.json as Attachment).type, type);
    for (const inline of [false, true]) {
      const reply = await client.call("GET", content(id) + (inline ? "?disposition=inline" : ""));
      const header = (name: string) => reply.headers.get(name) ?? "";
      assert.equal(header("x-content-type-options"), "nosniff");
      assert.equal(header("content-type"), shown ? type : "application/octet-stream");
      assert.equal(
        header("content-disposition").split(";")[0],
        inline && shown ? "inline" : "attachment",
      );
      assert.match(header("content-security-policy"), /default-src 'none'/);
      if (!(inline && type === "application/pdf"))
        assert.match(header("content-security-policy"), /(^|; )sandbox(;|$)/);
    }
  }
});

test("a name cannot break out of its header", async () => {
  const id = await attach(PDF, '../ü"; x="y\\🐰%2f.pdf');
  const reply = await client.call("GET", content(id));
  assert.equal(
    reply.headers.get("content-disposition"),
    'attachment; filename="..___; x=_y___2f.pdf"; ' +
      "filename*=UTF-8''..%5F%C3%BC%22%3B%20x%3D%22y%5F%F0%9F%90%B0%252f.pdf",
  );
});

test("ranges", async () => {
  const bytes = randomBytes(1000);
  const id = await attach(bytes);
  const ask = (range: string, more: Record<string, string> = {}) =>
    client.call("GET", content(id), undefined, { range, ...more });
  const parts: [string, number, number][] = [
    ["bytes=0-0", 0, 1],
    ["bytes=100-199", 100, 200],
    ["bytes=900-", 900, 1000],
    ["bytes=-50", 950, 1000],
    ["bytes=10-9999999", 10, 1000],
  ];
  for (const [range, from, until] of parts) {
    const reply = await ask(range);
    assert.equal(reply.status, 206, range);
    assert.equal(
      reply.headers.get("content-range"),
      `bytes ${String(from)}-${String(until - 1)}/1000`,
    );
    assert.deepEqual(await bytesOf(id, { range }), bytes.subarray(from, until));
  }
  for (const range of ["bytes=1000-", "bytes=-0", "bytes=99999999999999999999-"]) {
    const reply = await ask(range);
    assert.equal(reply.status, 416, range);
    assert.equal(reply.headers.get("content-range"), "bytes */1000");
  }
  for (const range of ["bytes=0-1,5-6", "bytes=5-4", "items=0-1", "bytes=a-b", "bytes=--5"]) {
    const reply = await ask(range);
    assert.equal(reply.status, 200, range);
    assert.equal(reply.headers.get("content-length"), "1000");
  }
  const tag = (await ask("bytes=0-1")).headers.get("etag") ?? "";
  assert.equal((await ask("bytes=0-1", { "if-range": tag })).status, 206);
  assert.equal((await ask("bytes=0-1", { "if-range": '"other"' })).status, 200);
  assert.equal((await ask("bytes=0-1", { "if-range": `W/${tag}` })).status, 200);
  assert.equal((await ask("bytes=0-1", { "if-none-match": tag })).status, 304);
  assert.equal((await ask("", { "if-none-match": '"other"' })).status, 200);
  const head = await client.call("HEAD", content(id));
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-length"), "1000");
  assert.equal(head.headers.get("accept-ranges"), "bytes");
  assert.equal(head.headers.get("upload-complete"), "?1");
});

test("an upload goes on after its connection broke", async () => {
  const bytes = randomBytes(700_000);
  const id = await announce(bytes.length);
  assert.equal(await offset(id), 0);
  await breakOff(id, bytes, 400_000);
  const here = await offset(id);
  assert.ok(here > 300_000 && here <= 400_000, String(here));
  assert.equal((await client.call("GET", content(id))).status, 409);

  const wrong = await patch(id, bytes.subarray(here + 1), here + 1);
  assert.equal(wrong.status, 409);
  assert.equal(code(wrong), "mismatching_upload_offset");
  assert.equal(wrong.headers.get("upload-offset"), String(here));

  const middle = await patch(id, bytes.subarray(here, here + 1000), here, false);
  assert.equal(middle.status, 204, middle.text);
  assert.equal(middle.headers.get("upload-offset"), String(here + 1000));
  assert.equal(middle.headers.get("upload-complete"), "?0");

  const last = await patch(id, bytes.subarray(here + 1000), here + 1000);
  assert.equal(last.status, 200, last.text);
  assert.equal((last.json as Attachment).state, "ready");
  assert.deepEqual(await bytesOf(id), bytes);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  const tag = (await client.call("HEAD", content(id))).headers.get("etag");
  assert.equal(tag, `"${hash}"`, "hashed over both connections");

  const again = await put(id, bytes);
  assert.equal(again.status, 409);
  assert.equal(code(again), "complete");
});

test("an upload goes on after the server was killed", async () => {
  const bytes = randomBytes(500_000);
  const id = await announce(bytes.length);
  await breakOff(id, bytes, 300_000);
  await at.server.kill();
  at.server = await startServer(at.folder);
  const before = client.cookie;
  client = new Client(at.server.url);
  client.cookie = before;
  const here = await offset(id);
  assert.ok(here > 200_000);
  assert.equal((await patch(id, bytes.subarray(here), here)).status, 200);
  assert.deepEqual(await bytesOf(id), bytes);
});

test("PUT begins anew", async () => {
  const bytes = randomBytes(200_000);
  const id = await announce(bytes.length);
  await breakOff(id, randomBytes(200_000), 150_000);
  assert.equal((await put(id, bytes)).status, 200);
  assert.deepEqual(await bytesOf(id), bytes);
});

test("what does not fit the announcement is refused", async () => {
  const id = await announce(10);
  const refusals: [Promise<Reply>, number, string][] = [
    [put(id, Buffer.alloc(11)), 413, "too_much"],
    [put(id, Buffer.alloc(9)), 400, "incomplete"],
    [patch(id, Buffer.alloc(9), 0), 400, "incomplete"],
    [patch(id, Buffer.alloc(11), 0, false), 413, "too_much"],
    [patch(id, Buffer.alloc(1), 11), 413, "too_much"],
    [patch(id, Buffer.alloc(5), 5), 409, "mismatching_upload_offset"],
    [patch(id, Buffer.alloc(5), 0, true, { "content-type": "text/plain" }), 415, "content_type"],
    [patch(id, Buffer.alloc(5), 0, true, { "upload-offset": "x" }), 400, "format"],
    [patch(id, Buffer.alloc(5), 0, true, { "upload-offset": "-1" }), 400, "format"],
    [patch(id, Buffer.alloc(5), 0, true, { "upload-complete": "true" }), 400, "format"],
    [patch(id, Buffer.alloc(5), 0, true, { "content-encoding": "gzip" }), 415, "content_type"],
    [
      client.call("PUT", content(id), Buffer.alloc(5), { "content-range": "bytes 0-4/10" }),
      400,
      "format",
    ],
    [client.call("PUT", content(id), Buffer.alloc(10), { "upload-complete": "?0" }), 400, "format"],
  ];
  for (const [promise, status, expected] of refusals) {
    const reply = await promise;
    assert.equal(reply.status, status, reply.text);
    assert.equal(code(reply), expected);
    assert.equal(await offset(id), 0);
  }
  assert.equal((await put(id, Buffer.alloc(10))).status, 200);
});

test("chunks of an unknown length", async () => {
  const id = await announce(6);
  const send = async (text: string) => {
    const socket = connect(at.server.port, "127.0.0.1");
    socket.write(
      `PUT /api/v1${content(id)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
        `Cookie: ${client.cookie}\r\nTransfer-Encoding: chunked\r\n\r\n` +
        `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`,
    );
    const answer: Buffer[] = [];
    for await (const bytes of socket) answer.push(bytes as Buffer);
    return Buffer.concat(answer).toString();
  };
  assert.match(await send("seven!!"), /^HTTP\/1.1 413/);
  assert.match(await send("five!"), /^HTTP\/1.1 400[^]*incomplete/);
  assert.match(await send("sixsix"), /^HTTP\/1.1 200/);
  assert.equal((await bytesOf(id)).toString(), "sixsix");
});

test("a later connection takes the upload over", async () => {
  const bytes = randomBytes(300_000);
  const id = await announce(bytes.length);
  const socket = connect(at.server.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    `PUT /api/v1${content(id)} HTTP/1.1\r\nHost: x\r\nCookie: ${client.cookie}\r\n` +
      `Content-Length: ${String(bytes.length)}\r\n\r\n`,
  );
  socket.write(bytes.subarray(0, 100_000));
  while ((await offset(id)) < 65_536) await pause(10);
  assert.equal((await put(id, bytes)).status, 200);
  socket.write(randomBytes(200_000));
  await pause(100);
  socket.destroy();
  assert.deepEqual(await bytesOf(id), bytes);
});

test("deleted and taken back", async () => {
  const id = await attach(PDF, "sheet.pdf");
  const path = `/tasks/${task}/attachments/${id}`;
  const etag = (await client.call("GET", path)).headers.get("etag") ?? "";
  assert.equal((await client.call("DELETE", path)).status, 428);
  assert.equal((await client.call("DELETE", path, undefined, { "if-match": '"1"' })).status, 412);
  const gone = await client.call("DELETE", path, undefined, { "if-match": etag });
  assert.equal(gone.status, 204, gone.text);
  for (const address of [path, content(id)])
    assert.equal((await client.call("GET", address)).status, 404);
  const list = (await client.call("GET", `/tasks/${task}/attachments`)).json as {
    items: Attachment[];
  };
  assert.ok(!list.items.some((a) => a.id === id));
  const restored = await client.call("POST", `${path}/restore`, {});
  assert.equal(restored.status, 200, restored.text);
  assert.equal((restored.json as Attachment).trashed, null);
  assert.deepEqual(await bytesOf(id), PDF);
  assert.equal((await client.call("POST", `${path}/restore`, {})).status, 200);
});

test("an upload that is given up leaves nothing", async () => {
  const before = (await files()).length;
  const id = await announce(200_000);
  await breakOff(id, randomBytes(200_000), 100_000);
  assert.equal((await files()).length, before + 1);
  const path = `/tasks/${task}/attachments/${id}`;
  assert.equal((await client.call("DELETE", path, undefined, { "if-match": "*" })).status, 204);
  assert.equal((await files()).length, before);
  assert.equal((await patch(id, Buffer.alloc(5), 0)).status, 404);
});

test("a task takes its files into the trash, and they can go to another", async () => {
  const first = (await client.call("POST", "/tasks", aTask())).json.id as string;
  const id = await attach(PNG, "photo.png", client, first);
  const used = async () => (await client.call("GET", "/me")).json.quota.bytes.used as number;
  const before = await used();
  await client.call("DELETE", `/tasks/${first}`, undefined, { "if-match": "*" });
  assert.equal((await client.call("GET", content(id))).status, 404);
  assert.equal(await used(), before - PNG.length);
  assert.equal(
    (await client.call("POST", `/tasks/${first}/attachments/${id}/restore`, {})).status,
    404,
  );
  const restored = await client.call("POST", `/tasks/${task}/attachments/${id}/restore`, {});
  assert.equal(restored.status, 200, restored.text);
  assert.equal((restored.json as Attachment).task_id, task);
  assert.deepEqual(await bytesOf(id), PNG);
});

test("a repeated announcement makes one attachment", async () => {
  const id = "01936b2a-0000-7000-8000-0000000000aa";
  const body = { id, name: "notes.txt", size: 5 };
  const key = { "idempotency-key": "01936b2a-0000-4000-8000-0000000000ab" };
  const path = `/tasks/${task}/attachments`;
  const first = await client.call("POST", path, body, key);
  assert.equal(first.status, 201);
  assert.deepEqual((await client.call("POST", path, body, key)).json, first.json);
  assert.equal((await client.call("POST", path, body)).status, 200);
  assert.equal((await client.call("POST", path, { ...body, size: 6 })).status, 409);
  const other = (await client.call("POST", "/tasks", aTask())).json.id as string;
  assert.equal((await client.call("POST", `/tasks/${other}/attachments`, body)).status, 409);
});

test("quotas: the size of a file, of all, their number", async () => {
  const who = await guest(at.server);
  const of = (await who.call("POST", "/tasks", aTask())).json.id as string;
  const path = `/tasks/${of}/attachments`;
  const MB = 1 << 20;
  const big = await who.call("POST", path, { name: "x", size: 129 * MB });
  assert.equal(big.status, 413);
  assert.equal((await who.call("POST", path, { name: "x", size: 513 * MB })).status, 400);
  await announce(128 * MB, "a", who, of);
  const second = await announce(128 * MB, "b", who, of);
  const full = await who.call("POST", path, { name: "c", size: 1 });
  assert.equal(full.status, 409);
  assert.equal(code(full), "quota");
  await who.call("DELETE", `${path}/${second}`, undefined, { "if-match": "*" });
  for (let i = 0; i < 19; i++) await announce(5, "n", who, of);
  const many = await who.call("POST", path, { name: "c", size: 1 });
  assert.equal(many.status, 409);
  assert.equal(code(many), "uploads");
  for (let i = 0; i < 80; i++) await announce(0, "n", who, of);
  const quota = await who.call("POST", path, { name: "c", size: 0 });
  assert.equal(code(quota), "quota");
  const me = (await who.call("GET", "/me")).json.quota;
  assert.deepEqual(me.attachments, { used: 100, limit: 100 });
  assert.deepEqual(me.bytes, { used: 128 * MB + 19 * 5, limit: 256 * MB });
});

test("the trash gives way to what is new", async () => {
  const who = await guest(at.server);
  const of = (await who.call("POST", "/tasks", aTask())).json.id as string;
  const path = `/tasks/${of}/attachments`;
  const bytes = randomBytes(1 << 20);
  const old = await attach(bytes, "old", who, of);
  const newer = await attach(bytes, "newer", who, of);
  const before = (await files()).length;
  for (const id of [old, newer])
    await who.call("DELETE", `${path}/${id}`, undefined, { "if-match": "*" });
  await announce(127 * (1 << 20), "a", who, of);
  await announce(127 * (1 << 20) + 5, "b", who, of);
  await announce((1 << 20) - 5, "c", who, of);
  assert.equal((await files()).length, before - 1, "the oldest of the trash is gone");
  assert.equal((await who.call("POST", `${path}/${old}/restore`, {})).status, 404);
  assert.equal((await who.call("POST", `${path}/${newer}/restore`, {})).status, 200);
});

test("erasing an account reaches its files", async () => {
  const marker = Buffer.from(`erase me ${randomBytes(12).toString("hex")}`);
  const who = await user(at.server);
  const of = (await who.call("POST", "/tasks", aTask())).json.id as string;
  const before = (await files()).length;
  const trashed = await attach(marker, "a", who, of);
  await attach(marker, "b", who, of);
  await who.call("DELETE", `/tasks/${of}/attachments/${trashed}`, undefined, { "if-match": "*" });
  assert.equal((await files()).length, before + 2);
  assert.equal((await who.call("DELETE", "/me")).status, 204);
  assert.equal((await files()).length, before);
  for (const entry of await readdir(at.folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    assert.ok(!(await readFile(join(entry.parentPath, entry.name))).includes(marker), entry.name);
  }
});

test("files without a record are cleared away at the start, others stay", async () => {
  const id = await attach(PDF);
  const names = await files();
  const orphan = "ab".repeat(32);
  const shard = join(at.folder, "media", (names[0] ?? "").slice(0, 2));
  await writeFile(join(shard, orphan.replace(/^../, (names[0] ?? "").slice(0, 2))), "orphan");
  await writeFile(join(at.folder, "media", "spool", `${orphan}.part`), "orphan");
  assert.equal((await files()).length, names.length + 2);
  await at.server.stop();
  const cookie = client.cookie;
  at.server = await startServer(at.folder);
  client = new Client(at.server.url);
  client.cookie = cookie;
  await until("they are cleared away", async () => (await files()).length <= names.length);
  assert.deepEqual((await files()).sort(), names.sort());
  assert.deepEqual(await bytesOf(id), PDF);
});

test("a file that is lost is a fault of that file alone", async () => {
  const who = await user(at.server);
  const of = (await who.call("POST", "/tasks", aTask())).json.id as string;
  const before = new Set(await files());
  const lost = await attach(randomBytes(10), "lost", who, of);
  const [name = ""] = (await files()).filter((n) => !before.has(n));
  const kept = await attach(randomBytes(10), "kept", who, of);
  await rm(join(at.folder, "media", name.slice(0, 2), name));
  const reply = await who.call("GET", content(lost));
  assert.equal(reply.status, 500);
  assert.ok(!reply.text.includes(name.slice(0, 16)));
  assert.equal((await who.call("GET", content(kept))).status, 200);
});
