/*
 * Ways of using the app, so that one story can be lived by each: with a mouse, with fingers, with
 * nothing but a keyboard, and through the accessibility tree, as a screen reader does. All of them know
 * things by role and name alone.
 */
import assert from "node:assert/strict";
import type { CDPSession, Locator, Page } from "playwright-core";
import { PATIENCE_MS, said } from "./browser.ts";

export type Role =
  "button" | "checkbox" | "group" | "heading" | "link" | "region" | "slider" | "textbox";
export type Name = string | RegExp;

export abstract class Hand {
  constructor(readonly page: Page) {}

  /** Does what a button, link or checkbox is there for. */
  abstract press(role: Role, name: Name): Promise<void>;
  /** Comes to a field, so that the keyboard writes there. */
  protected abstract enter(label: Name): Promise<void>;
  /** Waits until it is there. */
  abstract finds(role: Role, name: Name): Promise<void>;
  /** Waits until these words are there. */
  abstract reads(words: RegExp): Promise<void>;
  /** Waits until it is told in a message, without looking for it. */
  abstract hears(words: RegExp): Promise<void>;
  /** Moves a slider to a share of its length, or near. */
  abstract slide(name: Name, share: number): Promise<void>;

  /** Writes into a field in place of what it has. */
  async write(label: Name, text: string): Promise<void> {
    await this.enter(label);
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.type(text);
  }

  /** Types into a field for a day or time, as the browser orders its parts: the American way. */
  async digits(label: Name, text: string): Promise<void> {
    await this.enter(label);
    await this.page.keyboard.type(text);
  }

  async go(path: string): Promise<void> {
    await this.page.goto(path);
  }
}

/** With the eyes: what is hidden or covered cannot be reached. */
abstract class Seeing extends Hand {
  protected of(role: Role, name: Name): Locator {
    return this.page.getByRole(role, { name, exact: typeof name === "string" }).first();
  }

  protected field(label: Name): Locator {
    return this.page
      .locator("input, textarea")
      .and(this.page.getByLabel(label, { exact: typeof label === "string" }))
      .first();
  }

  async finds(role: Role, name: Name): Promise<void> {
    await this.of(role, name).waitFor();
  }

  async reads(words: RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor();
  }

  async hears(words: RegExp): Promise<void> {
    await said(this.page, words);
  }

  async slide(name: Name, share: number): Promise<void> {
    const slider = this.of("slider", name);
    const box = await slider.boundingBox();
    assert.ok(box);
    await slider.click({ position: { x: box.width * share, y: box.height / 2 } });
  }
}

export class Mouse extends Seeing {
  async press(role: Role, name: Name): Promise<void> {
    await this.of(role, name).click();
  }

  protected async enter(label: Name): Promise<void> {
    await this.field(label).click({ position: { x: 16, y: 16 } });
  }
}

/** Its page has to be one of a device with touch. */
export class Fingers extends Seeing {
  async press(role: Role, name: Name): Promise<void> {
    await this.of(role, name).tap();
  }

  protected async enter(label: Name): Promise<void> {
    await this.field(label).tap({ position: { x: 16, y: 16 } });
  }
}

/** About so many stops of the tab key from here to an element; negative: back. */
function stopsAhead(element: Element): number {
  const all = "a, button, input, select, textarea, summary, [tabindex]";
  const order = [...document.querySelectorAll<HTMLElement>(all)].filter(
    (stop) => stop.tabIndex >= 0 && stop.checkVisibility() && !stop.matches(":disabled, [inert] *"),
  );
  const here = document.activeElement;
  if (here === element) return 0;
  const before = order.filter(
    (stop) => here && stop.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING,
  ).length;
  const at = order.includes(here as HTMLElement) ? before : before - 1;
  return order.indexOf(element as HTMLElement) - at || 1;
}

/** Which arrow leads towards an element from what has the focus; null: that is it. */
function arrowTowards(element: Element): string | null {
  if (document.activeElement === element) return null;
  const there = element.getBoundingClientRect();
  const here = document.activeElement?.getBoundingClientRect() ?? there;
  if (there.left >= here.right) return "ArrowRight";
  if (there.right <= here.left) return "ArrowLeft";
  return there.top < here.top ? "ArrowUp" : "ArrowDown";
}

/** The page is left alone but for keys. */
export class Keys extends Seeing {
  private static readonly STEPS_MAX = 400;

  private async reach(target: Locator): Promise<void> {
    await target.waitFor();
    if ((await target.evaluate((element) => (element as HTMLElement).tabIndex)) >= 0)
      return this.tabTo(target);
    /* One of a group: the tab key stops there once, and arrows lead on. */
    const group = target.locator("xpath=ancestor::*[.//*[@tabindex='0']][1]");
    await this.tabTo(group.locator("[tabindex='0']").first());
    for (let step = 0; step < Keys.STEPS_MAX; step++) {
      const arrow = await target.evaluate(arrowTowards);
      if (arrow === null) return;
      await this.page.keyboard.press(arrow);
    }
    assert.fail(`no arrow key comes to ${String(target)}`);
  }

  private async tabTo(target: Locator): Promise<void> {
    for (let step = 0; step < Keys.STEPS_MAX;) {
      const ahead = await target.evaluate(stopsAhead);
      if (ahead === 0) return;
      /* Most of the way at once; what the count does not know of is left to the next look. */
      for (let i = 0; i < Math.max(1, Math.abs(ahead) * 0.8); i++, step++)
        await this.page.keyboard.press(ahead < 0 ? "Shift+Tab" : "Tab");
    }
    assert.fail(`the tab key never comes to ${String(target)}`);
  }

  async press(role: Role, name: Name): Promise<void> {
    await this.reach(this.of(role, name));
    await this.page.keyboard.press(role === "checkbox" ? "Space" : "Enter");
  }

  protected async enter(label: Name): Promise<void> {
    await this.reach(this.field(label));
  }

  override async slide(name: Name, share: number): Promise<void> {
    const slider = this.of("slider", name);
    await this.reach(slider);
    const steps = Math.round(share * 100) - Number(await slider.inputValue());
    for (let i = 0; i < Math.abs(steps); i++)
      await this.page.keyboard.press(steps < 0 ? "ArrowLeft" : "ArrowRight");
  }
}

interface AxNode {
  nodeId: string;
  parentId?: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  value?: { value: number | string };
  backendDOMNodeId?: number;
}

/** Knows only what the browser tells assistive technology. */
export class Reader extends Hand {
  private session: CDPSession | null = null;

  private async cdp(): Promise<CDPSession> {
    this.session ??= await this.page.context().newCDPSession(this.page);
    return this.session;
  }

  private async node(
    wanted: (role: string, name: string, above: () => string[]) => boolean,
    what: string,
  ): Promise<AxNode> {
    const cdp = await this.cdp();
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const { nodes } = (await cdp.send("Accessibility.getFullAXTree")) as { nodes: AxNode[] };
      const byId = new Map(nodes.map((n) => [n.nodeId, n]));
      const above = (n: AxNode): string[] => {
        const parent = byId.get(n.parentId ?? "");
        return parent ? [parent.role?.value ?? "", ...above(parent)] : [];
      };
      const found = nodes.find(
        (n) =>
          !n.ignored && wanted(n.role?.value ?? "", (n.name?.value ?? "").trim(), () => above(n)),
      );
      if (found) return found;
      assert.ok(Date.now() < until, `no ${what} in the accessibility tree`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private of(roles: readonly string[], name: Name): Promise<AxNode> {
    return this.node(
      (role, text) =>
        roles.includes(role) && (typeof name === "string" ? text === name : name.test(text)),
      `${roles.join(" or ")} ${String(name)}`,
    );
  }

  /** Focuses the element of a node, and does what it is there for: its default action is a click. */
  private async act(node: AxNode, press: boolean): Promise<void> {
    const cdp = await this.cdp();
    const { object } = await cdp.send("DOM.resolveNode", {
      backendNodeId: node.backendDOMNodeId ?? 0,
    });
    await cdp.send("Runtime.callFunctionOn", {
      objectId: object.objectId ?? "",
      functionDeclaration: press
        ? "function () { this.focus(); this.click(); }"
        : "function () { this.focus(); }",
      userGesture: true,
    });
  }

  async press(role: Role, name: Name): Promise<void> {
    await this.act(await this.of([role], name), true);
  }

  protected async enter(label: Name): Promise<void> {
    await this.act(
      await this.of(["textbox", "searchbox", "combobox", "Date", "InputTime", "DateTime"], label),
      false,
    );
  }

  async finds(role: Role, name: Name): Promise<void> {
    await this.of([role], name);
  }

  async reads(words: RegExp): Promise<void> {
    await this.node((_, name) => words.test(name), `words ${String(words)}`);
  }

  /** Only of such places is told without being asked. */
  async hears(words: RegExp): Promise<void> {
    await this.node(
      (_, name, above) => words.test(name) && above().some((r) => r === "status" || r === "alert"),
      `message ${String(words)}`,
    );
  }

  async slide(name: Name, share: number): Promise<void> {
    const slider = await this.of(["slider"], name);
    await this.act(slider, false);
    const steps = Math.round(share * 100) - Number(slider.value?.value);
    for (let i = 0; i < Math.abs(steps); i++)
      await this.page.keyboard.press(steps < 0 ? "ArrowLeft" : "ArrowRight");
  }
}
