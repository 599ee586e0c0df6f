/*
 * The program under test: started on a free port over a data folder of its own, spoken to as a
 * client would. STUDYBUNNY names the program.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before } from "node:test";

const program = process.env["STUDYBUNNY"];

export interface Running {
  url: string;
  folder: string;
  port: number;
  pid: number;
  /** Ends it by SIGTERM and waits; the exit status. */
  stop(): Promise<number | null>;
  /** Ends it by SIGKILL and waits. */
  kill(): Promise<void>;
}

export async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "studybunny-"));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function announced(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error("no standard output");
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the server ended with ${String(code)}`);
  });
  const line = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
  const port = Number(/^listening on http:\/\/.*:(\d+)$/.exec(String(line[0]))?.[1]);
  if (!port) throw new Error(`unexpected first line: ${String(line[0])}`);
  return port;
}

/** Starts a server over `folder`; `port` 0 lets the kernel choose. Its log is added to the file `log`. */
export async function startServer(
  folder: string,
  settings: Record<string, string> = {},
  port = 0,
  log = "",
): Promise<Running> {
  if (!program) throw new Error("STUDYBUNNY has to name the program to test");
  const errors = log ? openSync(log, "a") : process.env["SHOW_LOG"] ? "inherit" : "ignore";
  const child = spawn(
    program,
    ["serve", "--listen", `127.0.0.1:${String(port)}`, "--data", folder],
    {
      env: { ...process.env, STUDYBUNNY_RATE_LIMITS: "off", ...settings },
      stdio: ["ignore", "pipe", errors],
    },
  );
  if (typeof errors === "number") closeSync(errors);
  const exited = once(child, "exit");
  const listening = await announced(child);
  return {
    url: `http://127.0.0.1:${String(listening)}`,
    folder,
    port: listening,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      return child.exitCode;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

export interface Served {
  server: Running;
  folder: string;
}

/**
 * For the tests of the file that calls it: a server over a folder of its own, which ends well. `more`:
 * what is to be set up behind it; hooks of one file do not wait for each other.
 */
export function served(
  settings: Record<string, string> = {},
  more?: (server: Running) => Promise<void>,
): Served {
  const at = {} as Served;
  before(async () => {
    at.folder = await newFolder();
    at.server = await startServer(at.folder, settings);
    await more?.(at.server);
  });
  after(async () => {
    assert.equal(await at.server.stop(), 0);
    await removeFolder(at.folder);
  });
  return at;
}

export interface Place {
  /** Where data folders are made. */
  top: string;
  /** Starts a server that does not outlive a test that fails. */
  serve: (data: string, settings?: Record<string, string>) => Promise<Running>;
}

/** For the tests of the file that calls it: room for several servers; `usual`: their settings. */
export function place(usual: Record<string, string> = {}): Place {
  const started: Running[] = [];
  const at: Place = {
    top: "",
    async serve(data, settings = usual) {
      const server = await startServer(data, settings);
      started.push(server);
      return server;
    },
  };
  before(async () => {
    at.top = await newFolder();
  });
  after(async () => {
    await Promise.all(started.map((server) => server.kill().catch(() => undefined)));
    await removeFolder(at.top);
  });
  return at;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body when it is JSON. */
  json: any;
}

export type Headers_ = Record<string, string>;

/** One browser or device: keeps its cookie. */
export class Client {
  cookie = "";
  constructor(
    readonly url: string,
    readonly headers: Headers_ = {},
  ) {}

  /** `body`: an object is sent as JSON, a string or bytes as they are. */
  async call(method: string, path: string, body?: unknown, headers: Headers_ = {}): Promise<Reply> {
    const raw = typeof body === "string" || body instanceof Uint8Array;
    const response = await fetch(this.url + (path.startsWith("/api") ? path : `/api/v1${path}`), {
      method,
      redirect: "manual",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...this.headers,
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.cookie = set.split(";")[0] ?? "";
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: type.includes("json") ? (JSON.parse(text) as unknown) : undefined,
    };
  }
}

/** Waits for something, however slow the machine is. */
export async function until(what: string, so: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !(await so());) {
    assert.ok(Date.now() < end, what);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** All items of a list, page by page. */
export async function listed<T>(client: Client, path: string): Promise<T[]> {
  const all: T[] = [];
  for (let cursor = ""; ;) {
    const reply = await client.call("GET", `${path}?limit=200${cursor && `&cursor=${cursor}`}`);
    if (reply.status !== 200) throw new Error(`${path}: ${String(reply.status)} ${reply.text}`);
    all.push(...(reply.json.items as T[]));
    if (reply.json.next === null) return all;
    cursor = String(reply.json.next);
  }
}

/** The titles of all tasks, sorted. */
export async function titles(client: Client): Promise<string[]> {
  return (await listed<{ title: string }>(client, "/tasks")).map((task) => task.title).sort();
}

/** A client with a fresh guest. */
export async function guest(server: Running): Promise<Client> {
  const client = new Client(server.url);
  const reply = await client.call("POST", "/guest", {});
  if (reply.status !== 201) throw new Error(`no guest: ${String(reply.status)} ${reply.text}`);
  return client;
}

let users = 0;

export function newEmail(): string {
  users += 1;
  return `user${String(users)}@example.org`;
}

export const password = "correct horse battery";

/** A client signed in as a fresh user. */
export async function user(server: Running, email = newEmail()): Promise<Client> {
  const client = new Client(server.url);
  const reply = await client.call("POST", "/accounts", { email, password });
  if (reply.status !== 201) throw new Error(`no user: ${String(reply.status)} ${reply.text}`);
  return client;
}

/** A client signed in as a fresh administrator. */
export async function admin(server: Running, email = newEmail()): Promise<Client> {
  const client = await user(server, email);
  execFileSync(program ?? "", ["user", "admin", email, "--data", server.folder]);
  return client;
}

/** A task that may be created. */
export function aTask(title = "Essay"): Record<string, unknown> {
  return { title, estimate_min: 60, due: "2036-11-27T17:00:00Z" };
}
