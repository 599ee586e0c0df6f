/* What a line could mean here and now: each with a sentence that says what will happen, and the step
   that does it. */

import { addTask, editTask, removeTask } from "../../api/actions";
import type { Make } from "../../api/making";
import type { Course, Schedule, Task } from "../../api/schema";
import { clock, duration, moment, pc, writesMonthFirst } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { mostAlike, readCommand } from "../../line/command";
import { readLine, type LineLanguage } from "../../line/read";
import { lineFault } from "../../ui/lineFault";
import { finish, withOutcome } from "../../ui/outcome";
import { navigate } from "../../ui/router";
import { repeatWords } from "../../ui/repeatWords";
import { taskBody } from "../../ui/taskBody";
import { toast, undoLast } from "../../ui/toast";

export interface Page {
  to: string;
  name: string;
}

export interface Intent {
  id: string;
  kind: "done" | "progress" | "now" | "undo" | "go" | "add" | "edit";
  text: string;
  /* Missing: it is said, and cannot be done. */
  run?: () => Promise<void> | void;
}

export interface Surroundings {
  language: LineLanguage;
  now: number;
  zone: string;
  tasks: Task[];
  courses: Course[];
  plan: Schedule | undefined;
  pages: readonly Page[];
  onEdit: (task: Task) => void;
  /* Makes a task. */
  make: Make;
}

const SHOWN_MAX = 5;

export function intentsOf(text: string, around: Surroundings): Intent[] {
  if (text.trim() === "") return [nowIntent(around), undoIntent(), ...around.pages.map(goIntent)];
  const command = readCommand(text, around.language.commands);
  const open = around.tasks.filter((task) => task.state === "open");
  const byDue = [...open].sort((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const alike = (query: string) =>
    mostAlike(query, byDue, (task) => task.title).slice(0, SHOWN_MAX);
  const places = (query: string) => mostAlike(query, around.pages, (page) => page.name);
  switch (command.kind) {
    case "now":
      return [nowIntent(around)];
    case "undo":
      return [undoIntent()];
    case "add":
      return [addIntent(command.line, around)];
    case "done":
      return [...alike(command.query).map(doneIntent), addIntent(text, around)];
    case "progress":
      return [
        ...alike(command.query).map((task) => progressIntent(task, command.percent)),
        addIntent(text, around),
      ];
    case "go":
      return [
        ...places(command.query).map(goIntent),
        ...alike(command.query).map((task) => editIntent(task, around)),
        addIntent(text, around),
      ];
    case "words":
      return [
        ...places(command.query).map(goIntent),
        ...alike(command.query).map((task) => editIntent(task, around)),
        addIntent(text, around),
      ];
  }
}

const undoIntent = (): Intent => ({
  id: "undo",
  kind: "undo",
  text: m.command.undo,
  run: () => undoLast(),
});

const goIntent = ({ to, name }: Page): Intent => ({
  id: to,
  kind: "go",
  text: m.command.go(name),
  run: () => navigate(to),
});

const editIntent = (task: Task, { onEdit }: Surroundings): Intent => ({
  id: `edit ${task.id}`,
  kind: "edit",
  text: m.command.edit(task.title),
  run: () => onEdit(task),
});

const doneIntent = (task: Task): Intent => ({
  id: `done ${task.id}`,
  kind: "done",
  text: m.command.finish(task.title),
  run: () => finish(task),
});

const STEP_MIN = 5;

/* What is left when so much is done, to the five minutes that blocks are made of. */
export function leftAt(task: Task, percent: number): number {
  const whole = Math.max(task.estimate_min, task.worked_min + task.remaining_min);
  const left = (whole * (100 - percent)) / 100;
  return Math.min(whole, Math.ceil(left / STEP_MIN) * STEP_MIN);
}

function progressIntent(task: Task, percent: number): Intent {
  if (percent === 100) return doneIntent(task);
  const left = leftAt(task, percent);
  return {
    id: `progress ${task.id}`,
    kind: "progress",
    text: m.command.progress(task.title, pc(percent), duration(left)),
    run: () =>
      withOutcome(
        () => editTask(task, { remaining_min: left }),
        m.command.progressed(task.title, pc(percent)),
      ),
  };
}

/* What the plan says for this moment: the block that runs, else the next one. */
function nowIntent({ plan, tasks, now, zone }: Surroundings): Intent {
  const block = plan?.blocks.find((b) => Date.parse(b.end) > now);
  const title = tasks.find((task) => task.id === block?.task_id)?.title;
  const text =
    !block || title === undefined
      ? m.command.free
      : Date.parse(block.start) <= now
        ? m.command.now(title, clock(block.end, zone))
        : m.command.next(title, moment(block.start, zone));
  return { id: "now", kind: "now", text, run: () => navigate("/today") };
}

function addIntent(line: string, around: Surroundings): Intent {
  const { language, now, zone, courses } = around;
  const read = readLine(line, {
    language,
    now,
    zone,
    monthFirst: writesMonthFirst(),
    courses,
    refused: new Set(),
  });
  const wrong = lineFault(read, now);
  if (wrong !== null)
    return { id: "add", kind: "add", text: m.command.cannotAdd(read.title || line, wrong) };
  return {
    id: "add",
    kind: "add",
    text: [
      m.command.add(read.title, duration(read.estimateMin), moment(read.due, zone)),
      ...(read.repeat ? [repeatWords(read.repeat)] : []),
    ].join(", "),
    run: async () => {
      const task = await around.make(taskBody(read), addTask, line);
      toast(m.quick.added(task.title), () => removeTask(task));
    },
  };
}
