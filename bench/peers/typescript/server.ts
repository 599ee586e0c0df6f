/*
 * The peer in TypeScript: Fastify with compiled schemas in and out, better-sqlite3 with prepared
 * statements.
 *
 *     node server.js PORT DATABASE
 */
import { createHash, randomUUID } from "node:crypto";
import Database from "better-sqlite3";
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";

interface Task {
  id: string;
  title: string;
  notes: string;
  course_id: string | null;
  estimate_min: number;
  worked_min: number;
  remaining_min: number;
  priority: number;
  due: string;
  state: string;
  created: string;
  completed: string | null;
  version: number;
}

type NewTask = Pick<Task, "title" | "estimate_min" | "due"> & Partial<Task>;

const [port, path] = process.argv.slice(2);
const db = new Database(path);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");

const columns = `id, title, notes, course_id, estimate_min, worked_min, remaining_min, priority, due,
  state, created, completed, version`;
const findSession = db.prepare<[string], { id: string; expires: string }>(
  `SELECT a.id, s.expires FROM sessions s JOIN accounts a
     ON a.id = s.account_id AND a.epoch = s.epoch WHERE s.token_hash = ?`,
);
const list = db.prepare<[string, number], Task>(
  `SELECT ${columns} FROM tasks WHERE account_id = ? ORDER BY id LIMIT ?`,
);
const one = db.prepare<[string, string], Task>(
  `SELECT ${columns} FROM tasks WHERE account_id = ? AND id = ?`,
);
const bump = db.prepare<[string], { rev: number }>(
  "UPDATE desks SET rev = rev + 1 WHERE account_id = ? RETURNING rev",
);
const insert = db.prepare(
  `INSERT INTO tasks (account_id, ${columns}) VALUES (@account, @id, @title, @notes, @course_id,
     @estimate_min, @worked_min, @remaining_min, @priority, @due, @state, @created, @completed,
     @version)`,
);
const record = db.prepare("INSERT INTO journal VALUES (NULL, ?, ?, ?, ?)");

const store = db.transaction((account: string, task: Task) => {
  task.version = bump.get(account)?.rev ?? 0;
  insert.run({ account, ...task });
  record.run(account, task.version, task.created, JSON.stringify(task));
});

const text = { type: "string" };
const nullable = { type: ["string", "null"] };
const integer = { type: "integer" };
const taskSchema = {
  type: "object",
  properties: {
    id: text,
    title: text,
    notes: text,
    course_id: nullable,
    estimate_min: integer,
    worked_min: integer,
    remaining_min: integer,
    priority: integer,
    due: text,
    state: text,
    created: text,
    completed: nullable,
    version: integer,
  },
};
const pageSchema = {
  type: "object",
  properties: { items: { type: "array", items: taskSchema }, next: nullable },
};
const newTaskSchema = {
  type: "object",
  required: ["title", "estimate_min", "due"],
  additionalProperties: false,
  properties: {
    title: { type: "string", minLength: 1, maxLength: 200 },
    notes: { type: "string", maxLength: 4000 },
    course_id: nullable,
    estimate_min: { type: "integer", minimum: 1, maximum: 6000 },
    priority: { type: "integer", minimum: 1, maximum: 5 },
    due: { type: "string", format: "date-time" },
  },
};
const limitSchema = {
  type: "object",
  properties: { limit: { type: "integer", minimum: 1, maximum: 200, default: 50 } },
};

declare module "fastify" {
  interface FastifyRequest {
    account: string;
  }
}

async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const session = findSession.get(createHash("sha256").update(token).digest("hex"));
  if (!session || session.expires < new Date().toISOString()) {
    await reply.code(401).send();
  } else {
    request.account = session.id;
  }
}

const app = Fastify();
app.decorateRequest("account", "");
app.get("/livez", () => "ok");

app.get<{ Querystring: { limit: number } }>(
  "/api/v1/tasks",
  {
    onRequest: signedIn,
    schema: { querystring: limitSchema, response: { 200: pageSchema } },
  },
  (request) => {
    const { limit } = request.query;
    const items = list.all(request.account, limit + 1);
    const more = items.length > limit;
    if (more) items.pop();
    return { items, next: more ? items.at(-1)?.id : null };
  },
);

app.get<{ Params: { id: string } }>(
  "/api/v1/tasks/:id",
  { onRequest: signedIn, schema: { response: { 200: taskSchema } } },
  (request, reply) => {
    const task = one.get(request.account, request.params.id);
    return task
      ? reply.header("etag", `"${String(task.version)}"`).send(task)
      : reply.callNotFound();
  },
);

app.post<{ Body: NewTask }>(
  "/api/v1/tasks",
  { onRequest: signedIn, schema: { body: newTaskSchema, response: { 201: taskSchema } } },
  (request, reply) => {
    const task: Task = {
      notes: "",
      course_id: null,
      priority: 3,
      ...request.body,
      id: randomUUID(),
      worked_min: 0,
      remaining_min: request.body.estimate_min,
      state: "open",
      created: new Date().toISOString(),
      completed: null,
      version: 0,
    };
    store(request.account, task);
    return reply
      .code(201)
      .header("etag", `"${String(task.version)}"`)
      .send(task);
  },
);

await app.listen({ host: "127.0.0.1", port: Number(port) });
