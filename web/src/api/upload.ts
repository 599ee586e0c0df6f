/* One file on its way to the server: raw, with progress, and going on where a broken connection left
   off. The server says how much it has (HEAD), and the rest follows (PATCH); so a cut costs only what
   was in the air. fetch tells nothing of what was sent, hence XMLHttpRequest. */

import { ApiError, BASE, NetworkError, problemOf } from "./client";
import type { Attachment } from "./schema";

/* Nothing sent for so long: the connection is dead, even if nobody said so. */
const STALL_MS = 30_000;
const WAIT_MIN_MS = 500;
const WAIT_MAX_MS = 15_000;
/* Breaks in a row without a byte more on the server: something refuses us, not the network. */
const IDLE_BREAKS_MAX = 6;

export interface Watch {
  /* Bytes that are sent; those of a broken connection may count down again. */
  sent: (bytes: number) => void;
  /* Whether it waits for the connection. */
  waiting: (waits: boolean) => void;
  signal: AbortSignal;
}

export const contentAddress = (id: string) => `${BASE}/attachments/${id}/content`;

/* The file from `offset` on, in one request. */
function send(id: string, file: Blob, offset: number, watch: Watch): Promise<Attachment> {
  return new Promise((done, failed) => {
    const xhr = new XMLHttpRequest();
    let stall = 0;
    const alive = () => {
      clearTimeout(stall);
      stall = window.setTimeout(() => xhr.abort(), STALL_MS);
    };
    const abort = () => xhr.abort();
    const end = () => {
      clearTimeout(stall);
      watch.signal.removeEventListener("abort", abort);
    };
    xhr.open(offset < 0 ? "PUT" : "PATCH", contentAddress(id));
    xhr.setRequestHeader("Accept", "application/json");
    if (offset >= 0) {
      xhr.setRequestHeader("Content-Type", "application/partial-upload");
      xhr.setRequestHeader("Upload-Offset", String(offset));
      xhr.setRequestHeader("Upload-Complete", "?1");
    }
    xhr.upload.onprogress = (event) => {
      alive();
      watch.sent(Math.max(0, offset) + event.loaded);
    };
    xhr.onload = () => {
      end();
      if (xhr.status === 200) done(JSON.parse(xhr.responseText) as Attachment);
      else failed(refusal(xhr));
    };
    xhr.onerror = xhr.onabort = () => {
      end();
      failed(new NetworkError(false));
    };
    watch.signal.addEventListener("abort", abort);
    alive();
    xhr.send(offset > 0 ? file.slice(offset) : file);
  });
}

const refusal = (xhr: XMLHttpRequest) =>
  new ApiError(
    problemOf(xhr.status, xhr.statusText, xhr.responseText),
    Number(xhr.getResponseHeader("Retry-After")) || 0,
  );

/* How much the server has; "all" when the answer to the last byte was lost. */
async function ask(id: string, signal: AbortSignal): Promise<number | "all"> {
  let response: Response;
  const limit = AbortSignal.timeout(10_000);
  try {
    response = await fetch(contentAddress(id), {
      method: "HEAD",
      credentials: "same-origin",
      signal: AbortSignal.any([signal, limit]),
    });
  } catch {
    throw new NetworkError(limit.aborted);
  }
  if (!response.ok) throw new ApiError(problemOf(response.status, response.statusText, ""));
  if (response.headers.get("Upload-Complete") === "?1") return "all";
  return Number(response.headers.get("Upload-Offset"));
}

/* Whether to ask the server and go on. */
const passing = (error: unknown) =>
  error instanceof NetworkError ||
  (error instanceof ApiError &&
    ([408, 429, 502, 503, 504].includes(error.status) ||
      error.problem.errors.some((e) => e.code === "mismatching_upload_offset")));

/* Until the time is over, or the connection is back. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

/* Sends a file whose record is there. `resume`: some of it may have arrived before. Resolves with
   the ready record, null if only its answer was lost; throws when it was refused or given up. */
export async function sendFile(
  id: string,
  file: Blob,
  watch: Watch,
  resume = false,
): Promise<Attachment | null> {
  let offset = resume ? await ask(id, watch.signal) : -1;
  let idle = 0;
  for (let wait = WAIT_MIN_MS; ; wait = Math.min(WAIT_MAX_MS, wait * 2)) {
    if (offset === "all") return null;
    try {
      return await send(id, file, offset, watch);
    } catch (error) {
      if (watch.signal.aborted || !passing(error)) throw error;
      watch.waiting(true);
      await rest(wait, watch.signal);
      const here = await askUntilThere(id, watch.signal);
      idle = here === "all" || here > Math.max(0, offset) ? 0 : idle + 1;
      if (idle > IDLE_BREAKS_MAX) throw error;
      if (idle === 0) wait = WAIT_MIN_MS;
      offset = here;
      watch.sent(here === "all" ? file.size : here);
      watch.waiting(false);
    }
  }
}

async function askUntilThere(id: string, signal: AbortSignal): Promise<number | "all"> {
  for (let wait = WAIT_MIN_MS; ; wait = Math.min(WAIT_MAX_MS, wait * 2)) {
    try {
      return await ask(id, signal);
    } catch (error) {
      if (signal.aborted || !passing(error)) throw error;
      await rest(wait, signal);
    }
  }
}
