/*
 * Runs the comparison: starts everybody, then asks each in turn, round after round, so that
 * whatever else the machine does falls on all alike. `bench/run` builds and calls this.
 *
 *     node main.js --out FOLDER --results FILE [--program STUDYBUNNY] [--rounds N] [--seconds S]
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Contender, contenders, fixedBody, type Folders } from "./contenders.js";
import { type Case, cases, requests, type Students, writeRequests } from "./data.js";
import { report, type Results, type Sample } from "./report.js";
import { answers, processes, residentMB, type Server, start, stop } from "./servers.js";

const CONNECTIONS = 16;
const STARTS = 5;

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "." },
    results: { type: "string", default: "results.md" },
    program: { type: "string" },
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "1" },
  },
});
const rounds = Number(options.rounds);
const folders: Folders = { out: options.out, work: `${options.out}/data` };
const { out, work } = folders;

function say(text: string): void {
  console.error(`bench: ${text}`);
}

/** A contender that is up, or the raw loop: something to measure in turn with the others. */
interface Runner {
  results: Results;
  can(what: Case): boolean;
  run(what: Case): Sample;
}

interface Running extends Runner {
  server: Server;
  students: Students;
}

function none(name: string): Results {
  return { name, samples: {}, firstAnswerMs: [], idleMB: [] };
}

/** Starts it a few times over, timed; the last one stays. */
async function startTimed(c: Contender, students: Students, results: Results): Promise<Server> {
  for (let i = 1; ; i++) {
    const before = performance.now();
    const server = await start(c.file, c.command, `${out}/log`);
    try {
      await answers(server, "/api/v1/tasks?limit=50", students.reader.token);
    } catch (error) {
      await stop(server);
      throw error;
    }
    results.firstAnswerMs.push(performance.now() - before);
    await new Promise((resolve) => setTimeout(resolve, 300));
    results.idleMB.push(residentMB(server));
    if (i === STARTS) return server;
    await stop(server);
  }
}

async function bringUp(c: Contender): Promise<Running> {
  say(c.name);
  const students = await c.fill();
  for (const what of cases) writeRequests(`${work}/${c.file}.${what}`, what, students);
  const results = none(c.name);
  const server = await startTimed(c, students, results);
  return {
    results,
    server,
    students,
    can: (what) => existsSync(`${work}/${c.file}.${what}`),
    run: (what) => load(server, `${work}/${c.file}.${what}`, what === "create"),
  };
}

function load(server: Server, file: string, creates: boolean): Sample {
  const how = creates ? ["201", "once"] : ["200", "cycle"];
  const pids = processes(server.process.pid ?? 0).map(String);
  const args = [`${server.port}`, options.seconds, `${CONNECTIONS}`, ...how, file, ...pids];
  return JSON.parse(execFileSync(`${out}/load`, args, { encoding: "utf8" })) as Sample;
}

/** The raw loop, on a copy of StudyBunny's database. */
function rawLoop({ students }: Running): Runner {
  const database = `${work}/raw/studybunny.db`;
  const hash = (token = "") => createHash("sha256").update(token).digest("hex");
  return {
    results: none("raw SQLite loop, no HTTP"),
    can: (what) => what === "list" || what === "task" || what === "create",
    run(what) {
      const student = what === "create" ? students.writers[0] : students.reader;
      const args = [what, options.seconds, database, hash(student?.token)];
      return JSON.parse(execFileSync(`${out}/raw`, args, { encoding: "utf8" })) as Sample;
    },
  };
}

/** What is answered to the first request of a case. */
async function body({ server, students }: Running, what: Case): Promise<string> {
  const [head = ""] = requests(what, students);
  const path = head.split(" ")[1] ?? "";
  const token = /Bearer (\S+)/.exec(head)?.[1] ?? "";
  const reply = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return reply.text();
}

/** How many tasks a list holds, and the fields of all. */
function shape(text: string): { count: number; fields: Set<string> } {
  const { items } = JSON.parse(text) as { items: object[] };
  return { count: items.length, fields: new Set(items.flatMap((item) => Object.keys(item))) };
}

/** Everybody answers with as many tasks and with nothing that StudyBunny's do not have, which have
 * some fields more; then the fixed bodies are the first one's. */
async function equalWork(all: Running[]): Promise<Contender> {
  const [first] = all;
  if (!first) throw new Error("nothing to compare");
  const list = await body(first, "list");
  const ours = shape(list);
  for (const running of all) {
    const text = await body(running, "list");
    const theirs = shape(text);
    if (theirs.count !== ours.count || [...theirs.fields].some((field) => !ours.fields.has(field)))
      throw new Error(`${running.server.name} answers ${text}`);
  }
  return fixedBody(folders, first.students, {
    "list.json": list,
    "task.json": await body(first, "task"),
    "schedule.json": first.can("schedule") ? await body(first, "schedule") : "{}",
  });
}

/** Round 0 warms up and is not kept. Every round begins with another one. */
function measure(runners: Runner[]): void {
  for (let round = 0; round <= rounds; round++) {
    say(round ? `round ${round} of ${rounds}` : "warming up");
    for (const what of cases) {
      for (let i = 0; i < runners.length; i++) {
        const runner = runners[(i + round) % runners.length];
        if (!runner?.can(what)) continue;
        const sample = runner.run(what);
        if (round) (runner.results.samples[what] ??= []).push(sample);
      }
    }
  }
}

async function main(): Promise<void> {
  for (const folder of [work, `${out}/log`]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const all: Running[] = [];
  try {
    for (const c of contenders(folders, options.program)) all.push(await bringUp(c));
    all.push(await bringUp(await equalWork(all)));
    const runners: Runner[] = [...all];
    if (options.program && all[0]) runners.push(rawLoop(all[0]));
    measure(runners);
    const results = runners.map((r) => r.results);
    const text = report(results, rounds, Number(options.seconds), CONNECTIONS);
    writeFileSync(options.results, text);
    console.log(text);
  } finally {
    for (const { server } of all) await stop(server);
  }
}

await main();
