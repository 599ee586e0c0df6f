/* POST /me/import: what /me/export gave, taken back; and what is no such thing, refused. */
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { filesWith, idBytes } from "../cli/files.ts";
import { aTask, type Client, guest, type Reply, served, user } from "../support/server.ts";
import { unzip, zip } from "../support/zip.ts";

/** Where a university's calendar is; the server may fetch from there. */
const UNIVERSITY = "127.0.0.2";

let university: Server;
let link = "";
const settings = { STUDYBUNNY_SNAPSHOT_HOURS: "0", STUDYBUNNY_FEED_PRIVATE: UNIVERSITY };
const at = served(settings, async () => {
  const calendar = readFileSync(new URL("../fixtures/ics/canvas.ics", import.meta.url));
  university = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/calendar", etag: '"first-edition"' });
    response.end(calendar);
  });
  university.listen(0, UNIVERSITY);
  await once(university, "listening");
  const { port } = university.address() as AddressInfo;
  link = `http://${UNIVERSITY}:${String(port)}/feeds/user_s3cr3t.ics`;
});
after(() => university.close());

async function fetchExport(client: Client): Promise<Buffer> {
  const headers = { cookie: client.cookie };
  const reply = await fetch(`${at.server.url}/api/v1/me/export`, { headers });
  assert.equal(reply.status, 200);
  return Buffer.from(await reply.arrayBuffer());
}

function bring(client: Client, archive: Buffer, type = "application/zip"): Promise<Reply> {
  return client.call("POST", "/me/import", archive, { "content-type": type });
}

interface Item {
  id: string;
  title: string;
  estimate_min: number;
  end: string;
  pinned?: { start: string; end: string }[];
}

const FAR = "2036-10-06T10:00:00Z";

/** What the archive holds; cases put other things into it. */
interface Held {
  format: string;
  version: number;
  settings: { zone: string };
  course: Item[];
  task: [Item, ...Item[]];
  event: [Item, ...Item[]];
  work_entry: [{ start: string; end: string | null }];
  plan: { blocks: { start: string; end: string }[]; made: string };
  feed: [{ url: string }];
  feed_item: [{ feed_id: string; key?: string; now?: unknown }];
  missing_files: string[];
  thing?: unknown[];
}

function documentOf(archive: Buffer): Held {
  const text = unzip(archive).get("studybunny.json")?.toString("utf8") ?? "";
  return JSON.parse(text) as Held;
}

/** The kinds that an archive has: whatever lies on a desk, by the program's own tables. */
function kindsOf(archive: Buffer): string[] {
  const head = ["format", "version", "made", "email", "missing_files"];
  return Object.keys(documentOf(archive)).filter((name) => !head.includes(name));
}

/** What another account cannot have, with the reason. */
const OTHERWISE: Record<string, string> = {
  calendar_link: "a secret of the account that made it, which ended with it",
};

/** One kind, without what must differ: versions count the desk's changes, and the record of the plan
 * goes on until now. */
function lastingKind(archive: Buffer, kind: string): unknown {
  const held = documentOf(archive) as unknown as Record<string, unknown>;
  return JSON.parse(JSON.stringify(held[kind]), (name, value: unknown) =>
    ["version", "recorded"].includes(name) ? undefined : value,
  );
}

function assertEqualArchives(archive: Buffer, expected: Buffer): void {
  assert.deepEqual(kindsOf(archive), kindsOf(expected));
  for (const kind of kindsOf(expected))
    if (OTHERWISE[kind]) assert.deepEqual(lastingKind(archive, kind), [], OTHERWISE[kind]);
    else assert.deepEqual(lastingKind(archive, kind), lastingKind(expected, kind), kind);
}

async function fill(client: Client): Promise<string> {
  const week = [1, 2, 3, 4, 5].map((day) => ({ day, start: "09:00", end: "12:00" }));
  await client.call("PUT", "/availability", { week });
  await client.call("PATCH", "/settings", { zone: "Europe/Berlin", language: "de" });
  const course = (await client.call("POST", "/courses", { name: "Geschichte" })).json;
  let last = "";
  for (const title of ["Aufsatz", "Übung ✎"]) {
    const task = { ...aTask(title), course_id: course.id, notes: "a\nb" };
    last = String((await client.call("POST", "/tasks", task)).json.id);
  }
  const start = new Date(Date.now() - 7_200_000).toISOString();
  const work = { start, minutes: 40, note: "Quellen" };
  assert.equal((await client.call("POST", `/tasks/${last}/work`, work)).status, 201);
  await client.call("POST", "/tasks/complete", { ids: [last] });
  const event = { title: "Vorlesung", date: "2036-10-06", start: "10:00", end: "12:00" };
  const made = await client.call("POST", "/events", { ...event, course_id: course.id });
  assert.equal(made.status, 201, made.text);
  const marks = { ids: [last], state: "dismissed" };
  assert.equal((await client.call("POST", "/notifications/marks", marks)).status, 200);
  return last;
}

/** The first page of a list, once it is not empty: links are read in their own time. */
async function itemsOf(client: Client, feed: string): Promise<{ id: string; form: string }[]> {
  for (let i = 0; i < 300; i++) {
    const { items } = (await client.call("GET", `/feeds/${feed}/items?limit=200`)).json;
    if ((items as unknown[]).length > 0) return items as { id: string; form: string }[];
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the calendar was not read");
}

async function done(promise: Promise<Reply>): Promise<Reply["json"]> {
  const reply = await promise;
  assert.ok(reply.status < 300, reply.text);
  return reply.json;
}

/** Of every kind something with all its fields, each other than it is by itself. */
const RICH = {
  settings: {
    ...{ zone: "Europe/Berlin", language: "de", clock: "24h", week_start: "sunday" },
    ...{ pace: { num: 2, den: 5 }, limit: { num: 9, den: 10 }, estimates: "p80" },
    ...{ min_session_min: 25, max_session_min: 120, max_task_day_min: 180, pause_min: 15 },
    ...{ break_after_min: 50, break_min: 10, buffer_min: 1440 },
    preferred: [{ day: 2, start: "09:00", end: "12:00" }],
    ...{ notify_reminder: false, notify_achievement: false, notify_motivation: false },
    ...{ notify_warning: false, notify_success: false, notify_info: false },
    ...{ remind_before_min: 15, quiet_from: "22:00", quiet_until: "07:00" },
  },
  course: { name: "Algorithmen", code: "ALG", color: 4 },
  task: {
    ...{ notes: "a\nb", estimate_min: 90, worked_min: 15, remaining_min: 45, priority: 5 },
    ...{ earliest: "2036-09-01T08:00:00Z", due: "2036-09-29T17:00:00Z", min_session_min: 25 },
    checklist: [{ text: "Gliederung", done: true }],
    pinned: [{ start: "2036-09-22T08:00:00Z", end: "2036-09-22T08:45:00Z" }],
  },
  repeated: { repeat_unit: "week", repeat_every: 2, repeat_until: "2036-12-31" },
  event: {
    ...{ title: "Übung", notes: "c\nd", place: "HS 2", date: "2036-10-07", end_date: "2036-10-08" },
    ...{ start: "22:00", end: "01:00", zone: "Europe/Lisbon", rule: "FREQ=WEEKLY", busy: false },
    skipped: [{ date: "2036-10-14" }],
    moved: [{ date: "2036-10-21", to: "2036-10-22", start: "21:00", end: "02:00", title: "Hier" }],
  },
};

/** One thing of every kind there is, with what each can have. */
async function fillWholly(client: Client): Promise<string> {
  const task = await fill(client);
  const { id: course } = await done(client.call("POST", "/courses", RICH.course));
  const full = { ...aTask("Übungsblatt"), ...RICH.task, course_id: course };
  await done(client.call("POST", "/tasks", full));
  const again = await done(client.call("POST", "/tasks", { ...aTask("Blatt"), ...RICH.repeated }));
  await done(client.call("POST", "/tasks/complete", { ids: [again.id] }));
  await done(client.call("POST", "/events", RICH.event));
  const marks = { ids: [again.id], state: "read" };
  await done(client.call("POST", "/notifications/marks", marks));
  const early = new Date(Date.now() - 90_000_000).toISOString();
  await done(client.call("POST", `/tasks/${String(again.id)}/work`, { start: early, minutes: 5 }));
  const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();
  // Nothing is planned for the next days, so that no block begins between export and import.
  const free = (await client.call("GET", "/availability")).json as { week: unknown };
  const exceptions = [-1, 0, 1, 2].map((n) => ({ date: days(n).slice(0, 10), windows: [] }));
  await done(client.call("PUT", "/availability", { week: free.week, exceptions }));
  await done(client.call("PATCH", "/settings", RICH.settings));
  const draft = await done(
    client.call("POST", "/tasks", {
      ...aTask("Entwurf"),
      earliest: days(2),
      due: days(20),
      checklist: [{ text: "Gliederung", done: true }],
      repeat_unit: "week",
    }),
  );
  await done(
    client.call("POST", "/tasks", {
      ...aTask("Reinschrift"),
      earliest: days(3),
      due: days(21),
      prerequisites: [draft.id],
    }),
  );
  // A link, of which one thing is taken and one left; and a file.
  const feed = await done(client.call("POST", "/feeds", { url: link, name: "Canvas" }));
  const items = await itemsOf(client, feed.id as string);
  assert.ok(items.length >= 3);
  const review = { take: [{ id: items[0]?.id, estimate_min: 90 }], leave: [items[1]?.id] };
  await done(client.call("POST", `/feeds/${String(feed.id)}/review`, review));
  const moodle = readFileSync(new URL("../fixtures/ics/moodle.ics", import.meta.url), "utf8");
  await done(
    client.call("POST", "/feeds/file?name=moodle.ics", moodle, { "content-type": "text/calendar" }),
  );
  await done(client.call("POST", "/calendar-links", {}));
  // Another plan, which remembers the one that it replaced.
  await done(client.call("POST", "/schedule/accept", { pace: { num: 3, den: 4 } }));
  return task;
}

async function attach(
  client: Client,
  task: string,
  bytes: Buffer,
  name: string,
): Promise<{ id: string; bytes: Buffer }> {
  const form = { name, size: bytes.length };
  const made = await client.call("POST", `/tasks/${task}/attachments`, form);
  assert.equal(made.status, 201, made.text);
  const id = String(made.json.id);
  assert.equal((await client.call("PUT", `/attachments/${id}/content`, bytes)).status, 200);
  return { id, bytes };
}

/** Fields that are the same in all of a list: an import that forgot them would not be seen. */
function same(items: readonly object[]): string[] {
  const [first = {}] = items;
  return Object.entries(first)
    .filter(([name, value]) =>
      items.every((item) => isDeepStrictEqual((item as Record<string, unknown>)[name], value)),
    )
    .map(([name]) => name);
}

/** Fields that only time writes: in tasks, repetitions that passed, which takes days; in the work log,
 * those of a timer, which takes half a minute. */
const BY_TIME: Record<string, string[]> = {
  task: ["skipped"],
  work_entry: ["kind", "state", "focus_min", "break_min"],
};

test("export, delete, nothing left in any file, import: equal in every kind", async () => {
  const client = await user(at.server, "round@example.org");
  const task = await fillWholly(client);
  const id = String((await client.call("GET", "/me")).json.id);
  const attached = await attach(client, task, randomBytes(300_000), "Quellen.bin");
  const empty = await attach(client, task, Buffer.alloc(0), ".bashrc");
  const archive = await fetchExport(client);
  const inside = unzip(archive);
  assert.deepEqual(
    [...inside.keys()].sort(),
    [
      `files/${attached.id}/Quellen.bin`,
      `files/${empty.id}/_bashrc`,
      "plan.ics",
      "studybunny.json",
    ].sort(),
  );
  assert.ok(inside.get(`files/${attached.id}/Quellen.bin`)?.equals(attached.bytes));
  const held = documentOf(archive) as unknown as Record<string, unknown>;
  for (const kind of kindsOf(archive))
    assert.ok(
      !Array.isArray(held[kind]) || held[kind].length > 0,
      `there is no ${kind} to compare`,
    );
  const fresh = documentOf(await fetchExport(await guest(at.server)));
  assert.deepEqual(same([documentOf(archive).settings, fresh.settings]), []);
  for (const kind of ["course", "task", "event", "work_entry", "notification_mark"])
    assert.deepEqual(same(held[kind] as object[]), BY_TIME[kind] ?? [], `fields of ${kind}`);
  const plan = held["plan"] as { blocks: unknown[]; former: unknown[] };
  assert.ok(plan.blocks.length > 0 && plan.former.length > 0, "a plan, and one before it");
  assert.equal((await client.call("DELETE", "/me")).status, 204);
  const traces = ["round@example.org", "Aufsatz", "Vorlesung", "user_s3cr3t", "first-edition"];
  const ids = [idBytes(id), idBytes(task), idBytes(attached.id)];
  assert.deepEqual(await filesWith(at.folder, [...traces, id, ...ids]), []);

  const again = await user(at.server, "round@example.org");
  const before = (await again.call("GET", "/me")).json.rev as number;
  const taken = await bring(again, archive);
  assert.equal(taken.status, 200, taken.text);
  const all = (n: number) => ({ added: n, there: 0, deleted: 0 });
  assert.deepEqual(taken.json, {
    courses: all((held["course"] as unknown[]).length),
    tasks: all((held["task"] as unknown[]).length),
    events: all((held["event"] as unknown[]).length),
    work: all((held["work_entry"] as unknown[]).length),
    calendars: all(2),
    files: all(2),
    files_missing: 0,
    settings: true,
    availability: true,
  });
  assert.equal((await again.call("GET", "/me")).json.rev, before + 1, "one commit");
  for (const { id, bytes } of [attached, empty]) {
    const headers = { cookie: again.cookie };
    const reply = await fetch(`${at.server.url}/api/v1/attachments/${id}/content`, { headers });
    assert.equal(reply.status, 200);
    assert.ok(Buffer.from(await reply.arrayBuffer()).equals(bytes), "the same bytes");
  }
  assertEqualArchives(await fetchExport(again), archive);

  const second = await bring(again, archive);
  assert.deepEqual(second.json.tasks, {
    added: 0,
    there: (held["task"] as unknown[]).length,
    deleted: 0,
  });
  assert.deepEqual(second.json.files, { added: 0, there: 2, deleted: 0 });
  assertEqualArchives(await fetchExport(again), archive);
});

test("what is here stays, what was deleted stays deleted, the rest is added", async () => {
  const client = await user(at.server);
  const last = await fill(client);
  const archive = await fetchExport(client);
  await client.call("DELETE", `/tasks/${last}`, undefined, { "if-match": "*" });
  const other = (await client.call("GET", "/tasks")).json.items[0] as { id: string };
  const changed = { title: "Changed since" };
  await client.call("PATCH", `/tasks/${other.id}`, changed, { "if-match": "*" });
  await client.call("PATCH", "/settings", { zone: "Asia/Tokyo" });
  const taken = (await bring(client, archive)).json;
  assert.deepEqual(taken.tasks, { added: 0, there: 1, deleted: 1 });
  assert.equal(taken.settings, false);
  assert.equal((await client.call("GET", `/tasks/${other.id}`)).json.title, "Changed since");
  assert.equal((await client.call("GET", "/settings")).json.zone, "Asia/Tokyo");
});

test("what is no archive of ours is refused, and nothing is taken", async () => {
  const source = await user(at.server);
  await fillWholly(source);
  const good = documentOf(await fetchExport(source));
  const client = await guest(at.server);
  const rev = (await client.call("GET", "/me")).json.rev as number;
  const json = (change: (document: Held) => unknown): Buffer => {
    const document = structuredClone(good);
    change(document);
    return zip("studybunny.json", Buffer.from(JSON.stringify(document)));
  };
  const whole = zip("studybunny.json", Buffer.from(JSON.stringify(good)));
  const huge = zip("studybunny.json", Buffer.alloc(60 << 20, " "));
  assert.ok(huge.length < 1 << 20, "a bomb is small");
  const cases: [string, Buffer, number, RegExp][] = [
    ["no zip", Buffer.from("hello"), 400, /no zip file|no studybunny\.json/],
    ["empty", Buffer.alloc(0), 400, /no zip file/],
    ["cut", whole.subarray(0, whole.length >> 1), 400, /no zip file|archive/],
    ["another file", zip("other.json", Buffer.from("{}")), 400, /no studybunny\.json/],
    ["a path", zip("../studybunny.json", Buffer.from("{}")), 400, /no studybunny\.json/],
    ["a bomb", huge, 413, /longer than/],
    ["no JSON", zip("studybunny.json", Buffer.from("{")), 400, /not JSON/],
    ["another format", json((d) => (d.format = "x")), 400, /no export/],
    ["a later version", json((d) => (d.version = 2)), 400, /version/],
    ["an unknown kind", json((d) => (d.thing = [])), 400, /thing/],
    ["a bad task", json((d) => (d.task[0].estimate_min = 0)), 400, /task\/0\/estimate_min/],
    ["a blank title", json((d) => (d.task[0].title = "  ")), 400, /blank/],
    ["an id twice", json((d) => d.task.push(d.task[0])), 400, /id of its own/],
    ["no UUIDv7", json((d) => (d.task[0].id = randomUUID())), 400, /UUIDv7/],
    ["a bad event", json((d) => (d.event[0].end = "09:00")), 400, /after the start/],
    ["work to come", json((d) => (d.work_entry[0].start = "2036-01-01T00:00:00Z")), 400, /future/],
    ["work without an end", json((d) => (d.work_entry[0].end = null)), 400, /an end/],
    [
      "tasks that wait for each other",
      json((d) => {
        const [one, other] = d.task as unknown as { id: string; prerequisites: string[] }[];
        if (one && other) [one.prerequisites, other.prerequisites] = [[other.id], [one.id]];
      }),
      400,
      /waits for this one/,
    ],
    ["a bad pin", json((d) => (d.task[0].pinned = [{ start: FAR, end: FAR }])), 400, /pinned/],
    ["a link to a file", json((d) => (d.feed[0].url = "file:///etc/passwd")), 400, /link/],
    [
      "a thing of no calendar",
      json((d) => (d.feed_item[0].feed_id = d.task[0].id)),
      400,
      /calendar/,
    ],
    ["a thing without a key", json((d) => delete d.feed_item[0].key), 400, /key/],
    ["a key that is none", json((d) => (d.feed_item[0].key = "Z".repeat(64))), 400, /hexadecimal/],
    ["a thing that says nothing", json((d) => delete d.feed_item[0].now), 400, /calendar said/],
    ["a bad zone", json((d) => (d.settings.zone = "Mars/X")), 400, /zone/],
    [
      "too much",
      json((d) => {
        d.course = Array.from({ length: 101 }, (_, i) => ({
          ...(d.course[0] as Item),
          id: `0192f0c1-2345-7abc-8def-${String(i).padStart(12, "0")}`,
        }));
      }),
      409,
      /101 courses/,
    ],
  ];
  for (const [name, archive, status, words] of cases) {
    const reply = await bring(client, archive);
    assert.equal(reply.status, status, `${name}: ${reply.text}`);
    assert.match(reply.text, words, name);
  }
  assert.equal((await bring(client, whole, "application/json")).status, 415);
  assert.equal((await client.call("GET", "/me")).json.rev, rev);
  assert.deepEqual((await client.call("GET", "/tasks")).json.items, []);
  assert.equal((await bring(client, whole)).status, 200, "and the good one is taken");
});

test("a plan that cannot be one is made anew", async () => {
  const source = await user(at.server);
  await fillWholly(source);
  const held = documentOf(await fetchExport(source));
  const spoilt: ((blocks: { start: string; end: string }[]) => void)[] = [
    (blocks) => blocks.reverse(),
    (blocks) => blocks.push({ ...blocks.at(-1), start: FAR, end: "2099-10-06T10:00:00Z" }),
    (blocks) => blocks.push({ ...blocks.at(-1), start: FAR, end: FAR }),
  ];
  for (const spoil of spoilt) {
    const bad = structuredClone(held);
    bad.plan.blocks.push({ ...bad.plan.blocks.at(-1), start: FAR, end: "2036-10-06T10:05:00Z" });
    spoil(bad.plan.blocks);
    const client = await user(at.server);
    const archive = zip("studybunny.json", Buffer.from(JSON.stringify(bad)));
    assert.equal((await bring(client, archive)).status, 200);
    const plan = documentOf(await fetchExport(client)).plan;
    assert.ok(plan.blocks.length > 0 && plan.made !== held.plan.made);
    assert.ok(plan.blocks.every((b) => b.end < FAR));
  }
});

test("an archive is read that is written as those beyond 4 GiB are", async () => {
  const source = await user(at.server);
  await fill(source);
  const held = Buffer.from(JSON.stringify(documentOf(await fetchExport(source))));
  const report = (await bring(await user(at.server), zip("studybunny.json", held, true))).json;
  const same = (await bring(await user(at.server), zip("studybunny.json", held))).json;
  assert.ok(report.tasks.added > 0);
  assert.deepEqual(report, same);
});

/** The answer to a request that only announces a body of so many bytes. */
async function announce(client: Client, bytes: number): Promise<{ status: number; text: string }> {
  const headers = {
    cookie: client.cookie,
    "content-type": "application/zip",
    "content-length": String(bytes),
  };
  const asked = request(`${at.server.url}/api/v1/me/import`, { method: "POST", headers });
  asked.on("error", () => undefined);
  asked.flushHeaders();
  const [reply] = (await once(asked, "response")) as [IncomingMessage];
  let text = "";
  for await (const piece of reply) text += String(piece);
  asked.destroy();
  return { status: reply.statusCode ?? 0, text };
}

test("the longest desk comes back, and what an account may have is the limit", async () => {
  const source = await user(at.server);
  await source.call("POST", "/tasks", { ...aTask(), title: "a" });
  const held = documentOf(await fetchExport(source));
  const one = { ...held.task[0], title: '"'.repeat(200), notes: '"'.repeat(4000) };
  for (let i = 1; i < 1950; i++)
    held.task.push({
      ...one,
      state: "done",
      remaining_min: 0,
      id: `0192f0c1-2345-7abc-8def-${String(i).padStart(12, "0")}`,
    } as Item);
  const json = Buffer.from(JSON.stringify(held));
  assert.ok(json.length > 17_000_000);
  const client = await user(at.server);
  const taken = await bring(client, zip("studybunny.json", json));
  assert.equal(taken.status, 200, taken.text.slice(0, 500));
  assert.equal(documentOf(await fetchExport(client)).task.length, 1950);

  const visitor = await guest(at.server);
  const much = await announce(visitor, ((256 + 96) << 20) + 1);
  assert.equal(much.status, 413);
  assert.match(much.text, /may have 352 MB at most/);
});

test("damaged files and too many are refused before anything is taken", async () => {
  const source = await user(at.server);
  const task = await fill(source);
  const bytes = randomBytes(200_000);
  await attach(source, task, bytes, "a.bin");
  const archive = await fetchExport(source);
  const client = await user(at.server);
  const rev = (await client.call("GET", "/me")).json.rev as number;
  const spoilt = Buffer.from(archive);
  const place = spoilt.indexOf(bytes.subarray(1000, 1064));
  assert.ok(place > 0, "files are stored as they are");
  spoilt[place] = (spoilt[place] ?? 0) ^ 1;
  const damaged = await bring(client, spoilt);
  assert.equal(damaged.status, 400, damaged.text);
  assert.match(damaged.text, /no zip file that can be read/);
  const cut = await bring(client, archive.subarray(0, place + 500));
  assert.equal(cut.status, 400, cut.text);
  assert.equal((await client.call("GET", "/me")).json.rev, rev);

  // A guest may have less than what the archive holds.
  const visitor = await guest(at.server);
  const own = (await visitor.call("POST", "/tasks", aTask())).json.id as string;
  const large = { name: "large.bin", size: 128 * 1024 * 1024 - 75_000 };
  for (let i = 0; i < 2; i++) {
    const made = await visitor.call("POST", `/tasks/${own}/attachments`, large);
    assert.equal(made.status, 201, made.text);
  }
  const before = (await visitor.call("GET", "/me")).json.rev as number;
  const much = await bring(visitor, archive);
  assert.equal(much.status, 409, much.text);
  assert.match(much.text, /there would be 256 MB in 3 files/);
  assert.equal((await visitor.call("GET", "/me")).json.rev, before);

  const good = await bring(client, archive);
  assert.deepEqual(good.json.files, { added: 1, there: 0, deleted: 0 });
});
