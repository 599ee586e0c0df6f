/* Whether the server was away when it was last asked. */

import { useSyncExternalStore } from "react";
import { ApiError, NetworkError } from "./client";

let away = false;
const listeners = new Set<() => void>();

/* A proxy in front of a server that is not there says so in its stead. */
const unreached = (error: unknown) =>
  error instanceof NetworkError ||
  (error instanceof ApiError && [502, 503, 504].includes(error.status));

/* Takes note of an answer (null) or a failure; whether the server is back with it. */
export function heard(error: unknown): boolean {
  const now = unreached(error);
  if (now === away) return false;
  away = now;
  for (const listener of listeners) listener();
  return !now;
}

export const useAway = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => away,
  );
