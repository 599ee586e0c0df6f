/* The commands in the documents, run as they stand there; what docs/features.md names exists, and
   docs/planner.md leaves out nothing. What else documents name is in names.test.ts. */
import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { newFolder, removeFolder } from "../support/server.ts";

/* Those whose commands are run here, and those whose commands others run or that take too long. */
const RUN = ["docs/operators.md"];
const RUN_ELSEWHERE: Record<string, string[]> = {
  "README.md": ["./run", "./test"], // tests/e2e/readme.test.ts; the second is what runs this
  "bench/README.md": ["bench/run", "bench/run --rounds 15 --seconds 2", "bench/run --peers"],
};
/* No limit but against what hangs: how long commands take says how busy the machine is. */
const LONG_MS = 600_000;

/** All documents, by their paths. */
async function documents(): Promise<string[]> {
  const decisions = (await readdir("docs/decisions")).map((name) => `docs/decisions/${name}`);
  const docs = (await readdir("docs")).map((name) => `docs/${name}`);
  const top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "bench/README.md"];
  return [...top, ...docs, ...decisions].filter((path) => path.endsWith(".md"));
}

/** Boxes with what they are marked, in their order. */
function boxes(text: string): { kind: string; lines: string }[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((m) => ({
    kind: m[1] ?? "",
    lines: m[2] ?? "",
  }));
}

/** Lines set in by four blanks, with no remarks: the other way to write a box. */
function setIn(text: string): string[] {
  return [...text.matchAll(/(?<=\n\n)(?: {4}.*\n)+/g)].flatMap((m) =>
    m[0]
      .split("\n")
      .map((line) => line.replace(/ #.*/, "").trim())
      .filter(Boolean),
  );
}

const anyPort = (word: string) => word.replace(/^127\.0\.0\.1:\d+$/, "127.0.0.1:0");

const isCommand = (line: string) =>
  /^(\$ |\.\/|studybunny |tools\/|bench\/|npm |npx |ninja |meson |git |sudo |apt)/.test(line);

for (const document of RUN) {
  test(`the commands of ${document}`, { timeout: LONG_MS }, async () => {
    const commands = boxes(await readFile(document, "utf8")).filter(({ kind }) => kind === "sh");
    assert.ok(commands.length > 5, "there are some");
    const folder = await newFolder();
    await mkdir(join(folder, "bin"));
    await symlink(process.env["STUDYBUNNY"] ?? "", join(folder, "bin", "studybunny"));
    const numbered = commands.map(({ lines }, i) => `echo "-- box ${i + 1}" >&2\n${lines}`);
    const script = ["set -euo pipefail", "trap 'kill $(jobs -p)' EXIT", ...numbered].join("\n");
    const path = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
    try {
      await promisify(execFile)("bash", ["-c", script], {
        cwd: folder,
        env: { ...process.env, PATH: path },
        timeout: LONG_MS - 30_000, // so that what hangs is told
      });
    } catch (error) {
      const { stderr = "", stdout = "" } = error as { stderr?: string; stdout?: string };
      assert.fail(`${stdout}\n${stderr}\n${String(error)}`);
    } finally {
      await removeFolder(folder);
    }
  });
}

test("the service of docs/operators.md is one, and what it starts ends well", async (t) => {
  const units = boxes(await readFile("docs/operators.md", "utf8")).filter((b) => b.kind === "ini");
  assert.equal(units.length, 1);
  const unit = units[0]?.lines ?? "";
  for (const line of unit.split("\n"))
    assert.match(line, /^(|#.*|\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=.*)$/);
  const valueOf = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(unit)?.[1] ?? "";
  const [program = "", ...options] = valueOf("ExecStart").split(" ");
  assert.equal(options.at(-1), `/var/lib/${valueOf("StateDirectory")}`);

  const folder = await newFolder();
  const here = process.env["STUDYBUNNY"] ?? "";
  try {
    // As it stands there, but for what is this machine's: the port and the folder.
    const server = spawn(here, [...options.slice(0, -1), join(folder, "data")].map(anyPort), {
      env: { ...process.env, STUDYBUNNY_RATE_LIMITS: "off" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = once(server, "exit");
    const [line] = (await Promise.race([once(server.stdout, "data"), ended])) as [unknown];
    assert.match(String(line), /^listening on http/);
    server.kill(valueOf("KillSignal") as NodeJS.Signals);
    assert.deepEqual(await ended, [0, null]);

    const path = join(folder, "studybunny.service");
    await writeFile(path, unit.replace(program, here));
    const systemd = (...words: string[]) =>
      spawnSync("systemd-analyze", [...words, path], { encoding: "utf8" });
    const { error, stdout, stderr } = systemd("verify");
    if (error) return t.skip("systemd-analyze is not installed");
    // Other units of this machine may have faults of their own.
    const faults = `${stdout}${stderr}`.split("\n").filter((said) => said.includes("studybunny"));
    assert.deepEqual(faults, []);
    const exposed = systemd("security", "--offline=true", "--threshold=25");
    assert.equal(exposed.status, 0, exposed.stdout + exposed.stderr);
  } finally {
    await removeFolder(folder);
  }
});

test("no command in a document is left out", async () => {
  for (const document of await documents()) {
    const text = await readFile(document, "utf8");
    for (const { kind, lines } of boxes(text))
      if (kind === "sh") assert.ok(RUN.includes(document), `not run: ${document}\n${lines}`);
      else
        assert.deepEqual(
          lines.split("\n").filter((line) => isCommand(line.trim())),
          [],
          `to be marked sh: ${document}`,
        );
    const commands = setIn(text).filter(isCommand);
    assert.deepEqual(commands, RUN_ELSEWHERE[document] ?? [], document);
  }
});

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
