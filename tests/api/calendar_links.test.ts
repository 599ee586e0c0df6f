/* Secret links to the plan as a calendar: made, read by other programs, revoked. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { aTask, type Client, served, user } from "../support/server.ts";

const at = served({ STUDYBUNNY_SNAPSHOT_HOURS: "0" });

interface Link {
  id: string;
  path: string;
  version: number;
}

async function make(me: Client): Promise<Link> {
  const reply = await me.call("POST", "/calendar-links", {});
  assert.equal(reply.status, 201, reply.text);
  return reply.json as Link;
}

/** As a calendar program asks: without a session. */
const read = (link: Link, headers: Record<string, string> = {}) =>
  fetch(at.server.url + link.path, { headers });

async function student(): Promise<Client> {
  const me = await user(at.server);
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "09:00", end: "12:00" }));
  await me.call("PUT", "/availability", { week });
  const due = new Date(Date.now() + 3 * 86_400_000).toISOString().replace(/\.\d+Z/, "Z");
  await me.call("POST", "/tasks", { ...aTask("Essay, part 1"), due });
  return me;
}

test("whoever has the link reads blocks and due dates, as they are now", async () => {
  const me = await student();
  const link = await make(me);
  assert.match(link.path, /^\/feeds\/[0-9a-f]{64}\.ics$/);
  const reply = await read(link);
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get("content-type") ?? "", /^text\/calendar/);
  const text = await reply.text();
  assert.match(text, /^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
  assert.match(text, /SUMMARY:Due: Essay\\, part 1\r\n/);
  const blocks = (await me.call("GET", "/schedule")).json.blocks as { start: string }[];
  const starts = [...text.matchAll(/DTSTART:(\d{8}T\d{6}Z)[^]*?CATEGORIES:(\w+)/g)];
  const stamp = (at: string) => at.replaceAll(/[-:]/g, "");
  assert.deepEqual(
    starts.filter((s) => s[2] === "STUDY").map((s) => s[1]),
    blocks.map((b) => stamp(b.start)),
  );
  const etag = reply.headers.get("etag") ?? "";
  assert.equal((await read(link, { "if-none-match": etag })).status, 304);
  await me.call("POST", "/tasks", { ...aTask("Later"), due: "2036-11-27T17:00:00Z" });
  const fresh = await read(link, { "if-none-match": etag });
  assert.equal(fresh.status, 200);
  assert.match(await fresh.text(), /SUMMARY:Due: Later/);
});

test("a revoked link leads nowhere, and another one stays", async () => {
  const me = await student();
  const [one, two] = [await make(me), await make(me)];
  assert.notEqual(one.path, two.path);
  const gone = await me.call("DELETE", `/calendar-links/${one.id}`, undefined, {
    "if-match": `"${String(one.version)}"`,
  });
  assert.equal(gone.status, 204);
  assert.equal((await read(one)).status, 404);
  assert.equal((await read(two)).status, 200);
  const left = (await me.call("GET", "/calendar-links")).json.items as Link[];
  assert.deepEqual(
    left.map((l) => l.path),
    [two.path],
  );
  assert.equal((await me.call("DELETE", "/me")).status, 204);
  assert.equal((await read(two)).status, 404);
});

test("what is no link of ours is not found, however it looks", async () => {
  const link = await make(await student());
  for (const path of [
    `/feeds/${"0".repeat(64)}.ics`,
    link.path.replace(".ics", ""),
    link.path.toUpperCase().replace("/FEEDS/", "/feeds/").replace(".ICS", ".ics"),
    link.path.slice(0, -5) + ".ics",
    "/feeds/.ics",
  ])
    assert.equal((await fetch(at.server.url + path)).status, 404, path);
});

test("there may be five, and no token is in the database", async () => {
  const me = await student();
  const links: Link[] = [];
  for (let i = 0; i < 5; i++) links.push(await make(me));
  const refused = await me.call("POST", "/calendar-links", {});
  assert.deepEqual([refused.status, refused.json.errors[0].code], [409, "quota"]);
  assert.equal((await me.call("GET", "/changes?since=0")).text.includes("/feeds/"), false);
  for (const name of readdirSync(at.folder).filter((n) => n.startsWith("studybunny.db"))) {
    const bytes = readFileSync(join(at.folder, name));
    for (const link of links) {
      const token = link.path.slice(7, 71);
      assert.equal(bytes.includes(token), false);
      assert.equal(bytes.includes(Buffer.from(token, "hex")), false);
    }
  }
});
