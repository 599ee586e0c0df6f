/*
 * README.md as whoever has just cloned it follows it: what ./run says, the sample term, the pace, and
 * the link that makes an administrator.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch, newPerson, PATIENCE_MS, pictured } from "./browser.ts";

/** Building, when nothing has built the program yet, takes minutes. */
const BUILD_MS = 900_000;
const README = await readFile("README.md", "utf8");

/** What a stream has said, once it has said something like this. */
async function told(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  let text = "";
  for await (const piece of stream) {
    text += String(piece);
    const found = pattern.exec(text)?.[1];
    if (found) return found;
  }
  throw new Error(`it ended without ${String(pattern)}: ${text}`);
}

test("the first steps of README.md", { timeout: BUILD_MS + 6 * PATIENCE_MS }, async () => {
  for (const words of ["Try a sample term", "Week", "./run --listen HOST:PORT --data DIR"])
    assert.ok(README.includes(words), words);
  const data = await mkdtemp(join(tmpdir(), "studybunny-readme-"));
  const run = spawn("./run", ["--listen", "127.0.0.1:0", "--data", data]);
  const ended = once(run, "exit");
  const link = told(run.stderr, /^ +(http:.*\/join#\S+)$/m);
  link.catch(() => undefined);
  const browser = await launch();
  try {
    const url = await told(run.stdout, /^listening on (http:\S+)$/m);
    await pictured(browser, "readme", async () => {
      const page = await newPerson(browser, url);
      await page.goto("/");
      await page.getByRole("button", { name: "Try a sample term" }).click();
      await page.getByRole("heading", { name: /^All \d+ tasks fit at / }).waitFor();
      await page.getByRole("link", { name: "Week", exact: true }).click();
      const slider = page.getByRole("slider", { name: "Pace" });
      const box = await slider.boundingBox();
      assert.ok(box);
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width * 0.6, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.9, y, { steps: 5 });
      await page.mouse.up();
      await page.getByRole("region", { name: "What if" }).waitFor();

      const admin = await newPerson(browser, url);
      await admin.goto(await link);
      await admin.getByLabel("E-mail").fill("ada@example.org");
      await admin.getByLabel("Password").fill("correct horse battery");
      await admin.locator("form").getByRole("button", { name: "Sign up" }).click();
      await admin.getByText("Signed up as ada@example.org").first().waitFor();
      await admin.goto("/admin");
      await admin.getByRole("heading", { name: "Administration" }).waitFor();
      await admin.getByText("ada@example.org").first().waitFor();
    });
  } finally {
    await browser.close();
    run.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  }
});
