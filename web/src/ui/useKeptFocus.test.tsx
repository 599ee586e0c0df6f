// @vitest-environment happy-dom
import { act, useRef, useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { button, click, show, until } from "../page.setup";
import { useKeptFocus } from "./useKeptFocus";

let end: () => void = () => undefined;

function Page() {
  const part = useRef<HTMLDivElement>(null);
  const [there, setThere] = useState(true);
  useKeptFocus(part);
  return (
    <>
      <button onClick={() => setThere(false)}>Take away</button>
      <div ref={part}>
        {there && <button onClick={() => setThere(false)}>Go</button>}
        <button>Other</button>
        <button className="btn pri">First</button>
      </div>
    </>
  );
}

const focus = (words: string) => act(() => button(words)?.focus());
const gone = () => until(() => !button("Go"));
const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 20)));

beforeEach(() => {
  end = show(<Page />);
});
afterEach(() => end());

describe("the focus", () => {
  it("comes to the first button where what had it goes away", async () => {
    focus("Go");
    click("Go");
    await gone();
    await settled();
    expect(document.activeElement).toBe(button("First"));
  });

  it("stays nowhere where it was put", async () => {
    focus("Go");
    act(() => button("Go")?.blur());
    await settled();
    click("Take away");
    await gone();
    await settled();
    expect(document.activeElement).toBe(document.body);
  });

  it("comes there also when a dialog closes whose opener has gone meanwhile", async () => {
    focus("Go");
    const dialog = document.createElement("div");
    dialog.setAttribute("role", "dialog");
    dialog.tabIndex = -1;
    document.body.append(dialog);
    act(() => dialog.focus());
    await settled();
    click("Take away");
    await gone();
    await settled();
    expect(document.activeElement).toBe(dialog);
    dialog.remove();
    await settled();
    expect(document.activeElement).toBe(button("First"));
  });
});
