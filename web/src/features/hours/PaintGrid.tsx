/* The week as cells of half an hour. Dragging paints a rectangle; the first cell decides whether it
   frees or clears. One tab stop: arrows move, Space paints, Shift + arrows carry the paint along. */

import { useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import { hourMark, time, weekDays, weekdayLong, weekdayShort } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { coverage, paint, type Week } from "../../plan/windows";
import { announce } from "../../ui/toast";
import "./hours.css";

const STEP = 30;

/* Columns count from 0 in the order in which the week is shown. */
interface Cell {
  column: number;
  row: number;
}

interface Stroke {
  from: Cell;
  to: Cell;
  free: boolean;
}

interface Props {
  week: Week;
  onChange: (week: Week) => void;
  /* The hours shown; cells outside are reached by "the whole day". */
  firstHour: number;
  lastHour: number;
  label: string;
}

const inside = (x: number, a: number, b: number) => x >= Math.min(a, b) && x <= Math.max(a, b);

export function PaintGrid({ week, onChange, firstHour, lastHour, label }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const [stroke, setStroke] = useState<Stroke | null>(null);
  const [chosen, setAt] = useState<Cell>({ column: 0, row: 0 });
  const days = weekDays();
  const dayAt = (column: number) => days[column] ?? 1;
  const rows = ((lastHour - firstHour) * 60) / STEP;
  /* Fewer hours may be shown than when it was chosen; one cell is always the way in. */
  const at = { ...chosen, row: Math.min(chosen.row, rows - 1) };
  const spanOf = (row: number, end = row) => ({
    from: firstHour * 60 + Math.min(row, end) * STEP,
    to: firstHour * 60 + (Math.max(row, end) + 1) * STEP,
  });
  const isFree = (cell: Cell) => coverage(week, dayAt(cell.column), spanOf(cell.row)) === "all";

  const apply = ({ from, to, free }: Stroke) => {
    const painted = days.filter((_, column) => inside(column, from.column, to.column));
    const span = spanOf(from.row, to.row);
    onChange(paint(week, painted, span, free));
    const first = weekdayLong(painted[0] ?? 1);
    const last = painted.length > 1 ? weekdayLong(painted[painted.length - 1] ?? 1) : null;
    announce(
      m.hours.painted(
        last ? m.hours.dayRange(first, last) : first,
        time(span.from),
        time(span.to),
        free,
      ),
    );
  };

  /* The cell under the pointer, held inside the grid when the pointer leaves it. */
  const cellAt = (event: PointerEvent): Cell | null => {
    const cells = grid.current?.querySelectorAll<HTMLElement>("[data-day]");
    const a = cells?.[0]?.getBoundingClientRect();
    const z = cells?.[cells.length - 1]?.getBoundingClientRect();
    if (!a || !z) return null;
    const part = (x: number, low: number, high: number, n: number) =>
      Math.max(0, Math.min(n - 1, Math.floor(((x - low) / (high - low)) * n)));
    return {
      column: part(event.clientX, a.left, z.right, 7),
      row: part(event.clientY, a.top, z.bottom, rows),
    };
  };

  const onPointerDown = (event: PointerEvent) => {
    const cell = cellAt(event);
    if (event.button !== 0 || !cell || !(event.target as HTMLElement).dataset["day"]) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setAt(cell);
    setStroke({ from: cell, to: cell, free: !isFree(cell) });
  };
  const onPointerMove = (event: PointerEvent) => {
    const cell = stroke && cellAt(event);
    if (cell && (cell.column !== stroke.to.column || cell.row !== stroke.to.row))
      setStroke({ ...stroke, to: cell });
  };
  const onPointerUp = () => {
    if (stroke) apply(stroke);
    setStroke(null);
  };

  /* A screen reader presses a cell without any pointer. */
  const onClick = (event: MouseEvent) => {
    const { day, row } = (event.target as HTMLElement).dataset;
    if (event.detail !== 0 || day === undefined || row === undefined) return;
    const cell = { column: days.indexOf(Number(day)), row: Number(row) };
    apply({ from: cell, to: cell, free: !isFree(cell) });
  };

  const focus = (cell: Cell) => {
    setAt(cell);
    grid.current
      ?.querySelector<HTMLElement>(`[data-day="${dayAt(cell.column)}"][data-row="${cell.row}"]`)
      ?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      apply({ from: at, to: at, free: !isFree(at) });
      return;
    }
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ];
    if (!step) return;
    event.preventDefault();
    const to = { column: at.column + (step[0] ?? 0), row: at.row + (step[1] ?? 0) };
    if (to.column < 0 || to.column > 6 || to.row < 0 || to.row >= rows) return;
    if (event.shiftKey) apply({ from: at, to, free: isFree(at) });
    focus(to);
  };

  const stateOf = (column: number, row: number) => {
    const painting =
      stroke &&
      inside(column, stroke.from.column, stroke.to.column) &&
      inside(row, stroke.from.row, stroke.to.row);
    if (painting) return stroke.free ? "painting" : "clearing";
    return coverage(week, dayAt(column), spanOf(row));
  };

  return (
    <div
      ref={grid}
      className="paint"
      role="group"
      aria-label={label}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setStroke(null)}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <span />
      {days.map((day) => (
        <div key={day} className="paint-day" aria-hidden="true">
          {weekdayShort(day)}
        </div>
      ))}
      {Array.from({ length: rows }, (_, row) => {
        const { from, to } = spanOf(row);
        return [
          <div key={`t${row}`} className="paint-time" aria-hidden="true">
            {from % 60 === 0 ? hourMark(from / 60) : ""}
          </div>,
          ...days.map((day, column) => {
            const state = stateOf(column, row);
            return (
              <button
                key={`${day} ${row}`}
                type="button"
                className={`cell ${state} ${from % 60 ? "half" : "hour"}`}
                data-day={day}
                data-row={row}
                tabIndex={at.column === column && at.row === row ? 0 : -1}
                aria-pressed={state === "part" ? "mixed" : state === "all" || state === "painting"}
                aria-label={m.hours.cell(weekdayLong(day), time(from), time(to))}
                onFocus={() => setAt({ column, row })}
              />
            );
          }),
        ];
      })}
    </div>
  );
}
