/* GET /me/export: all that an account has, and nothing of others. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  aTask,
  type Client,
  newFolder,
  removeFolder,
  startServer,
  user,
  type Running,
} from "../support/server.ts";
import { unzip } from "../support/zip.ts";

let folder = "";
let server: Running;
before(async () => {
  folder = await newFolder();
  server = await startServer(join(folder, "data"));
});
after(async () => {
  await server.kill().catch(() => undefined);
  await removeFolder(folder);
});

async function fetchExport(client: Client): Promise<Response> {
  return fetch(`${server.url}/api/v1/me/export`, { headers: { cookie: client.cookie } });
}

async function files(client: Client): Promise<Map<string, Buffer>> {
  const reply = await fetchExport(client);
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get("content-type"), "application/zip");
  assert.match(reply.headers.get("content-disposition") ?? "", /^attachment; filename=".*\.zip"$/);
  return unzip(Buffer.from(await reply.arrayBuffer()));
}

test("the archive has what the interface shows, and the plan as a calendar", async () => {
  const other = await user(server);
  await other.call("POST", "/tasks", aTask("Somebody else's"));
  const client = await user(server, "export@example.org");
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
  const client = await user(server);
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
  assert.ok(!(await readdir(join(folder, "data"))).some((name) => name.includes("zip")));
  assert.equal((await fetch(`${server.url}/api/v1/me/export`)).status, 401);
});
