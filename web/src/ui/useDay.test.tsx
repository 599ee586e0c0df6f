// @vitest-environment happy-dom
import { act, useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { click, show } from "../page.setup";
import { navigate } from "./router";
import { useDay } from "./useDay";

let end: () => void = () => undefined;

function Page() {
  const [today, setToday] = useState("2026-11-26");
  const [day, go] = useDay(today);
  return (
    <>
      <output>{day}</output>
      <button onClick={() => go("2026-11-30")}>Monday</button>
      <button onClick={() => go(today)}>Today</button>
      <button onClick={() => setToday("2026-11-27")}>Midnight</button>
    </>
  );
}

const shown = () => document.querySelector("output")?.textContent;

afterEach(() => {
  end();
  history.replaceState(null, "", "/");
});

describe("the day that a page shows", () => {
  it("is today again tomorrow, when today was asked for", () => {
    end = show(<Page />);
    click("Today");
    click("Midnight");
    expect(shown()).toBe("2026-11-27");
    click("Monday");
    expect(shown()).toBe("2026-11-30");
    click("Today");
    expect(shown()).toBe("2026-11-27");
  });

  it("is today where the address names a day that there is not", () => {
    act(() => navigate("/week?day=2026-13-45"));
    end = show(<Page />);
    expect(shown()).toBe("2026-11-26");
  });
});
