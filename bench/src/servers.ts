/* Starting, filling, watching and stopping the servers. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { LISTED, PLANNED, type Student, type Students, tasks, term, WRITERS } from "./data.js";

export interface Server {
  name: string;
  port: number;
  process: ChildProcess;
}

export type Command = (port: number) => {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
};

/** A free port below those that outgoing connections use. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => {
        resolve(false);
      });
      probe.listen(port, "127.0.0.1", () =>
        probe.close(() => {
          resolve(true);
        }),
      );
    });
    if (free) return port;
  }
}

/** Starts a server; it may not answer yet. */
export async function start(name: string, command: Command, logs: string): Promise<Server> {
  mkdirSync(logs, { recursive: true });
  const log = openSync(`${logs}/${name}.log`, "a");
  const port = await freePort();
  const { command: program, args, env } = command(port);
  const child = spawn(program, args, {
    stdio: ["ignore", log, log],
    env: { ...process.env, ...env },
  });
  return { name, port, process: child };
}

export async function stop(server: Server): Promise<void> {
  if (server.process.exitCode !== null || server.process.signalCode !== null) return;
  const ended = new Promise((resolve) => server.process.once("exit", resolve));
  const late = setTimeout(() => server.process.kill("SIGKILL"), 10_000);
  server.process.kill("SIGTERM");
  await ended;
  clearTimeout(late);
}

/** Asks until the server answers 200. */
export async function answers(server: Server, path: string, token: string): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    if (server.process.exitCode !== null) throw new Error(`${server.name} ended`);
    try {
      const reply = await fetch(`http://127.0.0.1:${server.port}${path}`, {
        headers: { Authorization: `Bearer ${token}`, Connection: "close" },
      });
      await reply.arrayBuffer();
      if (reply.ok) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`${server.name} does not answer`);
}

/** The server's process and all that it started. */
export function processes(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return [pid, ...children.filter(Boolean).flatMap((child) => processes(Number(child)))];
}

/** Resident memory of a server's processes together, in MB. */
export function residentMB(server: Server): number {
  const kB = processes(server.process.pid ?? 0).map((pid) => {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  });
  return kB.reduce((a, b) => a + b, 0) / 1000;
}

async function call(port: number, token: string, method: string, path: string, body: unknown) {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
  return JSON.parse(text) as { id: string };
}

/** Makes StudyBunny's users, by its own commands, while no server has the folder. */
export function makeStudents(program: string, data: string, count = WRITERS): Students {
  const run = (args: string[], input?: string) => {
    const all = ["user", ...args, "--data", data];
    return execFileSync(program, all, { encoding: "utf8", ...(input && { input }) }).trim();
  };
  const add = (name: string): Student => {
    const email = `${name}@example.org`;
    run(["create", email], "a long password for the bench\n");
    return { token: run(["token", email]), tasks: [] };
  };
  const writers = Array.from({ length: count }, (_, i) => add(`writer${i}`));
  return { reader: add("reader"), planner: add("planner"), writers };
}

/** Fills their desks through the API. */
export async function fillDesks({ reader, planner, writers }: Students, port: number) {
  const fill = async (student: Student | null, n: number) => {
    if (!student) return;
    const { token } = student;
    await call(port, token, "PUT", "/availability", { week: term.availability.week });
    const course = { name: "Algorithms", code: "ALG", color: 6 };
    const { id } = await call(port, token, "POST", "/courses", course);
    for (const task of tasks(n)) {
      const made = await call(port, token, "POST", "/tasks", { ...task, course_id: id });
      student.tasks.push(made.id);
    }
  };
  await fill(reader, LISTED);
  await fill(planner, PLANNED);
  for (const writer of writers) await fill(writer, LISTED);
}
