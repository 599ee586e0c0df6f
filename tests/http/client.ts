/*
 * Raw bytes over sockets: what no HTTP library would send. And the server to send them to: the
 * program named by STUDYBUNNY, on a free port, with its limits set by STUDYBUNNY_HTTP_*.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = process.env["STUDYBUNNY"];

export interface Server {
  port: number;
  pid: number;
  /** Ends the server by SIGTERM; its exit status. */
  stop(): Promise<number | null>;
}

/** Starts the program with settings ({ LOOPS: 4 }: STUDYBUNNY_HTTP_LOOPS), run by a command if given. */
export async function startServer(
  settings: Record<string, string | number> = {},
  command: string[] = [],
): Promise<Server> {
  if (!program) throw new Error("STUDYBUNNY has to name the program to test");
  const folder = await mkdtemp(join(tmpdir(), "studybunny-http-"));
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries(settings)) {
    env[`STUDYBUNNY_HTTP_${name}`] = String(value);
  }
  const [file = program, ...args] = [...command, program, "serve"];
  const child = spawn(file, [...args, "--listen", "127.0.0.1:0", "--data", folder], {
    env,
    stdio: ["ignore", "pipe", process.env["SHOW_LOG"] ? "inherit" : "ignore"],
  });
  const exited = once(child, "exit");
  const line = await Promise.race([
    once(createInterface(child.stdout), "line").then((args) => String(args[0])),
    exited.then(([code]) => Promise.reject(new Error(`the server ended with ${String(code)}`))),
  ]);
  const port = Number(/^listening on http:\/\/.*:(\d+)$/.exec(line)?.[1]);
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      await rm(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** A connection that remembers what came. */
export class Connection {
  received = "";
  closed = false;
  readonly opened = performance.now();
  private readonly socket: Socket;
  private wake: (() => void) | undefined;

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (bytes) => {
      this.received += bytes.toString("latin1");
      this.wake?.();
    });
    const end = () => {
      this.closed = true;
      this.wake?.();
    };
    this.socket.on("error", end);
    this.socket.on("close", end);
  }

  send(text: string): void {
    if (!this.socket.destroyed) this.socket.write(Buffer.from(text, "latin1"));
  }

  /** Takes nothing more from the server. */
  stopReading(): void {
    this.socket.pause();
  }

  /** Waits until `done` holds; false when it does not within `ms`. */
  async until(done: () => boolean, ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    while (!done()) {
      const left = end - performance.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 50));
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }

  get ageMs(): number {
    return performance.now() - this.opened;
  }

  close(): void {
    this.socket.destroy();
  }
}

/** The status codes of the replies in a stream of bytes. */
export function statusesOf(stream: string): number[] {
  return [...stream.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map((match) => Number(match[1]));
}
