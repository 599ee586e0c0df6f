/* GET /me/export: all that an account has, and nothing of others. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, rmdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { filesWith } from "../cli/files.ts";
import { aTask, type Client, served, user } from "../support/server.ts";
import { unzip } from "../support/zip.ts";

const at = served();

async function fetchExport(client: Client): Promise<Response> {
  return fetch(`${at.server.url}/api/v1/me/export`, { headers: { cookie: client.cookie } });
}

async function files(client: Client): Promise<Map<string, Buffer>> {
  const reply = await fetchExport(client);
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get("content-type"), "application/zip");
  assert.match(reply.headers.get("content-disposition") ?? "", /^attachment; filename=".*\.zip"$/);
  return unzip(Buffer.from(await reply.arrayBuffer()));
}

test("the archive has what the interface shows, and the plan as a calendar", async () => {
  const other = await user(at.server);
  await other.call("POST", "/tasks", aTask("Somebody else's"));
  const client = await user(at.server, "export@example.org");
  const week = [1, 2, 3, 4, 5].map((day) => ({ day, start: "09:00", end: "12:00" }));
  await client.call("PUT", "/availability", { week });
  const course = (await client.call("POST", "/courses", { name: "Chemie; II" })).json;
  const due = new Date(Date.now() + 5 * 86_400_000).toISOString();
  for (const title of ["Essay, part 1", "Übung ✎ " + "lang ".repeat(30)])
    await client.call("POST", "/tasks", {
      ...aTask(title),
      due,
      course_id: course.id,
      notes: "a\nb",
    });

  const all = await files(client);
  assert.deepEqual([...all.keys()].sort(), ["plan.ics", "studybunny.json"]);
  const text = all.get("studybunny.json")?.toString("utf8") ?? "";
  const json = JSON.parse(text) as Record<string, unknown>;
  assert.equal(json["format"], "studybunny");
  assert.equal(json["email"], "export@example.org");
  for (const [name, path] of [
    ["settings", "/settings"],
    ["availability", "/availability"],
  ] as const)
    assert.deepEqual(json[name], (await client.call("GET", path)).json);
  for (const [name, path] of [
    ["course", "/courses"],
    ["task", "/tasks?limit=200"],
    ["event", "/events?limit=200"],
  ] as const)
    assert.deepEqual(json[name], (await client.call("GET", path)).json.items);
  assert.ok(!text.includes("Somebody else"));
  assert.doesNotMatch(text, /password|token|"session/);

  const ics = all.get("plan.ics")?.toString("utf8") ?? "";
  const unfolded = ics.replaceAll("\r\n ", "");
  assert.match(unfolded, /SUMMARY:Essay\\, part 1\r\nCATEGORIES:STUDY/);
  const plan = json["plan"] as { blocks: unknown[] };
  assert.ok(plan.blocks.length >= 2);
  assert.equal(unfolded.match(/CATEGORIES:STUDY/g)?.length, plan.blocks.length);
  assert.equal(unfolded.match(/CATEGORIES:DUE/g)?.length, 2);
  for (const line of ics.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
});

test("a full desk comes whole, others are not kept waiting, and no file is left", async () => {
  const client = await user(at.server);
  for (let i = 0; i < 300; i++)
    await client.call("POST", "/tasks", { ...aTask(`T${String(i)}`), notes: "é".repeat(2000) });
  const replies = await Promise.all(Array.from({ length: 6 }, () => fetchExport(client)));
  for (const reply of replies) {
    assert.ok([200, 503].includes(reply.status));
    if (reply.status === 503) assert.ok(reply.headers.get("retry-after"));
    if (reply.status !== 200) continue;
    const json = unzip(Buffer.from(await reply.arrayBuffer())).get("studybunny.json");
    const found = JSON.parse(json?.toString("utf8") ?? "") as { task: { notes: string }[] };
    assert.equal(found.task.length, 300);
    assert.ok(found.task.every((t) => t.notes === "é".repeat(2000)));
  }
  assert.ok(replies.some((reply) => reply.status === 200));
  assert.ok(!(await readdir(at.folder)).some((name) => name.includes("zip")));
  assert.equal((await fetch(`${at.server.url}/api/v1/me/export`)).status, 401);
});

/** A file of a task. */
async function attach(client: Client, task: string, name: string): Promise<Attached> {
  const bytes = randomBytes(1000);
  const form = { name, size: bytes.length };
  const made = await client.call("POST", `/tasks/${task}/attachments`, form);
  assert.equal(made.status, 201, made.text);
  const id = String(made.json.id);
  assert.equal((await client.call("PUT", `/attachments/${id}/content`, bytes)).status, 200);
  return { id, bytes };
}

interface Attached {
  id: string;
  bytes: Buffer;
}

/** Where the media keep these bytes. */
async function objectOf(bytes: Buffer): Promise<string> {
  const [found = ""] = await filesWith(join(at.folder, "media"), [bytes]);
  return found.slice(0, found.indexOf(": "));
}

test("a file that cannot be read is told of, and keeps no other back", async () => {
  const client = await user(at.server);
  const task = (await client.call("POST", "/tasks", aTask())).json.id as string;
  const file = (name: string) => attach(client, task, name);
  const first = await file("first.bin");
  const lost = await file("lost.bin");
  const short = await file("short.bin");
  const altered = await file("altered.bin");
  const between = await file("between.bin");
  const failing = await file("failing.bin");
  const last = await file("last.bin");
  const missing = [lost, short, altered, failing];
  const names = missing.map((_, i) => ["lost", "short", "altered", "failing"][i] + ".bin");
  const check = async () => (await client.call("GET", "/me/export/check")).json;
  assert.deepEqual(await check(), { files: 7, bytes: 7000, missing: [] });

  await rm(await objectOf(lost.bytes));
  await truncate(await objectOf(short.bytes), 999);
  await writeFile(await objectOf(altered.bytes), randomBytes(1000));
  // One that can be opened, and fails when it is read.
  const folderInstead = await objectOf(failing.bytes);
  await rm(folderInstead);
  await mkdir(folderInstead);

  const expected = missing.map(({ id }, i) => ({ id, task_id: task, name: names[i] }));
  assert.deepEqual(await check(), { files: 3, bytes: 3000, missing: expected });
  const archive = Buffer.from(await (await fetchExport(client)).arrayBuffer());
  const inside = unzip(archive);
  const told = inside.get("missing-files.txt")?.toString("utf8") ?? "";
  assert.ok(told.endsWith(`\r\n\r\n${names.join("\r\n")}\r\n`), told);
  assert.deepEqual(
    [...inside.keys()].filter((name) => name.startsWith("files/")).sort(),
    [
      `files/${first.id}/first.bin`,
      `files/${between.id}/between.bin`,
      `files/${last.id}/last.bin`,
    ].sort(),
  );
  assert.ok(inside.get(`files/${last.id}/last.bin`)?.equals(last.bytes));
  const document = JSON.parse(inside.get("studybunny.json")?.toString("utf8") ?? "") as object;
  assert.deepEqual(
    (document as { missing_files: string[] }).missing_files,
    missing.map(({ id }) => id),
  );
  const [latest] = (await client.call("GET", "/me/audit")).json.items as { kind: string }[];
  assert.equal(latest?.kind, "exported_part");
  await rmdir(folderInstead);
  assert.equal((await client.call("DELETE", "/me")).status, 204);

  const again = await user(at.server);
  const zipped = { "content-type": "application/zip" };
  const taken = (await again.call("POST", "/me/import", archive, zipped)).json;
  assert.deepEqual(taken.files, { added: 3, there: 0, deleted: 0 });
  assert.equal(taken.files_missing, 4);
});
