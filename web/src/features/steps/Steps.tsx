import { GripVertical, Plus, X } from "lucide-react";
import {
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from "react";
import type { Task } from "../../api/schema";
import { saveSteps, stepsOf, useSteps, type Step } from "../../api/steps";
import { m } from "../../i18n/messages";
import { describe } from "../../ui/problem";
import { announce, toast } from "../../ui/toast";
import "./steps.css";

/* The server's bounds. */
const STEPS_MAX = 50;
const TEXT_MAX = 200;

interface Props {
  task: Task;
  /* Only to be ticked: beside work that is under way. */
  ticksOnly?: boolean;
}

/* The steps of a task, saved as they change. */
export function Steps({ task, ticksOnly = false }: Props) {
  const kept = useSteps(task);
  const [dragged, setDragged] = useState<Step[] | null>(null);
  const steps = dragged ?? kept;
  const title = useId();
  const list = useRef<HTMLUListElement>(null);
  const done = steps.filter((step) => step.done).length;

  const save = async (next: (steps: Step[]) => Step[], words?: string) => {
    try {
      const undo = await saveSteps(task.id, next);
      if (words !== undefined) toast(words, undo);
    } catch (error) {
      toast(m.task.notSaved(task.title, describe(error).detail));
    }
  };
  const change = (i: number, part: Partial<Step>) =>
    void save((all) => all.map((step, k) => (k === i ? { ...step, ...part } : step)));
  const remove = (i: number) =>
    void save((all) => all.filter((_, k) => k !== i), m.steps.removed(steps[i]?.text ?? ""));

  /* Keys may come faster than what is drawn. */
  const move = (from: number, to: number) => {
    const now = stepsOf(task.id);
    void save((all) => moved(all, from, to));
    announce(m.steps.moved(now[from]?.text ?? "", to + 1, now.length));
  };

  if (ticksOnly && steps.length === 0) return null;
  return (
    <section className="checklist" aria-labelledby={title}>
      <h3 id={title}>
        {m.steps.title}{" "}
        {steps.length > 0 && (
          <span className="small soft num">{m.steps.of(done, steps.length)}</span>
        )}
      </h3>
      <ul ref={list}>
        {steps.map((step, i) =>
          ticksOnly ? (
            <li key={i}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={step.done}
                  onChange={() => change(i, { done: !step.done })}
                />
                <span className={step.done ? "ticked" : ""}>{step.text}</span>
              </label>
            </li>
          ) : (
            <Row
              key={i}
              step={step}
              at={i}
              of={steps.length}
              list={list}
              onChange={(part) => change(i, part)}
              onRemove={() => remove(i)}
              onMove={(to) => move(i, to)}
              onDrag={(to) => setDragged((now) => moved(now ?? kept, i, to))}
              onDrop={() => {
                if (dragged) void save(() => dragged).then(() => setDragged(null));
              }}
            />
          ),
        )}
      </ul>
      {!ticksOnly && steps.length < STEPS_MAX && (
        <NewStep onAdd={(text) => void save((all) => [...all, { text, done: false }])} />
      )}
    </section>
  );
}

function moved(steps: readonly Step[], from: number, to: number): Step[] {
  const next = [...steps];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

interface RowProps {
  step: Step;
  at: number;
  of: number;
  list: RefObject<HTMLUListElement | null>;
  onChange: (part: Partial<Step>) => void;
  onRemove: () => void;
  onMove: (to: number) => void;
  onDrag: (to: number) => void;
  onDrop: () => void;
}

function Row({ step, at, of, list, onChange, onRemove, onMove, onDrag, onDrop }: RowProps) {
  const [text, setText] = useState(step.text);
  const [shown, setShown] = useState(step.text);
  if (shown !== step.text) {
    setShown(step.text);
    setText(step.text);
  }
  const handles = () => [
    ...(list.current?.querySelectorAll<HTMLButtonElement>("button.grip") ?? []),
  ];

  const keep = () => {
    const next = text.trim();
    if (next === "") setText(step.text);
    else if (next !== step.text) onChange({ text: next });
  };
  const typed = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") keep();
    else setText(step.text);
  };
  const arrow = (event: KeyboardEvent) => {
    const to = at + (event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0);
    if (to === at) return;
    event.preventDefault();
    if (to < 0 || to >= of) return;
    onMove(to);
    handles()[to]?.focus();
  };
  const grab = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const middles = handles().map((h) => {
      const box = h.getBoundingClientRect();
      return (box.top + box.bottom) / 2;
    });
    const to = middles.reduce(
      (best, y, k) =>
        Math.abs(y - event.clientY) < Math.abs((middles[best] ?? 0) - event.clientY) ? k : best,
      at,
    );
    if (to === at) return;
    onDrag(to);
    /* The row under the pointer goes on with the drag. */
    handles()[to]?.setPointerCapture(event.pointerId);
  };

  return (
    <li className="step">
      <label className="check">
        <input
          type="checkbox"
          checked={step.done}
          aria-label={m.steps.tick(step.text)}
          onChange={() => onChange({ done: !step.done })}
        />
      </label>
      <input
        className={step.done ? "inp ticked" : "inp"}
        aria-label={m.steps.text(at + 1)}
        maxLength={TEXT_MAX}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onBlur={keep}
        onKeyDown={typed}
      />
      <button
        type="button"
        className="btn icon sm quiet grip"
        aria-label={m.steps.move(step.text)}
        title={m.steps.moveHint}
        onKeyDown={arrow}
        onPointerDown={grab}
        onPointerMove={drag}
        onPointerUp={onDrop}
        onPointerCancel={onDrop}
      >
        <GripVertical className="ic" />
      </button>
      <button
        type="button"
        className="btn icon sm quiet"
        aria-label={m.steps.remove(step.text)}
        onClick={onRemove}
      >
        <X className="ic" />
      </button>
    </li>
  );
}

/* Enter adds and keeps the focus for the next. So does leaving it: who presses "Save" below means this
   step too. */
function NewStep({ onAdd }: { onAdd: (text: string) => void }) {
  const [text, setText] = useState("");
  const add = () => {
    if (text.trim() === "") return;
    onAdd(text.trim());
    setText("");
  };
  return (
    <div className="row nowrap new-step">
      <input
        className="inp"
        aria-label={m.steps.add}
        placeholder={m.steps.add}
        maxLength={TEXT_MAX}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || text.trim() === "") return;
          event.preventDefault();
          add();
        }}
      />
      <button type="button" className="btn icon" aria-label={m.steps.addButton} onClick={add}>
        <Plus className="ic" />
      </button>
    </div>
  );
}
