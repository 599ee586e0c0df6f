/* Lists and plans travel compressed to whoever can read that, and mean the same. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { aTask, type Client, served, user } from "../support/server.ts";

let client: Client;
const at = served({}, async (server) => {
  client = await user(server);
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "20:00" }));
  await client.call("PUT", "/availability", { week });
  for (let i = 0; i < 20; i++) await client.call("POST", "/tasks", aTask(`Essay ${String(i)}`));
});

interface Answer {
  status: number | undefined;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/* As the bytes come: fetch would unpack them. */
async function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const request = get(`${at.server.url}/api/v1${path}`, {
    headers: { cookie: client.cookie, ...headers },
  });
  const [reply] = (await once(request, "response")) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of reply) pieces.push(piece as Buffer);
  return { status: reply.statusCode, headers: reply.headers, body: Buffer.concat(pieces) };
}

for (const path of ["/tasks", "/schedule?days=28", "/changes?since=0"])
  test(`${path}: the same in fewer bytes`, async () => {
    const plain = await ask(path);
    const packed = await ask(path, { "accept-encoding": "br, gzip" });
    assert.equal(plain.headers["content-encoding"], undefined);
    assert.equal(packed.headers["content-encoding"], "gzip");
    for (const answer of [plain, packed])
      assert.match(answer.headers.vary ?? "", /Accept-Encoding/);
    const told = (bytes: Buffer) => {
      const all = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
      delete all["now"];
      return all;
    };
    assert.deepEqual(told(gunzipSync(packed.body)), told(plain.body));
    assert.ok(packed.body.length * 4 < plain.body.length, String(packed.body.length));
  });

test("who refuses gzip gets none, and a short reply is left as it is", async () => {
  const refused = await ask("/tasks", { "accept-encoding": "gzip;q=0, br" });
  assert.equal(refused.headers["content-encoding"], undefined);
  JSON.parse(refused.body.toString("utf8"));
  const short = await ask("/courses", { "accept-encoding": "gzip" });
  assert.equal(short.headers["content-encoding"], undefined);
});

test("the tag of a compressed reply is weak, and holds for both forms", async () => {
  const gzip = { "accept-encoding": "gzip" };
  for (const path of ["/tasks", "/schedule?days=28"]) {
    const tag = (await ask(path, gzip)).headers.etag ?? "";
    assert.match(tag, /^W\/"/);
    assert.equal((await ask(path)).headers.etag, tag.slice(2));
    for (const headers of [gzip, {}]) {
      const again = await ask(path, { ...headers, "if-none-match": tag });
      assert.equal(again.status, 304, path);
      assert.equal(again.body.length, 0);
      assert.match(again.headers.vary ?? "", /Accept-Encoding/);
    }
  }
});

test("what is edited keeps its strong tag", async () => {
  const notes = "long ".repeat(400);
  const task = (await client.call("POST", "/tasks", { ...aTask(), notes })).json as { id: string };
  const reply = await ask(`/tasks/${task.id}`, { "accept-encoding": "gzip" });
  assert.equal(reply.headers["content-encoding"], undefined);
  assert.match(reply.headers.etag ?? "", /^"\d+"$/);
});
