/* The uploads of this tab. They go on while dialogs close and pages change, two at a time. */

import { useSyncExternalStore } from "react";
import * as api from "./endpoints";
import { entityId } from "./ids";
import { cache, keys, putAttachment } from "./queries";
import type { Attachment } from "./schema";
import { sendFile } from "./upload";

export interface Upload {
  key: string; // also the id of its record
  task: string;
  file: File;
  sent: number;
  /* Some of it may be on the server already. */
  resumes: boolean;
  /* ending: given up, and what arrived of it is being deleted. */
  state: "queued" | "sending" | "waiting" | "failed" | "ending";
  began: number;
  error?: unknown;
}

const AT_ONCE = 2;

let uploads: readonly Upload[] = [];
const stops = new Map<string, AbortController>();
const runs = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

function set(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
}

function change(key: string, part: Partial<Upload>): void {
  set(uploads.map((u) => (u.key === key ? { ...u, ...part } : u)));
}

const drop = (key: string) => set(uploads.filter((u) => u.key !== key));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useUploads(task: string): Upload[] {
  return useSyncExternalStore(subscribe, () => uploads).filter((u) => u.task === task);
}

const isActive = (u: Upload) => u.state === "sending" || u.state === "waiting";
const isWanted = (u: Upload) => isActive(u) || u.state === "queued";

/* Leaving the page would end them: the browser asks. */
window.addEventListener("beforeunload", (event) => {
  if (uploads.some(isWanted)) event.preventDefault();
});

type Done = (attachment: Attachment) => void;
const whenDone = new Map<string, Done>();

function next(): void {
  const free = AT_ONCE - uploads.filter(isActive).length;
  for (const upload of uploads.filter((u) => u.state === "queued").slice(0, Math.max(0, free)))
    runs.set(upload.key, run(upload));
}

/* Announces the file if its record is not there, sends it, and puts the record into the list. */
async function run(upload: Upload): Promise<void> {
  const { key, task, file } = upload;
  const stop = new AbortController();
  stops.set(key, stop);
  change(key, { state: "sending", began: Date.now() });
  try {
    const before = await api.createAttachment(task, { id: key, name: file.name, size: file.size });
    putAttachment(before);
    stop.signal.throwIfAborted();
    const watch = {
      sent: (sent: number) => change(key, { sent }),
      waiting: (waits: boolean) => change(key, { state: waits ? "waiting" : "sending" }),
      signal: stop.signal,
    };
    const ready =
      before.state === "ready"
        ? before
        : ((await sendFile(key, file, watch, upload.resumes)) ??
          (await api.getAttachment(task, key)));
    putAttachment(ready);
    void cache.invalidateQueries({ queryKey: keys.me });
    drop(key);
    whenDone.get(key)?.(ready);
    whenDone.delete(key);
  } catch (error) {
    if (!stop.signal.aborted) change(key, { state: "failed", error });
  } finally {
    stops.delete(key);
    runs.delete(key);
    next();
  }
}

/* Sends a file as an attachment of a task. `id`: of a record that awaits this file. */
export function attach(task: string, file: File, done: Done, id?: string): void {
  const key = id ?? entityId();
  whenDone.set(key, done);
  set([
    ...uploads.filter((u) => u.key !== key),
    { key, task, file, sent: 0, resumes: id !== undefined, state: "queued", began: Date.now() },
  ]);
  next();
}

export function tryAgain(key: string): void {
  change(key, { state: "queued", resumes: true });
  next();
}

/* Gives an upload up; what has arrived of it is deleted. If that fails, it is listed as a file of which
   only a part arrived. Its record may just be on its way: that is awaited, or it would stay. */
export async function cancelUpload(key: string): Promise<void> {
  const upload = uploads.find((u) => u.key === key);
  if (!upload) return;
  const files = keys.attachments(upload.task);
  whenDone.delete(key);
  stops.get(key)?.abort();
  change(key, { state: "ending" });
  next();
  try {
    await runs.get(key);
    const record = cache.getQueryData<Attachment[]>(files)?.find((a) => a.id === key);
    if (record) await api.deleteAttachment(record);
  } finally {
    await cache.invalidateQueries({ queryKey: files });
    drop(key);
  }
}
