/* Every status that the document promises for an operation is produced; what is never produced must
 * not be promised. Those that are the server's and not the operation's are produced once for all. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import {
  admin,
  aTask,
  Client,
  guest,
  type Headers_,
  newFolder,
  password,
  removeFolder,
  type Reply,
  served,
  startServer,
  user,
} from "../support/server.ts";
import { zip } from "../support/zip.ts";
import {
  ask,
  bodyOf,
  furnish,
  furnishAdmin,
  needsVersion,
  nobodys,
  pathOf,
  type Owned,
} from "./asking.ts";
import { endpointsOf, readDocument, type Endpoint } from "./document.ts";

const endpoints = endpointsOf(readDocument());
/** Of the server as a whole, whatever is asked; 429 is in semantics.test.ts. */
const general = ["413", "429", "431", "503", "507"];

const at = served();

interface Caller {
  client: Client;
  email: string;
  owned: Owned;
}

async function caller(isAdmin = false): Promise<Caller> {
  const email = `${randomUUID()}@example.org`;
  const client = await (isAdmin ? admin : user)(at.server, email);
  return { client, email, owned: await (isAdmin ? furnishAdmin : furnish)(client) };
}

/** An archive with so many courses, sent as a file of this type. */
function bring(by: Caller, courses: number, type = "application/zip"): Promise<Reply> {
  const course = Array.from({ length: courses }, (_, i) => ({
    id: `0192f0c1-2345-7abc-8def-${String(i).padStart(12, "0")}`,
    name: "History",
  }));
  const document = Buffer.from(JSON.stringify({ format: "studybunny", version: 1, course }));
  const archive = zip("studybunny.json", document);
  return by.client.call("POST", "/me/import", archive, { "content-type": type });
}

/** Signing in needs an account that is there. */
async function rightly(e: Endpoint, by: Caller): Promise<Reply> {
  if (e.method === "POST" && e.path.endsWith("/session"))
    return by.client.call("POST", "/session", { email: by.email, password });
  if (e.path.endsWith("/import")) return bring(by, 1);
  if (e.path.endsWith("/refresh")) {
    const link = { url: "https://calendar.example.org/term.ics" };
    const feeds = String((await by.client.call("POST", "/feeds", link)).json.id);
    return ask(by.client, e, { ...by.owned, feeds });
  }
  return ask(by.client, e, by.owned);
}

/** A right request of an operation that takes or gives a file, so that it answers `status`. */
async function file(e: Endpoint, by: Caller, status: number): Promise<Reply> {
  const content = (id: string) => `/attachments/${id}/content`;
  const { attachments, upload } = by.owned;
  const call = (
    id: string,
    body?: string,
    headers: Record<string, string> = {},
    method = e.method,
  ) =>
    by.client.call(method, content(id), body, {
      ...(e.file ? { "content-type": e.file } : {}),
      ...(e.method === "PATCH" ? { "upload-offset": "0", "upload-complete": "?1" } : {}),
      ...headers,
    });
  if (e.method === "GET") {
    if (status === 204) return call(upload, undefined, {}, "HEAD");
    if (status === 409) return call(upload);
    return call(attachments, undefined, { range: status === 206 ? "bytes=1-2" : "bytes=9-" });
  }
  if (status === 204) return call(upload, "he", { "upload-complete": "?0" });
  if (status === 409) return call(attachments, "hello");
  return call(upload, "hello", { "content-encoding": "gzip", "content-type": "text/plain" });
}

/** An entity that is created where its id already is. */
async function createdAgain(e: Endpoint, by: Caller): Promise<Reply> {
  if (e.path.includes("/timer/") || e.path.endsWith("/feeds")) {
    await ask(by.client, e, by.owned);
    return ask(by.client, e, by.owned);
  }
  if (e.file) {
    const text = bodyOf(e, by.owned);
    const type = { "content-type": e.file };
    await by.client.call(e.method, pathOf(e, by.owned), text, type);
    return by.client.call(e.method, pathOf(e, by.owned), text, type);
  }
  const { id, ...made } = (await ask(by.client, e, by.owned)).json as Record<string, unknown>;
  const again = { ...(bodyOf(e, by.owned) as object), id };
  assert.ok(made);
  const version: Headers_ = needsVersion(e) ? { "if-match": "*" } : {};
  return by.client.call(e.method, pathOf(e, by.owned), again, version);
}

/** A guest made again with the key of one who is a user by now. */
async function guestAgain(): Promise<Reply> {
  const key = { "idempotency-key": randomUUID() };
  const client = new Client(at.server.url);
  await client.call("POST", "/guest", {}, key);
  const signed = await client.call("POST", "/accounts", {
    email: `${randomUUID()}@e.org`,
    password,
  });
  assert.equal(signed.status, 201);
  return client.call("POST", "/guest", {}, key);
}

const producers: Record<string, (e: Endpoint, by: Caller) => Promise<Reply>> = {
  200: (e, by) =>
    "201" in e.operation.responses && e.member ? createdAgain(e, by) : rightly(e, by),
  201: rightly,
  204: (e, by) => (e.path.endsWith("/content") ? file(e, by, 204) : rightly(e, by)),
  206: (e, by) => file(e, by, 206),
  304: async (e, by) => {
    const at = e.path.endsWith("/schedule") ? "?at=2036-11-20T08:00:00Z" : "";
    const path = pathOf(e, by.owned) + at;
    const tag = (await by.client.call("GET", path)).headers.get("etag");
    assert.ok(tag, "has an ETag");
    return by.client.call("GET", path, undefined, { "if-none-match": tag });
  },
  400: (e, by) =>
    by.client.call(e.method, `${pathOf(e, by.owned)}?colour=red`, bodyOf(e, by.owned), {
      ...(needsVersion(e) ? { "if-match": "*" } : {}),
      ...(e.file ? { "content-type": e.file } : {}),
    }),
  401: (e, by) =>
    e.path.endsWith("/session") && !e.member
      ? by.client.call("POST", "/session", { email: by.email, password: "not the password" })
      : ask(new Client(at.server.url), e, by.owned),
  403: async (e, by) =>
    e.admin
      ? ask(await user(at.server), e, by.owned)
      : ask(by.client, e, by.owned, { origin: "https://evil.example" }),
  404: (e, by) => ask(by.client, e, nobodys),
  409: async (e, by) => {
    if (e.path.endsWith("/content")) return file(e, by, 409);
    if (e.path.endsWith("/guest")) return guestAgain();
    if (e.path.endsWith("/import")) return bring(by, 101);
    if (e.path.endsWith("/accounts"))
      return by.client.call("POST", "/accounts", { email: by.email, password });
    if (e.path.endsWith("/me")) return ask(await guest(at.server), e, by.owned);
    const key = { "idempotency-key": randomUUID() };
    const other = { email: by.email, password };
    const first = e.path.endsWith("/session")
      ? await by.client.call("POST", "/session", other, key)
      : await by.client.call("POST", "/tasks", aTask("First"), key);
    assert.ok(first.status < 300, first.text);
    return e.path.endsWith("/session")
      ? by.client.call("POST", "/session", { ...other, email: other.email.toUpperCase() }, key)
      : ask(by.client, e, by.owned, key);
  },
  412: (e, by) =>
    e.path.endsWith("/delete")
      ? by.client.call(e.method, e.path, { tasks: [{ id: by.owned.tasks, version: 999_999 }] })
      : ask(by.client, e, by.owned, { "if-match": '"999999"' }),
  415: (e, by) => {
    if (e.path.endsWith("/import")) return bring(by, 1, "text/plain");
    if (e.file && e.path.endsWith("/content")) return file(e, by, 415);
    return ask(by.client, e, by.owned, { "content-type": "text/plain" });
  },
  416: (e, by) => file(e, by, 416),
  428: (e, by) => by.client.call(e.method, pathOf(e, by.owned), bodyOf(e, by.owned)),
};

for (const e of endpoints) {
  for (const status of Object.keys(e.operation.responses)) {
    if (general.includes(status) || status === "410") continue;
    test(`${e.method} ${e.path} answers ${status}`, async () => {
      const produce = producers[status];
      assert.ok(produce, `nothing here produces ${status}: does anything?`);
      const reply = await produce(e, await caller(e.admin));
      assert.equal(String(reply.status), status, reply.text);
    });
  }
}

test("410: the cursor is older than what is remembered of deletions", async () => {
  const own = await newFolder();
  let old = await startServer(own);
  const me = await guest(old);
  const task = await me.call("POST", "/tasks", aTask());
  const since = ((await me.call("GET", "/me")).json.rev as number) - 1;
  const path = `/tasks/${task.json.id as string}`;
  assert.equal((await me.call("DELETE", path, undefined, { "if-match": "*" })).status, 204);
  await old.stop();
  const longAgo = "UPDATE tombstone SET at = at - 91 * 86400000";
  execFileSync("sqlite3", [join(own, "studybunny.db"), longAgo]);
  old = await startServer(own, {}, old.port);
  assert.equal((await me.call("GET", `/changes?since=${String(since)}`)).status, 200);
  await me.call("POST", "/tasks", aTask("Later"));
  assert.equal((await me.call("GET", `/changes?since=${String(since)}`)).status, 410);
  assert.equal((await me.call("GET", "/changes?since=0")).status, 200);
  await old.stop();
  await removeFolder(own);
});

test("413 and 431: too much is sent", async () => {
  const me = await guest(at.server);
  assert.equal((await me.call("POST", "/tasks", "x".repeat(200_000))).status, 413);
  const long = { "x-long": "y".repeat(40_000) };
  assert.equal((await me.call("GET", "/me", undefined, long)).status, 431);
});

test("503: more than can be served at once", async () => {
  const own = await newFolder();
  const one = { STUDYBUNNY_HTTP_WORKERS: "1", STUDYBUNNY_HTTP_QUEUE_LENGTH: "1" };
  const narrow = await startServer(own, one);
  const body = { email: "nobody@example.org", password };
  const many = Array.from({ length: 20 }, () =>
    new Client(narrow.url).call("POST", "/session", body),
  );
  const replies = await Promise.all(many);
  assert.ok(replies.every((r) => r.status === 401 || r.status === 503));
  const refused = replies.find((r) => r.status === 503);
  assert.match(refused?.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  await narrow.stop();
  await removeFolder(own);
});

/** A folder on a file system of 3 MB; undefined where this user may not mount one. */
function smallDisk(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "studybunny-test", folder], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

test("507: the disk is full; reading goes on, and writing when there is room again", async (t) => {
  const own = await newFolder();
  if (!smallDisk(own)) {
    await removeFolder(own);
    t.skip("only root may mount a small disk");
    return;
  }
  try {
    const full = await startServer(own);
    const me = await guest(full);
    const large = { ...aTask(), notes: "n".repeat(4000) };
    let reply = await me.call("POST", "/tasks", large);
    let kept = 0;
    for (; reply.status === 201 && kept < 490; kept++)
      reply = await me.call("POST", "/tasks", large);
    assert.equal(reply.status, 507, `after ${String(kept)} tasks`);
    assert.equal((await me.call("GET", "/me")).status, 200);
    execFileSync("mount", ["-o", "remount,size=30m", own]);
    assert.equal((await me.call("POST", "/tasks", large)).status, 201);
    const open = await me.call("GET", "/tasks?limit=200");
    assert.ok(open.json.items.length >= Math.min(kept, 200));
    assert.equal(await full.stop(), 0);
  } finally {
    execFileSync("umount", [own]);
    await removeFolder(own);
  }
});
