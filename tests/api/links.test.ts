/* Links to calendars: read, read again, failing, and leading where they must not. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import {
  type Client,
  guest,
  newFolder,
  removeFolder,
  type Running,
  startServer,
  until,
} from "../support/server.ts";

/** The one address that is allowed though it is not public; what it leads on to is not. */
const ALLOWED = "127.0.0.2";
const TOKEN = "user_qJ6t0secret0cZk";

const canvas = readFileSync(new URL("../fixtures/ics/canvas.ics", import.meta.url), "utf8");

let server: Running;
let others: Server;
let base: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: IncomingMessage[] = [];

const top = await newFolder();
const logged = () => readFile(join(top, "log"), "utf8");

before(async () => {
  others = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  others.listen(0, ALLOWED);
  await once(others, "listening");
  base = `http://${ALLOWED}:${String((others.address() as AddressInfo).port)}`;
  const settings = { STUDYBUNNY_FEED_PRIVATE: ALLOWED };
  server = await startServer(join(top, "data"), settings, 0, join(top, "log"));
});

after(async () => {
  assert.equal(await server.stop(), 0);
  others.close();
  await removeFolder(top);
});

interface Feed {
  id: string;
  name: string;
  address: string;
  checked: string | null;
  failing: string | null;
  fault: string;
  next: string;
  version: number;
}

interface Item {
  id: string;
  state: string;
  news: string;
  form: string;
  entity_id: string | null;
  now: { title: string; due: string | null };
  was: { due: string | null } | null;
}

async function see(me: Client, id: string): Promise<Feed> {
  const reply = await me.call("GET", `/feeds/${id}`);
  assert.equal(reply.status, 200, reply.text);
  return reply.json as Feed;
}

/** Waits until the feed was read, or could not be, since `version`. */
async function visited(me: Client, id: string, version: number): Promise<Feed> {
  let feed = await see(me, id);
  await until("the link is read", async () => {
    feed = await see(me, id);
    return feed.version > version && Date.parse(feed.next) > Date.now();
  });
  return feed;
}

async function follow(me: Client, path: string): Promise<Feed> {
  const reply = await me.call("POST", "/feeds", { url: `${base}${path}` });
  assert.equal(reply.status, 201, reply.text);
  assert.ok(!reply.text.includes(TOKEN), "the link is a secret");
  return visited(me, String(reply.json.id), Number(reply.json.version));
}

const PAUSE_MS = 5_100;

async function again(me: Client, feed: Feed): Promise<Feed> {
  await sleep(PAUSE_MS);
  const reply = await me.call("POST", `/feeds/${feed.id}/refresh`, {});
  assert.equal(reply.status, 200, reply.text);
  return visited(me, feed.id, Number(reply.json.version));
}

/** What is told of this sort. */
async function told(me: Client, code: string): Promise<Record<string, unknown> | undefined> {
  const { json } = await me.call("GET", "/notifications");
  return (json.items as Record<string, unknown>[]).find((n) => n["code"] === code);
}

async function items(me: Client, feed: Feed): Promise<Item[]> {
  return (await me.call("GET", `/feeds/${feed.id}/items?limit=200`)).json.items as Item[];
}

const serveText = (text: string) => {
  answer = (_request, response) => {
    response.setHeader("content-type", "text/calendar");
    response.end(text);
  };
};

test("a link is read, and what was taken follows its changes", async () => {
  const me = await guest(server);
  serveText(canvas);
  const feed = await follow(me, `/feeds/calendars/${TOKEN}.ics`);
  assert.deepEqual(
    [feed.name, feed.address, feed.fault],
    ["Robin Meyer Calendar (Canvas)", ALLOWED, "none"],
  );
  const first = await items(me, feed);
  const take = first.map(({ id }) => ({ id }));
  await me.call("POST", `/feeds/${feed.id}/review`, { take, leave: [] });
  serveText(
    canvas
      .replaceAll("20361023T100000Z", "20361025T100000Z")
      .replace(/BEGIN:VEVENT\r\nDTSTAMP:\w+\r\nUID:event-assignment-281902[^]*?END:VEVENT\r\n/, ""),
  );
  await again(me, feed);
  const sheet = (await items(me, feed)).find((i) => i.now.title === "Sheet 1");
  assert.deepEqual([sheet?.news, sheet?.was?.due], ["followed", "2036-10-23T10:00:00Z"]);
  const task = await me.call("GET", `/tasks/${String(sheet?.entity_id)}`);
  assert.equal(task.json.due, "2036-10-25T10:00:00Z");
  const gone = (await items(me, feed)).find((i) => i.now.title === "Sheet 2");
  assert.equal(gone?.news, "removed");
  assert.equal((await me.call("GET", `/tasks/${String(gone.entity_id)}`)).json.state, "open");
  const followed = await told(me, "followed");
  assert.deepEqual(
    [followed?.["title"], followed?.["was"], followed?.["when"]],
    ["Sheet 1", "2036-10-23T10:00:00Z", "2036-10-25T10:00:00Z"],
  );
  assert.equal((await told(me, "unsure"))?.["count"], 1);
  const seen = { take: [{ id: sheet?.id }], leave: [gone.id] };
  assert.equal((await me.call("POST", `/feeds/${feed.id}/review`, seen)).status, 200);
  await again(me, feed);
  assert.ok((await items(me, feed)).every((i) => i.news === "none"));
  assert.equal(await told(me, "followed"), undefined);
  assert.equal(await told(me, "unsure"), undefined);
});

test("what has not changed is not sent again", async () => {
  const me = await guest(server);
  answer = (request, response) => {
    response.setHeader("etag", '"one"');
    response.setHeader("last-modified", "Mon, 06 Oct 2036 08:00:00 GMT");
    response.statusCode = request.headers["if-none-match"] === '"one"' ? 304 : 200;
    response.end(response.statusCode === 304 ? undefined : canvas);
  };
  const feed = await follow(me, "/same.ics");
  const before = await items(me, feed);
  asked = [];
  const after = await again(me, feed);
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.headers["if-modified-since"], "Mon, 06 Oct 2036 08:00:00 GMT");
  assert.equal(after.fault, "none");
  assert.deepEqual(await items(me, feed), before);
});

test("a dead link is told once, with when it last worked, and goes on when it lives again", async () => {
  const me = await guest(server);
  serveText(canvas);
  const feed = await follow(me, "/dead.ics");
  answer = (_request, response) => {
    response.statusCode = 500;
    response.end();
  };
  const failed = await again(me, feed);
  assert.deepEqual([failed.fault, failed.checked], ["status", feed.checked]);
  assert.equal(await told(me, "link_fails"), undefined, "once is an accident");
  const still = await again(me, failed);
  assert.deepEqual([still.fault, still.failing], ["status", failed.failing]);
  const fails = await told(me, "link_fails");
  assert.deepEqual([fails?.["feed_id"], fails?.["when"]], [feed.id, failed.failing]);
  assert.equal((await items(me, feed)).length, 6);
  assert.equal(
    (await logged()).split(`"feed_failed"`).filter((part) => part.includes(feed.id)).length,
    1,
  );
  serveText(canvas);
  const alive = await again(me, still);
  assert.deepEqual([alive.fault, alive.failing], ["none", null]);
  assert.equal(await told(me, "link_fails"), undefined);
});

/** Takes requests and holds them, until it is told what becomes of them. */
function holdAll() {
  const held: ServerResponse[] = [];
  let most = 0; // at the same time
  answer = (_request, response) => {
    held.push(response);
    most = Math.max(most, held.length);
    /* Slower than this is given up as dead. */
    const drip = setInterval(() => response.write("X".repeat(500)), 500);
    response.on("close", () => clearInterval(drip));
    response.writeHead(404);
  };
  const letGo = () => {
    for (const response of held.splice(0)) response.end();
  };
  return { held, letGo, most: () => most };
}

async function begin(me: Client, path: string): Promise<Feed> {
  const reply = await me.call("POST", "/feeds", { url: `${base}${path}` });
  assert.equal(reply.status, 201, reply.text);
  return reply.json as Feed;
}

test("links whose servers are slow hold up nobody else's", async () => {
  const slow = await guest(server);
  const hold = holdAll();
  const waiting = [];
  for (const path of ["/slow-1", "/slow-2", "/slow-3"]) waiting.push(await begin(slow, path));
  await until("they are asked for", () => Promise.resolve(hold.held.length === 3));
  const me = await guest(server);
  const holding = answer;
  answer = (request, response) => {
    if (request.url === "/quick.ics") response.end(canvas);
    else holding(request, response);
  };
  const feed = await follow(me, "/quick.ics");
  assert.deepEqual([feed.fault, (await items(me, feed)).length], ["none", 6]);
  assert.deepEqual(
    hold.held.map((response) => response.destroyed),
    [false, false, false],
  );
  hold.letGo();
  for (const each of waiting)
    assert.equal((await visited(slow, each.id, each.version)).fault, "status");
});

const BESIDE = 4;

test("as many links as are allowed are read at the same time, and no more", async () => {
  const me = await guest(server);
  const hold = holdAll();
  const waiting: Feed[] = [];
  for (let i = 0; i < BESIDE + 2; i++) waiting.push(await begin(me, `/beside-${String(i)}`));
  await until("some are asked for", () => Promise.resolve(hold.held.length >= BESIDE));
  await sleep(2_500); /* in which another look is taken for more */
  assert.equal(hold.held.length, BESIDE);
  for (const each of waiting) {
    await until("it is read", async () => {
      hold.letGo();
      return Date.parse((await see(me, each.id)).next) > Date.now();
    });
    assert.equal((await see(me, each.id)).fault, "status");
  }
  assert.ok(hold.most() <= BESIDE);
});

test("the same link is one feed; a file has nothing to read again", async () => {
  const me = await guest(server);
  serveText(canvas);
  const feed = await follow(me, "/twice.ics");
  const twice = await me.call("POST", "/feeds", { url: `${base}/twice.ics` });
  assert.deepEqual([twice.status, twice.json.id], [200, feed.id]);
  const moodle = readFileSync(new URL("../fixtures/ics/moodle.ics", import.meta.url), "utf8");
  const file = await me.call("POST", "/feeds/file", moodle, { "content-type": "text/calendar" });
  const reply = await me.call("POST", `/feeds/${String(file.json.id)}/refresh`, {});
  assert.deepEqual([reply.status, reply.json.errors[0].code], [409, "no_link"]);
});

/** Loopback, link-local and private networks in the spellings that resolvers take. */
const SPELLINGS = [
  ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "0x7f.0.0.1"],
  ...["[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "169.254.169.254"],
  ...["10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "[fd00::1]", "[fe80::1]"],
];

test("links to private addresses are refused in every spelling", async () => {
  const me = await guest(server);
  for (const host of SPELLINGS) {
    for (const scheme of ["http", "https", "webcal"]) {
      const reply = await me.call("POST", "/feeds", { url: `${scheme}://${host}/x.ics` });
      assert.equal(reply.status, 400, `${scheme} ${host}`);
      assert.equal(reply.json.errors[0].code, "link_private");
    }
  }
  for (const url of ["ftp://example.org/x.ics", "file:///etc/passwd", "calendar", "https://"]) {
    const reply = await me.call("POST", "/feeds", { url });
    assert.deepEqual([reply.status, reply.json.errors[0].pointer], [400, "/url"], url);
  }
});

test("what leads there by a redirect, or by a name, is not read", async () => {
  const me = await guest(server);
  const port = String(server.port);
  for (const host of [...SPELLINGS.slice(0, 9), "localhost"]) {
    const to = `http://${host}:${port}/livez`;
    answer = (request, response) => {
      response.statusCode = request.url?.includes("on") ? 302 : 307;
      response.setHeader("location", to);
      response.end();
    };
    const feed = await follow(me, `/${encodeURIComponent(host)}`);
    assert.deepEqual([feed.fault, feed.checked], ["private", null], host);
    const headers = { "if-match": `"${String(feed.version)}"` };
    assert.equal((await me.call("DELETE", `/feeds/${feed.id}`, undefined, headers)).status, 204);
  }
});

test("a damaged desk keeps nobody else's links from being read", async () => {
  const me = await guest(server);
  serveText(canvas);
  await follow(me, "/mine");
  const database = `${server.folder}/studybunny.db`;
  const change = (sql: string) => execFileSync("sqlite3", ["-bail", database], { input: sql });
  const user = `x'${"7".repeat(32)}'`;
  change(`.timeout 5000
    CREATE TEMP TABLE s AS SELECT * FROM settings LIMIT 1;
    UPDATE s SET user = ${user}, pace_num = 99999999999;
    CREATE TEMP TABLE f AS SELECT * FROM feed WHERE url IS NOT NULL LIMIT 1;
    UPDATE f SET user = ${user}, next = 1;
    BEGIN;
    INSERT INTO desk VALUES(${user}, 1, 0);
    INSERT INTO settings SELECT * FROM s;
    INSERT INTO feed SELECT * FROM f;
    COMMIT;`);
  try {
    const feed = await follow(me, "/another");
    assert.equal(feed.fault, "none");
    assert.match(await logged(), /job_failed.*damaged/);
  } finally {
    change(`.timeout 5000
      DELETE FROM feed WHERE user = ${user};
      DELETE FROM settings WHERE user = ${user};
      DELETE FROM desk WHERE user = ${user};`);
  }
});

test("loops, bombs and what is no calendar end soon, and say why", async () => {
  const event = "BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20361020T100000Z\r\nEND:VEVENT\r\n";
  const bomb = gzipSync(Buffer.alloc(200 << 20, " "));
  const cases: [string, string, typeof answer][] = [
    ["loop", "wrong", (_q, r) => r.writeHead(302, { location: `${base}/loop` }).end()],
    ["bomb", "too_large", (_q, r) => r.writeHead(200, { "content-encoding": "gzip" }).end(bomb)],
    ["million", "too_large", (_q, r) => r.end(`BEGIN:VCALENDAR\r\n${event.repeat(1_000_000)}`)],
    ["many", "too_large", (_q, r) => r.end(`BEGIN:VCALENDAR\r\n${event.repeat(5001)}`)],
    ["page", "no_calendar", (_q, r) => r.end("<!DOCTYPE html>Sign in")],
    ["gone", "status", (_q, r) => r.writeHead(404).end()],
    ["scheme", "wrong", (_q, r) => r.writeHead(302, { location: "file:///etc/passwd" }).end()],
    ["cut", "unreachable", (_q, r) => r.destroy()],
  ];
  for (const [name, fault, how] of cases) {
    const me = await guest(server);
    answer = how;
    const feed = await follow(me, `/${name}`);
    assert.equal(feed.fault, fault, name);
    assert.equal((await items(me, feed)).length, 0);
  }
});

test("no link is in the log", async () => {
  const log = await logged();
  assert.ok(log.includes("feed_failed"));
  assert.ok(!log.includes(TOKEN) && !log.includes(".ics"));
});
