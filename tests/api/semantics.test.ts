/* What the interface promises beyond shapes: repeats, versions, deletions, sync, sessions. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import {
  aTask,
  Client,
  guest,
  newEmail,
  newFolder,
  password,
  removeFolder,
  type Reply,
  served,
  startServer,
  user,
} from "../support/server.ts";

const at = served();

/** A UUID of version 7. */
function newId(): string {
  const ms = Date.now().toString(16).padStart(12, "0");
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`;
}

function etag(reply: Reply): Record<string, string> {
  return { "if-match": reply.headers.get("etag") ?? "" };
}

function codes(reply: Reply): string[] {
  return (reply.json.errors as { code: string }[]).map((e) => e.code);
}

test("a repeat with the same key changes nothing and answers alike", async () => {
  const me = await guest(at.server);
  const key = { "idempotency-key": randomUUID() };
  const first = await me.call("POST", "/tasks", aTask(), key);
  const again = await me.call("POST", "/tasks", aTask(), key);
  assert.equal(first.status, 201);
  assert.equal(again.status, 201);
  assert.equal(again.text, first.text);
  assert.equal((await me.call("GET", "/tasks")).json.items.length, 1);
  const other = await me.call("POST", "/tasks", aTask("Other"), key);
  assert.equal(other.status, 409);
  assert.deepEqual(codes(other), ["key_reused"]);
});

test("a repeat is judged before the version it names", async () => {
  const me = await guest(at.server);
  const created = await me.call("POST", "/tasks", aTask());
  const path = `/tasks/${created.json.id as string}`;
  const headers = { ...etag(created), "idempotency-key": randomUUID() };
  const first = await me.call("PATCH", path, { title: "Once" }, headers);
  const again = await me.call("PATCH", path, { title: "Once" }, headers);
  assert.equal(first.status, 200);
  assert.equal(again.status, 200);
  assert.equal(again.text, first.text);
});

test("a guest made twice with one key is one guest", async () => {
  const key = { "idempotency-key": randomUUID() };
  const a = new Client(at.server.url);
  const b = new Client(at.server.url);
  const first = await a.call("POST", "/guest", {}, key);
  const again = await b.call("POST", "/guest", {}, key);
  assert.equal(again.status, 201);
  assert.equal(again.json.id, first.json.id);
  await b.call("POST", "/tasks", aTask());
  assert.equal((await a.call("GET", "/tasks")).json.items.length, 1);
});

test("versions: needed, stale, and only of the thing itself", async () => {
  const phone = await user(at.server);
  const laptop = new Client(at.server.url);
  laptop.cookie = phone.cookie;
  const one = await phone.call("POST", "/tasks", aTask("One"));
  const two = await phone.call("POST", "/tasks", aTask("Two"));
  const path = `/tasks/${one.json.id as string}`;
  assert.equal((await phone.call("PATCH", path, { title: "x" })).status, 428);
  assert.equal((await phone.call("DELETE", path)).status, 428);
  const mine = await phone.call("PATCH", path, { title: "Mine" }, etag(one));
  const theirs = await laptop.call(
    "PATCH",
    `/tasks/${two.json.id as string}`,
    { title: "Theirs" },
    etag(two),
  );
  assert.equal(mine.status, 200);
  assert.equal(theirs.status, 200, "another task moved, not this one");
  const late = await laptop.call("PATCH", path, { title: "Late" }, etag(one));
  assert.equal(late.status, 412);
  assert.equal((await phone.call("GET", path)).json.title, "Mine");
});

test("an id chosen by the client", async () => {
  const me = await guest(at.server);
  const id = newId();
  assert.equal((await me.call("POST", "/tasks", { ...aTask(), id })).status, 201);
  assert.equal((await me.call("POST", "/tasks", { ...aTask(), id })).status, 200);
  const other = await me.call("POST", "/tasks", { ...aTask("Other"), id });
  assert.equal(other.status, 409);
  assert.deepEqual(codes(other), ["id_in_use"]);
  const there = await me.call("GET", `/tasks/${id}`);
  assert.equal((await me.call("DELETE", `/tasks/${id}`, undefined, etag(there))).status, 204);
  assert.equal((await me.call("GET", `/tasks/${id}`)).status, 404);
  const reborn = await me.call("POST", "/tasks", { ...aTask(), id });
  assert.equal(reborn.status, 409);
  assert.deepEqual(codes(reborn), ["id_deleted"]);
  const version4 = await me.call("POST", "/tasks", { ...aTask(), id: randomUUID() });
  assert.equal(version4.status, 400);
});

test("completing is all or none, and can be taken back", async () => {
  const me = await guest(at.server);
  const ids: string[] = [];
  for (const title of ["A", "B", "C"]) {
    ids.push((await me.call("POST", "/tasks", aTask(title))).json.id as string);
  }
  const missing = await me.call("POST", "/tasks/complete", { ids: [...ids, newId()] });
  assert.equal(missing.status, 404);
  assert.equal(missing.json.errors[0].pointer, "/ids/3");
  assert.equal((await me.call("GET", "/tasks?state=done")).json.items.length, 0);
  const done = await me.call("POST", "/tasks/complete", { ids });
  assert.equal(done.status, 200);
  assert.ok(done.json.items.every((t: { completed: string | null }) => t.completed));
  assert.equal((await me.call("GET", "/schedule")).json.blocks.length, 0);
  const undone = await me.call("POST", "/tasks/complete", { ids, state: "open" });
  assert.ok(undone.json.items.every((t: { completed: string | null }) => !t.completed));
});

test("one that is named twice is completed once", async () => {
  const me = await guest(at.server);
  const weekly = { ...aTask(), repeat_unit: "week" };
  const id = (await me.call("POST", "/tasks", weekly)).json.id as string;
  const done = await me.call("POST", "/tasks/complete", { ids: [id, id], state: "done" });
  const [first, again] = done.json.items as unknown[];
  assert.deepEqual(first, again);
  const open = (await me.call("GET", "/tasks?state=open")).json.items as { id: string }[];
  assert.deepEqual(
    open.map((task) => task.id),
    [(first as { next_id: string }).next_id],
  );
});

test("changes: everything once, in pages, with what was deleted", async () => {
  const me = await guest(at.server);
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) {
    ids.push((await me.call("POST", "/tasks", aTask(`T${String(i)}`))).json.id as string);
  }
  const seen = new Set<string>();
  let since = 0;
  for (let page = 0, more = true; more; page++) {
    assert.ok(page < 20);
    const reply = await me.call("GET", `/changes?since=${String(since)}&limit=5`);
    assert.equal(reply.status, 200);
    for (const t of reply.json.changed.tasks as { id: string }[]) {
      assert.ok(!seen.has(t.id), "a task comes once");
      seen.add(t.id);
    }
    since = reply.json.rev as number;
    more = reply.json.more as boolean;
  }
  assert.deepEqual([...seen].sort(), ids.sort());
  const victim = ids[3] ?? "";
  const there = await me.call("GET", `/tasks/${victim}`);
  await me.call("DELETE", `/tasks/${victim}`, undefined, etag(there));
  const last = await me.call("GET", `/changes?since=${String(since)}`);
  assert.deepEqual(last.json.deleted, [{ kind: "task", id: victim }]);
  const ahead = await me.call("GET", `/changes?since=${String(Number(last.json.rev) + 1)}`);
  assert.equal(ahead.status, 410, "of a desk that was, before another was restored");
});

/** Tasks of 56 kB each: more than an answer holds. */
async function longTasks(me: Client, n: number): Promise<string[]> {
  const steps = Array.from({ length: 50 }, () => ({ text: "😀".repeat(200), done: false }));
  const long = { ...aTask("Long"), notes: "😀".repeat(4000), checklist: steps };
  const ids: string[] = [];
  for (let i = 0; i < n; i++) {
    const made = await me.call("POST", "/tasks", long);
    assert.equal(made.status, 201, made.text);
    ids.push(made.json.id as string);
  }
  return ids.sort();
}

test("long things come in shorter pages, in lists and in changes", async () => {
  const me = await guest(at.server);
  const ids = await longTasks(me, 130);
  const listed: string[] = [];
  const changed: string[] = [];
  for (let next: string | null = ""; next !== null;) {
    const page = await me.call("GET", `/tasks?limit=200${next && `&cursor=${next}`}`);
    assert.equal(page.status, 200, page.text.slice(0, 300));
    listed.push(...(page.json.items as { id: string }[]).map((t) => t.id));
    next = page.json.next as string | null;
  }
  for (let since = 0, more = true; more;) {
    const page = await me.call("GET", `/changes?since=${String(since)}`);
    assert.equal(page.status, 200, page.text.slice(0, 300));
    changed.push(...(page.json.changed.tasks as { id: string }[]).map((t) => t.id));
    since = page.json.rev as number;
    more = page.json.more as boolean;
  }
  assert.deepEqual(listed, ids);
  assert.deepEqual(changed.sort(), ids);
  /* All in one commit, which is never cut. */
  const reply = await fetch(`${at.server.url}/api/v1/me/export`, {
    headers: { cookie: me.cookie },
  });
  const other = await guest(at.server);
  const archive = Buffer.from(await reply.arrayBuffer());
  const type = { "content-type": "application/zip" };
  assert.equal((await other.call("POST", "/me/import", archive, type)).status, 200);
  const before = (await other.call("GET", "/changes?since=0")).json;
  assert.equal(before.more, true);
  const all = await other.call("GET", `/changes?since=${String(before.rev)}`);
  assert.equal(all.status, 410, all.text.slice(0, 300));
  assert.equal(all.json.errors[0].pointer, "?since");
  assert.ok((await other.call("GET", "/tasks?limit=200")).json.items.length > 0);
});

test("nothing reaches beyond the year 9999, which no time could tell", async () => {
  const me = await guest(at.server);
  await me.call("PATCH", "/settings", { zone: "Pacific/Honolulu" });
  for (const more of [
    { due: "9999-12-31T06:00:00Z" },
    { due: "2036-11-27T17:00:00Z", earliest: "9999-12-31T23:59:00Z" },
  ]) {
    const task = { ...aTask("Again"), repeat_unit: "day", ...more };
    const made = await me.call("POST", "/tasks", task);
    assert.equal(made.status, 201, made.text);
    const ids = [made.json.id as string];
    assert.equal((await me.call("POST", "/tasks/complete", { ids })).status, 200);
  }
  const event = { title: "Late", date: "9999-12-30", start: "10:00", end: "24:00" };
  assert.equal((await me.call("POST", "/events", { ...event, rule: "FREQ=DAILY" })).status, 201);
  for (const path of [
    "/tasks?limit=200",
    "/schedule?at=9999-12-31T23:00:00Z&days=60",
    "/events?from=9999-12-01",
    "/events/occurrences?from=9999-12-01&days=60",
    "/statistics?until=9999-12-31&days=7",
    "/changes?since=0",
  ]) {
    const reply = await me.call("GET", path);
    assert.ok([200, 400].includes(reply.status), `${path}: ${reply.text}`);
    for (const [, year] of reply.text.matchAll(/"([^"]{4})-\d\d-\d\d[T"]/g))
      assert.match(year ?? "", /^[0-9]{4}$/, path);
  }
});

test("lists come in pages by id", async () => {
  const me = await guest(at.server);
  for (let i = 0; i < 7; i++) await me.call("POST", "/tasks", aTask(`T${String(i)}`));
  const titles: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: Reply = await me.call("GET", `/tasks?limit=3${cursor ? `&cursor=${cursor}` : ""}`);
    titles.push(...(page.json.items as { title: string }[]).map((t) => t.title));
    cursor = page.json.next as string | null;
  }
  assert.equal(titles.length, 7);
  assert.equal(new Set(titles).size, 7);
  assert.equal((await me.call("GET", "/tasks?limit=0")).status, 400);
  assert.equal((await me.call("GET", "/tasks?cursor=x")).status, 400);
  assert.equal((await me.call("GET", "/tasks?colour=red")).status, 400);
});

test("a list asked for again is the same until something changes, and each student's own", async () => {
  const me = await guest(at.server);
  const other = await guest(at.server);
  await me.call("POST", "/tasks", aTask("Mine"));
  const first = await me.call("GET", "/tasks?limit=2&state=open");
  assert.equal((await me.call("GET", "/tasks?limit=2&state=open")).text, first.text);
  assert.equal((await other.call("GET", "/tasks?limit=2&state=open")).json.items.length, 0);
  assert.equal((await me.call("GET", "/tasks?limit=2&state=done")).json.items.length, 0);
  await me.call("POST", "/tasks", aTask("Second"));
  await me.call("POST", "/tasks", aTask("Third"));
  const all = await me.call("GET", "/tasks?limit=3&state=open");
  const page = await me.call("GET", "/tasks?limit=2&state=open");
  assert.equal(all.json.items.length, 3);
  assert.deepEqual(page.json.items, all.json.items.slice(0, 2));
  const rest = await me.call("GET", `/tasks?limit=2&state=open&cursor=${page.json.next}`);
  assert.deepEqual(rest.json.items, all.json.items.slice(2));
});

test("ETags save the answer", async () => {
  const me = await guest(at.server);
  const created = await me.call("POST", "/tasks", aTask());
  const path = `/tasks/${created.json.id as string}`;
  const tag = created.headers.get("etag") ?? "";
  assert.match(tag, /^"\d+"$/);
  assert.equal((await me.call("GET", path, undefined, { "if-none-match": tag })).status, 304);
  const schedule = "/schedule?at=2036-11-20T08:00:00Z";
  const plan = await me.call("GET", schedule);
  const same = { "if-none-match": plan.headers.get("etag") ?? "" };
  assert.equal((await me.call("GET", schedule, undefined, same)).status, 304);
  await me.call("POST", "/tasks", aTask("Another"));
  assert.equal((await me.call("GET", schedule, undefined, same)).status, 200);
});

test("deleting a course keeps its tasks, or not", async () => {
  const me = await guest(at.server);
  for (const tasks of ["keep", "delete"]) {
    const course = await me.call("POST", "/courses", { name: "History" });
    const course_id = course.json.id as string;
    const task = await me.call("POST", "/tasks", { ...aTask(), course_id });
    const path = `/courses/${course_id}?tasks=${tasks}`;
    assert.equal((await me.call("DELETE", path, undefined, etag(course))).status, 204);
    const left = await me.call("GET", `/tasks/${task.json.id as string}`);
    if (tasks === "keep") assert.equal(left.json.course_id, null);
    else assert.equal(left.status, 404);
  }
});

test("prerequisites are tasks, in no circle, and go with what is deleted", async () => {
  const me = await guest(at.server);
  const make = async (prerequisites: string[]): Promise<string> => {
    const made = await me.call("POST", "/tasks", { ...aTask(), prerequisites });
    assert.equal(made.status, 201, made.text);
    return made.json.id as string;
  };
  const first = await make([]);
  const second = await make([first]);
  const third = await make([second, first]);
  const set = async (id: string, prerequisites: string[]): Promise<Reply> => {
    const now = await me.call("GET", `/tasks/${id}`);
    return me.call("PATCH", `/tasks/${id}`, { prerequisites }, etag(now));
  };
  const refused = async (id: string, ids: string[], pointer: string, code: string) => {
    const reply = await set(id, ids);
    assert.equal(reply.status, 400);
    const [fault] = reply.json.errors as { pointer: string; code: string }[];
    assert.deepEqual([fault?.pointer, fault?.code], [pointer, code]);
  };
  await refused(first, [first], "/prerequisites/0", "cycle");
  await refused(first, [third], "/prerequisites/0", "cycle");
  await refused(third, [first, newId()], "/prerequisites/1", "unknown");
  await refused(third, [first, first], "/prerequisites/1", "twice");
  const gone = await me.call("GET", `/tasks/${second}`);
  assert.equal((await me.call("DELETE", `/tasks/${second}`, undefined, etag(gone))).status, 204);
  assert.deepEqual((await me.call("GET", `/tasks/${third}`)).json.prerequisites, [first]);
  assert.equal((await set(first, [])).status, 200);
});

test("deleting a course with its tasks takes them out of prerequisites", async () => {
  const me = await guest(at.server);
  const course = await me.call("POST", "/courses", { name: "History", code: "HIS", color: 1 });
  const inside = { ...aTask(), course_id: course.json.id as string };
  const before = (await me.call("POST", "/tasks", inside)).json.id as string;
  const outside = { ...aTask(), prerequisites: [before] };
  const after = (await me.call("POST", "/tasks", outside)).json.id as string;
  const path = `/courses/${course.json.id as string}?tasks=delete`;
  const reply = await me.call("DELETE", path, undefined, etag(course));
  assert.equal(reply.status, 204, reply.text);
  assert.deepEqual((await me.call("GET", `/tasks/${after}`)).json.prerequisites, []);
});

test("a plan keeps to earliest starts and prerequisites", async () => {
  const me = await guest(at.server);
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "00:00", end: "24:00" }));
  const hours = await me.call("GET", "/availability");
  assert.equal((await me.call("PUT", "/availability", { week }, etag(hours))).status, 200);
  const hour = 3_600_000;
  const ahead = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();
  const body = { ...aTask(), estimate_min: 60, due: ahead(72) };
  const earliest = ahead(10);
  const first = (await me.call("POST", "/tasks", { ...body, earliest })).json.id as string;
  const next = { ...body, due: ahead(71), prerequisites: [first] };
  const second = (await me.call("POST", "/tasks", next)).json.id as string;
  const blocks = (await me.call("GET", "/schedule?days=5")).json.blocks as {
    task_id: string;
    start: string;
    end: string;
  }[];
  const of = (id: string) => blocks.filter((b) => b.task_id === id);
  assert.ok(of(first).length > 0 && of(second).length > 0);
  assert.ok(of(first).every((b) => b.start >= earliest.slice(0, 16)));
  const done = of(first).at(-1)?.end ?? "";
  assert.ok(of(second).every((b) => b.start >= done));
});

test("a schedule reaches as far as there is work", async () => {
  const me = await guest(at.server);
  const days = async (): Promise<number> =>
    (await me.call("GET", "/schedule?days=due")).json.days.length as number;
  assert.equal(await days(), 28);
  const due = (inDays: number) => new Date(Date.now() + inDays * 86_400_000).toISOString();
  await me.call("POST", "/tasks", { ...aTask(), due: due(100) });
  assert.equal(await days(), 101);
  await me.call("POST", "/tasks", { ...aTask(), due: due(700) });
  assert.equal(await days(), 366);
  assert.equal((await me.call("GET", "/schedule?days=due&pace=1/2")).status, 200);
  assert.equal((await me.call("GET", "/schedule?days=duel")).status, 400);
});

test("free hours and settings are checked against themselves", async () => {
  const me = await guest(at.server);
  const overlap = [
    { day: 1, start: "09:00", end: "12:00" },
    { day: 1, start: "11:00", end: "13:00" },
  ];
  const refused = await me.call("PUT", "/availability", { week: overlap });
  assert.equal(refused.status, 400);
  assert.equal(refused.json.errors[0].pointer, "/week/1/start");
  const fine = await me.call("PUT", "/availability", {
    week: [{ day: 7, start: "22:00", end: "24:00" }],
  });
  assert.equal(fine.status, 200);
  const zone = await me.call("PATCH", "/settings", { zone: "Europe/Nowhere" });
  assert.equal(zone.status, 400);
  assert.equal(zone.json.errors[0].pointer, "/zone");
  const pace = await me.call("PATCH", "/settings", { limit: { num: 1, den: 10 } });
  assert.equal(pace.status, 400);
  assert.equal(pace.json.errors[0].pointer, "/pace");
});

test("language, clock and week start are kept, and known ones only", async () => {
  const me = await guest(at.server);
  const before = (await me.call("GET", "/settings")).json;
  assert.deepEqual([before.language, before.clock, before.week_start], Array(3).fill("device"));
  const shown = { language: "de", clock: "24h", week_start: "sunday" };
  const set = await me.call("PATCH", "/settings", shown);
  assert.equal(set.status, 200);
  const after = (await me.call("GET", "/settings")).json;
  assert.deepEqual(after, { ...before, ...shown, version: after.version });
  const unknown = await me.call("PATCH", "/settings", { language: "fr" });
  assert.equal(unknown.status, 400);
  assert.equal(unknown.json.errors[0].pointer, "/language");
});

test("a preview stores nothing; accepting it does", async () => {
  const me = await guest(at.server);
  await me.call("PUT", "/availability", {
    week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "20:00" })),
  });
  const due = new Date(Date.now() + 5 * 86400e3).toISOString();
  await me.call("POST", "/tasks", { ...aTask(), estimate_min: 600, due });
  const before = await me.call("GET", "/me");
  const preview = await me.call("GET", "/schedule?pace=1/10");
  assert.equal(preview.status, 200);
  assert.deepEqual(preview.json.pace, { num: 1, den: 10 });
  assert.equal((await me.call("GET", "/me")).json.rev, before.json.rev);
  const accepted = await me.call("POST", "/schedule/accept", { pace: { num: 1, den: 10 } });
  assert.equal(accepted.status, 200);
  assert.deepEqual(accepted.json.pace, { num: 1, den: 10 });
  assert.equal(accepted.json.accepted, true);
  assert.deepEqual((await me.call("GET", "/settings")).json.pace, { num: 1, den: 10 });
});

test("a guest who signs up keeps everything; another device signs in", async () => {
  const me = await guest(at.server);
  const email = newEmail();
  await me.call("POST", "/tasks", aTask("Kept"));
  const old = me.cookie;
  assert.equal((await me.call("POST", "/accounts", { email, password })).status, 201);
  assert.notEqual(me.cookie, old, "a new session with the new rights");
  const other = new Client(at.server.url);
  const wrong = await other.call("POST", "/session", { email, password: "wrong password" });
  const unknown = await other.call("POST", "/session", { email: "no@example.org", password });
  assert.equal(wrong.status, 401);
  assert.equal(unknown.status, 401);
  assert.equal(wrong.json.detail, unknown.json.detail, "does not tell who has an account");
  assert.equal((await other.call("POST", "/session", { email, password })).status, 200);
  assert.equal((await other.call("GET", "/tasks")).json.items[0].title, "Kept");
  const ghost = new Client(at.server.url);
  ghost.cookie = old;
  assert.equal((await ghost.call("GET", "/me")).status, 401, "the guest's session ended");
  const twice = await guest(at.server);
  assert.equal((await twice.call("POST", "/accounts", { email, password })).status, 409);
});

test("sessions end: here, everywhere, and with a new password", async () => {
  const email = newEmail();
  const a = await user(at.server, email);
  const b = new Client(at.server.url);
  await b.call("POST", "/session", { email, password });
  const stolen = new Client(at.server.url);
  stolen.cookie = b.cookie;
  assert.equal((await b.call("DELETE", "/session")).status, 204);
  assert.equal((await stolen.call("GET", "/me")).status, 401);
  assert.equal((await a.call("GET", "/me")).status, 200);

  await b.call("POST", "/session", { email, password });
  stolen.cookie = b.cookie;
  const refused = await a.call("PATCH", "/me", {
    password: "another horse",
    current_password: "not this one",
  });
  assert.equal(refused.status, 403);
  const changed = await a.call("PATCH", "/me", {
    password: "another horse",
    current_password: password,
  });
  assert.equal(changed.status, 200);
  assert.equal((await stolen.call("GET", "/me")).status, 401);
  assert.equal((await a.call("GET", "/me")).status, 200);
  assert.equal((await a.call("DELETE", "/session?everywhere=true")).status, 204);
});

test("an erased account is gone", async () => {
  const email = newEmail();
  const me = await user(at.server, email);
  const spy = new Client(at.server.url);
  spy.cookie = me.cookie;
  await me.call("POST", "/tasks", aTask("Secret"));
  assert.equal((await me.call("DELETE", "/me")).status, 204);
  assert.equal((await spy.call("GET", "/tasks")).status, 401);
  assert.equal((await spy.call("POST", "/session", { email, password })).status, 401);
});

test("a guest may have 500 tasks", { timeout: 120_000 }, async () => {
  const me = await guest(at.server);
  for (let i = 0; i < 500; i += 50) {
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, k) => me.call("POST", "/tasks", aTask(`T${String(i + k)}`))),
    );
    for (const r of replies) assert.equal(r.status, 201, r.text);
  }
  const refused = await me.call("POST", "/tasks", aTask("One too many"));
  assert.equal(refused.status, 409);
  assert.deepEqual(codes(refused), ["quota"]);
});

test("rate limits say when to come back", async () => {
  const own = await newFolder();
  const limited = await startServer(own, { STUDYBUNNY_RATE_LIMITS: "on" });
  try {
    /* What is allowed grows again while they are asked, so it may take more than is allowed at once. */
    const asked = [];
    while (asked.at(-1)?.status !== 429 && asked.length < 500)
      asked.push(await new Client(limited.url).call("POST", "/guest", {}));
    assert.ok(asked.length > 30, String(asked.length));
    assert.ok(asked.slice(0, -1).every((reply) => reply.status === 201));
    assert.match(asked.at(-1)?.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  } finally {
    await limited.stop();
    await removeFolder(own);
  }
});

test("what the server refuses by itself", async () => {
  const me = await guest(at.server);
  assert.equal((await me.call("PUT", "/tasks", {})).status, 405);
  assert.equal((await me.call("GET", "/nothing")).status, 404);
  assert.equal((await me.call("POST", "/tasks", "x".repeat(200_000))).status, 413);
  const plain = await me.call("POST", "/tasks", "{}", { "content-type": "text/plain" });
  assert.equal(plain.status, 415);
  assert.equal(
    (await me.call("GET", "/me", undefined, { "x-long": "y".repeat(40_000) })).status,
    431,
  );
});
