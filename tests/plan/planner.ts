/* Runs `studybunny plan`. The program is named by STUDYBUNNY, or by a test that built its own. */
import { spawnSync } from "node:child_process";
import type { Instance, Refusal, Result } from "./format.ts";

export interface Run {
  status: number | null;
  lines: (Result | Refusal)[];
  text: string;
}

export function programOf(environment: NodeJS.ProcessEnv = process.env): string {
  const program = environment["STUDYBUNNY"];
  if (!program) throw new Error("STUDYBUNNY must name the program to test");
  return program;
}

export function runText(text: string, program = programOf(), args: string[] = []): Run {
  const child = spawnSync(program, ["plan", ...args], {
    input: text,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    timeout: 120_000,
  });
  if (child.error) throw child.error;
  if (child.stderr) process.stderr.write(child.stderr);
  const lines = child.stdout.split("\n").filter((line) => line !== "");
  return {
    status: child.status,
    lines: lines.map((line) => JSON.parse(line) as Result | Refusal),
    text: child.stdout,
  };
}

export const linesOf = (instances: Instance[]): string =>
  instances.map((instance) => JSON.stringify(instance) + "\n").join("");

/** Results for instances that must all be solved. */
export function solve(instances: Instance[], program = programOf()): Result[] {
  if (instances.length === 0) return [];
  const run = runText(linesOf(instances), program);
  const refused = run.lines.find((line): line is Refusal => "error" in line);
  if (refused) throw new Error(`line ${refused.line}: ${refused.error}`);
  if (run.status !== 0 || run.lines.length !== instances.length)
    throw new Error(`status ${run.status}, ${run.lines.length} lines of ${instances.length}`);
  return run.lines as Result[];
}
