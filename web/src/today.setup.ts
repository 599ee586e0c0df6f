/* The unit tests' today: what is shown depends on it, since far dates have their year. Timers run. */

import { beforeEach, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-20T12:00:00Z") });
});
