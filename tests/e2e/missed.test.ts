/*
 * Hours that pass without work: blocks that did not happen go back into the week by one action whose
 * difference is said before, and which can be taken back; those that did happen are logged; and a
 * timer that was forgotten asks how much of it was work. The server's clock is set ahead for it.
 */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { findings, newPerson, PATIENCE_MS, pictured, said, served, setAhead } from "./browser.ts";
import { freeDesk, send } from "./desk.ts";

const HOUR_S = 3600;
const TITLES = ["Essay on Kant", "Sheet 5", "Chapter 7"];

interface Plan {
  blocks: { task_id: string; start: string; end: string }[];
  missed: { start: string }[];
}

const planOf = (page: Page) => send<Plan>(page, "GET", "/schedule?days=28");
const note = (page: Page) => page.getByRole("region", { name: "Blocks that did not happen" });

describe("hours that pass", () => {
  const at = served();
  beforeEach(() => setAhead(at, 0));

  /** Somebody whose plan is two hours a day, a day and a half later. */
  async function person(): Promise<{ page: Page; ids: string[] }> {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    const ids = await freeDesk(page, TITLES);
    await send(page, "POST", "/schedule/accept", { pace: { num: 1, den: 10 } });
    await setAhead(at, 36 * HOUR_S);
    await page.goto("/today");
    await note(page).waitFor();
    return { page, ids };
  }

  test(
    "what did not happen goes back in one action, and can be taken back",
    { timeout: 3 * PATIENCE_MS },
    () =>
      pictured(at.browser, "missed", async () => {
        const { page } = await person();
        const before = await planOf(page);
        assert.ok(before.missed.length > 1, "two days' blocks were missed");
        await note(page)
          .getByText(/^\d+ blocks did not happen\. Put their .+ back into the week\?$/)
          .waitFor();
        await note(page).getByText("Every deadline still holds.").waitFor();
        await note(page)
          .getByText(/blocks? moves?/)
          .waitFor();
        assert.deepEqual(await findings(page), []);
        await page.setViewportSize({ width: 390, height: 844 });
        assert.deepEqual(await findings(page), []);
        await note(page).getByRole("button", { name: "Put back" }).click();
        await said(page, /put back into the week\. \d+\sblocks? moved\./);
        await note(page).waitFor({ state: "detached" });
        const taken = await planOf(page);
        assert.deepEqual(taken.missed, []);
        assert.notDeepEqual(taken.blocks, before.blocks);
        await page.keyboard.press("z");
        await said(page, /Undone/);
        await note(page).waitFor();
        const back = await planOf(page);
        assert.deepEqual(back.missed, before.missed);
        assert.deepEqual(
          back.blocks.map((b) => [b.task_id, b.start]),
          before.blocks.map((b) => [b.task_id, b.start]),
        );
      }),
  );

  test("what did happen is logged, and the rest goes back", { timeout: 3 * PATIENCE_MS }, () =>
    pictured(at.browser, "happened", async () => {
      const { page, ids } = await person();
      const { missed } = await planOf(page);
      await note(page).getByRole("button", { name: "Some did happen" }).click();
      const dialog = page.getByRole("dialog");
      assert.deepEqual(await findings(page), []);
      await dialog.getByRole("checkbox").first().check();
      await dialog.getByRole("button", { name: "Log these, put back the rest" }).click();
      await said(page, /^1\sblock logged, /);
      await note(page).waitFor({ state: "detached" });
      const log = await send<{ items: { start: string; id: string }[] }>(page, "GET", "/work");
      assert.deepEqual(
        log.items.map((w) => w.start),
        [missed[0]?.start],
      );
      assert.deepEqual((await planOf(page)).missed, []);
      await page.keyboard.press("z");
      await said(page, /Undone/);
      assert.deepEqual((await send<{ items: unknown[] }>(page, "GET", "/work")).items, []);
      const task = await send<{ worked_min: number }>(page, "GET", `/tasks/${ids[0] ?? ""}`);
      assert.equal(task.worked_min, 0);
    }),
  );

  test("a timer that was forgotten asks how much was work", { timeout: 3 * PATIENCE_MS }, () =>
    pictured(at.browser, "forgotten", async () => {
      const page = await newPerson(at.browser, at.site.url);
      await page.goto("/");
      const [essay = ""] = await freeDesk(page, TITLES);
      await send(page, "POST", "/timer/start", { task_id: essay });
      await setAhead(at, 6 * HOUR_S);
      await page.goto("/today");
      const card = page.locator("section.nowcard");
      await card.getByText(/^The timer has run for 6\sh/).waitFor();
      await card.getByLabel("Work", { exact: true }).fill("7h");
      await card.getByRole("button", { name: "Log it" }).click();
      await card.getByText(/^It ran only 6\sh/).waitFor();
      await card.getByLabel("Work", { exact: true }).fill("1h30");
      await card.getByRole("button", { name: "Log it" }).click();
      await said(page, /^1\sh\s30 logged on Essay on Kant\./);
      await card.getByRole("button", { name: /^Start/ }).waitFor();
    }),
  );
});
