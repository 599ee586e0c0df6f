/*
 * Requests that a proxy in front and this server could read differently. Each is refused, and the
 * connection with it, so that nothing behind it is taken for a request.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Connection, type Server, startServer, statusesOf } from "./client.ts";

const next = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
const post = (headers: string, body: string) =>
  `POST /api/v1/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;
const get = (lines: string) => `GET /livez HTTP/1.1\r\n${lines}\r\n`;
const chunked = (body: string) => post("Transfer-Encoding: chunked\r\n", body);

const vectors: [string, string][] = [
  [
    "Content-Length and Transfer-Encoding",
    post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
  ],
  [
    "Transfer-Encoding and Content-Length",
    post("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "0\r\n\r\n"),
  ],
  ["two different Content-Lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{} ")],
  ["two equal Content-Lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}")],
  ["a list of Content-Lengths", post("Content-Length: 2, 2\r\n", "{}")],
  ["a space before Content-Length's colon", post("Content-Length : 2\r\n", "{}")],
  ["Content-Length with a plus", post("Content-Length: +2\r\n", "{}")],
  ["Content-Length below zero", post("Content-Length: -2\r\n", "{}")],
  ["Content-Length in hexadecimal", post("Content-Length: 0x2\r\n", "{}")],
  ["Content-Length with letters behind", post("Content-Length: 2a\r\n", "{}")],
  ["Content-Length of two words", post("Content-Length: 2 2\r\n", "{}")],
  ["Content-Length without a value", post("Content-Length: \r\n", "{}")],
  [
    "Transfer-Encoding that ends in another",
    post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
  ],
  [
    "Transfer-Encoding twice",
    post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
  ],
  ["chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")],
  ["Transfer-Encoding unknown", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")],
  ["Transfer-Encoding identity", post("Transfer-Encoding: identity\r\n", "0\r\n\r\n")],
  [
    "a space before Transfer-Encoding's colon",
    post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
  ],
  ["a vertical tab before chunked", post("Transfer-Encoding: \x0bchunked\r\n", "0\r\n\r\n")],
  ["Transfer-Encoding in HTTP/1.0", chunked("0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0")],
  ["a folded Transfer-Encoding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")],
  ["a folded header", get("Host: x\r\nX-A: b\r\n c\r\n")],
  ["a folded header with a tab", get("Host: x\r\nX-A: b\r\n\tc\r\n")],
  ["space before the first header", get(" X-A: b\r\nHost: x\r\n")],
  ["bare LF at line ends", get("Host: x\r\n").replaceAll("\r\n", "\n")],
  ["bare LF after the request line", get("Host: x\r\n").replace("\r\n", "\n")],
  ["bare LF between headers", get("Host: x\nX-A: b\r\n")],
  ["bare LF before the body", post("Content-Length: 2\r\n", "{}").replace("\r\n\r\n", "\r\n\n")],
  ["bare CR in a value", get("Host: x\r\nX-A: b\rContent-Length: 5\r\n")],
  ["bare CR as a line end", get("Host: x\rX-A: b\r\n")],
  ["NUL in a value", get("Host: x\r\nX-A: b\0c\r\n")],
  ["NUL in a name", get("Host: x\r\nX-\0A: b\r\n")],
  ["NUL in the target", get("Host: x\r\n").replace("/livez", "/li\0vez")],
  ["chunk size with 0x", chunked("0x2\r\n{}\r\n0\r\n\r\n")],
  ["chunk size with a plus", chunked("+2\r\n{}\r\n0\r\n\r\n")],
  ["chunk size below zero", chunked("-2\r\n{}\r\n0\r\n\r\n")],
  ["chunk size after a space", chunked(" 2\r\n{}\r\n0\r\n\r\n")],
  ["chunk size before a space", chunked("2 \r\n{}\r\n0\r\n\r\n")],
  ["chunk size of 17 digits", chunked("10000000000000002\r\n{}\r\n0\r\n\r\n")],
  ["chunk without a size", chunked("\r\n{}\r\n0\r\n\r\n")],
  ["chunk size before a bare LF", chunked("2\n{}\r\n0\r\n\r\n")],
  ["chunk extension with a bare LF", chunked("2;a\n{}\r\n0\r\n\r\n")],
  ["chunk data without a line end", chunked("2\r\n{}0\r\n\r\n")],
  ["chunk data longer than its size", chunked("1\r\n{}\r\n0\r\n\r\n")],
  ["two Hosts", get("Host: x\r\nHost: y\r\n")],
  ["two equal Hosts", get("Host: x\r\nHost: x\r\n")],
  ["no Host", get("X-A: b\r\n")],
  ["a target for another host", get("Host: x\r\n").replace("/livez", "http://y/livez")],
  ["a line without a colon", get("Host: x\r\nContent-Length\r\n")],
  ["a header without a name", get("Host: x\r\n: b\r\n")],
  ["a space in a header's name", get("Host: x\r\nX A: b\r\n")],
  ["two spaces before the target", get("Host: x\r\n").replace(" /livez", "  /livez")],
  ["a tab before the target", get("Host: x\r\n").replace(" /livez", "\t/livez")],
  ["a space in the target", get("Host: x\r\n").replace("/livez", "/li vez")],
  ["a version in small letters", get("Host: x\r\n").replace("HTTP", "http")],
  ["HTTP/0.9", get("Host: x\r\n").replace(" HTTP/1.1", "")],
];

/** Where another status says it better (RFC 9112, 6.1), or the library hangs up without a word. */
const others = new Map<string, number[]>([
  ["Transfer-Encoding that ends in another", [501]],
  ["chunked twice", [501]],
  ["Transfer-Encoding unknown", [501]],
  ["Transfer-Encoding identity", [501]],
  ["a vertical tab before chunked", [501]],
  ["chunk size of 17 digits", [413]],
  ["NUL in the target", []],
  ["a tab before the target", []],
]);

let server: Server;
before(async () => {
  server = await startServer();
});
after(async () => {
  assert.equal(await server.stop(), 0);
});

for (const [name, bytes] of vectors) {
  test(`refuses ${name}`, async () => {
    const connection = new Connection(server.port);
    connection.send(bytes + next);
    assert.ok(await connection.until(() => connection.closed, 3000), "the connection stays open");
    assert.deepEqual(statusesOf(connection.received), others.get(name) ?? [400]);
  });
}

test("refuses a Content-Length beyond 64 bits as too large or wrong", async () => {
  const connection = new Connection(server.port);
  connection.send(post("Content-Length: 99999999999999999999\r\n", "") + next);
  assert.ok(await connection.until(() => connection.closed, 3000));
  assert.match(statusesOf(connection.received).join(), /^(400|413)$/);
});

test("refuses versions that it does not speak", async () => {
  for (const version of ["HTTP/2.0", "HTTP/3.0"]) {
    const connection = new Connection(server.port);
    connection.send(get("Host: x\r\n").replace("HTTP/1.1", version) + next);
    assert.ok(await connection.until(() => connection.closed, 3000));
    assert.deepEqual(statusesOf(connection.received), [505]);
  }
});

test("takes the same requests when they are well formed", async () => {
  const connection = new Connection(server.port);
  connection.send(
    get("Host: x\r\n") +
      post("Content-Length: 2\r\n", "{}") +
      chunked("2\r\n{}\r\n0\r\n\r\n") +
      next,
  );
  await connection.until(() => statusesOf(connection.received).length === 4, 5000);
  assert.ok(statusesOf(connection.received).every((status) => status < 300));
  assert.equal(statusesOf(connection.received).length, 4);
  connection.close();
});
