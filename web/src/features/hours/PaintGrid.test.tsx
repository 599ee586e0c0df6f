// @vitest-environment happy-dom
import { act, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EMPTY_WEEK, windowsOf, type Week } from "../../plan/windows";
import { PaintGrid } from "./PaintGrid";

let root: Root;
let week: Week;

function Grid() {
  const [state, setState] = useState<Week>(EMPTY_WEEK);
  const [lastHour, setLastHour] = useState(12);
  const change = (next: Week) => {
    week = next;
    setState(next);
  };
  return (
    <>
      <PaintGrid week={state} onChange={change} firstHour={8} lastHour={lastHour} label="Free" />
      <button onClick={() => setLastHour(10)}>Fewer</button>
    </>
  );
}

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  document.body.innerHTML = "<div></div>";
  root = createRoot(document.body.firstElementChild as HTMLElement);
  act(() => root.render(<Grid />));
});
afterEach(() => act(() => root.unmount()));

const cell = (label: string) =>
  document.querySelector<HTMLElement>(`[aria-label="${label}"]`) as HTMLElement;

function press(key: string, shiftKey = false): void {
  act(() => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }),
    );
  });
}

describe("painting by keyboard", () => {
  it("is still reached when fewer hours are shown than before", () => {
    act(() => cell("Monday 11:30 to 12:00").focus());
    act(() => [...document.querySelectorAll("button")].at(-1)?.click());
    const stops = document.querySelectorAll("[data-day][tabindex='0']");
    expect([...stops].map((stop) => stop.ariaLabel ?? stop.getAttribute("aria-label"))).toEqual([
      "Monday 09:30 to 10:00",
    ]);
  });

  it("has one tab stop that follows the arrows", () => {
    act(() => cell("Monday 08:00 to 08:30").focus());
    press("ArrowRight");
    press("ArrowDown");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Tuesday 08:30 to 09:00");
    expect(document.querySelectorAll("[data-day][tabindex='0']")).toHaveLength(1);
    press("ArrowUp");
    press("ArrowUp");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Tuesday 08:00 to 08:30");
  });

  it("paints and clears with Space and carries the paint with Shift", () => {
    act(() => cell("Wednesday 09:00 to 09:30").focus());
    press(" ");
    expect(document.activeElement?.getAttribute("aria-pressed")).toBe("true");
    press("ArrowDown", true);
    press("ArrowRight", true);
    expect(windowsOf(week)).toEqual([
      { day: 3, start: "09:00", end: "10:00" },
      { day: 4, start: "09:30", end: "10:00" },
    ]);
    press(" ");
    press("ArrowLeft", true);
    expect(windowsOf(week)).toEqual([{ day: 3, start: "09:00", end: "09:30" }]);
  });
});

describe("painting without a pointer", () => {
  it("toggles the cell that a screen reader presses", () => {
    act(() => cell("Sunday 11:30 to 12:00").click());
    expect(windowsOf(week)).toEqual([{ day: 7, start: "11:30", end: "12:00" }]);
  });
});
