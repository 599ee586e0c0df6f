/* What happened in an account: who sees it, what is in it and what is not, and its end. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Client, guest, newEmail, password, served, user } from "../support/server.ts";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

const at = served({ STUDYBUNNY_HTTP_TRUSTED_HOPS: "1" });

interface Entry {
  id: string;
  kind: string;
  actor: string;
  device: string;
  address: string;
  count: number;
}

async function happened(client: Client): Promise<Entry[]> {
  const reply = await client.call("GET", "/me/audit");
  assert.equal(reply.status, 200);
  return reply.json.items as Entry[];
}

const kinds = (entries: Entry[]) => entries.map((e) => e.kind);

test("what the owner did is listed, the newest first, from where as far as it is kept", async () => {
  const email = newEmail();
  const client = await user(at.server, email);
  const headers = { "user-agent": firefox, "x-forwarded-for": "203.0.113.77" };
  assert.equal((await client.call("GET", "/me/export")).status, 200);
  const change = { email: newEmail(), password: "another password", current_password: password };
  assert.equal((await client.call("PATCH", "/me", change, headers)).status, 200);
  const course = (await client.call("POST", "/courses", { name: "History" })).json.id as string;
  await client.call("DELETE", `/courses/${course}?tasks=delete`, undefined, { "if-match": "*" });
  const entries = await happened(client);
  assert.deepEqual(kinds(entries), [
    "course_deleted",
    "password_changed",
    "email_changed",
    "exported",
    "signed_up",
  ]);
  assert.deepEqual(
    [entries[1]?.device, entries[1]?.address, entries[1]?.actor],
    ["Firefox, Linux", "203.0.113.x", "you"],
  );
});

test("wrong passwords of one place are one entry, and do not name whose they were", async () => {
  const email = newEmail();
  const client = await user(at.server, email);
  const attacker = new Client(at.server.url, { "x-forwarded-for": "198.51.100.9" });
  for (let i = 0; i < 3; i++)
    assert.equal(
      (await attacker.call("POST", "/session", { email, password: "wrong password" })).status,
      401,
    );
  const [first] = await happened(client);
  assert.equal(first?.kind, "sign_in_failed");
  assert.equal(first?.count, 3);
  assert.equal(first?.actor, "anyone");
  assert.equal(first?.address, "198.51.100.x");
});

test("a merged guest, signing out everywhere and an administrator's deeds are told", async () => {
  const email = newEmail();
  await user(at.server, email);
  const client = await guest(at.server);
  await client.call("POST", "/session", { email, password, guest: "merge" });
  assert.deepEqual(kinds(await happened(client)), ["signed_in", "guest_merged", "signed_up"]);
  const program = process.env["STUDYBUNNY"] ?? "";
  const token = execFileSync(program, ["user", "token", email, "--data", at.folder]);
  const script = new Client(at.server.url, { authorization: `Bearer ${token.toString().trim()}` });
  const [made] = await happened(script);
  assert.deepEqual([made?.kind, made?.actor], ["token_made", "admin"]);
  assert.equal((await script.call("DELETE", "/session?everywhere=true")).status, 204);
  await client.call("POST", "/session", { email, password });
  assert.deepEqual(kinds(await happened(client)).slice(0, 2), [
    "signed_in",
    "signed_out_everywhere",
  ]);
});

test("a repeated request is noted once; pages go on where the last one ended", async () => {
  const client = new Client(at.server.url);
  const key = { "idempotency-key": "0192f0c1-2345-7abc-8def-0123456789ab" };
  const body = { email: newEmail(), password };
  for (let i = 0; i < 2; i++)
    assert.equal((await client.call("POST", "/accounts", body, key)).status, 201);
  assert.deepEqual(kinds(await happened(client)), ["signed_up"]);
  for (let i = 0; i < 4; i++) await client.call("GET", "/me/export");
  const page = await client.call("GET", "/me/audit?limit=3");
  const next = page.json.next as string;
  const rest = await client.call("GET", `/me/audit?limit=3&cursor=${next}`);
  assert.equal(rest.json.next, null);
  const seen = [...(page.json.items as Entry[]), ...(rest.json.items as Entry[])];
  assert.equal(new Set(seen.map((e) => e.id)).size, 5);
});

test("nobody reads another's, and it goes with the account", async () => {
  const marked = "OnlyThisBrowser";
  const client = await user(at.server);
  const headers = { "user-agent": `${marked}/1.0` };
  assert.equal((await client.call("GET", "/me/export", undefined, headers)).status, 200);
  assert.equal((await happened(client))[0]?.device, marked);
  assert.ok(!JSON.stringify(await happened(await user(at.server))).includes(marked));
  assert.equal((await client.call("DELETE", "/me")).status, 204);
  for (const name of await readdir(at.folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = await readFile(join(name.parentPath, name.name));
    assert.ok(!bytes.includes(marked), name.name);
  }
});
