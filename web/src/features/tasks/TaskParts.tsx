import { Check, Clock, RotateCcw, TriangleAlert } from "lucide-react";
import type { ChangeEvent } from "react";
import { editTask } from "../../api/actions";
import type { Task } from "../../api/schema";
import { m } from "../../i18n/messages";
import { finish, withOutcome } from "../../ui/outcome";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";
import type { Standing } from "./rows";

/* What a row or card asks of the list around it. */
export interface RowActions {
  edit: (task: Task) => void;
  pick: (id: string, range: boolean) => void;
}

/* Done, or open again if it was not. */
export async function turn(task: Task): Promise<void> {
  try {
    if (task.state === "dropped")
      await withOutcome(() => editTask(task, { state: "open" }), m.task.reopened(task.title));
    else await finish(task, task.state === "open" ? "done" : "open");
  } catch (error) {
    toast(m.task.notSaved(task.title, describe(error).detail));
  }
}

/* How often it comes again, and how far its steps are. */
export function marksOf({ repeat_unit: unit, repeat_every: every, checklist }: Task): string[] {
  return [
    ...(unit === "none" ? [] : [m.repeat.words(unit, every)]),
    ...(checklist.length === 0
      ? []
      : [m.steps.count(checklist.filter((s) => s.done).length, checklist.length)]),
  ];
}

interface BoxProps {
  task: Task;
  selecting: boolean;
  selected: boolean;
  on: RowActions;
  /* −1 in the table, where arrows lead to it. */
  tabIndex?: number;
}

function Reopen({ task, tabIndex }: Pick<BoxProps, "task" | "tabIndex">) {
  return (
    <button
      className="btn icon sm quiet reopen"
      tabIndex={tabIndex}
      aria-label={m.task.reopenBox(task.title)}
      onClick={() => void turn(task)}
    >
      <RotateCcw className="ic" />
    </button>
  );
}

/* Round, as it says what is so; square boxes select. It is one element for both, so that a long list
   begins to select without being made anew. */
export function Box({ task, selecting, selected, on, tabIndex = 0 }: BoxProps) {
  if (!selecting && task.state === "dropped") return <Reopen task={task} tabIndex={tabIndex} />;
  const change = (event: ChangeEvent) => {
    if (!selecting) void turn(task);
    else on.pick(task.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey);
  };
  return (
    <label className={selecting ? "check" : "check done-box"}>
      <input
        type="checkbox"
        tabIndex={tabIndex}
        checked={selecting ? selected : task.state === "done"}
        aria-label={selecting ? m.bulk.selectOne(task.title) : m.task.doneBox(task.title)}
        onChange={change}
      />
    </label>
  );
}

export function PlanTag({ standing, due }: { standing: Standing; due: string }) {
  switch (standing) {
    case "done":
      return (
        <span className="tag ok">
          <Check className="ic" />
          {m.task.stateDone}
        </span>
      );
    case "dropped":
      return <span className="tag">{m.task.stateDropped}</span>;
    case "overdue":
      return (
        <span className="tag bad">
          <Clock className="ic" />
          {m.task.overdueSince(due)}
        </span>
      );
    case "unplanned":
      return null;
    case "empty":
      return <span className="tag info">{m.task.nothingLeft}</span>;
    case "unfit":
      return (
        <span className="tag warn">
          <TriangleAlert className="ic" />
          {m.task.doesNotFit}
        </span>
      );
    case "fits":
      return (
        <span className="tag ok">
          <Check className="ic" />
          {m.task.onTime}
        </span>
      );
  }
}
