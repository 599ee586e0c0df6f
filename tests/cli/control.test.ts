/* Commands on a folder that a server is using, and on one that nobody uses. */
import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { connect } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Client, newFolder, password, removeFolder, startServer } from "../support/server.ts";
import { command } from "./program.ts";

let folder = "";
before(async () => (folder = await newFolder()));
after(() => removeFolder(folder));

async function mode(name: string): Promise<number> {
  return (await stat(join(folder, name))).mode & 0o777;
}

test("the running server carries out what is asked of its folder", async () => {
  const server = await startServer(folder);
  const data = ["--data", folder];
  assert.equal(await mode("socket"), 0o600);
  assert.equal(await mode("studybunny.db"), 0o600);

  const made = await command(["user", "create", "ada@example.org", ...data], { input: password });
  assert.equal(made.code, 0, made.err);
  const again = await command(["user", "create", "ada@example.org", ...data], { input: password });
  assert.equal(again.code, 1);
  assert.match(again.err, /email: there is an account/);
  assert.match((await command(["user", "list", ...data])).out, /\tuser\t.*\tada@example\.org\n/);

  const client = new Client(server.url);
  const reply = await client.call("POST", "/session", { email: "ada@example.org", password });
  assert.equal(reply.status, 200);
  const token = (await command(["user", "token", "ada@example.org", ...data])).out.trim();
  const bearer = new Client(server.url, { authorization: `Bearer ${token}` });
  assert.equal((await bearer.call("GET", "/me")).status, 200);

  await server.stop();
  await assert.rejects(stat(join(folder, "socket")));
  assert.match((await command(["user", "list", ...data])).out, /ada@example\.org/);
});

test("what is no request is left alone, and a socket left by a killed server is replaced", async () => {
  const first = await startServer(folder);
  for (const bytes of [Buffer.alloc(3), Buffer.alloc(4, 0xff), Buffer.from("\x05\0\0\0hello")]) {
    const socket = connect(join(folder, "socket"));
    socket.on("error", () => undefined);
    socket.end(bytes);
    socket.resume();
    await once(socket, "close");
  }
  assert.equal((await command(["user", "list", "--data", folder])).code, 0);
  await first.kill();
  assert.match((await command(["user", "list", "--data", folder])).out, /ada@/);
  const second = await startServer(folder);
  assert.match((await command(["user", "list", "--data", folder])).out, /ada@/);
  await second.stop();
});
