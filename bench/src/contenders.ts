/* Who is compared: how each is filled and started. Order is the table's. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { seedPeer, type Students } from "./data.js";
import { answers, type Command, fillDesks, makeStudents, start, stop } from "./servers.js";

export interface Contender {
  name: string; // as the table shows it
  file: string; // as its files are named
  command: Command;
  /** Stores the data; called once, before it is measured. */
  fill(): Promise<Students>;
}

export interface Folders {
  out: string; // what bench/run built
  work: string; // databases and requests of this run
}

/** The same program twice: with its desks in memory, and reading each from the database. */
function studyBunny({ out, work }: Folders, program: string): Contender[] {
  let students: Students | undefined;
  const copied = `${work}/raw`; // for the raw loop, too
  const serve = (file: string, cache: NodeJS.ProcessEnv): Command => {
    return (port) => ({
      command: program,
      args: ["serve", "--listen", `127.0.0.1:${port}`, "--data", `${work}/${file}`],
      env: { STUDYBUNNY_RATE_LIMITS: "off", ...cache },
    });
  };
  const warm = {
    name: "StudyBunny, warm",
    file: "warm",
    command: serve("warm", {}),
    async fill() {
      students = makeStudents(program, `${work}/warm`);
      const server = await start("warm", warm.command, `${out}/log`);
      try {
        await answers(server, "/livez", "");
        await fillDesks(students, server.port);
        return students;
      } finally {
        await stop(server);
        cpSync(`${work}/warm`, copied, { recursive: true });
      }
    },
  };
  const cold = {
    name: "StudyBunny, cold",
    file: "cold",
    command: serve("cold", { STUDYBUNNY_DESK_CACHE_BYTES: "0" }),
    fill() {
      if (!students) throw new Error("the warm one comes first");
      cpSync(copied, `${work}/cold`, { recursive: true });
      return Promise.resolve(students);
    },
  };
  return [warm, cold];
}

function peer({ work }: Folders, name: string, file: string, command: Command): Contender {
  return { name, file, command, fill: () => Promise.resolve(seedPeer(`${work}/${file}.db`)) };
}

/** Peers that were not built are left out. */
export function contenders(folders: Folders, program: string | undefined): Contender[] {
  const { out, work } = folders;
  const all = program ? studyBunny(folders, program) : [];
  const server = `${out}/js/peers/typescript/server.js`;
  all.push(
    peer(folders, "Fastify + better-sqlite3", "fastify", (port) => ({
      command: process.execPath,
      args: [server, `${port}`, `${work}/fastify.db`],
      env: { NODE_ENV: "production" },
    })),
  );
  if (existsSync(`${out}/go`)) {
    all.push(
      peer(folders, "Go net/http + mattn/go-sqlite3", "go", (port) => ({
        command: `${out}/go`,
        args: [`${port}`, `${work}/go.db`],
      })),
    );
  }
  if (existsSync(`${out}/venv/bin/gunicorn`)) {
    const workers = `--workers ${cpus().length} --worker-class gthread --threads 4`.split(" ");
    all.push(
      peer(folders, "Django + DRF + gunicorn", "django", (port) => ({
        command: `${out}/venv/bin/gunicorn`,
        args: [...workers, "--chdir", "bench/peers/python", "-b", `127.0.0.1:${port}`, "peer.wsgi"],
        env: { BENCH_DATABASE: `${work}/django.db`, PYTHONPYCACHEPREFIX: `${out}/pycache` },
      })),
    );
  }
  return all;
}

/** The floor of HTTP answers what somebody else answered: `bodies` by file name. */
export function fixedBody(
  { out, work }: Folders,
  students: Students,
  bodies: Record<string, string>,
): Contender {
  return {
    name: "libmicrohttpd, fixed body",
    file: "fixed",
    command: (port) => ({ command: `${out}/fixed`, args: [`${port}`, `${work}/fixed`] }),
    fill() {
      mkdirSync(`${work}/fixed`);
      for (const [name, text] of Object.entries(bodies)) {
        writeFileSync(`${work}/fixed/${name}`, text);
      }
      return Promise.resolve(students);
    },
  };
}
