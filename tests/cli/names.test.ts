/* What the documents name is there: files, links, the app's words and keys, settings, commands, and the
   files of the data folder. */
import assert from "node:assert/strict";
import { access, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { en } from "../../web/src/i18n/en/index.ts";
import { line } from "../../web/src/line/en.ts";
import { readLine } from "../../web/src/line/read.ts";
import { Client, newFolder, removeFolder, startServer } from "../support/server.ts";
import { command } from "./program.ts";

const read = (path: string) => readFile(path, "utf8");
const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1] ?? "");
/** What stands in a document as code, but for boxes. */
const codes = (text: string) => all(text.replace(/^```[\s\S]*?^```$/gm, ""), /`([^`\n]+)`/g);

const GUIDES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/users.md"];
const OTHERS = ["docs/operators.md", "docs/features.md", "docs/planner.md", "docs/dependencies.md"];
const DOCUMENTS = [...GUIDES, ...OTHERS, "bench/README.md"];

test("every link leads somewhere, and every path that is named is there", async () => {
  const decisions = (await readdir("docs/decisions")).map((name) => `docs/decisions/${name}`);
  const missing: string[] = [];
  for (const document of [...DOCUMENTS, ...decisions]) {
    const text = await read(document);
    for (const link of all(text, /\]\(([^)#]+)[^)]*\)/g))
      if (!/^https?:/.test(link) && !(await exists(join(dirname(document), link))))
        missing.push(`${document}: ${link}`);
  }
  /* Decisions tell what was: their files may be gone. What is in capitals stands for something. */
  const path = /^(?:src|tests|tools|docs|bench|web|examples|peers)\/[\w./-]*(?=$|[ :])/;
  for (const document of DOCUMENTS)
    for (const code of codes(await read(document))) {
      const named = path.exec(code)?.[0];
      if (!named || /[A-Z]{4}/.test(named) || named.startsWith("web/dist")) continue;
      if (!(await exists(named)) && !(await exists(join(dirname(document), named))))
        missing.push(`${document}: ${named}`);
    }
  assert.deepEqual(missing, []);
});

/** Every sentence of a catalogue. */
function sentences(of: unknown): string[] {
  if (typeof of === "string") return [of];
  return of && typeof of === "object" ? Object.values(of).flatMap(sentences) : [];
}

test("docs/users.md calls things as the app does", async () => {
  const text = (await read("docs/users.md")).replace(/\s+/g, " ");
  const words = sentences(en).map((sentence) => sentence.toLowerCase());
  const names = all(text, /\*\*([^*]+)\*\*/g).flatMap((name) => name.split(" → "));
  assert.ok(names.length > 30, "there are some");
  const unknown = names.filter((name) => {
    const bare = name.toLowerCase().replace(/\.$/, "");
    return !words.some((w) => w === bare || w.startsWith(`${bare},`) || w === `${bare}…`);
  });
  assert.deepEqual(unknown, []);
});

test("what docs/users.md types is read, and its keys are keys", async () => {
  const keys = en.keys.all.flatMap(([names]) => names.split(" "));
  const examples: string[] = [];
  for (const code of codes(await read("docs/users.md")))
    if (code.length === 1) assert.ok(keys.includes(code), `no key ${code}`);
    else examples.push(code);
  const task = "essay 3h friday 17:00 !4";
  assert.deepEqual(
    examples.filter((code) => ![task, "8-10, 14:30-18", "#history"].includes(code)),
    en.command.placeholder.split(", "),
  );
  const options = { language: line, zone: "Europe/Berlin", monthFirst: false, courses: [] };
  const { title, estimateMin, priority, chips } = readLine(task, {
    ...options,
    now: Date.now(),
    refused: new Set(),
  });
  assert.deepEqual([title, estimateMin, priority, chips.length], ["Essay", 180, 4, 4]);
});

test("docs/operators.md names settings, commands and options that are there", async () => {
  const text = await read("docs/operators.md");
  const settings = all((await command(["config"])).out, /^(\w+) /gm);
  assert.ok(settings.length > 20);
  const words = codes(text);
  for (const name of words.filter((word) => /^[a-z]+(_[a-z]+)+$/.test(word)))
    assert.ok(settings.includes(name), `no setting ${name}`);
  const { out: commands } = await command(["help"]);
  for (const [, name = "", sub = ""] of text.matchAll(/studybunny (\w+)(?: ([a-z][a-z-]+)\b)?/g)) {
    const row = new RegExp(`^ +${name} .*`, "m").exec(commands)?.[0];
    assert.ok(row, `no command ${name}`);
    if (["user", "backup"].includes(name)) assert.ok(row.includes(sub), `${name} has no ${sub}`);
  }
  const helps = await Promise.all(
    ["serve", "user", "backup", "config", "doctor"].map((name) => command([name, "--help"])),
  );
  assert.deepEqual(
    helps.map(({ code, err }) => [code, err]),
    helps.map(() => [0, ""]),
  );
  const help = helps.map(({ out }) => out).join("\n");
  const others = ["--build", "--delete"]; // of ./run and of rsync
  for (const option of new Set(text.match(/(?<=\s|`)--[a-z][a-z-]+/g)))
    assert.ok(help.includes(option) || others.includes(option), `no option ${option}`);
});

test("docs/operators.md names what a server answers to and what lies in its folder", async () => {
  const text = await read("docs/operators.md");
  const folder = await newFolder();
  const server = await startServer(folder);
  try {
    const paths = codes(text).filter((code) => /^\/[a-z]+$/.test(code));
    assert.deepEqual(paths.sort(), ["/healthz", "/livez", "/metrics", "/readyz"]);
    for (const path of paths) assert.equal((await fetch(`${server.url}${path}`)).status, 200, path);
    assert.equal((await new Client(server.url).call("POST", "/guest", {})).status, 201);
    assert.equal((await command(["backup", "now", "--data", folder])).code, 0);
    const rows = all(text.slice(text.indexOf("## What lies")), /^\| (`.*?) +\|/gm);
    const named = rows.flatMap((row) => codes(row));
    const there = (await readdir(folder)).filter((name) => !/-(wal|shm)$/.test(name));
    assert.deepEqual(there.sort(), named.sort());
  } finally {
    await server.stop();
    await removeFolder(folder);
  }
});
