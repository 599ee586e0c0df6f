/* Kill -9 under write load, over HTTP: what was acknowledged is there, once. The same is done to the
 * store alone, with power loss too, by the C programs beside this.
 * STUDYBUNNY_KILL_ROUNDS: how many rounds (10 if not set; the long run is 200). */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import {
  aTask,
  type Client,
  guest,
  newFolder,
  removeFolder,
  startServer,
  titles,
} from "../support/server.ts";

const rounds = Number(process.env["STUDYBUNNY_KILL_ROUNDS"] ?? "10");
const writers = 8;

/** Creates tasks until the server is gone; notes the titles that were acknowledged. */
async function write(client: Client, round: number, acknowledged: Set<string>): Promise<void> {
  for (let i = 0; i < 100_000; i++) {
    const title = `${String(round)}.${String(i)}.${randomUUID()}`;
    try {
      const reply = await client.call("POST", "/tasks", aTask(title), {
        "idempotency-key": randomUUID(),
      });
      if (reply.status === 201) acknowledged.add(title);
      else if (reply.status === 409) return; // as many as a guest may have
    } catch {
      return;
    }
  }
}

test(`${String(rounds)} rounds of kill -9`, { timeout: 60_000 + rounds * 5_000 }, async () => {
  const folder = await newFolder();
  let acknowledgedInAll = 0;
  for (let round = 0; round < rounds; round++) {
    const server = await startServer(folder);
    const clients = await Promise.all(Array.from({ length: writers }, () => guest(server)));
    const acknowledged = clients.map(() => new Set<string>());
    const writing = clients.map((c, i) => write(c, round, acknowledged[i] ?? new Set()));
    const enough = 15 + Math.random() * 60;
    while (acknowledged.reduce((n, of) => n + of.size, 0) < enough)
      await new Promise((done) => setTimeout(done, 1));
    await server.kill();
    await Promise.all(writing);

    const risen = await startServer(folder, {}, server.port);
    for (const [i, client] of clients.entries()) {
      const there = await titles(client);
      assert.equal(new Set(there).size, there.length, "nothing is doubled");
      const found = new Set(there);
      for (const title of acknowledged[i] ?? []) assert.ok(found.has(title), `lost ${title}`);
      acknowledgedInAll += acknowledged[i]?.size ?? 0;
    }
    assert.equal(await risen.stop(), 0);
  }
  assert.ok(acknowledgedInAll >= rounds * 15);
  await removeFolder(folder);
});
