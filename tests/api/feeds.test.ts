/* Calendars of others: as the four systems write them, read again and again, changed, and hostile. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  type Client,
  guest,
  listed,
  newFolder,
  removeFolder,
  type Reply,
  served,
  startServer,
} from "../support/server.ts";

const at = served({ STUDYBUNNY_SNAPSHOT_HOURS: "0" });

function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/ics/${name}.ics`, import.meta.url), "utf8");
}

const semester = readFileSync(new URL("../../examples/term.ics", import.meta.url), "utf8");

async function student(): Promise<Client> {
  const me = await guest(at.server);
  assert.equal((await me.call("PATCH", "/settings", { zone: "Europe/Berlin" })).status, 200);
  return me;
}

function send(me: Client, text: string, name = "calendar.ics"): Promise<Reply> {
  const path = `/feeds/file?name=${encodeURIComponent(name)}`;
  return me.call("POST", path, text, { "content-type": "text/calendar" });
}

interface Value {
  title: string;
  due: string | null;
  date: string | null;
  end_date: string | null;
  start: string;
  end: string;
  zone: string | null;
  rule: string | null;
  busy: boolean;
  skipped: { date: string }[];
  moved: { date: string; to: string; start: string; title: string | null; place: string | null }[];
}

interface Item {
  id: string;
  state: string;
  news: string;
  form: string;
  category: string;
  suggested: boolean;
  course: string | null;
  estimate_min: number;
  entity_id: string | null;
  now: Value;
  before: Value | null;
}

/** Reads a calendar; the feed's id and its items by title and form. */
async function read(me: Client, text: string): Promise<{ id: string; items: Item[] }> {
  const reply = await send(me, text);
  assert.ok(reply.status === 200 || reply.status === 201, reply.text);
  const id = String(reply.json.id);
  return { id, items: await listed<Item>(me, `/feeds/${id}/items`) };
}

function titled(items: Item[], title: string, form?: string): Item {
  const found = items.filter((i) => i.now.title === title && (!form || i.form === form));
  assert.equal(found.length, 1, `${title}: ${JSON.stringify(items.map((i) => i.now.title))}`);
  return found[0] as Item;
}

async function review(me: Client, feed: string, take: object[], leave: string[] = []) {
  const reply = await me.call("POST", `/feeds/${feed}/review`, { take, leave });
  assert.equal(reply.status, 200, reply.text);
}

async function takeAll(me: Client, feed: string, items: Item[]): Promise<void> {
  const open = items.filter((i) => i.state === "new" || i.news !== "none");
  await review(
    me,
    feed,
    open.map(({ id }) => ({ id })),
  );
}

interface Task {
  id: string;
  title: string;
  due: string;
  estimate_min: number;
  remaining_min: number;
  notes: string;
  state: string;
  course_id: string | null;
}

async function tasks(me: Client): Promise<Task[]> {
  return listed<Task>(me, "/tasks");
}

async function rev(me: Client): Promise<number> {
  return Number((await me.call("GET", "/me")).json.rev);
}

test("Canvas: assignments with their course, times in UTC, days without a time", async () => {
  const me = await student();
  const { id, items } = await read(me, fixture("canvas"));
  const feed = (await me.call("GET", `/feeds/${id}`)).json;
  assert.deepEqual([feed.product, feed.name], ["canvas", "Robin Meyer Calendar (Canvas)"]);
  const sheet = titled(items, "Sheet 1");
  assert.deepEqual(
    [sheet.form, sheet.category, sheet.estimate_min, sheet.course, sheet.now.due, sheet.suggested],
    ["task", "sheet", 180, "ALG-WS36", "2036-10-23T10:00:00Z", true],
  );
  const essay = titled(items, "Essay: the clock and the factory");
  assert.deepEqual(
    [essay.form, essay.category, essay.estimate_min, essay.now.due],
    ["task", "essay", 480, "2036-11-14T22:59:00Z"],
  );
  assert.equal(titled(items, "Quiz 1: graphs").category, "quiz");
  assert.equal(titled(items, "Term project proposal").category, "project");
  const lecture = titled(items, "Algorithms lecture");
  assert.deepEqual(
    [lecture.form, lecture.now.date, lecture.now.start, lecture.now.end, lecture.now.zone],
    ["event", "2036-10-20", "08:15", "09:45", "Europe/Berlin"],
  );
  assert.equal(items.length, 6);
});

test("Moodle: what is due, what closes, and not what opens", async () => {
  const me = await student();
  const { id, items } = await read(me, fixture("moodle"));
  assert.equal((await me.call("GET", `/feeds/${id}`)).json.product, "moodle");
  const sheet = titled(items, "Übungsblatt 1 ist fällig.".replace(" ist fällig.", ""));
  assert.deepEqual(
    [sheet.form, sheet.category, sheet.course, sheet.now.due],
    ["task", "sheet", "LA2 WiSe36", "2036-10-22T10:00:00Z"],
  );
  assert.equal(titled(items, "Kurztest 1 (Matrizen)").suggested, true);
  assert.equal(titled(items, "Kurztest 1 (Matrizen) öffnet").suggested, false);
  assert.equal(titled(items, "Lab report 1").estimate_min, 180);
});

test("Google: a seminar that repeats, with its holidays and the day on which it is moved", async () => {
  const me = await student();
  const { items } = await read(me, fixture("google"));
  const seminar = titled(items, "History seminar");
  assert.equal(seminar.form, "event");
  assert.equal(seminar.now.rule, "FREQ=WEEKLY;UNTIL=20370204;BYDAY=WE");
  assert.deepEqual(
    seminar.now.skipped.map((s) => s.date),
    ["2036-12-24", "2036-12-31"],
  );
  assert.deepEqual(seminar.now.moved, [
    {
      date: "2036-11-12",
      to: "2036-11-13",
      start: "10:00",
      end: "11:30",
      title: null,
      place: "Room 204",
    },
  ]);
  assert.equal(titled(items, "Reading response 1").category, "reading");
  assert.equal(titled(items, "Essay draft").now.due, "2036-12-04T16:00:00Z");
  const holiday = titled(items, "Day of Prayer");
  assert.deepEqual([holiday.form, holiday.now.busy, holiday.suggested], ["event", false, false]);
});

test("Outlook: zones by their Windows names, an exam, a fortnightly shift", async () => {
  const me = await student();
  const { items } = await read(me, fixture("outlook"));
  const lecture = titled(items, "Statistics lecture");
  assert.deepEqual(
    [lecture.now.zone, lecture.now.rule, lecture.now.start],
    ["Europe/Berlin", "FREQ=WEEKLY;UNTIL=20370127;BYDAY=TU", "10:15"],
  );
  assert.deepEqual(
    lecture.now.skipped.map((s) => s.date),
    ["2036-12-23", "2036-12-30"],
  );
  assert.deepEqual(
    lecture.now.moved.map((m) => [m.date, m.to, m.start, m.title]),
    [["2036-11-11", "2036-11-11", "14:15", "Statistics lecture (moved)"]],
  );
  const exam = titled(items, "Statistics exam", "event");
  assert.deepEqual([exam.now.date, exam.now.start], ["2037-02-16", "09:00"]);
  const prepare = titled(items, "Statistics exam", "task");
  assert.deepEqual([prepare.now.due, prepare.estimate_min], ["2037-02-16T08:00:00Z", 900]);
  assert.equal(
    titled(items, "Shift at the library").now.rule,
    "FREQ=WEEKLY;INTERVAL=2;COUNT=12;BYDAY=FR",
  );
  assert.equal(titled(items, "Deadline: exam registration".replace("Deadline: ", "")).form, "task");
});

test("nothing is planned before it is taken; then it is, with its courses", async () => {
  const me = await student();
  const { id, items } = await read(me, fixture("canvas"));
  assert.equal((await tasks(me)).length, 0);
  const own = (await me.call("POST", "/courses", { name: "Algorithms", code: "ALG" })).json;
  const sheet = titled(items, "Sheet 1");
  await review(
    me,
    id,
    [{ id: sheet.id, estimate_min: 200 }, { id: titled(items, "Term project proposal").id }],
    [titled(items, "Quiz 1: graphs").id],
  );
  const mine = await tasks(me);
  const first = mine.find((t) => t.title === "Sheet 1");
  assert.ok(first);
  assert.match(first.notes, /at most 4 pages/);
  assert.deepEqual([first.estimate_min, first.remaining_min, first.course_id], [200, 200, own.id]);
  const courses = await listed<{ id: string; name: string; code: string }>(me, "/courses");
  const made = courses.find((x) => x.name === "OS-WS36");
  assert.equal(made?.code, "OS");
  assert.equal(mine.find((t) => t.title === "Term project proposal")?.course_id, made.id);
  const now = await listed<Item>(me, `/feeds/${id}/items`);
  assert.deepEqual(
    ["Sheet 1", "Quiz 1: graphs", "Sheet 2"].map((title) => titled(now, title).state),
    ["taken", "left", "new"],
  );
});

test("the same calendar a hundred times changes nothing", async () => {
  for (const text of [semester, ...["canvas", "moodle", "google", "outlook"].map(fixture)]) {
    const me = await student();
    const { id, items } = await read(me, text);
    await takeAll(me, id, items);
    const before = [await rev(me), await tasks(me), await listed(me, "/events")];
    for (let i = 0; i < 100; i++) {
      const reply = await send(me, text, `copy (${String(i)}).ics`);
      assert.deepEqual([reply.status, reply.json.id], [200, id]);
    }
    assert.deepEqual([await rev(me), await tasks(me), await listed(me, "/events")], before);
    assert.equal((await listed(me, "/feeds")).length, 1);
  }
});

const sheetDue = "DTSTART:20361023T100000Z\r\nDTEND:20361023T100000Z";
const moved = "DTSTART:20361025T100000Z\r\nDTEND:20361025T100000Z";

/** Takes the calendar of Canvas and reads the given edition. */
async function edition(me: Client, change: (text: string) => string) {
  const first = await read(me, fixture("canvas"));
  await takeAll(me, first.id, first.items);
  const text = change(fixture("canvas"));
  assert.notEqual(text, fixture("canvas"));
  return { text, ...(await read(me, text)) };
}

test("a moved deadline is news once, and taking it moves the task", async () => {
  const me = await student();
  const { id, items, text } = await edition(me, (t) => t.replace(sheetDue, moved));
  const sheet = titled(items, "Sheet 1");
  assert.deepEqual(
    [sheet.news, sheet.before?.due, sheet.now.due],
    ["changed", "2036-10-23T10:00:00Z", "2036-10-25T10:00:00Z"],
  );
  assert.equal(items.filter((i) => i.news !== "none").length, 1);
  await review(me, id, [{ id: sheet.id }]);
  const task = (await tasks(me)).find((t) => t.title === "Sheet 1");
  assert.equal(task?.due, "2036-10-25T10:00:00Z");
  const again = await read(me, text);
  assert.ok(again.items.every((i) => i.news === "none"));
});

test("what the student changed stays when the calendar changes", async () => {
  const me = await student();
  const first = await read(me, fixture("canvas"));
  await takeAll(me, first.id, first.items);
  const task = (await tasks(me)).find((t) => t.title === "Sheet 1");
  const path = `/tasks/${String(task?.id)}`;
  const etag = (await me.call("GET", path)).headers.get("etag") ?? "";
  const own = { estimate_min: 90, remaining_min: 40, notes: "mine", title: "Own name" };
  assert.equal((await me.call("PATCH", path, own, { "if-match": etag })).status, 200);
  const next = await read(
    me,
    fixture("canvas").replace(sheetDue, moved).replace("SUMMARY:Sheet 1 ", "SUMMARY:Sheet one "),
  );
  await takeAll(me, next.id, next.items);
  const after = (await me.call("GET", path)).json;
  assert.deepEqual(
    [after.estimate_min, after.remaining_min, after.notes, after.title, after.due],
    [90, 40, "mine", "Own name", "2036-10-25T10:00:00Z"],
  );
});

test("a due time of one's own is not moved by the calendar", async () => {
  const me = await student();
  const first = await read(me, fixture("canvas"));
  await takeAll(me, first.id, first.items);
  const path = `/tasks/${String((await tasks(me)).find((t) => t.title === "Sheet 1")?.id)}`;
  const etag = (await me.call("GET", path)).headers.get("etag") ?? "";
  await me.call("PATCH", path, { due: "2036-10-22T10:00:00Z" }, { "if-match": etag });
  const next = await read(me, fixture("canvas").replace(sheetDue, moved));
  await takeAll(me, next.id, next.items);
  assert.equal((await me.call("GET", path)).json.due, "2036-10-22T10:00:00Z");
});

function without(text: string, uid: string): string {
  const parts = text.split("BEGIN:VEVENT");
  return parts.filter((part) => !part.includes(uid)).join("BEGIN:VEVENT");
}

test("what is removed is dropped only when the student says so", async () => {
  const me = await student();
  const { id, items, text } = await edition(me, (t) => without(t, "event-assignment-281902"));
  const gone = titled(items, "Sheet 2");
  assert.equal(gone.news, "removed");
  const task = async () => (await tasks(me)).find((t) => t.title === "Sheet 2")?.state;
  assert.equal(await task(), "open");
  await review(me, id, [{ id: gone.id }]);
  assert.equal(await task(), "dropped");
  const again = await read(me, text);
  assert.ok(again.items.every((i) => i.news === "none" && i.now.title !== "Sheet 2"));
});

test("what is removed may stay as one's own", async () => {
  const me = await student();
  const { id, items, text } = await edition(me, (t) => without(t, "event-assignment-281902"));
  await review(me, id, [], [titled(items, "Sheet 2").id]);
  const again = await read(me, text);
  assert.ok(again.items.every((i) => i.news === "none"));
  assert.equal((await tasks(me)).find((t) => t.title === "Sheet 2")?.state, "open");
});

test("a cancelled lecture is deleted when taken, a cancelled day left out", async () => {
  const me = await student();
  const first = await read(me, fixture("outlook"));
  await takeAll(me, first.id, first.items);
  const shift = fixture("outlook").replace(
    /(SUMMARY:Shift at the library[^]*?STATUS:)CONFIRMED/,
    "$1CANCELLED",
  );
  const lecture = /(RECURRENCE-ID[^]*?STATUS:)CONFIRMED/;
  const next = await read(me, shift.replace(lecture, "$1CANCELLED"));
  assert.equal(titled(next.items, "Shift at the library").news, "cancelled");
  assert.equal(titled(next.items, "Statistics lecture").news, "changed");
  await takeAll(me, next.id, next.items);
  const events = await listed<Value>(me, "/events");
  assert.ok(events.every((e) => e.title !== "Shift at the library"));
  const stays = events.find((e) => e.title === "Statistics lecture");
  assert.deepEqual(stays?.moved, []);
  assert.deepEqual(
    stays.skipped.map((s) => s.date),
    ["2036-11-11", "2036-12-23", "2036-12-30"],
  );
});

test("days that the student left out stay out when the lecture moves to another room", async () => {
  const me = await student();
  const first = await read(me, fixture("outlook"));
  await takeAll(me, first.id, first.items);
  const lecture = titled(first.items, "Statistics lecture");
  const id = (await listed<Item>(me, `/feeds/${first.id}/items`)).find((i) => i.id === lecture.id);
  const path = `/events/${String(id?.entity_id)}`;
  const event = await me.call("GET", path);
  const skipped = [...(event.json.skipped as { date: string }[]), { date: "2036-12-02" }];
  const headers = { "if-match": event.headers.get("etag") ?? "" };
  assert.equal((await me.call("PATCH", path, { skipped }, headers)).status, 200);
  const next = await read(
    me,
    fixture("outlook").replace("20361223T101500,", "20361125T101500,20361223T101500,"),
  );
  await takeAll(me, next.id, next.items);
  assert.deepEqual(
    ((await me.call("GET", path)).json.skipped as { date: string }[]).map((s) => s.date),
    ["2036-11-25", "2036-12-02", "2036-12-23", "2036-12-30"],
  );
});

test("what the student deleted does not come back", async () => {
  const me = await student();
  const first = await read(me, fixture("canvas"));
  await takeAll(me, first.id, first.items);
  const task = (await tasks(me)).find((t) => t.title === "Sheet 1");
  const etag = (await me.call("GET", `/tasks/${String(task?.id)}`)).headers.get("etag") ?? "";
  await me.call("DELETE", `/tasks/${String(task?.id)}`, undefined, { "if-match": etag });
  const next = await read(me, fixture("canvas").replace(sheetDue, moved));
  assert.equal(titled(next.items, "Sheet 1").state, "left");
  assert.equal((await tasks(me)).length, first.items.filter((i) => i.form === "task").length - 1);
});

test("another calendar is another feed; deleting one leaves what was taken", async () => {
  const me = await student();
  const a = await read(me, fixture("canvas"));
  const b = await read(me, fixture("moodle"));
  assert.notEqual(a.id, b.id);
  await takeAll(me, a.id, a.items);
  const before = await tasks(me);
  const etag = (await me.call("GET", `/feeds/${a.id}`)).headers.get("etag") ?? "";
  const path = `/feeds/${a.id}`;
  assert.equal((await me.call("DELETE", path, undefined, { "if-match": etag })).status, 204);
  assert.equal((await me.call("GET", `${path}/items`)).status, 404);
  assert.deepEqual(await tasks(me), before);
  assert.equal((await listed(me, "/feeds")).length, 1);
});

/** A calendar of single lines: each inner list is an event's. */
function calendar(...events: string[][]): string {
  const parts = events.flatMap((lines, i) => [
    "BEGIN:VEVENT",
    ...(lines.some((l) => l.startsWith("UID")) ? [] : [`UID:${String(i)}@test`]),
    ...lines,
    "END:VEVENT",
  ]);
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Test//EN",
    ...parts,
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

test("a sheet every week is a task every week; weeks by number are single events", async () => {
  const me = await student();
  const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
  const year = Number(soon.slice(0, 4)) + 1;
  const { id, items } = await read(
    me,
    calendar(
      [`DTSTART:${soon}T100000Z`, "SUMMARY:Weekly sheet", "RRULE:FREQ=WEEKLY;COUNT=6"],
      [
        `DTSTART;TZID=Europe/Berlin:${String(year)}0104T100000`,
        "DURATION:PT2H",
        "SUMMARY:Block course",
        "RRULE:FREQ=YEARLY;BYWEEKNO=10,11;BYDAY=MO",
      ],
      [`DTSTART:${soon}T100000Z`, "DURATION:PT1H", "SUMMARY:Chimes", "RRULE:FREQ=HOURLY"],
      [
        `DTSTART:${soon}T100000Z`,
        "DURATION:PT1H",
        "SUMMARY:Absurd",
        "RRULE:FREQ=DAILY;COUNT=1000000",
      ],
      [
        `DTSTART:${soon}T100000Z`,
        "DURATION:PT1H",
        "SUMMARY:Extra dates",
        "RDATE:20370301T100000Z,20370302T100000Z",
      ],
    ),
  );
  assert.equal(items.filter((i) => i.now.title === "Weekly sheet" && i.form === "task").length, 6);
  assert.equal(items.filter((i) => i.now.title === "Extra dates").length, 3);
  const block = items.filter((i) => i.now.title === "Block course").map((i) => i.now.date);
  assert.ok(block.length >= 2, JSON.stringify(block));
  const feed = (await me.call("GET", `/feeds/${id}`)).json;
  assert.equal(feed.left_out, 2);
  assert.deepEqual(
    (feed.remarks as { title: string; reason: string }[]).map((r) => [r.title, r.reason]).sort(),
    [
      ["Absurd", "rule"],
      ["Block course", "expanded"],
      ["Chimes", "rule"],
    ],
  );
});

test("all of it is there after a restart", async () => {
  const own = await newFolder();
  let other = await startServer(own);
  const me = await guest(other);
  const { id, items } = await read(me, fixture("outlook"));
  await takeAll(me, id, items.slice(0, 3));
  const before = [await listed(me, "/feeds"), await listed(me, `/feeds/${id}/items`)];
  await other.stop();
  other = await startServer(own, {}, other.port);
  assert.deepEqual([await listed(me, "/feeds"), await listed(me, `/feeds/${id}/items`)], before);
  await other.stop();
  await removeFolder(own);
});

test("hostile calendars are refused with a clear message, and nothing is stored", async () => {
  const me = await student();
  const before = await rev(me);
  const event = "BEGIN:VEVENT\nUID:x\nDTSTART:20361020T100000Z\nEND:VEVENT\n";
  const cases: [string, number, RegExp][] = [
    ["<!DOCTYPE html><html>Sign in</html>", 400, /no calendar/],
    ["", 400, /no calendar/],
    [calendar().replace("END:VCALENDAR", event.repeat(5001) + "END:VCALENDAR"), 413, /5000 events/],
    ["BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n".repeat(100_000), 413, /inside each other/],
    [calendar(["X-LONG:" + "a".repeat(70_000)]), 413, /in one line/],
    [
      calendar(
        ...Array.from({ length: 2001 }, (_, i) => [
          `DTSTART:20361020T10${String(i % 60).padStart(2, "0")}00Z`,
          `SUMMARY:Thing ${String(i)}`,
        ]),
      ),
      413,
      /2000 things/,
    ],
  ];
  for (const [text, status, message] of cases) {
    const reply = await send(me, text);
    assert.equal(reply.status, status, reply.text);
    assert.match(String(reply.json.detail), message);
  }
  const million = await send(me, event.repeat(1_000_000)).catch(() => null);
  assert.ok(!million || million.status === 413, million?.text);
  assert.equal(await rev(me), before);
});

test("a review that names what is not there, or twice, changes nothing", async () => {
  const me = await student();
  const { id, items } = await read(me, fixture("canvas"));
  const other = await student();
  const sheet = titled(items, "Sheet 1").id;
  const before = await rev(me);
  const path = `/feeds/${id}/review`;
  const twice = await me.call("POST", path, { take: [{ id: sheet }], leave: [sheet] });
  assert.deepEqual([twice.status, twice.json.errors[0].pointer], [400, "/leave/0"]);
  const ghost = "018f0000-0000-7000-8000-000000000000";
  const unknown = await me.call("POST", path, { take: [{ id: sheet }, { id: ghost }] });
  assert.deepEqual([unknown.status, unknown.json.errors[0].pointer], [404, "/take/1/id"]);
  const course = await me.call("POST", path, { take: [{ id: sheet, course_id: ghost }] });
  assert.deepEqual([course.status, course.json.errors[0].pointer], [400, "/take/0/course_id"]);
  assert.equal((await other.call("POST", path, { take: [{ id: sheet }] })).status, 404);
  assert.equal(await rev(me), before);
});

test("the semester: six courses, sixty deadlines, its timetable over the change of clocks", async () => {
  const me = await student();
  const { id, items } = await read(me, semester);
  assert.equal(items.filter((i) => i.form === "task").length, 60);
  assert.equal(items.filter((i) => i.form === "event").length, 16);
  await takeAll(me, id, items);
  assert.equal((await listed(me, "/courses")).length, 6);
  const path = "/events/occurrences?from=2036-10-20&days=14";
  const shown = (await me.call("GET", path)).json.items as { title: string; start: string }[];
  assert.deepEqual(
    shown.filter((o) => o.title === "Algorithms lecture").map((o) => o.start),
    ["2036-10-20T06:15:00Z", "2036-10-27T07:15:00Z"],
  );
});
