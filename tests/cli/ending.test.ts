/* SIGTERM while something is under way that does not end. */
import assert from "node:assert/strict";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { aTask, Client, guest, newFolder, removeFolder, startServer } from "../support/server.ts";

let top = "";
before(async () => (top = await newFolder()));
after(() => removeFolder(top));

const size = 100 << 20;

/** Sends a file steadily, but so slowly that it is never whole, until the connection ends. */
function sendSlowly(url: string, cookie: string, path: string): Promise<void> {
  return new Promise((ended) => {
    const headers = { cookie, "content-length": size, "content-type": "application/octet-stream" };
    const upload = request(`${url}/api/v1${path}`, { method: "PUT", headers });
    const piece = Buffer.alloc(16 << 10);
    const timer = setInterval(() => upload.write(piece), 5);
    const end = () => {
      clearInterval(timer);
      ended();
    };
    upload.on("error", end).on("close", end);
  });
}

test("files that are arriving do not keep the server from ending well", async () => {
  const data = join(top, "data");
  const server = await startServer(data);
  const client = await guest(server);
  const task = (await client.call("POST", "/tasks", aTask())).json.id as string;
  const paths: string[] = [];
  for (let i = 0; i < 2; i++) {
    const record = { name: `${String(i)}.bin`, size };
    const made = await client.call("POST", `/tasks/${task}/attachments`, record);
    assert.equal(made.status, 201, made.text);
    paths.push(`/attachments/${String(made.json.id)}/content`);
  }
  const sending = paths.map((path) => sendSlowly(server.url, client.cookie, path));
  const arrived = async (from: Client) =>
    Number((await from.call("HEAD", paths[0] ?? "")).headers.get("upload-offset"));
  while ((await arrived(client)) === 0) await sleep(20);
  const began = Date.now();
  assert.equal(await server.stop(), 0);
  assert.ok(Date.now() - began < 10_000, `within 10 s: ${String(Date.now() - began)} ms`);
  await Promise.all(sending);

  const again = await startServer(data);
  const there = new Client(again.url);
  there.cookie = client.cookie;
  assert.ok((await arrived(there)) > 0, "what has come is there");
  assert.equal(await again.stop(), 0);
});
