/* Making something once, also by who asks twice: where a reply was lost, nobody knows whether it was
   made, and asking again has to be the same request, of the same id and under the same key. */

import { ApiError } from "./client";
import { entityId, requestKey } from "./ids";

/* Sends a body with the id of what it makes. */
export type Send<B, T> = (body: B & { id: string }, key: string) => Promise<T>;

interface Making {
  wanted: string;
  body: { id: string };
  key: string;
}

/* The server said no to what was sent, and will again; asked too often or too busy, it did not say. */
const isRefusal = (error: unknown) =>
  error instanceof ApiError && error.status < 500 && error.status !== 429;

/* For a form that makes something. As long as the same is wanted, asking again is the same request, until
   it was answered. `wanted`: what was typed; missing: the body itself, whose values may not be of the
   moment then. */
export function maker() {
  let last: Making | null = null;
  return async function make<B extends object, T>(
    body: B,
    send: Send<B, T>,
    wanted = JSON.stringify(body),
  ): Promise<T> {
    if (last?.wanted !== wanted)
      last = { wanted, body: { ...body, id: entityId() }, key: requestKey() };
    const making = last;
    try {
      const made = await send(making.body as B & { id: string }, making.key);
      last = null;
      return made;
    } catch (error) {
      if (isRefusal(error)) last = null;
      throw error;
    }
  };
}

export type Make = ReturnType<typeof maker>;
