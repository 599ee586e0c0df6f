/* The commands in the documents, run as they stand there; what docs/features.md names exists, and
   docs/planner.md leaves out nothing. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { newFolder, removeFolder } from "../support/server.ts";

const documents = ["docs/operators.md"];

/** Boxes marked sh, in their order. */
function commands(text: string): string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((m) => m[1] ?? "");
}

for (const document of documents) {
  test(`the commands of ${document}`, { timeout: 60_000 }, async () => {
    const boxes = commands(await readFile(document, "utf8"));
    assert.ok(boxes.length > 5, "there are some");
    const folder = await newFolder();
    await mkdir(join(folder, "bin"));
    await symlink(process.env["STUDYBUNNY"] ?? "", join(folder, "bin", "studybunny"));
    const script = ["set -euo pipefail", "trap 'kill $(jobs -p)' EXIT", ...boxes].join("\n");
    const path = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
    try {
      await promisify(execFile)("bash", ["-c", script], {
        cwd: folder,
        env: { ...process.env, PATH: path },
      });
    } catch (error) {
      const { stderr = "", stdout = "" } = error as { stderr?: string; stdout?: string };
      assert.fail(`${String(error)}\n${stdout}\n${stderr}`);
    } finally {
      await removeFolder(folder);
    }
  });
}

test("every feature names pages and tests that are there", async () => {
  const rows = (await readFile("docs/features.md", "utf8"))
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
  const routes = await readFile("web/src/app/routes.ts", "utf8");
  assert.ok(rows.length >= 15, "there are some");
  for (const row of rows) {
    const cells = row.split("|").map((cell) => cell.trim());
    assert.equal(cells.length, 6, row);
    const pages = [...(cells[3] ?? "").matchAll(/`(\/[^`]*)`/g)];
    const tests = [...(cells[4] ?? "").matchAll(/`(tests\/[^`]+)`(?: "([^"]+)")?/g)];
    assert.ok(pages.length > 0 && tests.length > 0, row);
    for (const [, page = ""] of pages)
      assert.ok(routes.includes(`"${page}": {`), `${page} is no page: ${row}`);
    for (const [, file = "", words = ""] of tests) {
      const text = await readFile(file, "utf8");
      // In a template the words may go on with a value.
      const begins = ['"', "`"].some((quote) => text.includes(`${quote}${words}`));
      assert.ok(begins, `${file} has no test "${words}": ${row}`);
    }
  }
});

test("docs/planner.md says of every file of the planner why it is right", async () => {
  const document = await readFile("docs/planner.md", "utf8");
  const files = (await readdir("src/plan")).filter((f) => /(?<!_test)\.c$/.test(f));
  assert.ok(files.length > 20);
  const missing = files.filter((file) => !document.includes(`\`${file}\``));
  assert.deepEqual(missing, []);
});
