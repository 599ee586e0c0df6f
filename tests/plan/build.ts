/* Builds `plan` alone, from src/plan/ or a changed copy of it, with the C compiler. */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bug } from "./planted.ts";

const run = promisify(execFile);
const source = fileURLToPath(new URL("../../src", import.meta.url));
const main = `#include "cli/commands.h"
int main(int argc, char **argv) { return cli_plan(argc - 1, argv + 1); }
`;
const rest = [
  ...["arena", "buf", "instant", "rng", "status", "str"].map((name) => `base/${name}.c`),
  ...["plan", "plan_json"].map((name) => `cli/${name}.c`),
];

const deps = process.env["STUDYBUNNY_DEPS"] ?? join(source, "../.deps");
const searched = `${deps}/prefix/lib/pkgconfig:${process.env["PKG_CONFIG_PATH"] ?? ""}`;

function yyjson(what: "--cflags" | "--libs"): string[] {
  const env = { ...process.env, PKG_CONFIG_PATH: searched };
  const flags = execFileSync("pkg-config", [what, "yyjson"], { encoding: "utf8", env });
  const list = flags.split(/\s+/).filter(Boolean);
  const found = list.filter((f) => f.startsWith("-L")).map((f) => `-Wl,-rpath,${f.slice(2)}`);
  return [...list, ...found];
}

const flags = ["-std=c17", "-D_GNU_SOURCE", "-O1", "-w"];

/** Compiles what surrounds the planner into `folder`, once; returns the object files. */
export async function buildRest(folder: string): Promise<string[]> {
  writeFileSync(join(folder, "main.c"), main);
  const files = [join(folder, "main.c"), ...rest.map((name) => join(source, name))];
  const includes = [`-I${source}`, ...yyjson("--cflags")];
  await run("cc", ["-c", ...flags, ...includes, ...files], { cwd: folder });
  return files.map((name) => join(folder, basename(name, ".c") + ".o"));
}

/** Compiles a planner with `bug` in it into `folder`; returns the program's path. */
export async function build(folder: string, objects: string[], bug: Bug): Promise<string> {
  mkdirSync(folder, { recursive: true });
  cpSync(join(source, "plan"), join(folder, "plan"), { recursive: true });
  const path = join(folder, "plan", bug.file);
  const parts = readFileSync(path, "utf8").split(bug.from);
  if (parts.length !== 2) throw new Error(`${bug.file}: not once there: ${bug.from}`);
  writeFileSync(path, parts.join(bug.to));
  const program = join(folder, "studybunny");
  const planner = readdirSync(join(folder, "plan"))
    .filter((name) => name.endsWith(".c") && !name.endsWith("_test.c"))
    .map((name) => join(folder, "plan", name));
  const includes = [`-I${folder}`, `-I${source}`];
  const all = [
    ...flags,
    ...includes,
    "-o",
    program,
    ...planner,
    ...objects,
    ...yyjson("--libs"),
    "-lm",
  ];
  await run("cc", all);
  return program;
}
