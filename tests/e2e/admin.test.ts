/* The first link, an invitation, and what an administrator does, as people do it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../web/src/i18n/en/index.ts";
import { findings, newPerson, said, served } from "./browser.ts";

const m = en;
const password = "correct horse battery";

const at = served();

async function fill(page: Page, email: string): Promise<void> {
  await page.getByLabel(m.account.email).fill(email);
  await page.getByLabel(m.account.password, { exact: true }).fill(password);
  await page.locator("form.sign button.pri").click();
}

/** The contents of the settings: all headings there are, each where its link leads. */
async function leadsToEachSection(page: Page): Promise<void> {
  const contents = page.getByRole("navigation", { name: m.settings.contents });
  await page.locator("#history").waitFor();
  const headings = page.locator(".settings > section h2");
  const names = (await headings.allInnerTexts()).map((name) => name.trim());
  assert.deepEqual(await contents.getByRole("link").allInnerTexts(), names);
  for (const name of names) {
    await contents.getByRole("link", { name, exact: true }).click();
    const heading = headings.getByText(name, { exact: true });
    await heading.evaluate((h) => {
      if (h.id !== location.hash.slice(1)) throw new Error(`${h.id} is not ${location.hash}`);
    });
    const { top, bottom } = await heading.evaluate((h) => h.getBoundingClientRect().toJSON());
    const height = await page.evaluate(() => innerHeight);
    assert.ok(top >= 0 && bottom <= height, name);
  }
}

test("a link makes an administrator, who invites, switches off and on", async () => {
  const words = ["user", "invite", "--admin", "--data", at.site.data];
  const link = execFileSync(process.env["STUDYBUNNY"] ?? "", words, { encoding: "utf8" }).trim();
  const page = await newPerson(at.browser, at.site.url, {});
  await page.goto(link);
  await page.getByText(m.account.invited).waitFor();
  assert.deepEqual(await findings(page), []);
  await fill(page, "admin@example.org");
  await page.waitForURL("**/start/hours");

  await page.goto("/settings");
  await leadsToEachSection(page);
  await page.getByRole("link", { name: m.admin.open }).click();
  const settings = page.getByRole("link", { name: m.nav.settings, exact: true });
  assert.equal(await settings.getAttribute("aria-current"), "true", "the page lies within");
  await page.getByLabel(m.admin.forWhom).fill("Anna");
  await page.getByRole("button", { name: m.admin.invite }).click();
  const invitation = await page.getByLabel(m.admin.link).inputValue();
  /* As over plain http, where browsers give no clipboard. */
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.getByRole("button", { name: m.admin.copy }).click();
  await said(page, /The link is selected/);
  assert.equal(await page.evaluate(() => getSelection()?.toString()), invitation);
  await page.getByText("Anna", { exact: true }).waitFor();
  assert.deepEqual(await findings(page), []);

  const student = await newPerson(at.browser, at.site.url, {});
  await student.goto(invitation);
  await fill(student, "anna@example.org");
  await student.waitForURL("**/start/hours");
  const late = await newPerson(at.browser, at.site.url, {});
  await late.goto(invitation);
  await fill(late, "late@example.org");
  await late.getByText(m.account.badInvitation).waitFor();

  await page.reload();
  await page.getByText(m.admin.noInvitations).waitFor();
  await page.getByLabel(m.admin.search).fill("anna");
  await page.getByText("admin@example.org").waitFor({ state: "detached" });
  await page.getByRole("button", { name: m.admin.changeNamed("anna@example.org") }).click();
  await page.getByRole("switch", { name: m.admin.mayEnter }).click();
  assert.deepEqual(await findings(page), []);
  await page.getByRole("button", { name: m.admin.save }).click();
  await page.getByText(m.admin.off, { exact: true }).waitFor();
  await student.goto("/settings");
  await student.waitForURL((url) => url.pathname === "/sign-in");
  await fill(student, "anna@example.org");
  await student.getByText(m.account.switchedOff).waitFor();

  await page.getByRole("button", { name: m.admin.changeNamed("anna@example.org") }).click();
  await page.getByRole("switch", { name: m.admin.mayEnter }).click();
  await page.getByRole("button", { name: m.admin.save }).click();
  await page.getByText(m.admin.off, { exact: true }).waitFor({ state: "detached" });
  await student.locator("form.sign button.pri").click();
  /* Where they wanted to go when they were sent to sign in. */
  await student.waitForURL("**/settings");
  await student.getByText(m.history.kinds.disabled).waitFor();
  await student.getByText(m.history.kinds.enabled).waitFor();
});
