/*
 * The program against its own document, by Schemathesis: whatever is sent, no answer is a fault of
 * the server's, and each is one the document describes. tools/deps brings it; without it these tests
 * are skipped.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify, stripVTControlCharacters } from "node:util";
import {
  aTask,
  type Client,
  newFolder,
  removeFolder,
  type Running,
  startServer,
  user,
} from "../support/server.ts";
import { anEvent } from "./samples.ts";

const tool = join(process.env["STUDYBUNNY_DEPS"] ?? ".deps", "venv/bin/schemathesis");
const skip = existsSync(tool) ? false : `${tool} is not there`;
const SEED = "20261124";

let server: Running;
let folder: string;

before(async () => {
  folder = await newFolder();
  server = await startServer(join(folder, "data"));
});

after(async () => {
  assert.equal(await server.stop(), 0);
  await removeFolder(folder);
});

/** Settings by which requests reach what is there. */
async function configure(client: Client): Promise<string> {
  const course = await client.call("POST", "/courses", { name: "History" });
  const task = await client.call("POST", "/tasks", aTask());
  const event = await client.call("POST", "/events", anEvent());
  const id = (of: { json: unknown }) => (of.json as { id: string }).id;
  const files = `/tasks/${id(task)}/attachments`;
  const attachment = await client.call("POST", files, { name: "notes.txt", size: 5 });
  const start = new Date(Date.now() - 3_600_000).toISOString();
  const work = await client.call("POST", `/tasks/${id(task)}/work`, { start, minutes: 30 });
  const lines = [
    `headers = { Cookie = "${client.cookie}" }`,
    `[checks]`,
    `missing_required_header.expected-statuses = [400, 401, 403, 415, 428]`,
    // Rules between fields, such as "the end is after the start", are no part of a schema.
    ...[
      ...["/settings", "/availability", "/schedule", "/schedule/accept", "/me", "/session"],
      ...["/schedule/restore", "/tasks/delete", "/tasks/restore"],
      ...["/feeds/{id}/review/restore"],
      ...["/tasks/{id}/work", "/timer/start", "/timer/pause", "/timer/resume", "/timer/stop"],
    ].flatMap((path) => [
      `[[operations]]`,
      `include-path = "/api/v1${path}"`,
      `checks.positive_data_acceptance.enabled = false`,
    ]),
    // Repeated with its key, what ended the session is answered again, to nobody.
    ...["/me", "/session"].flatMap((path) => [
      `[[operations]]`,
      `include-path = "/api/v1${path}"`,
      `include-method = "DELETE"`,
      `checks.ignored_auth.enabled = false`,
    ]),
    // A revision that has not been is of another time.
    ...[`[[operations]]`, `include-path = "/api/v1/changes"`],
    `checks.positive_data_acceptance.expected-statuses = ["2xx", 401, 403, 410, 429]`,
    // It cannot write bodies of application/partial-upload: attachments.test.ts does.
    ...[`[[operations]]`, `include-path = "/api/v1/attachments/{id}/content"`],
    ...[`include-method = "PATCH"`, `enabled = false`],
    // Sizes, offsets and what is there already have to fit each other, too.
    ...[
      `/tasks/{id}/attachments`,
      `/tasks/{id}/attachments/{part}`,
      `/tasks/{id}/attachments/{part}/restore`,
      `/attachments/{id}/content`,
    ].flatMap((path) => [
      `[[operations]]`,
      `include-path = "/api/v1${path}"`,
      `checks.positive_data_acceptance.enabled = false`,
      `parameters = { "path.id" = "${id(path.startsWith("/tasks") ? task : attachment)}", "path.part" = "${id(attachment)}" }`,
    ]),
    `[[operations]]`,
    `include-path = "/api/v1/events/{id}/split"`,
    `checks.positive_data_acceptance.enabled = false`,
    `parameters = { "path.id" = "${id(event)}", "header.If-Match" = "*" }`,
    ...Object.entries({
      tasks: id(task),
      courses: id(course),
      events: id(event),
      work: id(work),
    }).flatMap(([kind, thing]) => [
      ...[`[[operations]]`, `include-path = "/api/v1/${kind}/{id}"`, `include-method = "PATCH"`],
      `checks.positive_data_acceptance.enabled = false`,
      `parameters = { "path.id" = "${thing}", "header.If-Match" = "*" }`,
      ...[`[[operations]]`, `include-path = "/api/v1/${kind}/{id}"`, `include-method = "GET"`],
      `parameters = { "path.id" = "${thing}" }`,
      ...[`[[operations]]`, `include-path = "/api/v1/${kind}/{id}"`, `include-method = "DELETE"`],
      `checks.positive_data_acceptance.enabled = false`,
      ...[`[[operations]]`, `include-path = "/api/v1/${kind}"`, `include-method = "POST"`],
      `checks.positive_data_acceptance.enabled = false`,
    ]),
  ];
  const path = join(folder, "schemathesis.toml");
  await writeFile(path, lines.join("\n"));
  return path;
}

async function run(client: Client, ...args: string[]): Promise<void> {
  const config = await configure(client);
  const document = `${server.url}/api/v1/openapi.json`;
  const command = [`--config-file=${config}`, "run", document, `--seed=${SEED}`, ...args];
  const options = { cwd: folder, timeout: 300_000, maxBuffer: 64 << 20, env: quiet() };
  const path = resolve(tool);
  try {
    const { stdout } = await promisify(execFile)(path, command, options);
    const tried = /(\d+) generated/.exec(stripVTControlCharacters(stdout))?.[1];
    assert.ok(Number(tried) > 100, stdout);
  } catch (error) {
    const said = (error as { stdout?: string }).stdout ?? String(error);
    assert.fail(stripVTControlCharacters(said));
  }
}

function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: "1", COLUMNS: "120", SCHEMATHESIS_HOOKS: "" };
}

const endsSession = ["--include-path-regex=/(me|session)$"];
// Nor can it make up an archive: import.test.ts does.
const keepsSession = ["--exclude-path-regex=/(me|session|import)$"];

test("every case at the edges of a schema", { skip }, async () => {
  await run(await user(server), "--phases=coverage", ...keepsSession);
});

test("random requests, and sequences of them", { skip }, async () => {
  const phases = "--phases=fuzzing,stateful";
  await run(await user(server), phases, "--max-examples=20", ...keepsSession);
});

test("operations that end a session", { skip }, async () => {
  await run(await user(server), "--phases=coverage", ...endsSession);
});
