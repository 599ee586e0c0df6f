/* Asking any operation of the document rightly, as somebody who owns things to point at. */
import { aTask, type Client, type Headers_, type Reply } from "../support/server.ts";
import type { Endpoint } from "./document.ts";
import { anEvent, sampleBody } from "./samples.ts";

/** Ids by the kind of the path they stand in. */
export interface Owned {
  tasks: string;
  courses: string;
  events: string;
}

export const nobodys: Owned = {
  tasks: "01900000-0000-7000-8000-000000000001",
  courses: "01900000-0000-7000-8000-000000000002",
  events: "01900000-0000-7000-8000-000000000003",
};

/** Something of the client's own to point at. */
export async function furnish(client: Client): Promise<Owned> {
  const task = await client.call("POST", "/tasks", aTask());
  const course = await client.call("POST", "/courses", { name: "History" });
  const event = await client.call("POST", "/events", anEvent());
  return {
    tasks: task.json.id as string,
    courses: course.json.id as string,
    events: event.json.id as string,
  };
}

export function needsVersion(e: Endpoint): boolean {
  return e.operation.parameters.some((p) => p.name === "If-Match" && p.required);
}

/** The path with an id of `owned` in it. */
export function pathOf(e: Endpoint, owned: Owned): string {
  return e.path.replace("{id}", owned[e.path.split("/")[3] as keyof Owned] ?? "");
}

export function bodyOf(e: Endpoint, owned: Owned): unknown {
  return e.body ? sampleBody(e.method, e.path, owned.tasks) : undefined;
}

export function ask(
  client: Client,
  e: Endpoint,
  owned: Owned,
  headers: Headers_ = {},
): Promise<Reply> {
  return client.call(e.method, pathOf(e, owned), bodyOf(e, owned), {
    ...(needsVersion(e) ? { "if-match": "*" } : {}),
    ...headers,
  });
}
