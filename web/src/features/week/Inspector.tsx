import {
  Check,
  CircleSlash,
  Flag,
  Gauge,
  GripVertical,
  History,
  Hourglass,
  Pencil,
  Pin,
  PinOff,
  Ruler,
  Target,
  X,
  type LucideIcon,
} from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import type { Block, Course, Schedule, Task } from "../../api/schema";
import {
  clock,
  clockRange,
  dayDate,
  duration,
  longDay,
  moment,
  shortMoment,
} from "../../i18n/format";
import { m } from "../../i18n/messages";
import { shareOf } from "../../plan/loads";
import { pinOf } from "../../plan/wishes";
import { wallAt } from "../../time/zone";
import { CourseCode, courseClass } from "../../ui/CourseCode";
import { Rich } from "../../ui/Rich";
import { useKeys } from "../../ui/keys";
import { finish } from "../../ui/outcome";
import { describe } from "../../ui/problem";
import { toast } from "../../ui/toast";
import { usePhone } from "../../ui/useMedia";
import { WhyNot } from "./WhyNot";
import { useUsual } from "../../ui/usual";
import { togglePin } from "./pinning";

interface Props {
  plan: Schedule;
  task: Task;
  block: Block | undefined;
  course: Course | undefined;
  now: number;
  onClose: () => void;
  /* Carries the block elsewhere. */
  onMove: (() => void) | undefined;
  onEdit: () => void;
  children?: ReactNode;
}

const minutesOf = (b: Block) => (Date.parse(b.end) - Date.parse(b.start)) / 60_000;

/* Why this block is here. Beside the calendar, or a sheet from below on a phone. */
export function Inspector({
  plan,
  task,
  block,
  course,
  now,
  onClose,
  onMove,
  onEdit,
  children,
}: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const phone = usePhone();
  const start = block?.start;
  /* On a phone the sheet covers the lower half, so the block is brought above it. */
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    if (phone && start)
      document.querySelector(`[data-key="${start}"]`)?.scrollIntoView({ block: "start" });
  }, [phone, start]);
  const blocks = plan.blocks.filter((b) => b.task_id === task.id);
  const counted = useUsual().counted(task);
  const why = reasons(plan, task, blocks, block);
  if (counted !== null) why.splice(1, 0, [Ruler, counted]);

  const done = async () => {
    onClose();
    try {
      await finish(task);
    } catch (error) {
      toast(m.task.notSaved(task.title, describe(error).detail));
    }
  };

  const pin = block && pinOf(task, block);
  const ahead = block !== undefined && Date.parse(block.end) > now;
  if (pin && ahead) why.splice(1, 0, [Pin, m.why.pinned]);
  const toggle = () => {
    if (block && ahead) void togglePin(task, block, now);
  };

  const carry = block && Date.parse(block.start) >= now ? onMove : undefined;

  useKeys({ d: () => void done(), p: toggle, ...(carry && { m: carry }) });

  return (
    <section className="insp stack" aria-labelledby="insp-title">
      <div className="row nowrap insp-head">
        <CourseCode course={course} />
        <button className="btn icon sm quiet end" aria-label={m.ui.close} onClick={onClose}>
          <X className="ic" />
        </button>
      </div>
      <div>
        <h2 id="insp-title" ref={heading} tabIndex={-1}>
          {task.title}
        </h2>
        <p className="soft">
          {block
            ? `${dayDate(wallAt(Date.parse(block.start), plan.zone).date)}, ${clockRange(block.start, block.end, plan.zone)} · ${duration(minutesOf(block))}`
            : m.task.dueAt(moment(task.due, plan.zone))}
        </p>
      </div>
      <Thread {...{ plan, task, blocks, block, course, now }} />
      <div>
        <h3>{block ? m.why.title : m.why.taskTitle}</h3>
        <ul className="why">
          {why.map(([Icon, text], i) => (
            <li key={i}>
              <Icon className="ic" />
              <span>
                <Rich text={text} />
              </span>
            </li>
          ))}
        </ul>
      </div>
      {block && Date.parse(block.start) > now && (
        <WhyNot block={block} zone={plan.zone} now={now} />
      )}
      {task.notes && <p className="soft notes">{task.notes}</p>}
      {children}
      <div className="row insp-acts">
        <button className="btn sm" onClick={() => void done()}>
          <Check className="ic" />
          {m.task.markDone} <kbd>D</kbd>
        </button>
        {carry && (
          <button className="btn sm" onClick={carry}>
            <GripVertical className="ic" />
            {m.move.button} <kbd>M</kbd>
          </button>
        )}
        {ahead && (
          <button className="btn sm" onClick={toggle}>
            {pin ? <PinOff className="ic" /> : <Pin className="ic" />}
            {pin ? m.task.unpin : m.task.pin} <kbd>P</kbd>
          </button>
        )}
        <button className="btn sm" onClick={onEdit}>
          <Pencil className="ic" />
          {m.task.editShort}
        </button>
      </div>
    </section>
  );
}

type Reason = [LucideIcon, string];

function reasons(plan: Schedule, task: Task, blocks: Block[], block: Block | undefined): Reason[] {
  const left = duration(task.remaining_min);
  const out: Reason[] = [
    [Flag, m.why.due(task.title, moment(task.due, plan.zone), left, blocks.length)],
  ];
  const first = block ?? blocks[0];
  if (!first) {
    out.push([
      CircleSlash,
      Date.parse(task.due) <= Date.parse(plan.now) ? m.why.overdue : m.why.notPlanned,
    ]);
    return out;
  }
  if (Date.parse(first.end) <= Date.parse(plan.now)) {
    const missed = plan.missed.some((b) => b.start === first.start);
    out.push([History, missed ? m.why.missed : m.why.past]);
    return out;
  }
  const reason = reasonOf(plan, first);
  if (reason) out.push(reason);
  const slack = first.reason.minutes;
  if (slack !== null)
    out.push([Hourglass, slack > 0 ? m.why.slack(duration(slack)) : m.why.noSlack]);
  return out;
}

function reasonOf(plan: Schedule, block: Block): Reason | null {
  const { date } = wallAt(Date.parse(block.start), plan.zone);
  const day = plan.days.find((d) => d.date === date);
  const load = block.reason.load_min;
  const name = longDay(date);
  const pace = shareOf(day?.free_min ?? 0, plan.pace);
  switch (block.reason.code) {
    case "tight":
      return [Target, m.why.tight(plan.critical ? moment(plan.critical.until, plan.zone) : "")];
    case "deadline":
      return [Gauge, m.why.deadline(name, duration(load), duration(pace))];
    case "pace":
      return [Gauge, m.why.pace(name, duration(load), duration(pace))];
    case "unfinished":
      return [CircleSlash, m.why.unfinished];
    case "kept":
      return [Gauge, m.why.kept];
    default:
      return null;
  }
}

interface ThreadProps {
  plan: Schedule;
  task: Task;
  blocks: Block[];
  block: Block | undefined;
  course: Course | undefined;
  now: number;
}

/* The task's time line: its blocks from now to its due. */
function Thread({ plan, task, blocks, block, course, now }: ThreadProps) {
  const due = Date.parse(task.due);
  if (due <= now || blocks.length === 0) return null;
  const at = (instant: number) =>
    `${Math.max(0, Math.min(100, ((instant - now) / (due - now)) * 100))}%`;
  const here = block ? Date.parse(block.start) : null;
  const share = here === null ? 0 : (here - now) / (due - now);
  return (
    <div className={`thread ${courseClass(course)}`} aria-hidden="true">
      <i className="ln" />
      {blocks.map((b) => (
        <i
          key={b.start}
          className={b.start === block?.start ? "bk on" : "bk"}
          style={{ left: at(Date.parse(b.start)) }}
        />
      ))}
      <i className="fl">
        <Flag className="ic" />
      </i>
      {share > 0.2 && <span className="at-now">{m.why.now}</span>}
      {here !== null && share < 0.7 && (
        <span
          className="at-here"
          style={{ left: at(here) }}
          data-side={share < 0.12 ? "start" : "mid"}
        >
          {m.why.thisBlock}
        </span>
      )}
      <span className="at-due">
        {due - now < 6 * 86_400_000
          ? shortMoment(due, plan.zone)
          : `${dayDate(wallAt(due, plan.zone).date)} ${clock(due, plan.zone)}`}
      </span>
    </div>
  );
}
