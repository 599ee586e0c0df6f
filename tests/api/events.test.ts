/* Events and days that are otherwise: when they take place, and that free time is what they leave. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { aTask, type Client, guest, type Reply, served } from "../support/server.ts";
import { anEvent } from "./samples.ts";

const at = served();

/** Somebody in Berlin who is free from 8 to 20 every day. */
async function student(): Promise<Client> {
  const me = await guest(at.server);
  assert.equal((await me.call("PATCH", "/settings", { zone: "Europe/Berlin" })).status, 200);
  assert.equal((await me.call("PUT", "/availability", { week })).status, 200);
  return me;
}

const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "08:00", end: "20:00" }));

function etag(reply: Reply): Record<string, string> {
  return { "if-match": reply.headers.get("etag") ?? "" };
}

interface Occurrence {
  event_id: string;
  date: string;
  start: string;
  end: string;
  title: string;
  all_day: boolean;
}

async function occurrences(me: Client, from: string, days: number): Promise<Occurrence[]> {
  const reply = await me.call("GET", `/events/occurrences?from=${from}&days=${String(days)}`);
  assert.equal(reply.status, 200, reply.text);
  return reply.json.items as Occurrence[];
}

async function starts(me: Client, from: string, days: number): Promise<string[]> {
  return (await occurrences(me, from, days)).map((o) => o.start);
}

async function freeMinutes(me: Client, date: string): Promise<number> {
  const reply = await me.call("GET", `/schedule?at=${date}T00:00:00Z&days=2`);
  assert.equal(reply.status, 200, reply.text);
  const days = reply.json.days as { date: string; free_min: number }[];
  return days.find((d) => d.date === date)?.free_min ?? -1;
}

async function add(me: Client, event: object): Promise<Reply> {
  const reply = await me.call("POST", "/events", event);
  assert.equal(reply.status, 201, reply.text);
  return reply;
}

test("a lecture keeps its wall clock when the clocks change", async () => {
  const me = await student();
  await add(me, { ...anEvent(), date: "2036-10-21", rule: "FREQ=WEEKLY;COUNT=3" });
  assert.deepEqual(await starts(me, "2036-10-20", 21), [
    "2036-10-21T08:15:00Z",
    "2036-10-28T09:15:00Z", // Berlin leaves summer time on the 26th
    "2036-11-04T09:15:00Z",
  ]);
});

test("nights on which clocks change are as long as they are", async () => {
  const me = await student();
  const night = { title: "Shift", date: "2036-03-29", end_date: "2036-03-30", rule: "FREQ=WEEKLY" };
  await add(me, { ...night, start: "22:00", end: "06:00" });
  const [short, plain] = await occurrences(me, "2036-03-29", 14);
  assert.deepEqual([short?.start, short?.end], ["2036-03-29T21:00:00Z", "2036-03-30T04:00:00Z"]);
  assert.deepEqual([plain?.start, plain?.end], ["2036-04-05T20:00:00Z", "2036-04-06T04:00:00Z"]);
  const gap = { title: "In the gap", date: "2036-03-30", start: "02:15", end: "02:45" };
  await add(me, gap);
  const inside = (await occurrences(me, "2036-03-30", 1)).find((o) => o.title === gap.title);
  assert.deepEqual([inside?.start, inside?.end], ["2036-03-30T01:15:00Z", "2036-03-30T01:45:00Z"]);
  const across = { title: "Out of the gap", date: "2036-03-30", start: "02:30", end: "03:15" };
  await add(me, across);
  const out = (await occurrences(me, "2036-03-30", 1)).find((o) => o.title === across.title);
  assert.deepEqual([out?.start, out?.end], ["2036-03-30T01:30:00Z", "2036-03-30T02:15:00Z"]);
});

test("another zone's clock, and all day", async () => {
  const me = await student();
  await add(me, { ...anEvent(), zone: "America/New_York", rule: "FREQ=WEEKLY;COUNT=4" });
  assert.deepEqual(await starts(me, "2036-10-13", 28), [
    "2036-10-14T14:15:00Z",
    "2036-10-21T14:15:00Z",
    "2036-10-28T14:15:00Z",
    "2036-11-04T15:15:00Z", // New York changes a week later
  ]);
  await add(me, { title: "Holiday", date: "2036-12-25", start: "00:00", end: "24:00" });
  const [holiday] = await occurrences(me, "2036-12-25", 1);
  assert.equal(holiday?.all_day, true);
  assert.deepEqual([holiday.start, holiday.end], ["2036-12-24T23:00:00Z", "2036-12-25T23:00:00Z"]);
});

test("free time is what events leave", async () => {
  const me = await student();
  assert.equal(await freeMinutes(me, "2036-10-28"), 720);
  const lecture = await add(me, anEvent());
  assert.equal(await freeMinutes(me, "2036-10-28"), 630);
  await add(me, { ...anEvent(), rule: null, date: "2036-10-28", start: "11:00", end: "12:30" });
  assert.equal(await freeMinutes(me, "2036-10-28"), 585, "what overlaps is taken once");
  await add(me, { title: "Early", date: "2036-10-28", start: "06:00", end: "08:30" });
  assert.equal(await freeMinutes(me, "2036-10-28"), 555);
  const path = `/events/${lecture.json.id as string}`;
  const free = await me.call("PATCH", path, { busy: false }, etag(lecture));
  assert.equal(await freeMinutes(me, "2036-10-28"), 600);
  assert.equal((await me.call("DELETE", path, undefined, etag(free))).status, 204);
  assert.equal(await freeMinutes(me, "2036-10-21"), 720);
});

test("a day that is otherwise", async () => {
  const me = await student();
  const exceptions = [
    { date: "2036-10-29", windows: [] },
    {
      date: "2036-10-28",
      windows: [
        { start: "18:00", end: "24:00" },
        { start: "06:00", end: "07:00" },
      ],
    },
  ];
  const saved = await me.call("PUT", "/availability", { week, exceptions });
  assert.equal(saved.status, 200, saved.text);
  assert.deepEqual(
    saved.json.exceptions.map((e: { date: string }) => e.date),
    ["2036-10-28", "2036-10-29"],
  );
  assert.equal(await freeMinutes(me, "2036-10-27"), 720);
  assert.equal(await freeMinutes(me, "2036-10-28"), 420);
  assert.equal(await freeMinutes(me, "2036-10-29"), 0);
  assert.equal(await freeMinutes(me, "2036-11-04"), 720);
  for (const [fault, exception] of [
    ["/exceptions/1/date", { date: "2036-10-28", windows: [] }],
    [
      "/exceptions/1/windows/0/end",
      { date: "2036-10-30", windows: [{ start: "9:00", end: "8:00" }] },
    ],
  ] as const) {
    const text = JSON.stringify([exceptions[1], exception]).replace(/"(\d:)/g, '"0$1');
    const refused = await me.call("PUT", "/availability", `{"week":[],"exceptions":${text}}`, {
      "content-type": "application/json",
    });
    assert.equal(refused.status, 400);
    assert.equal(refused.json.errors[0].pointer, fault);
  }
});

test("the plan moves in the same commit", async () => {
  const me = await student();
  const due = new Date(Date.now() + 3 * 86400e3).toISOString();
  await me.call("POST", "/tasks", { ...aTask(), estimate_min: 120, due });
  const plan = await me.call("GET", "/schedule");
  const block = plan.json.blocks.at(-1) as { start: string; end: string };
  const { rev } = (await me.call("GET", "/me")).json as { rev: number };
  const day = block.start.slice(0, 10);
  const event = { title: "Busy", date: day, start: "00:00", end: "24:00", zone: "UTC" };
  await add(me, event);
  assert.equal((await me.call("GET", "/me")).json.rev, rev + 1);
  const moved = await me.call("GET", "/schedule");
  assert.equal(moved.json.accepted, true, "what is stored is the new plan");
  for (const b of moved.json.blocks as { start: string }[])
    assert.notEqual(b.start.slice(0, 10), day);
});

test("days left out and days moved", async () => {
  const me = await student();
  const skipped = [{ date: "2036-10-28" }];
  const moved = [
    { date: "2036-10-21", to: "2036-10-23", start: "14:00", end: "15:00", title: "Exercise" },
  ];
  const event = await add(me, { ...anEvent(), skipped, moved });
  const list = await occurrences(me, "2036-10-13", 28);
  assert.deepEqual(
    list.map((o) => [o.date, o.start, o.title]),
    [
      ["2036-10-14", "2036-10-14T08:15:00Z", "Lecture"],
      ["2036-10-21", "2036-10-23T12:00:00Z", "Exercise"],
      ["2036-11-04", "2036-11-04T09:15:00Z", "Lecture"],
    ],
  );
  const path = `/events/${event.json.id as string}`;
  const refusals: [string, object][] = [
    ["/skipped/0/date", { skipped: [{ date: "2036-10-29" }] }],
    ["/skipped/1/date", { skipped: [{ date: "2036-10-28" }, { date: "2036-10-28" }] }],
    ["/moved/0/date", { moved: [{ ...moved[0], date: "2036-10-28" }] }],
    ["/moved/0/end", { moved: [{ ...moved[0], end: "14:00" }] }],
    ["/end", { end: "10:15" }],
    ["/end_date", { end_date: "2036-10-13" }],
    ["/end_date", { end_date: "2037-10-13" }],
    ["/zone", { zone: "Europe/Nowhere" }],
    ["/rule", { rule: "FREQ=HOURLY" }],
    ["/rule", { rule: "FREQ=DAILY;UNTIL=20361013" }],
    ["/course_id", { course_id: "01936b2a-0000-7000-8000-000000000001" }],
    ["/title", { title: "  " }],
  ];
  for (const [pointer, change] of refusals) {
    const refused = await me.call("PATCH", path, change, etag(event));
    assert.equal(refused.status, 400, JSON.stringify(change));
    assert.ok(
      (refused.json.errors as { pointer: string }[]).some((e) => e.pointer === pointer),
      `${JSON.stringify(change)}: ${refused.text}`,
    );
  }
  const once = await me.call("PATCH", path, { rule: null }, etag(event));
  assert.equal(once.status, 200, once.text);
  assert.deepEqual([once.json.skipped, once.json.moved], [[], []], "exceptions go with their days");
});

test("cutting in two changes nothing, and then each part by itself", async () => {
  const me = await student();
  const skipped = [{ date: "2036-10-21" }, { date: "2036-11-18" }];
  const event = await add(me, { ...anEvent(), skipped });
  const path = `/events/${event.json.id as string}`;
  const all = await starts(me, "2036-10-01", 200);
  assert.equal(all.length, 13);
  for (const date of ["2036-10-14", "2036-10-15", "2037-10-13"]) {
    const refused = await me.call("POST", `${path}/split`, { date }, etag(event));
    assert.equal(refused.status, 400, date);
  }
  const rest = await me.call("POST", `${path}/split`, { date: "2036-11-04" }, etag(event));
  assert.equal(rest.status, 201, rest.text);
  assert.equal(rest.json.rule, "FREQ=WEEKLY;COUNT=12");
  assert.deepEqual(rest.json.skipped, [{ date: "2036-11-18" }]);
  const head = await me.call("GET", path);
  assert.equal(head.json.rule, "FREQ=WEEKLY;UNTIL=20361103");
  assert.deepEqual(head.json.skipped, [{ date: "2036-10-21" }]);
  assert.deepEqual(await starts(me, "2036-10-01", 200), all);
  assert.equal((await me.call("DELETE", path, undefined, etag(head))).status, 204);
  assert.equal((await starts(me, "2036-10-01", 200)).length, 11);
});

test("events of a stretch of days", async () => {
  const me = await student();
  await add(me, { ...anEvent(), title: "weekly" });
  await add(me, { ...anEvent(), title: "once", rule: null, date: "2036-11-05" });
  const titles = async (query: string) =>
    ((await me.call("GET", `/events?${query}`)).json.items as { title: string }[]).map(
      (e) => e.title,
    );
  assert.deepEqual(await titles("from=2036-11-04&until=2036-11-06"), ["weekly", "once"]);
  assert.deepEqual(await titles("from=2036-11-05&until=2036-11-06"), ["once"]);
  assert.deepEqual(await titles("until=2036-10-14"), []);
  assert.deepEqual(await titles("from=2037-06-01"), []);
  assert.deepEqual(await titles("limit=1"), ["weekly"]);
  await add(me, { ...anEvent(), title: "for ever", rule: "FREQ=DAILY", date: "1970-01-01" });
  assert.deepEqual(await titles("from=2036-12-24"), ["weekly", "for ever"]);
});

test("what goes with a course, and what other devices hear", async () => {
  const me = await student();
  for (const tasks of ["keep", "delete"]) {
    const course = await me.call("POST", "/courses", { name: "History" });
    const event = await add(me, { ...anEvent(), course_id: course.json.id as string });
    const rev = (await me.call("GET", "/me")).json.rev as number;
    const path = `/courses/${course.json.id as string}?tasks=${tasks}`;
    assert.equal((await me.call("DELETE", path, undefined, etag(course))).status, 204);
    const changes = (await me.call("GET", `/changes?since=${String(rev)}`)).json;
    if (tasks === "keep") assert.equal(changes.changed.events[0].course_id, null);
    else assert.ok(changes.deleted.some((d: { id: string }) => d.id === event.json.id));
  }
});

test("no more than there may be", { timeout: 120_000 }, async () => {
  const me = await student();
  const daily = { ...anEvent(), date: "2026-01-01", rule: "FREQ=DAILY" };
  await me.call("POST", "/tasks", { ...aTask(), due: "2037-01-01T00:00:00Z" });
  for (let i = 0; i < 8; i++) await add(me, daily);
  const refused = await me.call("POST", "/events", daily);
  assert.equal(refused.status, 409, refused.text);
  assert.equal(refused.json.errors[0].code, "quota");
  assert.equal(refused.json.errors[0].pointer, "/rule");
  const many = await me.call("GET", "/events/occurrences?from=2036-01-01&days=731");
  assert.equal(many.status, 413, "more than one answer holds");
  assert.equal((await me.call("GET", "/schedule?days=731")).status, 200);
});
