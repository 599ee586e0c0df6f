import { useEffect, useRef } from "react";
import type { Course } from "../../api/schema";
import { m } from "../../i18n/messages";
import { courseClass } from "../../ui/CourseCode";
import { isBlock, titleOf, type Carry } from "./carry";

interface Props {
  carry: Carry;
  /* Where its day stands among those in view, −1: it is not; and in which row of the calendar. */
  column: number;
  row: number;
  course: Course | undefined;
  refused: boolean;
  /* "15:15–16:45", and in words for those who listen. */
  times: string;
  spoken: string;
}

const DAY = 1440;

/* What is in the hand, above the calendar. By keyboard it has the focus: a slider that also moves
   between days, so that screen readers pass the arrows on and say each new time. */
export function CarryLayer({ carry, column, row, course, refused, times, spoken }: Props) {
  const own = useRef<HTMLDivElement>(null);
  const { place, thing, by } = carry;
  const seen = column >= 0;
  useEffect(() => {
    if (by === "keys") own.current?.focus({ preventScroll: true });
  }, [by, seen]);
  useEffect(() => {
    if (by === "keys") own.current?.scrollIntoView({ block: "nearest" });
  }, [by, seen, place]);
  if (!seen) return null;
  const kind = isBlock(thing)
    ? `blk ${courseClass(course)}`
    : `evt ${course ? `of-course ${courseClass(course)}` : ""}`;
  const short = place.b - place.a < 45;
  return (
    <div
      className="carry"
      style={{ gridColumn: `${column + 2} / ${column + 3}`, gridRow: `${row} / ${row + 1}` }}
    >
      <div
        ref={own}
        className={`${kind} drag ${refused ? "no" : ""} ${short ? "s" : ""}`}
        style={{ "--a": place.a, "--b": Math.min(DAY, place.b) }}
        {...(by === "keys"
          ? {
              role: "slider",
              tabIndex: 0,
              "aria-label": m.move.label(titleOf(thing)),
              "aria-orientation": "vertical" as const,
              "aria-valuemin": 0,
              "aria-valuemax": DAY,
              "aria-valuenow": place.a,
              "aria-valuetext": spoken,
              "aria-describedby": "move-hint",
            }
          : { "aria-hidden": true })}
      >
        <b>{times}</b>
        <span className="tt">{titleOf(thing)}</span>
      </div>
    </div>
  );
}
