// @vitest-environment happy-dom
import { act, useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { button, click, show, type, until } from "../page.setup";
import { Modal } from "./Modal";

let closed: boolean;
let end: () => void = () => undefined;

/* Keeps what it cannot add; what was added is gone from the line. */
function Form() {
  const [line, setLine] = useState("");
  return (
    <Modal title="Add" onClose={() => (closed = true)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (line !== "bad") setLine("");
        }}
      >
        <input id="line" value={line} onChange={(e) => setLine(e.target.value)} />
        <button>Save</button>
      </form>
    </Modal>
  );
}

/* Looks at what it was sent a little later. */
function Late() {
  const [bad, setBad] = useState(false);
  return (
    <Modal title="Add" onClose={() => undefined}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTimeout(() => setBad(true), 5);
        }}
      >
        <input id="line" aria-invalid={bad || undefined} />
        <button>Save</button>
      </form>
    </Modal>
  );
}

function beside(): void {
  const at = document.querySelector(".scrim");
  for (const name of ["pointerdown", "pointerup", "click"])
    act(() => at?.dispatchEvent(new PointerEvent(name, { bubbles: true, button: 0 })));
}
const line = () => document.getElementById("line");

afterEach(() => end());

it("leads to the field that a form finds wrong", async () => {
  end = show(<Late />);
  act(() => button("Save")?.focus());
  click("Save");
  await until(() => document.activeElement === line());
});

describe("a click beside a dialog", () => {
  it("leaves it as long as nothing was typed", () => {
    closed = false;
    end = show(<Form />);
    beside();
    expect(closed).toBe(true);
  });

  it("does not lose what was typed and refused", () => {
    closed = false;
    end = show(<Form />);
    type(line(), "bad");
    beside();
    expect(closed).toBe(false);
    click("Save");
    beside();
    expect(closed).toBe(false);
  });

  it("leaves it when what was typed is saved", () => {
    closed = false;
    end = show(<Form />);
    type(line(), "good");
    click("Save");
    beside();
    expect(closed).toBe(true);
  });
});
