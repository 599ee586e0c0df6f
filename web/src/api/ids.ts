/* Identifiers made in the browser. crypto.randomUUID exists only on https and localhost, so both
   are built from random bytes. */

function hex(bytes: Uint8Array): string {
  const text = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join("-");
}

function stamp(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes);
}

/* A key for one unsafe request: repeating the request with it has no further effect. */
export function requestKey(): string {
  return stamp(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/* A UUIDv7 for a new entity: the time in milliseconds, then random bits. */
export function entityId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, rest = now; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return stamp(bytes, 7);
}
