/* Asking any operation of the document rightly, as somebody who owns things to point at. */
import { aTask, Client, newEmail, password, type Headers_, type Reply } from "../support/server.ts";
import type { Endpoint } from "./document.ts";
import { aCalendar, anEvent, deletionKey, reviewKey, sampleBody } from "./samples.ts";

/** Ids by the kind of the path they stand in. */
export interface Owned {
  tasks: string;
  courses: string;
  events: string;
  /** A file that is there, and one that is awaited. */
  attachments: string;
  upload: string;
  work: string;
  feeds: string;
  /** Another account, and an invitation: what administrators point at. */
  users?: string;
  invitations?: string;
  "calendar-links": string;
  "former-plans": string;
}

export const nobodys: Owned = {
  tasks: "01900000-0000-7000-8000-000000000001",
  courses: "01900000-0000-7000-8000-000000000002",
  events: "01900000-0000-7000-8000-000000000003",
  attachments: "01900000-0000-7000-8000-000000000005",
  upload: "01900000-0000-7000-8000-000000000006",
  work: "01900000-0000-7000-8000-000000000004",
  feeds: "01900000-0000-7000-8000-000000000007",
  users: "01900000-0000-7000-8000-000000000018",
  invitations: "01900000-0000-7000-8000-000000000019",
  "calendar-links": "01900000-0000-7000-8000-000000000008",
  "former-plans": "01900000-0000-7000-8000-000000000009",
};

/** Something of the client's own to point at. */
export async function furnish(client: Client): Promise<Owned> {
  const deleted = await client.call("POST", "/tasks", aTask("Deleted"));
  await client.call("DELETE", `/tasks/${deleted.json.id as string}`, undefined, {
    "if-match": "*",
    "idempotency-key": deletionKey,
  });
  const task = await client.call("POST", "/tasks", aTask());
  const course = await client.call("POST", "/courses", { name: "History" });
  const event = await client.call("POST", "/events", anEvent());
  const tasks = task.json.id as string;
  const announce = async () => {
    const body = { name: "notes.txt", size: 5 };
    return (await client.call("POST", `/tasks/${tasks}/attachments`, body)).json.id as string;
  };
  const [attachments, upload] = [await announce(), await announce()];
  const put = await client.call("PUT", `/attachments/${attachments}/content`, "hello");
  if (put.status !== 200) throw new Error(`no attachment: ${put.text}`);
  const start = new Date(Date.now() - 3_600_000).toISOString();
  const work = await client.call("POST", `/tasks/${tasks}/work`, { start, minutes: 30 });
  const calendar = { "content-type": "text/calendar" };
  const term = aCalendar();
  const feed = await client.call("POST", "/feeds/file", term, calendar);
  // What was taken from it has news, which was decided on.
  const path = `/feeds/${String(feed.json.id)}`;
  const [item] = (await client.call("GET", `${path}/items`)).json.items as { id: string }[];
  await client.call("POST", `${path}/review`, { take: [{ id: item?.id }] });
  await client.call("POST", "/feeds/file", term.replace("20361024", "20361025"), calendar);
  const leave = { leave: [item?.id] };
  await client.call("POST", `${path}/review`, leave, { "idempotency-key": reviewKey });
  const link = await client.call("POST", "/calendar-links", {});
  // A timer that is paused: each of its operations has something to work on.
  await client.call("POST", "/timer/start", { task_id: tasks });
  await client.call("POST", "/timer/pause", {});
  // A plan that replaced another can be taken back, now and later.
  const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: "00:00", end: "24:00" }));
  await client.call("PUT", "/availability", { week: always }, { "if-match": "*" });
  await client.call("POST", "/schedule/accept", {});
  await client.call("POST", "/schedule/accept", { pace: { num: 1, den: 10 } });
  const former = await client.call("GET", "/former-plans");
  return {
    ...{ tasks, attachments, upload },
    courses: course.json.id as string,
    events: event.json.id as string,
    work: work.json.id as string,
    feeds: feed.json.id as string,
    "calendar-links": link.json.id as string,
    "former-plans": (former.json.items as { id: string }[])[0]?.id ?? "",
  };
}

/** The same of an administrator, who also has others to administer. */
export async function furnishAdmin(client: Client): Promise<Owned> {
  const other = new Client(client.url);
  const made = await other.call("POST", "/accounts", { email: newEmail(), password });
  const invitation = await client.call("POST", "/admin/invitations", {});
  return {
    ...(await furnish(client)),
    users: made.json.id as string,
    invitations: invitation.json.id as string,
  };
}

export function needsVersion(e: Endpoint): boolean {
  return e.operation.parameters.some((p) => p.name === "If-Match" && p.required);
}

/** The path with an id of `owned` in it. */
export function pathOf(e: Endpoint, owned: Owned): string {
  const kind = e.path.split("/")[e.admin ? 4 : 3] as keyof Owned;
  const id = kind === "attachments" && e.file ? owned.upload : owned[kind];
  return e.path.replace("{id}", id ?? "").replace("{part}", owned.attachments);
}

export function bodyOf(e: Endpoint, owned: Owned): unknown {
  if (e.body) return sampleBody(e.method, e.path, owned.tasks);
  return e.file === "text/calendar" ? aCalendar() : e.file ? "hello" : undefined;
}

export function ask(
  client: Client,
  e: Endpoint,
  owned: Owned,
  headers: Headers_ = {},
): Promise<Reply> {
  return client.call(e.method, pathOf(e, owned), bodyOf(e, owned), {
    ...(needsVersion(e) ? { "if-match": "*" } : {}),
    ...(e.file ? { "content-type": e.file } : {}),
    ...(e.file && e.method === "PATCH" ? { "upload-offset": "0", "upload-complete": "?1" } : {}),
    ...headers,
  });
}
