/* A proxy cuts the answer; the client repeats with the same key: nothing happens twice. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { after, test } from "node:test";
import { aTask, Client, guest, newEmail, password, served } from "../support/server.ts";

import { anEvent } from "./samples.ts";

let proxy: Server;
/** How many more answers the proxy swallows. */
let cut = 0;

const at = served({}, async (server) => {
  proxy = createServer((near) => {
    const far = connect(server.port, "127.0.0.1");
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
    near.pipe(far);
    far.on("data", (bytes) => {
      if (cut > 0) {
        cut -= 1;
        near.resetAndDestroy();
        far.destroy();
      } else {
        near.write(bytes);
      }
    });
    far.on("end", () => near.end());
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
});

after(() => proxy.close());

function throughProxy(client: Client): Client {
  const { port } = proxy.address() as AddressInfo;
  const near = new Client(`http://127.0.0.1:${String(port)}`, { connection: "close" });
  near.cookie = client.cookie;
  return near;
}

async function revision(client: Client): Promise<number> {
  return (await client.call("GET", "/me")).json.rev as number;
}

interface Case {
  name: string;
  request(client: Client): Promise<[string, string, unknown, Record<string, string>?]>;
}

interface Made {
  path: string;
  id: string;
  version: string;
}

async function make(client: Client, path: string, body: unknown): Promise<Made> {
  const reply = await client.call("POST", path, body);
  const id = reply.json.id as string;
  return { path: `${path}/${id}`, id, version: reply.headers.get("etag") ?? "" };
}

const oneTask = (client: Client) => make(client, "/tasks", aTask());
const oneEvent = (client: Client) => make(client, "/events", anEvent());

const cases: Case[] = [
  { name: "create a task", request: () => Promise.resolve(["POST", "/tasks", aTask()]) },
  {
    name: "create a course",
    request: () => Promise.resolve(["POST", "/courses", { name: "History" }]),
  },
  {
    name: "change a task",
    async request(client) {
      const t = await oneTask(client);
      return ["PATCH", t.path, { title: "Changed" }, { "if-match": t.version }];
    },
  },
  {
    name: "delete a task",
    async request(client) {
      const t = await oneTask(client);
      return ["DELETE", t.path, undefined, { "if-match": t.version }];
    },
  },
  {
    name: "complete tasks",
    async request(client) {
      const t = await oneTask(client);
      return ["POST", "/tasks/complete", { ids: [t.id] }];
    },
  },
  { name: "create an event", request: () => Promise.resolve(["POST", "/events", anEvent()]) },
  {
    name: "change an event",
    async request(client) {
      const e = await oneEvent(client);
      return ["PATCH", e.path, { skipped: [{ date: "2036-10-21" }] }, { "if-match": e.version }];
    },
  },
  {
    name: "cut an event in two",
    async request(client) {
      const e = await oneEvent(client);
      const headers = { "if-match": e.version };
      return ["POST", `${e.path}/split`, { date: "2036-10-28" }, headers];
    },
  },
  {
    name: "delete an event",
    async request(client) {
      const e = await oneEvent(client);
      return ["DELETE", e.path, undefined, { "if-match": e.version }];
    },
  },
  {
    name: "change settings",
    request: () => Promise.resolve(["PATCH", "/settings", { zone: "Europe/Berlin" }]),
  },
  {
    name: "replace the free hours",
    request: () =>
      Promise.resolve([
        "PUT",
        "/availability",
        { week: [{ day: 1, start: "08:00", end: "10:00" }] },
      ]),
  },
];

for (const c of cases) {
  test(`${c.name}: repeated after lost answers`, async () => {
    const client = await guest(at.server);
    const [method, path, body, headers = {}] = await c.request(client);
    const before = await revision(client);
    const near = throughProxy(client);
    const withKey = { ...headers, "idempotency-key": randomUUID() };
    cut = 2;
    for (let i = 0; i < 2; i++) {
      await assert.rejects(near.call(method, path, body, withKey), "the answer was lost");
    }
    const heard = await near.call(method, path, body, withKey);
    assert.ok(heard.status >= 200 && heard.status < 300, heard.text);
    assert.equal(await revision(client), before + 1, "it happened once");
    const again = await near.call(method, path, body, withKey);
    assert.equal(again.status, heard.status);
    assert.equal(again.text, heard.text);
    assert.equal(await revision(client), before + 1);
  });
}

test("signing up after a lost answer", async () => {
  const client = await guest(at.server);
  await client.call("POST", "/tasks", aTask("Kept"));
  const near = throughProxy(client);
  const key = { "idempotency-key": randomUUID() };
  const body = { email: newEmail(), password };
  cut = 1;
  await assert.rejects(near.call("POST", "/accounts", body, key));
  const heard = await near.call("POST", "/accounts", body, key);
  assert.equal(heard.status, 201, heard.text);
  assert.equal((await near.call("GET", "/tasks")).json.items[0].title, "Kept");
});

for (const path of ["/session", "/session?everywhere=true", "/me"]) {
  test(`DELETE ${path} after a lost answer, when nobody is signed in any more`, async () => {
    const client = await guest(at.server);
    const near = throughProxy(client);
    const key = { "idempotency-key": randomUUID() };
    cut = 1;
    await assert.rejects(near.call("DELETE", path, undefined, key));
    assert.equal((await client.call("GET", "/me")).status, 401, "it happened");
    assert.equal((await near.call("DELETE", path, undefined, key)).status, 204);
    assert.equal((await near.call("DELETE", path, undefined, key)).status, 204);
    const other = { "idempotency-key": randomUUID() };
    assert.equal((await near.call("DELETE", path, undefined, other)).status, 401);
  });
}
