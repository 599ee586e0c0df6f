/* Changes against what was seen. */

import { isStale } from "./client";

/* The values that a change replaces. */
export function formerly<T extends object>(thing: T, change: object): Partial<T> {
  const names = Object.keys(change) as (keyof T)[];
  return Object.fromEntries(names.map((name) => [name, thing[name]])) as Partial<T>;
}

const alike = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/* Makes a change to a thing as it was seen. Where something else of it has changed since, both changes
   hold; where the very fields that are to be set have, the refusal stands, unless they are as wanted: an
   answer may have been lost. */
export async function asSeen<T extends object>(
  seen: T,
  change: object,
  put: (on: T) => Promise<T>,
  newest: () => Promise<T>,
): Promise<T> {
  try {
    return await put(seen);
  } catch (error) {
    if (!isStale(error)) throw error;
    const fresh = await newest();
    if (alike(formerly(fresh, change), change)) return fresh;
    if (!alike(formerly(seen, change), formerly(fresh, change))) throw error;
    return put(fresh);
  }
}
