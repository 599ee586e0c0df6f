/*
 * Carrying blocks and events in the week: by mouse, by finger and by keyboard. What it costs is said
 * while they are carried, what cannot be is refused in words, and what was put down is taken back
 * whole.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BrowserContextOptions, CDPSession, Locator, Page } from "playwright-core";
import { findings, newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { aheadDay, dayDesk, send } from "./desk.ts";

const TEST = { timeout: 6 * PATIENCE_MS };

const day = aheadDay;
const monday = day(0);
const WEEK = `/week?day=${monday}`;

interface Span {
  start: string;
  end: string;
}
interface Task {
  id: string;
  pinned: Span[];
}
type Block = Span & { task_id: string };

describe("carrying", () => {
  const at = served();

  /** Somebody on universal time, free from 8 to 20, with two hours of a lab and two of an essay on
      that Monday, the lab first, choir on Wednesday from ten to twelve, and a seminar every Tuesday. */
  async function student(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await newPerson(at.browser, at.site.url, options);
    await dayDesk(page);
    const earliest = `${monday}T08:00:00Z`;
    const task = { estimate_min: 120, earliest };
    await send(page, "POST", "/tasks", { ...task, title: "Lab", due: `${day(3)}T18:00:00Z` });
    await send(page, "POST", "/tasks", { ...task, title: "Essay", due: `${day(4)}T18:00:00Z` });
    const choir = { title: "Choir", date: day(2), start: "10:00", end: "12:00" };
    const seminar = { title: "Seminar", date: day(1), start: "16:00", end: "17:30" };
    await send(page, "POST", "/events", choir);
    await send(page, "POST", "/events", { ...seminar, rule: "FREQ=WEEKLY" });
    await page.goto(WEEK);
    await block(page, "Essay").waitFor();
    await page.waitForLoadState("networkidle");
    return page;
  }

  const block = (page: Page, title: string) =>
    page.locator("button.blk", { hasText: title }).first();
  const event = (page: Page, title: string) =>
    page.locator("button.evt", { hasText: title }).first();
  const whatIf = (page: Page) => page.getByRole("region", { name: "What if" });
  const inHand = (page: Page, title: string) => page.getByRole("slider", { name: `Move ${title}` });
  const spoken = (page: Page, words: RegExp) =>
    page.locator("[role=status]").filter({ hasText: words }).waitFor({ state: "attached" });
  async function blocksOf(page: Page): Promise<Block[]> {
    const plan = await send<{ blocks: Block[] }>(page, "GET", "/schedule?days=28");
    return plan.blocks.map(({ task_id, start, end }) => ({ task_id, start, end }));
  }
  async function pinsOf(page: Page, title: string): Promise<Span[]> {
    const { items } = await send<{ items: (Task & { title: string })[] }>(page, "GET", "/tasks");
    return items.find((task) => task.title === title)?.pinned ?? [];
  }
  async function press(page: Page, ...keys: string[]): Promise<void> {
    for (const key of keys) await page.keyboard.press(key);
  }

  /** The middle of a thing, and of the column so many days and hours away from there. */
  async function middle(thing: Locator): Promise<{ x: number; y: number }> {
    const box = await thing.boundingBox();
    assert.ok(box);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  async function hourOf(page: Page): Promise<number> {
    const box = await page.locator(".cal .col").first().boundingBox();
    assert.ok(box);
    return box.height / 12;
  }
  async function columnX(page: Page, date: string): Promise<number> {
    return (await middle(page.locator(`.cal .col[data-date="${date}"]`))).x;
  }

  test("by keyboard: what it costs, pinned where it is put, taken back whole", TEST, () =>
    pictured(at.browser, "move-keys", async () => {
      const page = await student();
      const was = await blocksOf(page);
      assert.deepEqual(
        was.map(({ start, end }) => [start, end]),
        [
          [`${monday}T08:00:00Z`, `${monday}T10:00:00Z`],
          [`${monday}T10:00:00Z`, `${monday}T12:00:00Z`],
        ],
      );
      await block(page, "Essay").focus();
      await press(page, "m", "PageUp", "PageUp");
      const hand = inHand(page, "Essay");
      assert.match((await hand.getAttribute("aria-valuetext")) ?? "", /Monday .+, 08:00 to 10:00$/);
      await whatIf(page)
        .getByText(/What if Essay moves to .+08:00\? Every deadline still holds/)
        .waitFor();
      await whatIf(page).getByText("1 other block moves").waitFor();
      await spoken(page, /Every deadline still holds\. 1\sother block moves/);
      assert.equal(await page.locator(".blk.mvd").count(), 1, "it is shown where it would go");
      assert.deepEqual(await blocksOf(page), was, "nothing is saved before");

      await press(page, "Shift+ArrowUp", "Shift+ArrowUp");
      await whatIf(page).getByText("1 h 50", { exact: false }).or(hand).first().waitFor();
      assert.match((await hand.getAttribute("aria-valuetext")) ?? "", /08:00 to 09:50$/);
      await press(page, "Enter");
      await said(page, /Essay is pinned to .+08:00\./);
      assert.deepEqual(await pinsOf(page, "Essay"), [
        { start: `${monday}T08:00:00Z`, end: `${monday}T09:50:00Z` },
      ]);
      assert.equal(
        await page.evaluate(() => (document.activeElement as HTMLElement).dataset["key"]),
        `${monday}T08:00:00Z`,
        "the focus stays on it",
      );
      await press(page, "z");
      await said(page, /Undone/);
      assert.deepEqual(await pinsOf(page, "Essay"), []);
      assert.deepEqual(await blocksOf(page), was, "and so does what moved for it");
      await page.locator(".cal [data-key]:focus").waitFor();
    }),
  );

  test("what cannot be is refused in words, and Escape puts it back", TEST, () =>
    pictured(at.browser, "move-refused", async () => {
      const page = await student();
      const was = await blocksOf(page);
      await block(page, "Essay").focus();
      await press(page, "m", "ArrowRight", "ArrowRight");
      await whatIf(page).getByText("Choir takes place then.").waitFor();
      await press(page, "Enter");
      await spoken(page, /Choir takes place then/);
      await inHand(page, "Essay").waitFor();
      await press(page, ...Array.from({ length: 3 }, () => "ArrowRight"));
      await whatIf(page)
        .getByText(/2\sh of it would lie after .+18:00, when it is due/)
        .waitFor();
      await press(page, ...Array.from({ length: 26 }, () => "ArrowLeft"));
      await whatIf(page).getByText("That time has passed.").waitFor();
      await press(page, "Enter", "Escape");
      await inHand(page, "Essay").waitFor({ state: "detached" });
      await page.waitForFunction(
        (key) => (document.activeElement as HTMLElement | null)?.dataset["key"] === key,
        `${monday}T10:00:00Z`,
      );
      assert.deepEqual(await pinsOf(page, "Essay"), []);
      assert.deepEqual(await blocksOf(page), was);
    }),
  );

  test("by mouse: carried, dropped, resized, refused, given up", TEST, () =>
    pictured(at.browser, "move-mouse", async () => {
      const page = await student();
      const hour = await hourOf(page);
      const from = await middle(block(page, "Essay"));
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(await columnX(page, day(1)), from.y + 3 * hour, { steps: 8 });
      await whatIf(page)
        .getByText(/What if Essay moves to .+13:00/)
        .waitFor();
      await page.locator(".blk.ghost").waitFor();
      await page.keyboard.press("Escape");
      await page.locator(".carry").waitFor({ state: "detached" });
      await page.mouse.up();
      assert.deepEqual(await pinsOf(page, "Essay"), []);
      assert.equal(await page.locator("section.insp").count(), 0, "no click is left of it");

      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(await columnX(page, day(1)), from.y + 3 * hour, { steps: 8 });
      await page.mouse.up();
      await said(page, /Essay is pinned to .+13:00\./);
      assert.deepEqual(await pinsOf(page, "Essay"), [
        { start: `${day(1)}T13:00:00Z`, end: `${day(1)}T15:00:00Z` },
      ]);

      const box = await block(page, "Essay").boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3 - hour, { steps: 6 });
      await whatIf(page).getByText("What if Essay takes 1 h here?").waitFor();
      await page.mouse.up();
      await said(page, /Essay is pinned/);
      assert.deepEqual(await pinsOf(page, "Essay"), [
        { start: `${day(1)}T13:00:00Z`, end: `${day(1)}T14:00:00Z` },
      ]);

      /* Onto another block that is pinned. */
      await block(page, "Lab").focus();
      await page.keyboard.press("p");
      await said(page, /Lab stays there/);
      const pinned = await middle(block(page, "Lab"));
      const essay = await middle(page.locator(`[data-key="${day(1)}T13:00:00Z"]`));
      await page.mouse.move(essay.x, essay.y);
      await page.mouse.down();
      await page.mouse.move(pinned.x, pinned.y, { steps: 8 });
      await whatIf(page).getByText("Another block is pinned there.").waitFor();
      await page.mouse.up();
      await said(page, /Another block is pinned there\. Essay stays where it was\./);
      assert.equal((await pinsOf(page, "Essay"))[0]?.start, `${day(1)}T13:00:00Z`);
    }),
  );

  test("events: one by mouse, a series asked once, and by keyboard", TEST, () =>
    pictured(at.browser, "move-events", async () => {
      const page = await student();
      const hour = await hourOf(page);
      const choir = await middle(event(page, "Choir"));
      await page.mouse.move(choir.x, choir.y);
      await page.mouse.down();
      await page.mouse.move(await columnX(page, monday), choir.y, { steps: 8 });
      await whatIf(page).getByText("1 block moves").waitFor();
      await page.mouse.up();
      await said(page, /Choir moved to .+10:00\. 1\sblock moved/);
      type Event = {
        id: string;
        title: string;
        date: string;
        start: string;
        end: string;
        rule: string;
        moved: object[];
      };
      const events = async (): Promise<Event[]> =>
        (await send<{ items: Event[] }>(page, "GET", "/events")).items;
      const named = async (title: string) => (await events()).find((e) => e.title === title);
      assert.equal((await named("Choir"))?.date, monday);
      await press(page, "z");
      await said(page, /Undone/);
      assert.equal((await named("Choir"))?.date, day(2));
      assert.equal((await blocksOf(page))[1]?.start, `${monday}T10:00:00Z`);
      await page.locator(`button.evt[data-key$="${day(2)}"]`, { hasText: "Choir" }).waitFor();
      await page.waitForLoadState("networkidle");

      const seminar = await middle(event(page, "Seminar"));
      await page.mouse.move(seminar.x, seminar.y);
      await page.mouse.down();
      await page.mouse.move(await columnX(page, day(3)), seminar.y - hour, { steps: 8 });
      await page.mouse.up();
      const which = page.getByRole("region", { name: "Seminar repeats. Move which?" });
      await which.getByRole("button", { name: "Only this one" }).click();
      await said(page, /Seminar moved/);
      const alone = {
        date: day(1),
        to: day(3),
        start: "15:00",
        end: "16:30",
        title: null,
        place: null,
      };
      assert.deepEqual((await named("Seminar"))?.moved, [alone]);
      await press(page, "z");
      await said(page, /Undone/);
      assert.deepEqual((await named("Seminar"))?.moved, []);
      await page.locator(`button.evt[data-key$="${day(1)}"]`, { hasText: "Seminar" }).waitFor();
      await page.waitForLoadState("networkidle");

      await event(page, "Seminar").focus();
      await press(page, "m", "ArrowRight", "PageUp", "Shift+ArrowDown", "Enter");
      await which.getByRole("button", { name: "All", exact: true }).click();
      await said(page, /Seminar moved/);
      const all = await named("Seminar");
      assert.deepEqual([all?.date, all?.start, all?.end], [day(2), "15:00", "16:35"]);
      await page.locator(`button.evt[data-key$="${day(2)}"]`, { hasText: "Seminar" }).waitFor();
      await page.getByRole("button", { name: "Next week" }).click();
      await page.locator(`button.evt[data-key$="${day(9)}"]`, { hasText: "Seminar" }).waitFor();
    }),
  );

  /** A finger. */
  const touch = (client: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", x = 0, y = 0) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x, y }],
    });

  test(
    "by finger on a phone: held, carried over the strip of days; scrolled when not held",
    TEST,
    () =>
      pictured(at.browser, "move-touch", async () => {
        const page = await student({ viewport: { width: 390, height: 844 }, hasTouch: true });
        const client = await page.context().newCDPSession(page);
        const hour = await hourOf(page);
        const essay = block(page, "Essay");
        await essay.evaluate((element) => element.scrollIntoView({ block: "center" }));
        const from = await middle(essay);
        const scrolled = () => page.evaluate(() => window.scrollY);

        const before = await scrolled();
        await touch(client, "touchStart", from.x, from.y);
        for (let i = 1; i <= 6; i++) await touch(client, "touchMove", from.x, from.y + 15 * i);
        await touch(client, "touchEnd");
        assert.notEqual(await scrolled(), before, "the page scrolls");
        assert.equal(await page.locator(".carry").count(), 0);

        /* A page that still glides keeps a new finger for gliding. */
        let y: number;
        do {
          y = await scrolled();
          await page.waitForTimeout(400);
        } while (y !== (await scrolled()));
        await essay.evaluate((element) => element.scrollIntoView({ block: "center" }));
        await page.waitForTimeout(400);
        const again = await middle(essay);
        const rests = await scrolled();
        await touch(client, "touchStart", again.x, again.y);
        await page.locator(".carry").waitFor({ state: "attached" });
        for (let i = 1; i <= 6; i++)
          await touch(client, "touchMove", again.x, again.y + (i * hour) / 6);
        await whatIf(page)
          .getByText(/What if Essay moves to .+11:00/)
          .waitFor();
        assert.equal(await scrolled(), rests, "the page rests while it is carried");

        const strip = await middle(page.locator(`.daystrip [data-day="${day(1)}"]`));
        await touch(client, "touchMove", strip.x, strip.y);
        await page.locator(`.col[data-date="${day(1)}"]`).waitFor();
        await touch(client, "touchMove", again.x, again.y + hour);
        await whatIf(page)
          .getByText(/What if Essay moves to Tue/)
          .waitFor();
        await touch(client, "touchEnd");
        await said(page, /Essay is pinned to/);
        const pins = await pinsOf(page, "Essay");
        assert.equal(pins.length, 1);
        assert.match(pins[0]?.start ?? "", new RegExp(`^${day(1)}T`));
      }),
  );

  test("with single presses, found right by axe", TEST, () =>
    pictured(at.browser, "move-buttons", async () => {
      const page = await student({ viewport: { width: 390, height: 844 } });
      await block(page, "Essay").click();
      await page.getByRole("button", { name: "Move", exact: false }).last().click();
      await whatIf(page).getByRole("button", { name: "A day later" }).click();
      await whatIf(page).getByRole("button", { name: "5 minutes longer" }).waitFor();
      await page.locator(`.col[data-date="${day(1)}"]`).waitFor();
      assert.deepEqual(await findings(page), []);
      await whatIf(page).getByRole("button", { name: /Apply/ }).click();
      await said(page, /Essay is pinned to/);
      assert.equal((await pinsOf(page, "Essay"))[0]?.start, `${day(1)}T10:00:00Z`);
    }),
  );
});
