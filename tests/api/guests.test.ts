/* A guest who signs into an account that is there already, and guests whose time is over. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import {
  aTask,
  Client,
  guest,
  newEmail,
  password,
  served,
  titles,
  user,
} from "../support/server.ts";

const at = served();

async function fill(client: Client, name: string): Promise<{ course: string; task: string }> {
  const course = (await client.call("POST", "/courses", { name })).json;
  const task = (await client.call("POST", "/tasks", { ...aTask(name), course_id: course.id })).json;
  assert.ok(task.id && course.id);
  return { course: course.id as string, task: task.id as string };
}

function signIn(client: Client, email: string, more: object, key = ""): ReturnType<Client["call"]> {
  const headers: Record<string, string> = key ? { "idempotency-key": key } : {};
  return client.call("POST", "/session", { email, password, ...more }, headers);
}

test("merging brings everything along, in one change, and erases the guest", async () => {
  const email = newEmail();
  const mine = await user(at.server, email);
  await fill(mine, "Mine");
  await mine.call("PATCH", "/settings", { zone: "Europe/Berlin" });
  const before = (await mine.call("GET", "/me")).json;
  const stranger = await guest(at.server);
  const { course, task } = await fill(stranger, "The guest's");
  const guestCookie = stranger.cookie;
  await stranger.call("PATCH", "/settings", { zone: "Asia/Tokyo" });

  const reply = await signIn(stranger, email, { guest: "merge" });
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.json.id, before.id);
  assert.equal(reply.json.rev, before.rev + 1, "one commit");
  assert.deepEqual(await titles(stranger), ["Mine", "The guest's"]);
  const taken = (await stranger.call("GET", `/tasks/${task}`)).json;
  assert.equal(taken.course_id, course, "ids are kept");
  assert.equal((await stranger.call("GET", "/settings")).json.zone, "Europe/Berlin");
  const schedule = (await stranger.call("GET", "/schedule")).json;
  assert.ok(schedule.certificate !== undefined);

  const old = new Client(at.server.url);
  old.cookie = guestCookie;
  assert.equal((await old.call("GET", "/me")).status, 401, "the guest is gone");
});

test("the files of a merged guest go with its tasks", async () => {
  const email = newEmail();
  const mine = await user(at.server, email);
  await fill(mine, "Mine");
  const stranger = await guest(at.server);
  const { task } = await fill(stranger, "With a file");
  const bytes = Buffer.from("%PDF-1.4 what the guest attached");
  const record = { name: "notes.pdf", size: bytes.length };
  const made = await stranger.call("POST", `/tasks/${task}/attachments`, record);
  assert.equal(made.status, 201, made.text);
  const content = `/attachments/${String(made.json.id)}/content`;
  const sent = await stranger.call("PUT", content, bytes, {
    "content-type": "application/octet-stream",
  });
  assert.equal(sent.status, 200, sent.text);
  assert.equal((await signIn(stranger, email, { guest: "merge" })).status, 200);
  const kept = await stranger.call("GET", content);
  assert.equal(kept.status, 200, kept.text);
  assert.equal(kept.text, bytes.toString());
});

test("an account without anything takes the guest's free hours and settings too", async () => {
  const email = newEmail();
  await user(at.server, email);
  const stranger = await guest(at.server);
  await fill(stranger, "A start");
  const week = [{ day: 2, start: "08:00", end: "10:00" }];
  await stranger.call("PUT", "/availability", { week });
  await stranger.call("PATCH", "/settings", { zone: "Asia/Tokyo" });
  assert.equal((await signIn(stranger, email, { guest: "merge" })).status, 200);
  assert.deepEqual((await stranger.call("GET", "/availability")).json.week, week);
  assert.equal((await stranger.call("GET", "/settings")).json.zone, "Asia/Tokyo");
});

test("discarding erases, keeping leaves alone, and without a choice nothing happens", async () => {
  const email = newEmail();
  await user(at.server, email);
  for (const [choice, then] of [
    [{ guest: "discard" }, 401],
    [{ guest: "keep" }, 200],
    [{}, 200],
  ] as const) {
    const stranger = await guest(at.server);
    await fill(stranger, "Left");
    const old = new Client(at.server.url);
    old.cookie = stranger.cookie;
    assert.equal((await signIn(stranger, email, choice)).status, 200);
    assert.deepEqual(await titles(stranger), []);
    assert.equal((await old.call("GET", "/me")).status, then);
  }
});

test("a wrong password, and too much together, change nothing", async () => {
  const email = newEmail();
  const mine = await user(at.server, email);
  const courses = Array.from({ length: 100 }, (_, i) => ({ name: `Course ${String(i)}` }));
  for (const course of courses) await mine.call("POST", "/courses", course);
  const rev = (await mine.call("GET", "/me")).json.rev as number;
  const stranger = await guest(at.server);
  await fill(stranger, "One more");

  const wrong = { email, password: "not the password", guest: "merge" };
  assert.equal((await stranger.call("POST", "/session", wrong)).status, 401);
  const refused = await signIn(stranger, email, { guest: "merge" });
  assert.equal(refused.status, 409);
  assert.equal(refused.json.errors[0].code, "quota");
  assert.match(refused.json.errors[0].detail, /101 courses, and there may be 100/);
  assert.deepEqual(await titles(stranger), ["One more"], "the guest goes on");
  assert.equal((await mine.call("GET", "/me")).json.rev, rev);
  assert.equal((await signIn(stranger, email, { guest: "lose" })).status, 400);
});

test("after a lost answer the same request gives the same session", async () => {
  const email = newEmail();
  await user(at.server, email);
  const stranger = await guest(at.server);
  await fill(stranger, "Once");
  const again = new Client(at.server.url);
  again.cookie = stranger.cookie;
  const key = randomUUID();
  assert.equal((await signIn(stranger, email, { guest: "merge" }, key)).status, 200);
  assert.equal((await signIn(again, email, { guest: "merge" }, key)).status, 200);
  assert.equal(again.cookie, stranger.cookie);
  assert.deepEqual(await titles(again), ["Once"]);
});
