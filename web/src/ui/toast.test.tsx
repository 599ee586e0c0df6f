// @vitest-environment happy-dom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, NetworkError, problemOf } from "../api/client";
import { button, click, show } from "../page.setup";
import { Toaster, toast, undoLast } from "./toast";

let end: () => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  end = show(
    <>
      <button>Before</button>
      <Toaster />
    </>,
  );
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

const shown = () => document.querySelector("section.toast");
const dismiss = () =>
  act(() => shown()?.querySelector<HTMLButtonElement>("[aria-label=Dismiss]")?.click());
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe("a message", () => {
  it("goes by itself, also after one that was put away by the mouse", async () => {
    act(() => toast("First."));
    act(() => shown()?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true })));
    await pass(20_000);
    expect(shown()).not.toBeNull();
    dismiss();
    act(() => toast("Second."));
    await pass(20_000);
    expect(shown()).toBeNull();
  });

  it("gives the focus back", () => {
    act(() => button("Before")?.focus());
    act(() => toast("First."));
    act(() => shown()?.querySelector<HTMLElement>("[aria-label=Dismiss]")?.focus());
    dismiss();
    expect(document.activeElement).toBe(button("Before"));
  });
});

describe("an undo", () => {
  it("says that something else has come since", async () => {
    const stale = problemOf(412, "Precondition Failed", "");
    act(() => toast("Saved.", () => Promise.reject(new ApiError(stale))));
    await act(() => undoLast());
    expect(shown()?.textContent).toContain("It was changed again since then");
    expect(button("Undo Z")).toBeUndefined();
  });

  it("can be tried again when the server was not reached", async () => {
    const undo = vi.fn(() => Promise.reject(new NetworkError(false)));
    act(() => toast("Deleted.", undo));
    await act(() => undoLast());
    expect(shown()?.textContent).toContain("Not undone.");
    undo.mockResolvedValueOnce(undefined as never);
    click("Undo Z");
    await pass(1);
    expect(undo).toHaveBeenCalledTimes(2);
    expect(shown()?.textContent).toContain("Undone.");
  });
});
