import { memo, useRef, type MouseEvent } from "react";
import { duration, moment } from "../../i18n/format";
import { m, type Messages } from "../../i18n/messages";
import { courseClass } from "../../ui/CourseCode";
import { Priority } from "../../ui/Priority";
import { useUsual } from "../../ui/usual";
import { Box, PlanTag, marksOf, type RowActions } from "./TaskParts";
import type { Row } from "./rows";
import type { Selection } from "./selection";
import { useChunks } from "./useChunks";

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
  const chunks = useChunks(list, rows.length, CARD_HEIGHT, -1);
  const usual = useUsual();
  return (
    <div ref={list} className="tcards" role="list" aria-label={m.tasks.title}>
      {chunks.map(({ index, from, to, gap }) =>
        gap === null ? (
          <div key={index} role="presentation" data-chunk={index}>
            {rows.slice(from, to).map((row, i) => (
              <Card
                key={i}
                {...row}
                place={from + i + 1}
                of={rows.length}
                dueText={moment(row.due, zone)}
                usual={row.task.state === "open" ? usual.short(row.task) : null}
                selecting={selection.on}
                selected={selection.picked.has(row.task.id)}
                on={on}
                words={words}
              />
            ))}
          </div>
        ) : (
          <div key={`gap${index}`} role="presentation" style={{ height: gap }} />
        ),
      )}
    </div>
  );
});

interface CardProps extends Row {
  place: number;
  of: number;
  dueText: string;
  usual: string | null;
  selecting: boolean;
  selected: boolean;
  on: RowActions;
  words: Messages;
}

const Card = memo(function Card(props: CardProps) {
  const { task, course, left, standing, dueText, usual, selecting, selected, on } = props;
  const open = (event: MouseEvent) =>
    selecting ? on.pick(task.id, event.shiftKey) : on.edit(task);
  return (
    <div
      role="listitem"
      aria-setsize={props.of}
      aria-posinset={props.place}
      className={`tcard ${courseClass(course)} ${task.state}${selecting && selected ? " selected" : ""}`}
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
            usual,
            dueText,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {standing !== "fits" && <PlanTag standing={standing} due={dueText} />}
      </button>
      <Priority value={task.priority} />
    </div>
  );
});
