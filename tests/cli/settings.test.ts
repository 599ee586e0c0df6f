/* `studybunny config`, and what settings do. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newFolder, removeFolder, startServer } from "../support/server.ts";
import { command } from "./program.ts";

let folder = "";
before(async () => (folder = await newFolder()));
after(() => removeFolder(folder));

function row(out: string, name: string): string[] {
  const line = out.split("\n").find((l) => l.startsWith(`${name} `));
  return line?.trim().split(/ {2,}/) ?? [];
}

test("config shows every value and its origin, secrets masked", async () => {
  const file = join(folder, "studybunny.conf");
  const secret = join(folder, "token");
  await writeFile(secret, "a-secret-token\n");
  await writeFile(
    file,
    `# ours\nhttp_loops = 2\nhttp_workers = 6\nmetrics_token_file = ${secret}\n`,
  );
  const { code, out } = await command(["config", "--config", file, "--data", "/srv/bunny"], {
    env: { STUDYBUNNY_HTTP_LOOPS: "3" },
  });
  assert.equal(code, 0);
  assert.deepEqual(row(out, "http_loops"), ["http_loops", "3", "environment"]);
  assert.deepEqual(row(out, "http_workers"), ["http_workers", "6", "file"]);
  assert.deepEqual(row(out, "data"), ["data", "/srv/bunny", "command line"]);
  assert.deepEqual(row(out, "listen"), ["listen", "127.0.0.1:8080", "default"]);
  assert.deepEqual(row(out, "metrics_token"), ["metrics_token", "********", "file"]);
  assert.ok(!out.includes("a-secret-token"));
});

test("a name that is no setting ends every command with status 2 and its place", async () => {
  const file = join(folder, "wrong.conf");
  await writeFile(file, "\nlissten = 1\n");
  for (const name of ["config", "serve"]) {
    const ended = await command([name, "--config", file, "--data", join(folder, "never")]);
    assert.equal(ended.code, 2);
    assert.match(ended.err, /wrong\.conf:2: there is no setting 'lissten'/);
  }
  const ended = await command(["config"], { env: { STUDYBUNNY_LISSTEN: "x" } });
  assert.equal(ended.code, 2);
  assert.match(ended.err, /STUDYBUNNY_LISSTEN/);
});

test("with a token set, metrics are for those who have it", async () => {
  const server = await startServer(join(folder, "metrics"), { STUDYBUNNY_METRICS_TOKEN: "sesame" });
  const ask = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${server.url}/metrics`, { headers })).status;
  assert.equal(await ask({}), 401);
  assert.equal(await ask({ authorization: "Bearer sesamf" }), 401);
  assert.equal(await ask({ authorization: "Bearer sesame" }), 200);
  await server.stop();
});
