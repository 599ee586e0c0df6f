/* What a client can make grow has a limit, and says so. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { Connection, type Server, startServer, statusesOf } from "./client.ts";

let server: Server;
before(async () => {
  server = await startServer({ LOOPS: 4 });
});
after(async () => {
  assert.equal(await server.stop(), 0);
});

async function statusOf(bytes: string): Promise<number | undefined> {
  const connection = new Connection(server.port);
  connection.send(bytes);
  await connection.until(
    () => statusesOf(connection.received).length > 0 || connection.closed,
    5000,
  );
  connection.close();
  return statusesOf(connection.received)[0];
}

test("limits the target", async () => {
  assert.equal(await statusOf(`GET /${"a".repeat(5000)} HTTP/1.1\r\nHost: x\r\n\r\n`), 414);
  assert.equal(await statusOf(`GET /${"a".repeat(50_000)} HTTP/1.1\r\nHost: x\r\n\r\n`), 414);
});

test("limits headers in size and number", async () => {
  const head = "GET /livez HTTP/1.1\r\nHost: x\r\n";
  assert.equal(await statusOf(`${head}X-Big: ${"a".repeat(50_000)}\r\n\r\n`), 431);
  assert.equal(await statusOf(`${head}Cookie: ${"a=b; ".repeat(10_000)}\r\n\r\n`), 431);
  const many = Array.from({ length: 100 }, (_, i) => `X-${i}: y\r\n`).join("");
  assert.equal(await statusOf(`${head}${many}\r\n`), 431);
});

test("limits bodies before it reads them", async () => {
  const connection = new Connection(server.port);
  connection.send(
    "POST /api/v1/guest HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n",
  );
  assert.ok(await connection.until(() => connection.closed, 3000));
  assert.deepEqual(statusesOf(connection.received), [413]);
});

test("limits bodies whose length it is not told", async () => {
  const chunk = `8000\r\n${" ".repeat(0x8000)}\r\n`;
  const head = "POST /api/v1/guest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  assert.equal(await statusOf(`${head}${chunk.repeat(10)}0\r\n\r\n`), 413);
});

test("spreads 64 connections evenly over its loops", async () => {
  const connections = Array.from({ length: 64 }, () => new Connection(server.port));
  for (const connection of connections) {
    connection.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  for (const connection of connections) {
    assert.ok(await connection.until(() => statusesOf(connection.received).length === 1, 5000));
  }
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  const loads = [...text.matchAll(/^http_loop_connections\{loop="\d"\} (\d+)$/gm)].map((m) =>
    Number(m[1]),
  );
  assert.equal(loads.length, 4);
  assert.ok(
    loads.every((load) => load >= 16 && load <= 18),
    `loads ${loads.join()}`,
  );
  for (const connection of connections) connection.close();
});

test("says on every reply how a browser shall treat it", async () => {
  const base = `http://127.0.0.1:${server.port}`;
  for (const path of ["/", "/livez", "/api/v1/none", "/%zz", "/week"]) {
    const reply = await fetch(base + path);
    await reply.arrayBuffer();
    assert.match(reply.headers.get("content-security-policy") ?? "", /default-src 'self'/, path);
    assert.match(
      reply.headers.get("content-security-policy") ?? "",
      /frame-ancestors 'none'/,
      path,
    );
    assert.equal(reply.headers.get("x-content-type-options"), "nosniff", path);
    assert.ok(reply.headers.get("referrer-policy"), path);
    assert.ok(reply.headers.get("cross-origin-opener-policy"), path);
    assert.ok(reply.headers.get("cross-origin-resource-policy"), path);
    assert.ok(reply.headers.get("permissions-policy"), path);
    assert.match(reply.headers.get("x-request-id") ?? "", /^[0-9a-f]{24}$/, path);
  }
});

/** CPU time of a process so far, in ticks of 10 ms. */
async function cpuTicks(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "latin1")).split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

test("waits quietly while descriptors are used up, and goes on", async () => {
  const small = await startServer({}, ["prlimit", "--nofile=200:200"]);
  const connections = Array.from({ length: 300 }, () => new Connection(small.port));
  await connections[0]?.until(() => false, 500);
  const before = await cpuTicks(small.pid);
  await connections[0]?.until(() => false, 1000);
  assert.ok((await cpuTicks(small.pid)) - before < 30, "it loops while it cannot accept");
  for (const connection of connections) connection.close();
  const reply = await fetch(`http://127.0.0.1:${small.port}/livez`, {
    signal: AbortSignal.timeout(5000),
  });
  assert.equal(reply.status, 200);
  assert.equal(await small.stop(), 0);
});

test("ends within its time although a client holds on", async () => {
  const other = await startServer();
  const connection = new Connection(other.port);
  connection.send("POST /api/v1/guest HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
  await connection.until(() => false, 200);
  const began = performance.now();
  const code = await other.stop();
  assert.ok(performance.now() - began < 10_000);
  assert.equal(code, 0);
  connection.close();
});
