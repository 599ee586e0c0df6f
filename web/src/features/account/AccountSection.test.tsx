// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { cache, keys } from "../../api/queries";
import { show } from "../../page.setup";
import { AccountSection } from "./AccountSection";

afterEach(() => vi.unstubAllGlobals());

it("says until when a guest is kept by the student's own calendar", () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  const room = { used: 0, limit: 9 };
  cache.setQueryData(keys.me, {
    ...{ id: "g", kind: "guest", email: null, admin: false, expires: "2026-12-10T03:00:00Z" },
    quota: { tasks: room, bytes: room, attachments: room },
  });
  cache.setQueryData(keys.settings, { zone: "America/New_York" });
  const end = show(<AccountSection />);
  expect(document.body.textContent).toContain("Wed\u00a09\u00a0Dec");
  end();
});
