import { memo, useRef, type MouseEvent } from "react";
import { duration, moment } from "../../i18n/format";
import { m, type Messages } from "../../i18n/messages";
import { courseClass } from "../../ui/CourseCode";
import { Priority } from "../../ui/Priority";
import { useUsual, type Usual } from "../../ui/usual";
import { Box, PlanTag, marksOf, type RowActions } from "./TaskParts";
import type { Row } from "./rows";
import type { Selection } from "./selection";
import { useNear } from "./useNear";

const CARD_HEIGHT = 70;

interface CardsProps {
  rows: readonly Row[];
  zone: string;
  selection: Selection;
  on: RowActions;
  /* Read from `m`; here so that another language draws the list anew. */
  words: Messages;
}

export const TaskCards = memo(function TaskCards(props: CardsProps) {
  const { rows, zone, selection, on, words } = props;
  const list = useRef<HTMLDivElement>(null);
  const pieces = useNear(list, rows.length, CARD_HEIGHT, -1);
  const usual = useUsual();
  return (
    <div ref={list} className="tcards" role="list" aria-label={m.tasks.title}>
      {pieces.flatMap(({ from, to, gap }, n) =>
        gap === null ? (
          rows
            .slice(from, to)
            .map((row, i) => (
              <Card
                key={from + i}
                row={row}
                zone={zone}
                usual={usual}
                place={from + i}
                of={rows.length}
                selecting={selection.on}
                selected={selection.on && selection.picked.has(row.task.id)}
                on={on}
                words={words}
              />
            ))
        ) : (
          <div key={`gap${n}`} role="presentation" style={{ height: gap }} />
        ),
      )}
    </div>
  );
});

interface CardProps {
  row: Row;
  zone: string;
  usual: Usual;
  place: number;
  of: number;
  selecting: boolean;
  selected: boolean;
  on: RowActions;
  words: Messages;
}

const Card = memo(function Card(props: CardProps) {
  const { row, place, selecting, selected, on } = props;
  const { task, course, left, standing } = row;
  const due = moment(row.due, props.zone);
  const open = (event: MouseEvent) =>
    selecting ? on.pick(task.id, event.shiftKey) : on.edit(task);
  return (
    <div
      role="listitem"
      aria-setsize={props.of}
      aria-posinset={place + 1}
      data-place={place}
      className={`tcard ${courseClass(course)} ${task.state}${selected ? " selected" : ""}`}
    >
      <span className="band" />
      <Box task={task} selecting={selecting} selected={selected} on={on} />
      <button className="tcard-open" onClick={open}>
        <b>{task.title}</b>
        <span className="small soft">
          {[
            course?.code || course?.name,
            ...marksOf(task),
            m.task.leftOf(duration(left)),
            task.state === "open" && props.usual.short(task),
            due,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {standing !== "fits" && <PlanTag standing={standing} due={due} />}
      </button>
      <Priority value={task.priority} />
    </div>
  );
});
