/* The program's commands, run as an administrator would. STUDYBUNNY names the program. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a command to its end; `input` goes to its standard input. */
export async function command(
  args: string[],
  { input = "", env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.env["STUDYBUNNY"] ?? "studybunny", args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  child.stdin.on("error", () => undefined); // it may end without reading
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code: child.exitCode, out, err };
}

/** Takes a snapshot of a data folder; its path. */
export async function takeSnapshot(data: string): Promise<string> {
  const { code, out, err } = await command(["backup", "now", "--data", data]);
  assert.equal(code, 0, err);
  return join(data, "snapshots", out.split(" ")[0] ?? "");
}
