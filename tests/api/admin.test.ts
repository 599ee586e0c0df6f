/* Administrators: how one becomes one, what they see and may, and what they never see. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import {
  admin,
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

const program = process.env["STUDYBUNNY"] ?? "";

const at = served();

const code = (reply: Reply) => (reply.json.errors as { code: string }[])[0]?.code;
const idOf = async (client: Client) => (await client.call("GET", "/me")).json.id as string;

function join(url: string, invitation: string, email = newEmail()): Promise<Reply> {
  return new Client(url).call("POST", "/accounts", { email, password, invitation });
}

async function invite(by: Client, body: Record<string, unknown> = {}): Promise<string> {
  const reply = await by.call("POST", "/admin/invitations", body);
  assert.equal(reply.status, 201);
  return reply.json.token as string;
}

/** Starts a server and reads what it says on both outputs until it listens. */
async function firstStart(at: string) {
  const child = spawn(program, ["serve", "--listen", "127.0.0.1:0", "--data", at]);
  const [out, err]: [string[], string[]] = [[], []];
  createInterface(child.stderr).on("line", (line) => err.push(line));
  const lines = createInterface(child.stdout);
  lines.on("line", (line) => out.push(line));
  await once(lines, "line");
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { out, err, url: /http:\S+/.exec(out[0] ?? "")?.[0] ?? "", stop };
}

test("the first start prints a link that makes one administrator, once", async () => {
  const own = await newFolder();
  const first = await firstStart(own);
  const linkOf = (lines: string[]) => /\/join#([A-Za-z0-9_-]{43})$/m.exec(lines.join("\n"))?.[1];
  const before = linkOf(first.err);
  assert.ok(before, first.err.join("\n"));
  await first.stop();
  assert.equal(first.out.length, 1, "standard output has the one line");

  const second = await firstStart(own);
  const link = linkOf(second.err);

  assert.ok(link && link !== before);
  assert.equal((await join(second.url, before)).status, 409, "the next start's link replaces it");
  const taken = newEmail();
  assert.equal((await join(second.url, link, "no address")).status, 400);
  const made = await join(second.url, link, taken);
  assert.deepEqual([made.status, made.json.admin], [201, true]);
  const again = await join(second.url, link);
  assert.deepEqual([again.status, code(again)], [409, "invitation"]);
  await second.stop();

  const third = await firstStart(own);
  assert.equal(linkOf(third.err), undefined, "there is an administrator");
  await third.stop();
  await removeFolder(own);
});

test("an administrator made in another way ends the first link", async () => {
  const own = await newFolder();
  const first = await firstStart(own);
  const link = /\/join#(\S{43})$/m.exec(first.err.join("\n"))?.[1] ?? "";
  const email = newEmail();
  const words = ["user", "create", email, "--data", own];
  execFileSync(program, words, { input: `${password}\n` });
  execFileSync(program, ["user", "admin", email, "--data", own]);
  assert.equal(code(await join(first.url, link)), "invitation");
  await first.stop();
  await removeFolder(own);
});

test("an address that is taken does not use the link up; a repeat is answered alike", async () => {
  const by = await admin(at.server);
  const taken = newEmail();
  await user(at.server, taken);
  const token = await invite(by);
  assert.equal(code(await join(at.server.url, token, taken)), "email_in_use");
  const key = { "idempotency-key": "0192f0c1-2345-7abc-8def-00000000abcd" };
  const body = { email: newEmail(), password, invitation: token };
  for (let i = 0; i < 2; i++) {
    const reply = await new Client(at.server.url).call("POST", "/accounts", body, key);
    assert.deepEqual([reply.status, reply.json.admin], [201, false]);
  }
});

test("an invitation ends when it is ended, and its token is told once", async () => {
  const by = await admin(at.server);
  const made = await by.call("POST", "/admin/invitations", { note: "For Ben", days: 3 });
  const listed = await by.call("GET", "/admin/invitations");
  assert.ok(!listed.text.includes(made.json.token as string));
  const mine = (listed.json.items as { id: string; note: string; expires: string }[]).find(
    (each) => each.id === made.json.id,
  );
  assert.equal(mine?.note, "For Ben");
  const days = (Date.parse(mine.expires) - Date.now()) / 86_400_000;
  assert.ok(days > 2.9 && days < 3.1);
  const path = `/admin/invitations/${made.json.id as string}`;
  assert.equal((await by.call("DELETE", path)).status, 204);
  assert.equal(code(await join(at.server.url, made.json.token as string)), "invitation");
});

test("by invitation only, closed, and without guests", async () => {
  const own = await newFolder();
  let other = await startServer(own, {
    STUDYBUNNY_REGISTRATION: "invited",
    STUDYBUNNY_GUESTS: "off",
  });
  const registration = await new Client(other.url).call("GET", "/registration");
  assert.deepEqual(registration.json, { registration: "invited", guests: false });
  const email = newEmail();
  const sign = (invitation = "") => join(other.url, invitation);
  let refused = await sign();
  assert.deepEqual([refused.status, code(refused)], [403, "invited_only"]);
  const nobody = await new Client(other.url).call("POST", "/guest", {});
  assert.deepEqual([nobody.status, code(nobody)], [403, "guests_off"]);
  const run = (...words: string[]) =>
    execFileSync(program, ["user", ...words, "--data", own], { encoding: "utf8" }).trim();
  const token = run("invite").replace("/join#", "");
  assert.equal((await sign(token)).status, 201);
  await other.stop();

  other = await startServer(own, { STUDYBUNNY_REGISTRATION: "closed" });
  refused = await sign(run("invite").replace("/join#", ""));
  assert.deepEqual([refused.status, code(refused)], [403, "closed"]);
  assert.equal((await sign(run("invite", "--admin").replace("/join#", ""))).status, 201);
  execFileSync(program, ["user", "create", email, "--data", own], { input: `${password}\n` });
  const signed = await new Client(other.url).call("POST", "/session", { email, password });
  assert.equal(signed.status, 200);
  await other.stop();
  await removeFolder(own);
});

test("a list with sizes, search and last use, and nothing of what anyone wrote", async () => {
  const by = await admin(at.server);
  const email = `Findable-${newEmail()}`;
  const student = await user(at.server, email);
  await student.call("POST", "/tasks", aTask("WhatOnlyTheStudentKnows"));
  const file = await student.call("POST", "/tasks", aTask("With a file"));
  const path = `/tasks/${file.json.id as string}/attachments`;
  const added = await student.call("POST", path, { name: "secret-name.txt", size: 5 });
  const content = `/attachments/${added.json.id as string}/content`;
  assert.equal((await student.call("PUT", content, "hello")).status, 200);
  const found = await by.call("GET", "/admin/users?search=FINDABLE");
  const [person] = found.json.items as Record<string, unknown>[];
  assert.equal((found.json.items as unknown[]).length, 1);
  assert.deepEqual(
    [person?.["email"], person?.["tasks"], person?.["attachments"], person?.["bytes"]],
    [email, 2, 1, 5],
  );
  assert.ok(Math.abs(Date.parse(String(person?.["last_seen"])) - Date.now()) < 60_000);
  let seen = 0;
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Reply = await by.call(
      "GET",
      `/admin/users?limit=2${cursor && `&cursor=${cursor}`}`,
    );
    assert.ok(!/WhatOnly|secret-name/.test(page.text));
    seen += (page.json.items as unknown[]).length;
    cursor = page.json.next as string | null;
  }
  assert.ok(seen > 3);
});

test("who is switched off is out at once, keeps everything, and comes back", async () => {
  const by = await admin(at.server);
  const email = newEmail();
  const student = await user(at.server, email);
  await student.call("POST", "/tasks", aTask());
  const person = `/admin/users/${await idOf(student)}`;
  assert.equal((await by.call("PATCH", person, { disabled: true })).status, 204);
  assert.equal((await student.call("GET", "/me")).status, 401);
  const back = () => new Client(at.server.url).call("POST", "/session", { email, password });
  const refused = await back();
  assert.deepEqual([refused.status, code(refused)], [403, "disabled"]);
  const wrong = { email, password: "not the password" };
  const guessed = await new Client(at.server.url).call("POST", "/session", wrong);
  assert.equal(code(guessed), "wrong_credentials", "nobody else learns of it");
  assert.equal((await by.call("PATCH", person, { disabled: false })).status, 204);
  const again = new Client(at.server.url);
  await again.call("POST", "/session", { email, password });
  assert.equal(((await again.call("GET", "/tasks")).json.items as unknown[]).length, 1);
  const kinds = ((await again.call("GET", "/me/audit")).json.items as { kind: string }[]).map(
    (each) => each.kind,
  );
  assert.deepEqual(kinds, ["signed_in", "enabled", "sign_in_failed", "disabled", "signed_up"]);
});

test("room for files is what the administrator says", async () => {
  const by = await admin(at.server);
  const student = await user(at.server);
  const person = `/admin/users/${await idOf(student)}`;
  assert.equal((await by.call("PATCH", person, { storage_mib: 1 })).status, 204);
  const bytes = (await student.call("GET", "/me")).json.quota.bytes as { limit: number };
  assert.equal(bytes.limit, 1 << 20);
  const task = (await student.call("POST", "/tasks", aTask())).json.id as string;
  const announce = (size: number) =>
    student.call("POST", `/tasks/${task}/attachments`, { name: "a.bin", size });
  assert.equal(code(await announce((1 << 20) + 1)), "quota");
  assert.equal((await announce(1 << 20)).status, 201);
});

/** A file of so many bytes, whole, on a task of its own. */
async function withFile(client: Client, size: number) {
  const task = (await client.call("POST", "/tasks", aTask())).json.id as string;
  const record = { name: "a.bin", size };
  const made = await client.call("POST", `/tasks/${task}/attachments`, record);
  const id = made.json.id as string;
  const headers = { "content-type": "application/octet-stream" };
  const sent = await client.call(
    "PUT",
    `/attachments/${id}/content`,
    new Uint8Array(size),
    headers,
  );
  assert.equal(sent.status, 200, sent.text);
  return { id, task, path: `/tasks/${task}/attachments/${id}` };
}

test("neither a guest nor the trash brings more files than there is room for", async () => {
  const by = await admin(at.server);
  const email = newEmail();
  const student = await user(at.server, email);
  const person = `/admin/users/${await idOf(student)}`;
  assert.equal((await by.call("PATCH", person, { storage_mib: 1 })).status, 204);
  const session = { email, password, guest: "merge" };
  const stranger = await guest(at.server);
  await withFile(stranger, 700_000);
  const file = await withFile(stranger, 700_000);
  const refused = await stranger.call("POST", "/session", session);
  assert.deepEqual([refused.status, code(refused)], [409, "quota"], "both together");

  await stranger.call("DELETE", file.path, undefined, { "if-match": "*" });
  assert.equal((await stranger.call("POST", "/session", session)).status, 200);
  assert.equal((await stranger.call("POST", `${file.path}/restore`, {})).status, 404);

  assert.equal((await by.call("PATCH", person, { storage_mib: 2 })).status, 204);
  const own = await withFile(student, 700_000);
  await student.call("DELETE", own.path, undefined, { "if-match": "*" });
  assert.equal((await by.call("PATCH", person, { storage_mib: 1 })).status, 204);
  const back = await student.call("POST", `${own.path}/restore`, {});
  assert.deepEqual([back.status, code(back)], [409, "quota"]);
  assert.equal((await by.call("PATCH", person, { storage_mib: 2 })).status, 204);
  assert.equal((await student.call("POST", `${own.path}/restore`, {})).status, 200);
});

test("what an administrator allows a user, a guest may bring", async () => {
  const by = await admin(at.server);
  const email = newEmail();
  const student = await user(at.server, email);
  const person = `/admin/users/${await idOf(student)}`;
  assert.equal((await by.call("PATCH", person, { storage_mib: 4096 })).status, 204);
  const full = (await student.call("POST", "/tasks", aTask())).json.id as string;
  for (let i = 0; i < 4; i++) {
    const record = { name: "a.bin", size: 512 * (1 << 20) };
    const made = await student.call("POST", `/tasks/${full}/attachments`, record);
    assert.equal(made.status, 201, made.text);
  }
  const stranger = await guest(at.server);
  await withFile(stranger, 1000);
  const merged = await stranger.call("POST", "/session", { email, password, guest: "merge" });
  assert.equal(merged.status, 200, merged.text);
});

test("one administrator always remains, and guests are none", async () => {
  const by = await admin(at.server);
  const self = `/admin/users/${await idOf(by)}`;
  for (const patch of [{ admin: false }, { disabled: true }]) {
    const reply = await by.call("PATCH", self, patch);
    assert.deepEqual([reply.status, code(reply)], [403, "yourself"]);
  }
  const someone = await guest(at.server);
  const path = `/admin/users/${await idOf(someone)}`;
  assert.equal(code(await by.call("PATCH", path, { admin: true })), "guest_admin");
  const email = newEmail();
  const second = await user(at.server, email);
  const other = `/admin/users/${await idOf(second)}`;
  assert.equal((await second.call("GET", "/admin/users")).status, 403);
  assert.equal((await by.call("PATCH", other, { admin: true })).status, 204);
  assert.equal((await second.call("GET", "/admin/users")).status, 200);
  execFileSync(program, ["user", "admin", email, "--off", "--data", at.folder]);
  assert.equal((await second.call("GET", "/admin/users")).status, 403);
});
