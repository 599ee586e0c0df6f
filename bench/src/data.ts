/*
 * The data of a run, the same for everyone: a student with 50 tasks, to be listed; one with 200, to be
 * scheduled; and 80 with 50 each, whose desks take the creates in turn, so that none grows large, made from
 * examples/term.json. And the requests, in the form that peers/c/load.c reads.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";

export interface NewTask {
  title: string;
  notes: string;
  estimate_min: number;
  priority: number;
  due: string;
}

interface Window {
  day: number;
  start: string;
  end: string;
}

interface Term {
  zone: string;
  availability: { week: Window[] };
  tasks: {
    title: string;
    estimate_min: number;
    due_in_days: number;
    due_time: string;
    priority: number;
    notes?: string;
  }[];
}

export const term = JSON.parse(
  readFileSync(new URL("../../../../examples/term.json", import.meta.url), "utf8"),
) as Term;

/** Who sends requests: a bearer token, and the ids of the student's tasks. */
export interface Student {
  token: string;
  tasks: string[];
}

export interface Students {
  reader: Student;
  writers: Student[];
  planner: Student | null; // null where nothing plans
}

export const WRITERS = 80;
const CREATES = 800; // of a round
export const LISTED = 50;
export const PLANNED = 200;

const dayMs = 86_400_000;

/** `n` tasks of one term; where it has fewer they come again, all smaller: the same work in all. */
export function tasks(n: number): NewTask[] {
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  const share = Math.min(1, term.tasks.length / n);
  return Array.from({ length: n }, (_, i) => {
    const t = term.tasks[i % term.tasks.length];
    if (!t) throw new Error("examples/term.json has no tasks");
    const date = new Date(today + t.due_in_days * dayMs).toISOString().slice(0, 10);
    return {
      title: t.title,
      notes: t.notes ?? "",
      estimate_min: Math.max(5, 5 * Math.round((t.estimate_min * share) / 5)),
      priority: t.priority,
      due: `${date}T${t.due_time}:00Z`,
    };
  });
}

/** Fills a peer's new database. */
export function seedPeer(path: string): Students {
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.exec(readFileSync(new URL("../../../../bench/peers/schema.sql", import.meta.url), "utf8"));
  const task = db.prepare(
    `INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 'open', '2026-11-01T08:00:00Z', NULL, 1)`,
  );
  const add = (n: number): Student => {
    const account = randomUUID();
    const token = randomUUID() + randomUUID();
    const hash = createHash("sha256").update(token).digest("hex");
    db.prepare("INSERT INTO accounts VALUES (?, 1)").run(account);
    db.prepare("INSERT INTO sessions VALUES (?, ?, 1, '2099-01-01T00:00:00Z')").run(hash, account);
    db.prepare("INSERT INTO desks VALUES (?, 1)").run(account);
    const ids = tasks(n).map((t) => {
      const id = randomUUID();
      const course = "019a0000-0000-7000-8000-000000000001";
      task.run(
        account,
        id,
        t.title,
        t.notes,
        course,
        t.estimate_min,
        t.estimate_min,
        t.priority,
        t.due,
      );
      return id;
    });
    return { token, tasks: ids };
  };
  const students = db.transaction(() => ({
    reader: add(LISTED),
    writers: Array.from({ length: WRITERS }, () => add(LISTED)),
    planner: null,
  }))();
  db.close();
  return students;
}

function request(method: string, path: string, token: string, body?: unknown): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const head = [
    `${method} /api/v1${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    `Authorization: Bearer ${token}`,
    "Accept: application/json",
  ];
  if (text)
    head.push("Content-Type: application/json", `Content-Length: ${Buffer.byteLength(text)}`);
  return `${head.join("\r\n")}\r\n\r\n${text}\0`;
}

export const cases = ["list", "task", "create", "schedule", "replan"] as const;
export type Case = (typeof cases)[number];

/** The requests of a case; none where this peer cannot answer it. */
export function requests(what: Case, students: Students): string[] {
  const { reader, writers, planner } = students;
  switch (what) {
    case "list":
      return [request("GET", `/tasks?limit=${LISTED}`, reader.token)];
    case "task":
      return reader.tasks.map((id) => request("GET", `/tasks/${id}`, reader.token));
    case "create":
      return tasks(CREATES).map((t, i) => {
        return request("POST", "/tasks", writers[i % writers.length]?.token ?? "", t);
      });
    case "schedule":
      return planner ? [request("GET", "/schedule?days=14", planner.token)] : [];
    case "replan":
      // Another pace each time, so that no answer can have been kept.
      return planner
        ? Array.from({ length: 200 }, (_, i) => {
            return request("GET", `/schedule?days=14&pace=${300 + i}/600`, planner.token);
          })
        : [];
  }
}

export function writeRequests(path: string, what: Case, students: Students): boolean {
  const all = requests(what, students);
  if (all.length > 0) writeFileSync(path, all.join(""));
  return all.length > 0;
}
