/* A data folder of every older schema, opened by this program: a snapshot first, then the new
 * schema, with all that was there; and a newer one, which is refused. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newFolder, removeFolder } from "../support/server.ts";
import { command } from "./program.ts";

const folder = "src/store_sqlite/migrations";
const migrations = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
const newest = migrations.length;
const accounts = 3;
const withFiles = migrations.findIndex((name) => name.includes("attachments")) + 1;

let top = "";
before(async () => (top = await newFolder()));
after(() => removeFolder(top));

function sql(database: string, text: string): string {
  return execFileSync("sqlite3", ["-bail", database], { input: text, encoding: "utf8" }).trim();
}

/** A data folder as the program of that schema left it. */
async function older(schema: number): Promise<string> {
  const data = join(top, `schema-${String(schema)}`);
  await mkdir(data, { mode: 0o700 });
  let text = "PRAGMA journal_mode = WAL; BEGIN;";
  for (const name of migrations.slice(0, schema))
    text += await readFile(join(folder, name), "utf8");
  for (let i = 1; i <= accounts; i++) {
    const id = `x'0190000000007000800000000000000${String(i)}'`;
    const email = `'old${String(i)}@example.org'`;
    text +=
      "INSERT INTO account(id, login_key, email, kind, session_epoch, created, version) " +
      `VALUES(${id}, ${email}, ${email}, 1, 1, 1700000000000, 1);` +
      `INSERT INTO desk(user, rev, oldest_cursor) VALUES(${id}, 1, 0);`;
    if (schema >= withFiles)
      text +=
        "INSERT INTO attachment(user, id, task_id, name, size, state, created, sha256, key, " +
        `version) VALUES(${id}, x'0190000000007000800000000000001${String(i)}', ` +
        `x'0190000000007000800000000000002${String(i)}', 'a', 5, 0, 1700000000000, ` +
        "zeroblob(32), zeroblob(32), 1);";
  }
  text += `COMMIT; PRAGMA user_version = ${String(schema)}; PRAGMA application_id = 1396864356;`;
  sql(join(data, "studybunny.db"), text);
  return data;
}

function schemaOf(data: string): number {
  return Number(sql(join(data, "studybunny.db"), "PRAGMA user_version"));
}

for (let schema = 1; schema < newest; schema++) {
  test(`schema ${String(schema)}: a snapshot, then up to date`, async () => {
    const data = await older(schema);
    const list = await command(["user", "list", "--data", data]);
    assert.equal(list.code, 0, list.err);
    for (let i = 1; i <= accounts; i++)
      assert.match(list.out, new RegExp(`old${String(i)}@example\\.org`));
    assert.equal(schemaOf(data), newest);

    const names = (await readdir(join(data, "snapshots"))).filter((n) => n.endsWith(".snapshot"));
    assert.equal(names.length, 1, "one, and one only");
    const [name = ""] = names;
    assert.ok(name.endsWith(`-schema-${String(schema)}.snapshot`), name);
    const verified = await command(["backup", "verify", name, "--data", data]);
    assert.equal(verified.code, 0, verified.err);
    assert.match(verified.out, new RegExp(`3 accounts, .* schema ${String(schema)}, made by`));

    if (![1, withFiles, newest - 1].includes(schema)) return;
    const copy = join(top, `restored-${String(schema)}`);
    const path = join(data, "snapshots", name);
    const restored = await command(["backup", "restore", path, "--data", copy]);
    assert.equal(restored.code, 0, restored.err);
    assert.ok(
      restored.out.includes(
        `of schema ${String(schema)}: this program brings it to ${String(newest)} when it starts`,
      ),
      restored.out,
    );
    assert.equal(schemaOf(copy), schema, "as it was");
    const again = await command(["user", "list", "--data", copy]);
    assert.equal(again.out, list.out);
    assert.equal(schemaOf(copy), newest);
  });
}

test("when no snapshot can be taken, nothing is migrated", async () => {
  const data = join(top, "hindered");
  execFileSync("cp", ["-a", await older(newest), data]);
  sql(join(data, "studybunny.db"), `PRAGMA user_version = ${String(newest - 1)};`);
  const nowhere = join(top, "no", "such", "folder");
  const list = await command(["user", "list", "--data", data], {
    env: { STUDYBUNNY_SNAPSHOTS: nowhere },
  });
  assert.equal(list.code, 1);
  assert.match(list.err, /cannot make .*no\/such\/folder/);
  assert.equal(schemaOf(data), newest - 1);
});

test("a newer schema is refused, with what to do, and left as it is", async () => {
  const data = join(top, "newer");
  execFileSync("cp", ["-a", join(top, `schema-${String(newest)}`), data]);
  sql(join(data, "studybunny.db"), "PRAGMA user_version = 99;");
  const list = await command(["user", "list", "--data", data]);
  assert.equal(list.code, 1);
  assert.match(
    list.err,
    new RegExp(
      `of a newer StudyBunny: its schema is number 99, this program knows ${String(newest)}; use the newer program`,
    ),
  );
  assert.equal(schemaOf(data), 99);
});
