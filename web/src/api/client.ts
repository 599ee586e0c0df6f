/* One request to the API. Every unsafe request carries an Idempotency-Key and is repeated with the
   same key when the reply was lost or the server asked to wait, so a repeat changes nothing twice. */

import { m } from "../i18n/messages";
import { requestKey } from "./ids";
import type { Addresses } from "./openapi";
import type { Problem } from "./schema";

export const BASE = "/api/v1";
const TIMEOUT_MS = 10_000;
const TRIES = 3;
const WAIT_MAX_MS = 4_000;

/* The server answered, and the answer is no. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;
  /* Seconds the server asks to wait; 0: none. */
  readonly retryAfter: number;

  constructor(problem: Problem, retryAfter = 0) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
    this.status = problem.status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /* What is wrong with one field, if that is why. */
  field(name: string): string | undefined {
    const fault = this.problem.errors.find((e) => e.pointer === `/${name}`);
    return fault && m.problem.reason(fault.code, fault.detail);
  }
}

/* Another device was faster. */
export const isStale = (error: unknown) => error instanceof ApiError && error.status === 412;

let staleHeard: () => void = () => undefined;

/* Who is told whenever another device was faster. */
export function onStale(listener: () => void): void {
  staleHeard = listener;
}

/* No answer came: the network failed or the server took longer than allowed. */
export class NetworkError extends Error {
  readonly timedOut: boolean;

  constructor(timedOut: boolean) {
    super(timedOut ? "no answer in time" : "no connection");
    this.name = "NetworkError";
    this.timedOut = timedOut;
  }
}

export interface Ask {
  /* Sent as JSON; a file as what `type` says, or as an archive. */
  body?: unknown;
  type?: string;
  /* Names the request for one that comes later and takes it back. */
  key?: string;
  /* The version this change was made against; another device's change in between gives 412. */
  ifMatch?: number;
  signal?: AbortSignal;
  /* How long to wait for the whole answer. */
  timeoutMs?: number;
}

/* A method with one of its own addresses. */
type Call = {
  [M in keyof Addresses]: [method: M, path: Addresses[M], options?: Ask];
}[keyof Addresses];

export async function ask<T>(...[method, path, options = {}]: Call): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const file = options.body instanceof Blob ? options.body : null;
  if (options.body !== undefined)
    headers["Content-Type"] = file ? (options.type ?? "application/zip") : "application/json";
  if (options.ifMatch !== undefined) headers["If-Match"] = `"${options.ifMatch}"`;
  if (method !== "GET") headers["Idempotency-Key"] = options.key ?? requestKey();
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.body !== undefined) init.body = file ?? JSON.stringify(options.body);

  for (let tried = 1; ; tried++) {
    try {
      return await once<T>(path, init, options.timeoutMs ?? TIMEOUT_MS, options.signal);
    } catch (error) {
      if (options.signal?.aborted || tried >= TRIES || !passing(error)) throw error;
      await sleep(waitFor(error, tried));
    }
  }
}

async function once<T>(
  path: string,
  init: RequestInit,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<T> {
  const limit = AbortSignal.timeout(timeoutMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(BASE + path, {
      ...init,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NetworkError(limit.aborted);
  }
  if (!response.ok) {
    if (response.status === 412) staleHeard();
    throw new ApiError(
      problemOf(response.status, response.statusText, text),
      Number(response.headers.get("Retry-After")) || 0,
    );
  }
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/* A proxy in between may answer with something that is no problem document. */
export function problemOf(status: number, said: string, text: string): Problem {
  const title = said || "Error";
  const bare = { type: "about:blank", title, status, detail: title, request_id: "", errors: [] };
  try {
    return { ...bare, ...(JSON.parse(text) as Partial<Problem>) };
  } catch {
    return bare;
  }
}

/* Whether asking again may help. */
function passing(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && [429, 502, 503, 504].includes(error.status);
}

function waitFor(error: unknown, tried: number): number {
  const asked = error instanceof ApiError ? error.retryAfter : 0;
  const backoff = 300 * 3 ** (tried - 1) * (0.75 + Math.random() / 2);
  return Math.min(WAIT_MAX_MS, Math.max(backoff, asked * 1000));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
