/*
 * Steps of a task and tasks that come again: added, ticked, moved by keys and deleted in the editor;
 * said before and after what done makes of a task that repeats; and nothing of it is lost when the
 * task is deleted and brought back.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { newPerson, PATIENCE_MS, pictured, said, served } from "./browser.ts";
import { freeDesk, send } from "./desk.ts";

interface Task {
  id: string;
  title: string;
  state: string;
  due: string;
  checklist: { text: string; done: boolean }[];
  repeat_unit: string;
  repeat_every: number;
  repeat_until: string | null;
  next_id: string | null;
}

const tasksOf = async (page: Page): Promise<Task[]> =>
  (await send<{ items: Task[] }>(page, "GET", "/tasks")).items;

/** Opens the task's editor from the list. */
async function editor(page: Page, title: string): Promise<Locator> {
  await page.goto("/tasks");
  await page.getByRole("button", { name: title, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Add a step" }).waitFor();
  return dialog;
}

describe("steps and series", () => {
  const at = served();

  async function person(): Promise<Page> {
    const page = await newPerson(at.browser, at.site.url);
    await page.goto("/");
    await freeDesk(page, ["Sheet 5"]);
    return page;
  }

  const steps = async (page: Page): Promise<[string, boolean][]> =>
    ((await tasksOf(page))[0]?.checklist ?? []).map((s) => [s.text, s.done]);

  /** Waits until the server has these steps. */
  async function stored(page: Page, wanted: [string, boolean][]): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until && JSON.stringify(await steps(page)) !== JSON.stringify(wanted))
      await page.waitForTimeout(50);
    assert.deepEqual(await steps(page), wanted);
  }

  test("steps are added, ticked, moved and deleted", { timeout: 4 * PATIENCE_MS }, () =>
    pictured(at.browser, "steps", async () => {
      const page = await person();
      const dialog = await editor(page, "Sheet 5");
      const adding = dialog.getByRole("textbox", { name: "Add a step" });
      for (const text of ["Read", "Solve", "Write up"]) {
        await adding.fill(text);
        await adding.press("Enter");
      }
      for (const text of ["Read", "Solve"])
        await dialog.getByRole("checkbox", { name: `Done: ${text}` }).check();
      await stored(page, [
        ["Read", true],
        ["Solve", true],
        ["Write up", false],
      ]);
      await dialog.getByRole("button", { name: "Move Write up" }).focus();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      await stored(page, [
        ["Write up", false],
        ["Read", true],
        ["Solve", true],
      ]);
      const grip = await dialog.getByRole("button", { name: "Move Write up" }).boundingBox();
      const last = await dialog.getByRole("button", { name: "Move Solve" }).boundingBox();
      assert.ok(grip && last);
      await page.mouse.move(grip.x + 8, grip.y + 8);
      await page.mouse.down();
      await page.mouse.move(last.x + 8, last.y + 12, { steps: 6 });
      await page.mouse.up();
      await stored(page, [
        ["Read", true],
        ["Solve", true],
        ["Write up", false],
      ]);
      const second = dialog.getByRole("textbox", { name: "Step 2" });
      await second.fill("Solve 1 to 4");
      await second.press("Enter");
      await dialog.getByRole("button", { name: "Delete Read" }).click();
      await said(page, /^Step Read deleted\./);
      await stored(page, [
        ["Solve 1 to 4", true],
        ["Write up", false],
      ]);
      /* The message stands above the dialog: by pointer, then by its key. */
      await page.getByRole("button", { name: /^Undo/ }).click();
      await stored(page, [
        ["Read", true],
        ["Solve 1 to 4", true],
        ["Write up", false],
      ]);
      await dialog.getByRole("button", { name: "Delete Write up" }).click();
      await said(page, /^Step Write up deleted\./);
      await dialog.getByRole("button", { name: "Save task" }).focus();
      await page.keyboard.press("z");
      await said(page, /Undone/);
      await dialog.waitFor();
      await dialog.getByRole("textbox", { name: "Title" }).fill("Sheet 6");
      await dialog.getByRole("button", { name: "Save task" }).click();
      await said(page, /^Sheet 6 saved\./);

      await page.goto("/today");
      await page.locator("section.nowcard").getByRole("checkbox", { name: "Write up" }).check();
      await stored(page, [
        ["Read", true],
        ["Solve 1 to 4", true],
        ["Write up", true],
      ]);
    }),
  );

  test("a line says how a task comes again, and can be refused", { timeout: 3 * PATIENCE_MS }, () =>
    pictured(at.browser, "series-line", async () => {
      const page = await person();
      await page.goto("/tasks");
      await page.getByRole("button", { name: "Add task" }).first().click();
      const line = page.getByRole("textbox", { name: "New task" });
      await line.fill("reading 1h every friday 12:00");
      await page.getByRole("button", { name: "Not what I meant: every week" }).click();
      await page.getByText("Reading every friday", { exact: true }).waitFor();
      await line.fill("quiz 1h every 2 weeks until 2099-12-31");
      await line.press("Enter");
      await page.getByRole("list", { name: "Added so far" }).getByText("Quiz").waitFor();
      const quiz = (await tasksOf(page)).find((t) => t.title === "Quiz");
      const series = { repeat_unit: "week", repeat_every: 2, repeat_until: "2099-12-31" };
      assert.deepEqual({ ...quiz, ...series }, quiz);
    }),
  );

  test(
    "what done makes of a series is said, and a deleted one comes back whole",
    { timeout: 3 * PATIENCE_MS },
    () =>
      pictured(at.browser, "series", async () => {
        const page = await person();
        let dialog = await editor(page, "Sheet 5");
        await dialog.getByRole("combobox", { name: "Repeats" }).selectOption("week");
        await dialog
          .getByText(/^Done makes the next one, due .+ skipped, not piled up\.$/)
          .waitFor();
        await dialog.getByLabel("Every how many weeks").fill("2");
        await dialog.getByLabel("Until").fill("2000-01-01");
        await dialog.getByRole("button", { name: "Save task" }).click();
        await dialog.getByText("Pick a day on or after the due date.").waitFor();
        await dialog.getByLabel("Until").fill("2099-12-31");
        await dialog.getByRole("textbox", { name: "Add a step" }).fill("Read");
        await dialog.getByRole("textbox", { name: "Add a step" }).press("Enter");
        await dialog.getByRole("checkbox", { name: "Done: Read" }).check();
        await stored(page, [["Read", true]]);
        await dialog.getByRole("button", { name: "Save task" }).click();
        await said(page, /^Sheet 5 saved\./);
        const [made] = await tasksOf(page);
        const series = { repeat_unit: "week", repeat_every: 2, repeat_until: "2099-12-31" };
        assert.deepEqual({ ...made, ...series }, made);

        dialog = await editor(page, "Sheet 5");
        await dialog.getByRole("button", { name: "Delete", exact: true }).click();
        await said(page, /^Sheet 5 deleted\./);
        await page.keyboard.press("z");
        await said(page, /Undone/);
        const [again] = await tasksOf(page);
        assert.equal(again?.id, made?.id);
        assert.deepEqual({ ...again, ...series }, again);
        assert.deepEqual(again?.checklist, [{ text: "Read", done: true }]);

        await page.goto("/today");
        await page.getByText(/^Repeats every 2 weeks\. Done makes the next one, due /).waitFor();
        await page.keyboard.press("d");
        await said(page, /^Sheet 5 done\. The next is due /);
        const after = await tasksOf(page);
        const next = after.find((t) => t.state === "open");
        assert.deepEqual(after.map((t) => t.state).sort(), ["done", "open"]);
        const days = (Date.parse(next?.due ?? "") - Date.parse(made?.due ?? "")) / 86_400_000;
        assert.equal(Math.round(days), 14);
        assert.deepEqual(next?.checklist, [{ text: "Read", done: false }]);
        await page.keyboard.press("z");
        await said(page, /Undone/);
        assert.deepEqual(
          (await tasksOf(page)).map((t) => t.state),
          ["open"],
        );
      }),
  );
});
