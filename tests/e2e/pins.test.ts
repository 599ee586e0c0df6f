/*
 * Pinning a block where it is, and how somebody wants to study: both shape the plan, are shown in it,
 * and can be taken back.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { aheadDay, dayDesk, send } from "./desk.ts";

const TEST = { timeout: 6 * PATIENCE_MS };

interface Span {
  start: string;
  end: string;
}
type Block = Span & { task_id: string };

describe("how a plan is shaped by hand", () => {
  const at = served();

  const blocksOf = async (page: Page): Promise<Block[]> =>
    (await send<{ blocks: Block[] }>(page, "GET", "/schedule?days=28")).blocks;

  /** Five hours of an essay that may begin on a Monday and is due so many days later; its id. */
  async function desk(page: Page, days: number): Promise<string> {
    await dayDesk(page);
    const earliest = `${aheadDay(0)}T08:00:00Z`;
    const due = `${aheadDay(days)}T20:00:00Z`;
    const essay = { title: "Essay", estimate_min: 300, earliest, due };
    return (await send<{ id: string }>(page, "POST", "/tasks", essay)).id;
  }

  test("P pins a block, which then stays; P again lets it move", TEST, () =>
    pictured(at.browser, "pins", async () => {
      const page = await newPerson(at.browser, at.site.url);
      const essay = await desk(page, 3);
      const { start } = (await blocksOf(page))[0] ?? { start: "" };
      await page.goto(`/week?day=${start.slice(0, 10)}`);
      const block = page.locator(`button.blk[data-key="${start}"]`);
      await block.focus();
      await page.keyboard.press("p");
      await said(page, /Essay stays there/);
      const pinned = async () =>
        (await send<{ pinned: Span[] }>(page, "GET", `/tasks/${essay}`)).pinned;
      const first = (await blocksOf(page)).find((b) => b.start === start);
      assert.deepEqual(await pinned(), [{ start, end: first?.end }]);
      assert.match((await block.getAttribute("aria-label")) ?? "", /pinned$/);

      /* It stays for what would otherwise be done then. */
      const urgent = { title: "Quiz", estimate_min: 60, earliest: start, due: first?.end };
      const quiz = await send<{ id: string }>(page, "POST", "/tasks", urgent);
      const held = await blocksOf(page);
      assert.ok(held.some((b) => b.task_id === essay && b.start === start && b.end === first?.end));
      assert.ok(!held.some((b) => b.task_id === quiz.id), "there is no room for it");
      await page.reload();
      await block.click();
      const inspector = page.locator(".insp");
      await inspector.getByText("You pinned it, so it stays where it is.").waitFor();
      await inspector.getByRole("button", { name: /^Unpin/ }).click();
      await said(page, /Essay may move again/);
      assert.deepEqual(await pinned(), []);
      assert.ok(
        (await blocksOf(page)).some((b) => b.task_id === quiz.id),
        "now there is",
      );
      await page.keyboard.press("z");
      await said(page, /Undone/);
      assert.deepEqual(await pinned(), [{ start, end: first?.end }]);
    }),
  );

  test(
    "how somebody studies: said what it costs, kept to, refused in words, taken back",
    TEST,
    () =>
      pictured(at.browser, "wishes", async () => {
        const page = await newPerson(at.browser, at.site.url);
        await desk(page, 9);
        const longest = async (): Promise<number> =>
          Math.max(
            ...(await blocksOf(page)).map(
              (b) => (Date.parse(b.end) - Date.parse(b.start)) / 60_000,
            ),
          );
        assert.equal(await longest(), 300);
        await page.goto("/settings");
        const section = page.getByRole("region", { name: "How you study" });
        const most = section.getByLabel("Of one task a day, at most");
        await section.getByLabel("Shortest session").fill("2h");
        await most.fill("1h");
        await section.getByText("Must not be below the shortest session.").waitFor();
        assert.ok(await section.getByRole("button", { name: /^Save/ }).isDisabled());
        await section.getByLabel("Shortest session").fill("30 min");
        await most.fill("2 h");
        await section.getByText(/If you save this:/).waitFor();
        assert.equal(await longest(), 300, "nothing is saved before");
        await section.getByRole("button", { name: /^Save/ }).click();
        await said(page, /saved/);
        const settings = await send<Record<string, number>>(page, "GET", "/settings");
        assert.deepEqual([settings["min_session_min"], settings["max_task_day_min"]], [30, 120]);
        assert.ok((await longest()) < 300, String(await longest()));
        await page.keyboard.press("z");
        await said(page, /Undone/);
        assert.equal(
          (await send<Record<string, number>>(page, "GET", "/settings"))["max_task_day_min"],
          0,
        );

        /* Hours that are preferred are used first: three of a day's five, and what is next to them. */
        await section.getByRole("button", { name: "Prefer some hours" }).click();
        await section.getByRole("button", { name: "Type the hours instead" }).click();
        for (const name of [
          "Monday",
          "Tuesday",
          "Wednesday",
          "Thursday",
          "Friday",
          "Saturday",
          "Sunday",
        ])
          await section.getByLabel(name, { exact: true }).fill("17-20");
        await section.getByRole("button", { name: /^Save/ }).click();
        await said(page, /saved/);
        const hours = (await blocksOf(page)).map((b) => b.start.slice(11, 13));
        assert.ok(hours.length > 0);
        for (const hour of hours) assert.ok(Number(hour) >= 15, hours.join());
      }),
  );

  test("a buffer and breaks: kept as far as can be, and where not it is said", TEST, () =>
    pictured(at.browser, "buffer", async () => {
      const page = await newPerson(at.browser, at.site.url);
      await desk(page, 0);
      await page.goto("/settings");
      const section = page.getByRole("region", { name: "How you study" });
      const save = section.getByRole("button", { name: /^Save/ });
      const rest = section.getByLabel("How long a break is");
      await section.getByLabel("A break after").fill("2 h");
      await section.getByText("Say how long the break is.").waitFor();
      assert.ok(await save.isDisabled());
      await rest.fill("30 min");
      await section.getByLabel("Done before it is due, by").fill("400 h");
      await section.getByText(/^Write hours and minutes up to 336 h/).waitFor();
      assert.ok(await save.isDisabled());
      await section.getByLabel("Done before it is due, by").fill("9 h");
      await save.click();
      await said(page, /saved/);
      const settings = await send<Record<string, number>>(page, "GET", "/settings");
      assert.deepEqual(
        ["break_after_min", "break_min", "buffer_min"].map((name) => settings[name]),
        [120, 30, 540],
      );

      /* Five hours from eight on, with two breaks, end at two, three hours behind the buffer. */
      const blocks = (await blocksOf(page)).map((b) =>
        [b.start, b.end].map((t) => t.slice(11, 16)),
      );
      assert.deepEqual(blocks, [
        ["08:00", "10:00"],
        ["10:30", "12:30"],
        ["13:00", "14:00"],
      ]);
      await page.goto("/plan");
      const card = page.getByRole("region", {
        name: "One task will not be done 9 h before it is due",
      });
      await card.getByText(/^Essay: done .+\s14:00, 3\sh later than you wished\.$/).waitFor();
      await card.getByRole("link", { name: "Change the buffer" }).click();
      await page.waitForFunction(() => document.activeElement?.id === "wishes");
      await section.getByLabel("Done before it is due, by").fill("");
      await save.click();
      await said(page, /saved/);
      await page.goto("/plan");
      await page.locator("h1.proof").waitFor();
      assert.equal(await page.locator(".plan-buffers").count(), 0);
    }),
  );
});
