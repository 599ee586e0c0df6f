/* Whatever is wrong with a request: 4xx, the field by its name, and nothing has changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aTask,
  admin,
  type Client,
  guest,
  newEmail,
  password,
  type Reply,
  served,
  user,
} from "../support/server.ts";
import { reviewKey } from "./samples.ts";
import { badParameters, type Document, Generator, type Route, routes } from "./bad_input.ts";
import { deletionKey } from "./samples.ts";

interface Fault {
  pointer: string;
  code: string;
  detail: string;
}

const courseId = "01936b2a-0000-7000-8000-000000000001";
const taskId = "01936b2a-0000-7000-8000-000000000002";
const spareId = "01936b2a-0000-7000-8000-000000000007";
const attachmentId = "01936b2a-0000-7000-8000-000000000006";
const workId = "01936b2a-0000-7000-8000-000000000004";
let personId = "";
const freshId = "01936b2a-0000-7000-8000-000000000003";
const eventId = "01936b2a-0000-7000-8000-000000000005";
const fields = {
  event: {
    title: "Lecture",
    notes: "one\ntwo",
    place: "Hall 3",
    course_id: courseId,
    date: "2036-10-14",
    end_date: "2036-10-15",
    start: "10:15",
    end: "11:45",
    zone: "Europe/Berlin",
    rule: "FREQ=WEEKLY;BYDAY=TU;COUNT=15",
    busy: true,
    skipped: [{ date: "2036-10-21" }],
    moved: [
      {
        date: "2036-10-28",
        to: "2036-10-29",
        start: "08:00",
        end: "09:30",
        title: "Exercise",
        place: "Lab",
      },
    ],
  },
  course: { name: "Algorithms", code: "ALG", color: 2 },
  task: {
    title: "Essay",
    notes: "one\ntwo",
    course_id: courseId,
    estimate_min: 60,
    worked_min: 0,
    remaining_min: 60,
    priority: 3,
    due: "2036-11-27T17:00:00Z",
    state: "open",
    earliest: "2036-11-20T08:00:00Z",
    prerequisites: [],
    checklist: [{ text: "Outline", done: true }],
    repeat_unit: "week",
    repeat_every: 2,
    repeat_until: "2036-12-31",
    min_session_min: 25,
    pinned: [{ start: "2036-11-21T08:00:00Z", end: "2036-11-21T08:45:00Z" }],
  },
  work: {
    start: new Date(Date.now() - 7_200_000).toISOString(),
    minutes: 25,
    note: "chapter 4",
  },
};
/** Things in a calendar: their ids are known once it is read. */
const item = { id: freshId, estimate_min: 90, course_id: courseId };
const left = [freshId];
const reopened = [freshId];
const calendar = [
  ...["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "DTSTART:20361024T100000Z", "END:VEVENT"],
  ...["BEGIN:VEVENT", "UID:2", "DTSTART:20361025T100000Z", "END:VEVENT"],
  ...["BEGIN:VEVENT", "UID:3", "DTSTART:20361026T100000Z", "END:VEVENT"],
  ...["BEGIN:VEVENT", "UID:4", "DTSTART:20361027T100000Z", "END:VEVENT", "END:VCALENDAR", ""],
].join("\r\n");
let feedId = "";
const shares = { pace: { num: 1, den: 2 }, limit: { num: 1, den: 1 } };

/** A right body of each route, with every field there is. */
const good: Record<string, unknown> = {
  "POST /api/v1/guest": {},
  "POST /api/v1/accounts": { email: "new@example.org", password, invitation: "" },
  "POST /api/v1/session": { email: "new@example.org", password, guest: "keep" },
  "PATCH /api/v1/me": {
    email: "other@example.org",
    password: "another horse",
    current_password: password,
  },
  "PATCH /api/v1/admin/users/{id}": { admin: true, disabled: false, storage_mib: 100 },
  "POST /api/v1/admin/invitations": { note: "For Anna", admin: false, days: 3 },
  "PATCH /api/v1/settings": {
    zone: "Europe/Berlin",
    ...shares,
    language: "de",
    clock: "24h",
    week_start: "sunday",
    estimates: "p80",
    min_session_min: 25,
    max_session_min: 120,
    max_task_day_min: 180,
    pause_min: 15,
    break_after_min: 50,
    break_min: 10,
    buffer_min: 1440,
    preferred: [{ day: 2, start: "09:00", end: "12:00" }],
    notify_reminder: true,
    notify_achievement: true,
    notify_motivation: false,
    notify_warning: true,
    notify_success: true,
    notify_info: true,
    remind_before_min: 15,
    quiet_from: "22:00",
    quiet_until: "07:00",
  },
  "PUT /api/v1/availability": {
    week: [
      { day: 1, start: "09:00", end: "12:00" },
      { day: 7, start: "20:00", end: "24:00" },
    ],
    exceptions: [
      { date: "2036-11-27", windows: [] },
      { date: "2036-11-26", windows: [{ start: "10:00", end: "11:00" }] },
    ],
  },
  "POST /api/v1/events": { id: freshId, ...fields.event },
  "PATCH /api/v1/events/{id}": fields.event,
  "POST /api/v1/events/{id}/split": { date: "2036-11-11" },
  "POST /api/v1/feeds": { url: "https://calendar.example.org/term.ics", name: "Term" },
  "POST /api/v1/feeds/{id}/refresh": {},
  "POST /api/v1/calendar-links": {},
  "POST /api/v1/notifications/marks": { ids: [taskId], state: "read" },
  "PATCH /api/v1/feeds/{id}": { name: "Algorithms" },
  "POST /api/v1/feeds/{id}/review": { take: [item], leave: left, reopen: reopened },
  "POST /api/v1/feeds/{id}/review/restore": { review: reviewKey },
  "POST /api/v1/courses": { id: freshId, ...fields.course },
  "PATCH /api/v1/courses/{id}": fields.course,
  "POST /api/v1/courses/{id}/restore": { deletion: freshId },
  "POST /api/v1/tasks": {
    id: freshId,
    ...fields.task,
    pinned: [{ start: "2036-11-22T08:00:00Z", end: "2036-11-22T08:45:00Z" }],
  },
  "PATCH /api/v1/tasks/{id}": fields.task,
  "POST /api/v1/tasks/{id}/attachments": { id: freshId, name: "notes.txt", size: 5 },
  "POST /api/v1/tasks/{id}/attachments/{part}/restore": {},
  "POST /api/v1/tasks/{id}/work": { id: freshId, ...fields.work },
  "PATCH /api/v1/work/{id}": fields.work,
  "POST /api/v1/timer/start": { task_id: taskId, focus_min: 25, break_min: 5 },
  "POST /api/v1/timer/pause": { minutes: 0 },
  "POST /api/v1/timer/resume": {},
  "POST /api/v1/timer/stop": { minutes: 0 },
  "POST /api/v1/tasks/complete": { ids: [taskId], state: "done" },
  "POST /api/v1/tasks/delete": { tasks: [{ id: spareId, version: 0 }] },
  "POST /api/v1/tasks/restore": { deletion: deletionKey },
  "POST /api/v1/schedule/accept": { ...shares, tidy: false },
  "POST /api/v1/schedule/restore": {},
  "POST /api/v1/former-plans/{id}/restore": {},
};

/** A plan that gave way to another. */
let formerId = "";
let client: Client;
let document: Document;

const at = served({}, async (server) => {
  client = await admin(server);
  const other = await user(server);
  personId = String((await other.call("GET", "/me")).json.id);
  document = (await client.call("GET", "/openapi.json")).json as Document;
  const course = await client.call("POST", "/courses", { id: courseId, ...fields.course });
  const task = await client.call("POST", "/tasks", { id: taskId, ...fields.task });
  const spare = { ...aTask(), id: spareId, state: "done" };
  assert.equal((await client.call("POST", "/tasks", spare)).status, 201);
  const deleted = String((await client.call("POST", "/tasks", aTask())).json.id);
  await client.call("DELETE", `/tasks/${deleted}`, undefined, {
    "if-match": "*",
    "idempotency-key": deletionKey,
  });
  const event = await client.call("POST", "/events", { id: eventId, ...fields.event });
  const attachment = await client.call("POST", `/tasks/${taskId}/attachments`, {
    ...{ id: attachmentId, name: "sheet.pdf", size: 9 },
  });
  assert.deepEqual([course.status, task.status, event.status], [201, 201, 201]);
  assert.equal(attachment.status, 201);
  const work = await client.call("POST", `/tasks/${taskId}/work`, { id: workId, ...fields.work });
  assert.equal(work.status, 201);
  const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "00:00", end: "24:00" }));
  await client.call("PUT", "/availability", { week: always });
  await client.call("POST", "/schedule/accept", { pace: { num: 1, den: 10 } });
  const former = (await client.call("GET", "/former-plans")).json.items as { id: string }[];
  assert.equal(former.length, 1);
  formerId = former[0]?.id ?? "";
  const type = { "content-type": "text/calendar" };
  feedId = String((await client.call("POST", "/feeds/file", calendar, type)).json.id);
  const path = `/feeds/${feedId}`;
  const items = (await client.call("GET", `${path}/items`)).json.items as {
    id: string;
    now: { due: string };
  }[];
  const [newer, ...others] = [...items].sort((a, b) => b.now.due.localeCompare(a.now.due));
  assert.equal(others.length, 3);
  [item.id, left[0], reopened[0]] = others.map(({ id }) => id) as [string, string, string];
  await client.call("POST", `${path}/review`, { take: [{ id: newer?.id }] });
  await client.call("POST", "/feeds/file", calendar.replace("20361027", "20361028"), type);
  const decided = { leave: [newer?.id] };
  const named = { "idempotency-key": reviewKey };
  assert.equal((await client.call("POST", `${path}/review`, decided, named)).status, 200);
});

function concrete(route: Route): string {
  const ids = {
    ...{
      courses: courseId,
      events: eventId,
      tasks: taskId,
      attachments: attachmentId,
      work: workId,
      feeds: feedId,
      timer: "",
      admin: personId,
      "former-plans": formerId,
    },
  };
  const kind = route.path.split("/")[3] as keyof typeof ids;
  return route.path.replace("{id}", ids[kind]).replace("{part}", attachmentId);
}

/** What is stored; cheap enough to be asked after every request. */
async function state(): Promise<string> {
  const me = await client.call("GET", "/me");
  assert.equal(me.status, 200);
  return me.text;
}

/** All that is stored, word by word. */
async function everything(): Promise<string> {
  return (await client.call("GET", "/changes?since=0")).text;
}

async function versionOf(route: Route): Promise<Record<string, string>> {
  if (route.method === "POST" && !route.path.includes("{id}")) return {};
  const reply = await client.call("GET", concrete(route).replace(/\/(split|review|refresh)$/, ""));
  const etag = reply.headers.get("etag");
  return etag && !route.path.endsWith("/me") ? { "if-match": etag } : {};
}

/** Whether a fault names this field, or the small object around it. */
function names(fault: Fault, pointer: string): boolean {
  return (
    fault.pointer === pointer || (fault.pointer !== "" && pointer.startsWith(`${fault.pointer}/`))
  );
}

function assertProblem(reply: Reply, status: number): Fault[] {
  assert.equal(reply.status, status, reply.text);
  assert.match(reply.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const problem = reply.json as { status: number; errors: Fault[]; request_id: string };
  assert.equal(problem.status, status);
  assert.ok(problem.request_id);
  assert.equal(reply.headers.get("set-cookie"), null);
  return problem.errors;
}

test("there is a good body for every route that takes one", () => {
  const wanted = routes(document).filter((route) => route.body);
  assert.deepEqual(
    wanted.map((route) => `${route.method} ${route.path}`).sort(),
    Object.keys(good).sort(),
  );
});

for (const [name, body] of Object.entries(good)) {
  test(`bad bodies: ${name}`, async () => {
    const route = routes(document).find((each) => `${each.method} ${each.path}` === name);
    assert.ok(route?.body);
    const version = await versionOf(route);
    const headers = { "content-type": "application/json", ...version };
    const [earlier, all] = [await state(), await everything()];
    let tried = 0;
    for (const bad of new Generator(document).bodies(route.body, body)) {
      const where = `${bad.pointer || "the body"}: ${bad.what}: ${bad.body.toString().slice(0, 300)}`;
      const reply = await client.call(route.method, concrete(route), bad.body, headers);
      try {
        const faults = assertProblem(reply, 400);
        assert.ok(
          faults.some((fault) => names(fault, bad.pointer)),
          JSON.stringify(faults),
        );
        assert.equal(await state(), earlier);
      } catch (error) {
        throw new Error(where, { cause: error });
      }
      tried += 1;
    }
    assert.ok(tried > 15);
    assert.equal(await everything(), all);
  });
}

test("bad parameters of the query", async () => {
  const all = await everything();
  for (const route of routes(document)) {
    if (route.method !== "GET") continue;
    for (const parameter of route.query) {
      for (const value of badParameters(parameter)) {
        const path = `${concrete(route)}?${parameter.name}=${value}`;
        const reply = await client.call("GET", path);
        try {
          const faults = assertProblem(reply, 400);
          assert.ok(faults.some((fault) => fault.pointer === `?${parameter.name}`));
        } catch (error) {
          throw new Error(path, { cause: error });
        }
      }
    }
  }
  assert.equal(await everything(), all);
});

test("parameters that do not exist, and twice", async () => {
  const twice = "/tasks?limit=1&limit=2";
  for (const path of ["/tasks?page=2", "/me?x=1", "/schedule?day=3", twice, "/tasks?limit=%00"]) {
    assertProblem(await client.call("GET", path), 400);
  }
  assertProblem(await client.call("GET", "/tasks?limit=%ff"), 400);
});

test("ids that are none, or nobody's", async () => {
  for (const id of ["x", freshId, taskId.slice(1), `${taskId}0`, "%00", "..%2f", "%ff"]) {
    for (const [method, body] of [["GET"], ["DELETE"], ["PATCH", {}]] as const) {
      const reply = await client.call(method, `/tasks/${id}`, body, { "if-match": '"1"' });
      assert.ok([400, 404].includes(reply.status), `${method} ${id}: ${reply.text}`);
    }
  }
});

test("headers that are not of their form", async () => {
  const earlier = await state();
  for (const value of ["abc", '"', '""', '"x"', "1", '"1", "2', '"-1"', `"${"9".repeat(40)}"`]) {
    const reply = await client.call(
      "PATCH",
      `/tasks/${taskId}`,
      { title: "x" },
      { "if-match": value },
    );
    assert.ok([400, 412].includes(reply.status), `${value}: ${reply.text}`);
  }
  for (const value of ["abc", "1", freshId.slice(1), `${freshId}0`]) {
    const reply = await client.call("POST", "/courses", fields.course, {
      "idempotency-key": value,
    });
    assertProblem(reply, 400);
  }
  assert.equal(await state(), earlier);
});

test("other content types are not read", async () => {
  const earlier = await state();
  const types = ["text/plain", "application/x-www-form-urlencoded", "application/xml", "json", ""];
  for (const type of types) {
    const reply = await client.call("POST", "/courses", JSON.stringify(fields.course), {
      "content-type": type,
    });
    assertProblem(reply, 415);
  }
  assert.equal(await state(), earlier);
});

/* A client that is still sending when the answer comes may see the connection close instead. */
test("huge bodies are refused before they are read", async () => {
  const earlier = await state();
  for (const size of [(256 << 10) + 1, 1 << 20, 16 << 20]) {
    const body = { ...fields.task, notes: "x".repeat(size) };
    const reply = await client.call("POST", "/tasks", body).catch(() => undefined);
    if (reply) assertProblem(reply, 413);
  }
  assert.equal(await state(), earlier);
});

test("what another user has is not there", async () => {
  const other = await guest(at.server);
  for (const path of [
    `/tasks/${taskId}`,
    `/courses/${courseId}`,
    `/events/${eventId}`,
    `/work/${workId}`,
  ]) {
    for (const [method, body] of [["GET"], ["DELETE"], ["PATCH", {}]] as const) {
      const reply = await other.call(method, path, body, { "if-match": '"1"' });
      assertProblem(reply, 404);
    }
  }
});

/* Last, since it changes things: a refusal proves little if the good body were refused too. */
test("the good bodies are taken", async () => {
  for (const [name, body] of Object.entries(good)) {
    const route = routes(document).find((each) => `${each.method} ${each.path}` === name);
    assert.ok(route);
    if (/\/(session|refresh)$/.test(route.path)) continue;
    const own = route.path.endsWith("/me") ? await user(at.server, newEmail()) : client;
    const anyone = /\/(guest|accounts)$/.test(route.path);
    const who = anyone ? await guest(at.server) : own;
    const last = /\/(tasks|events)$/.exec(name)?.[1]?.length;
    const id = last ? { id: freshId.replace(/3$/, String(last + 1)) } : {};
    const sent = { ...(body as object), ...id };
    const reply = await who.call(route.method, concrete(route), sent, await versionOf(route));
    assert.ok([200, 201, 204].includes(reply.status), `${name}: ${reply.text}`);
  }
});
