/*
 * Clients that take their time: each way to hold a connection for ever ends at its deadline. The
 * deadlines are shortened, the same for all ways, so that the test does not take their time.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Connection, type Server, startServer, statusesOf } from "./client.ts";

const deadlineMs = 1500;
const slackMs = 2000;
const get = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";

let server: Server;
before(async () => {
  server = await startServer({
    HEADER_TIMEOUT: deadlineMs,
    BODY_TIMEOUT: deadlineMs,
    WRITE_TIMEOUT: deadlineMs,
    WRITE_RATE: 1_000_000,
    IDLE_TIMEOUT: 4000,
  });
});
after(async () => {
  assert.equal(await server.stop(), 0);
});

/** Sends a byte ten times a second until the server hangs up; how long that took. */
async function drip(connection: Connection, byte: string): Promise<number> {
  const began = performance.now();
  while (!connection.closed && performance.now() - began < deadlineMs + 2 * slackMs) {
    connection.send(byte);
    await connection.until(() => connection.closed, 100);
  }
  connection.close();
  return performance.now() - began;
}

function assertInTime(ms: number): void {
  assert.ok(ms > deadlineMs / 2, `ended after ${ms.toFixed()} ms, before it was late`);
  assert.ok(ms < deadlineMs + slackMs, `ended after ${ms.toFixed()} ms`);
}

test("ends a slow request line", async () => {
  const connection = new Connection(server.port);
  connection.send("GET /");
  assertInTime(await drip(connection, "a"));
});

test("ends slow headers", async () => {
  const connection = new Connection(server.port);
  connection.send("GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  assertInTime(await drip(connection, "a"));
});

test("ends a slow body", async () => {
  const connection = new Connection(server.port);
  connection.send("POST /api/v1/guest HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n");
  assertInTime(await drip(connection, " "));
});

test("ends a slow body in chunks", async () => {
  const connection = new Connection(server.port);
  connection.send("POST /api/v1/guest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  assertInTime(await drip(connection, "1\r\n \r\n"));
});

test("ends a client that sends nothing", async () => {
  const connection = new Connection(server.port);
  await connection.until(() => connection.closed, deadlineMs + slackMs);
  assertInTime(connection.ageMs);
});

test("ends a slow line on a connection that was kept", async () => {
  const connection = new Connection(server.port);
  connection.send(get);
  await connection.until(() => statusesOf(connection.received).length === 1, 3000);
  await connection.until(() => connection.closed, 1200);
  assert.ok(!connection.closed, "an idle connection was closed at once");
  assertInTime(await drip(connection, "G"));
});

async function missedDeadlines(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  return Number(/^http_deadlines_missed_total (\d+)$/m.exec(text)?.[1]);
}

/* What is not read fills the client's and then the server's buffers, and then its replies wait. */
test("ends a client that does not read", async () => {
  const missed = await missedDeadlines();
  const connection = new Connection(server.port);
  connection.stopReading();
  connection.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000));
  /* Who does not read notices the end only by writing. */
  assertInTime(await drip(connection, "\r"));
  assert.equal(await missedDeadlines(), missed + 1);
});

test("serves others meanwhile", async () => {
  const slow = Array.from({ length: 200 }, () => new Connection(server.port));
  for (const connection of slow) connection.send("GET / HTTP/1.1\r\nX-Slow: ");
  const began = performance.now();
  const reply = await fetch(`http://127.0.0.1:${server.port}/livez`);
  assert.equal(reply.status, 200);
  assert.ok(performance.now() - began < 1000);
  for (const connection of slow) connection.close();
});
