/*
 * The program that STUDYBUNNY names, with the web app inside, on a port and a data folder that
 * outlive it: a test can kill it and start it again at the same address.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const READY_MS = 15_000;

/** A place to serve from: an address and a data folder. */
export interface Site {
  url: string;
  data: string;
}

export interface Running {
  /** Ends it in the given way and waits until it has. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** A port below those that the kernel gives to outgoing connections, free a moment ago. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer();
    const free = new Promise<boolean>((resolve) => {
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (await free) return port;
  }
}

export async function newSite(): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), "studybunny-e2e-"));
  return { url: `http://127.0.0.1:${await freePort()}`, data };
}

export async function removeSite(site: Site): Promise<void> {
  await rm(site.data, { recursive: true, force: true });
  await rm(libraryOf(site), { force: true });
}

/** Beside the data folder, where the program would take it for data. */
const libraryOf = (site: Site) => `${site.data}-later.so`;

/** The environment in which a program's wall clock is ahead. */
function later(site: Site, seconds: number): NodeJS.ProcessEnv {
  const library = libraryOf(site);
  const source = fileURLToPath(new URL("later.c", import.meta.url));
  execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, source]);
  return { ...process.env, LD_PRELOAD: library, CLOCK_AHEAD_S: String(seconds) };
}

/**
 * Serves a site with everything at its default; returns once it is ready to answer. `aheadS`: its
 * wall clock is so many seconds ahead of this machine's.
 */
export async function serve(site: Site, aheadS = 0): Promise<Running> {
  const program = process.env["STUDYBUNNY"];
  if (!program) throw new Error("STUDYBUNNY has to name the program to test");
  const listen = new URL(site.url).host;
  const child = spawn(program, ["serve", "--listen", listen, "--data", site.data], {
    env: aheadS ? later(site, aheadS) : process.env,
    stdio: ["ignore", "pipe", process.env["SHOW_LOG"] ? "inherit" : "ignore"],
  });
  const exited = once(child, "exit");
  const early = exited.then(([code]) => {
    throw new Error(`the server ended with ${String(code)}`);
  });
  const signal = AbortSignal.timeout(READY_MS);
  await Promise.race([once(createInterface(child.stdout), "line", { signal }), early]);
  early.catch(() => undefined);
  return {
    async end(by) {
      child.kill(by);
      await exited;
    },
  };
}
