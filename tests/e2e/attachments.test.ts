/*
 * Files of a task in the browser: attached by button, key, drop and paste; a large one whose
 * connection is cut half way and goes on by itself; shown, saved, deleted and taken back.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { open, readFile, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { filesWith } from "../cli/files.ts";
import { until } from "../support/server.ts";
import { unzip } from "../support/zip.ts";
import { findings, newPerson, pictured, served } from "./browser.ts";

const MB = 1 << 20;
const BIG = 100 * MB;
const TEST_MS = 120_000;
/* 1 by 1, grey. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);
const PDF = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n");

/** The way between browser and server, which can be slow and can break. */
class Wire {
  passed = 0;
  /** Bytes after which it breaks; then it stays broken for a while. */
  cutAfter = Infinity;
  pauseMs = 0;
  private broken = false;
  private readonly ends = new Set<Socket>();
  private readonly listener: Server;

  constructor(port: number) {
    this.listener = createServer((near) => {
      if (this.broken) return void near.destroy();
      const far = connect(port, "127.0.0.1");
      for (const end of [near, far]) {
        this.ends.add(end);
        end.on("error", () => end.destroy());
        end.on("close", () => {
          this.ends.delete(end);
          near.destroy();
          far.destroy();
        });
      }
      far.pipe(near);
      near.on("data", (bytes) => {
        this.passed += bytes.length;
        if (!far.write(bytes)) {
          near.pause();
          far.once("drain", () => near.resume());
        }
        if (this.passed > this.cutAfter) this.cut();
        if (this.pauseMs > 0) {
          near.pause();
          setTimeout(() => near.resume(), this.pauseMs);
        }
      });
    });
  }

  listen(): Promise<string> {
    return new Promise((done) => {
      this.listener.listen(0, "127.0.0.1", () => {
        done(`http://127.0.0.1:${String((this.listener.address() as AddressInfo).port)}`);
      });
    });
  }

  private cut(): void {
    this.cutAfter = Infinity;
    this.broken = true;
    for (const end of this.ends) end.destroy();
    setTimeout(() => (this.broken = false), 2_500);
  }

  close(): void {
    for (const end of this.ends) end.destroy();
    this.listener.close();
  }
}

let wire: Wire;
let url: string;
const at = served(async (site) => {
  wire = new Wire(Number(new URL(site.url).port));
  url = await wire.listen();
});

after(() => wire?.close());

/** A guest with one task, its editor open. */
async function editorOf(page: Page, title: string): Promise<Locator> {
  const data = { title, estimate_min: 60, due: "2036-11-27T17:00:00Z" };
  assert.equal((await page.request.post("/api/v1/guest", { data: {} })).status(), 201);
  assert.equal((await page.request.post("/api/v1/tasks", { data })).status(), 201);
  await page.goto("/tasks");
  return openEditor(page, title);
}

async function openEditor(page: Page, title: string): Promise<Locator> {
  await page
    .getByRole("button", { name: `Edit ${title}` })
    .first()
    .click();
  const files = page.getByRole("dialog").getByRole("region", { name: "Files" });
  await files.getByRole("button", { name: "Attach files" }).waitFor();
  return files;
}

async function choose(
  page: Page,
  files: Locator,
  what: string | { name: string; mimeType: string; buffer: Buffer },
) {
  const chooser = page.waitForEvent("filechooser");
  await files.getByRole("button", { name: "Attach files" }).click();
  await (await chooser).setFiles(what);
}

/** Gives files to the page as a drop or a paste would. */
function hand(target: Locator, kind: "drop" | "paste", name: string): Promise<void> {
  return target.evaluate(
    (element, { kind, name }) => {
      const data = new DataTransfer();
      data.items.add(new File(["some words"], name, { type: "text/plain" }));
      element.dispatchEvent(
        kind === "drop"
          ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    { kind, name },
  );
}

test("a file of 100 MB goes on after its connection was cut", { timeout: TEST_MS }, () =>
  pictured(at.browser, "attachments-cut", async () => {
    const path = join(at.site.data, "..", `lecture-${String(process.pid)}.bin`);
    const hash = createHash("sha256");
    const file = await open(path, "w");
    for (let i = 0; i < BIG / MB; i++) {
      const block = Buffer.alloc(MB, `block ${String(i)} `);
      hash.update(block);
      await file.write(block);
    }
    await file.close();
    const page = await newPerson(at.browser, url);
    try {
      const files = await editorOf(page, "Watch the lecture");
      wire.passed = 0;
      wire.cutAfter = 40 * MB;
      wire.pauseMs = 2;
      await choose(page, files, path);
      const arriving = files.getByRole("listitem", { name: /^Sending lecture/ });
      await arriving.getByText(/MB of 100\sMB/).waitFor();
      await arriving.getByText("No connection. It goes on by itself.").waitFor();
      // Dialogs come and go meanwhile.
      await page.keyboard.press("Escape");
      const again = await openEditor(page, "Watch the lecture");
      const saved = again.getByRole("link", { name: /^Save lecture/ }).first();
      await saved.waitFor({ timeout: 60_000 });
      assert.ok(wire.passed < BIG * 1.2, `${String(wire.passed)} bytes were sent: it began anew`);
      wire.pauseMs = 0;
      const download = page.waitForEvent("download");
      await saved.click();
      const got = await (await download).path();
      const back = createHash("sha256")
        .update(await readFile(got))
        .digest("hex");
      assert.equal(back, hash.digest("hex"));
    } finally {
      await rm(path);
      wire.pauseMs = 0;
      await page.context().close();
    }
  }),
);

test("by button, key, drop and paste; shown, deleted, taken back", { timeout: TEST_MS }, () =>
  pictured(at.browser, "attachments", async () => {
    const page = await newPerson(at.browser, url);
    const files = await editorOf(page, "Essay");
    await files.getByText("No files yet.").waitFor();

    await choose(page, files, { name: "plan.png", mimeType: "image/png", buffer: PNG });
    await files.getByRole("button", { name: "Show plan.png" }).waitFor();
    const chooser = page.waitForEvent("filechooser");
    await files.getByRole("button", { name: "Attach files" }).focus();
    await page.keyboard.press("Enter");
    await (await chooser).setFiles({ name: "sheet.pdf", mimeType: "x/y", buffer: PDF });
    await files.getByRole("link", { name: "Open sheet.pdf in a new tab" }).waitFor();
    await hand(files, "drop", "dropped.txt");
    await files.getByRole("link", { name: "Save dropped.txt" }).first().waitFor();
    await hand(page.getByRole("dialog").getByLabel("Title"), "paste", "pasted.txt");
    await files.getByRole("link", { name: "Save pasted.txt" }).first().waitFor();

    await files.getByRole("button", { name: "Show plan.png" }).click();
    const picture = page.getByRole("img", { name: "plan.png" });
    await picture.waitFor();
    const width = () => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth);
    await until("the picture has come", async () => (await width()) > 0);
    assert.equal(await width(), 1);
    await page.keyboard.press("Escape");

    const tab = page.context().waitForEvent("page");
    await files.getByRole("link", { name: "Open sheet.pdf in a new tab" }).click();
    await (await tab).close();

    await files.getByRole("button", { name: "Delete pasted.txt" }).click();
    await files
      .getByRole("link", { name: "Save pasted.txt" })
      .first()
      .waitFor({ state: "detached" });
    await files.getByRole("button", { name: "Undo" }).click();
    await files.getByRole("link", { name: "Save pasted.txt" }).first().waitFor();
    assert.deepEqual(await findings(page), []);

    // A task that is deleted and taken back has its files again.
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("Essay deleted.").last().waitFor();
    await page.locator(".toast").getByRole("button", { name: /^Undo/ }).click();
    const again = await openEditor(page, "Essay");
    await again.getByRole("button", { name: "Show plan.png" }).waitFor();
    assert.equal(await again.getByRole("listitem").count(), 4);

    await page.goto("/settings");
    await page.getByText(/4\sfiles, at most 100/).waitFor();
    await page.context().close();
  }),
);

test("what was interrupted is taken up with the same file", { timeout: TEST_MS }, () =>
  pictured(at.browser, "attachments-interrupted", async () => {
    const page = await newPerson(at.browser, url);
    page.on("dialog", (dialog) => void dialog.accept());
    const files = await editorOf(page, "Read");
    const buffer = Buffer.alloc(8 * MB, "word ");
    wire.pauseMs = 40;
    await choose(page, files, { name: "book.txt", mimeType: "text/plain", buffer });
    await files.getByText(/MB of 8\sMB/).waitFor();
    await page.reload();
    wire.pauseMs = 0;
    const again = await openEditor(page, "Read");
    const goOn = again.getByRole("button", { name: "Go on with book.txt" });
    const other = page.waitForEvent("filechooser");
    await goOn.click();
    await (await other).setFiles({ name: "other.txt", mimeType: "text/plain", buffer: PDF });
    await again.getByRole("alert").getByText("That is another file.").waitFor();
    const same = page.waitForEvent("filechooser");
    await goOn.click();
    await (await same).setFiles({ name: "book.txt", mimeType: "text/plain", buffer });
    await again.getByRole("link", { name: "Save book.txt" }).first().waitFor();
    await page.context().close();
  }),
);

test("what the server lost is told before everything is downloaded", { timeout: TEST_MS }, () =>
  pictured(at.browser, "attachments-lost", async () => {
    const page = await newPerson(at.browser, url);
    const files = await editorOf(page, "Sketch");
    const [kept, lost] = [Buffer.from("This one is kept."), Buffer.from("This one gets lost.")];
    await choose(page, files, { name: "kept.txt", mimeType: "text/plain", buffer: kept });
    await choose(page, files, { name: "lost.txt", mimeType: "text/plain", buffer: lost });
    await files.getByRole("link", { name: "Save lost.txt" }).first().waitFor();
    await files.getByRole("link", { name: "Save kept.txt" }).first().waitFor();

    /** Asks for everything; `before`: what there is to be done until it comes. */
    const download = async (before?: () => Promise<void>): Promise<Map<string, Buffer>> => {
      await page.goto("/settings");
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download everything" }).click();
      await before?.();
      return unzip(await readFile(await (await coming).path()));
    };
    const names = (all: Map<string, Buffer>) =>
      [...all.keys()].map((name) => basename(name)).sort();
    assert.deepEqual(names(await download()), [
      ...["kept.txt", "lost.txt", "plan.ics", "studybunny.json"],
    ]);

    const [found = ""] = await filesWith(join(at.site.data, "media"), [lost]);
    await rm(found.slice(0, found.indexOf(": ")));
    const rest = await download(async () => {
      const dialog = page.getByRole("alertdialog", { name: /^1\sfile cannot be read$/ });
      await dialog.getByRole("listitem").getByText("lost.txt").waitFor();
      assert.match(await dialog.getByRole("listitem").innerText(), /^lost\.txt Sketch$/);
      assert.deepEqual(await findings(page), []);
      await dialog.getByRole("button", { name: "Download the rest" }).click();
    });
    assert.deepEqual(names(rest), ["kept.txt", "missing-files.txt", "plan.ics", "studybunny.json"]);
    await page.context().close();
  }),
);
