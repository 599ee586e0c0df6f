import { Check, Coffee, Pause, Play, Settings2, Square, Target, Timer } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { Ticking } from "../../api/queries";
import type { Block, Course, Schedule, Task, WorkEntry } from "../../api/schema";
import { pauseTimer, resumeTimer, startTimer, stopTimer } from "../../api/work";
import {
  clock,
  clockRange,
  duration,
  moment,
  shortMoment,
  spokenDuration,
} from "../../i18n/format";
import { m } from "../../i18n/messages";
import { nextDue } from "../../time/series";
import { wallAt } from "../../time/zone";
import { CourseCode, courseClass } from "../../ui/CourseCode";
import { Rich } from "../../ui/Rich";
import { useKeys } from "../../ui/keys";
import { finish } from "../../ui/outcome";
import { describe } from "../../ui/problem";
import { Link } from "../../ui/router";
import { announce, toast } from "../../ui/toast";
import { useNow } from "../../ui/useNow";
import { FocusDialog } from "./FocusDialog";
import { Forgotten } from "./Forgotten";
import { minutesBetween, type Day } from "./day";
import { focusLengths } from "./focus";
import { clockText, standingOf, type Phase, type Standing } from "./timer";

interface Props {
  plan: Schedule;
  day: Day;
  timer: Ticking | undefined;
  log: readonly WorkEntry[];
  tasks: ReadonlyMap<string, Task>;
  courseOf: (task: Task | undefined) => Course | undefined;
  /* A task to begin with. */
  onLog: (task: Task | null) => void;
  onEdit: (task: Task) => void;
  steps: (task: Task) => ReactNode;
}

const MINUTE_MS = 60_000;
const minutes = (ms: number) => Math.floor(ms / MINUTE_MS);

/* What is worked on, or else the block that is on or comes next; with the timer. */
export function NowCard({ plan, day, timer, log, tasks, courseOf, onLog, onEdit, steps }: Props) {
  const now = useNow(timer?.work?.state ? 1_000 : 30_000);
  const [busy, setBusy] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const standing = standingOf(timer, log, now);
  const near = day.now ?? day.next;
  const block = standing ? blockOf(day, standing.work.task_id) : near;
  const task = tasks.get(standing?.work.task_id ?? near?.task_id ?? "");
  const course = courseOf(task);
  if (!task) return null;

  const run = (step: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    step()
      .catch((error: unknown) => toast(m.task.notSaved(task.title, describe(error).detail)))
      .finally(() => setBusy(false));
  };
  const start = (focus_min = 0, break_min = 0) =>
    run(async () => {
      await startTimer({ task_id: task.id, focus_min, break_min });
      announce(m.today.started(task.title));
    });
  const stop = (worked: number | null = null) => run(() => stopped(task, worked));
  const acts: Acts = {
    busy,
    start,
    stop: () => stop(),
    pause: () => run(() => paused(task)),
    goOn: () =>
      run(async () => {
        await resumeTimer();
        announce(m.today.started(task.title));
      }),
    done: () => run(() => finish(task)),
    lengths: () => setChoosing(true),
  };

  return (
    <section className={`nowcard ${courseClass(course)}`} aria-labelledby="now-title">
      <div className="band" />
      <div className="in stack">
        <div className="row now-tags">
          <Tag
            standing={standing}
            block={block}
            on={block === day.now}
            plan={plan}
            today={day.date}
          />
          <CourseCode course={course} />
          {block && (
            <span className="small soft end num hide-s">
              {clockRange(block.start, block.end, plan.zone)}
            </span>
          )}
        </div>
        <h2 id="now-title">
          <button className="now-open" onClick={() => onEdit(task)}>
            {task.title}
          </button>
        </h2>
        {standing && <Dial standing={standing} block={block} task={task} />}
        {standing?.phase.kind === "forgotten" ? (
          <Forgotten ranMin={minutes(standing.elapsedMs)} busy={busy} onLog={stop} />
        ) : (
          <Buttons standing={standing} acts={acts} />
        )}
        {steps(task)}
        {task.repeat_unit !== "none" && <Repeats task={task} zone={plan.zone} now={now} />}
        <div className="now-foot">
          {(task.remaining_min === 0 || (block && !standing)) && (
            <div className="small soft">
              {task.remaining_min === 0 && <p>{m.today.noneLeft}</p>}
              {block && !standing && (
                <Why block={block} on={block === day.now} task={task} plan={plan} />
              )}
            </div>
          )}
          <button className="btn quiet sm" onClick={() => onLog(task)}>
            <Timer className="ic" />
            {m.today.log}
          </button>
        </div>
      </div>
      {choosing && (
        <FocusDialog
          onClose={() => setChoosing(false)}
          onStart={(focus, pause) => {
            setChoosing(false);
            start(focus, pause);
          }}
        />
      )}
    </section>
  );
}

/* The block of a task that is on or comes next today. */
function blockOf(day: Day, task: string): Block | null {
  if (day.now?.task_id === task) return day.now;
  const later = day.rest.find((item) => "block" in item && item.block.task_id === task);
  return later && "block" in later ? later.block : null;
}

async function stopped(task: Task, worked: number | null): Promise<void> {
  const { minutes: logged } = await stopTimer(worked);
  toast(logged > 0 ? m.today.stopped(duration(logged), task.title) : m.today.notLogged);
}

async function paused(task: Task): Promise<void> {
  const { minutes: logged } = await pauseTimer();
  announce(m.today.pausedAt(duration(logged), task.title));
}

interface Acts {
  busy: boolean;
  start: (focus?: number, pause?: number) => void;
  stop: () => void;
  pause: () => void;
  goOn: () => void;
  done: () => void;
  lengths: () => void;
}

/* What the primary button does: it is the same one whatever the timer does, so it keeps the focus. */
function firstOf(standing: Standing | null, acts: Acts) {
  if (!standing) return { Icon: Play, words: m.today.start, act: () => acts.start() };
  const { phase, work } = standing;
  if (phase.kind === "paused" || phase.kind === "break")
    return { Icon: Play, words: m.today.goOn, act: acts.goOn };
  const over = phase.kind === "over";
  const words =
    over && work.break_min > 0 ? m.today.takeBreak(duration(work.break_min)) : m.today.pause;
  return { Icon: over ? Coffee : Pause, words, act: acts.pause };
}

function Buttons({ standing, acts }: { standing: Standing | null; acts: Acts }) {
  const phase = standing?.phase.kind ?? "idle";
  const resting = phase === "paused" || phase === "break";
  useKeys({
    " ": phase === "idle" ? () => acts.start() : resting ? acts.goOn : acts.stop,
    d: acts.done,
  });
  const [focus, pause] = focusLengths();
  const first = firstOf(standing, acts);
  return (
    <div className="row now-acts">
      <button className="btn pri" aria-disabled={acts.busy} onClick={first.act}>
        <first.Icon className="ic" />
        {first.words} {phase === "idle" && <kbd className="hide-s">{m.today.space}</kbd>}
      </button>
      {standing ? (
        <button className="btn" aria-disabled={acts.busy} onClick={acts.stop}>
          <Square className="ic" />
          {m.today.stop} {!resting && <kbd className="hide-s">{m.today.space}</kbd>}
        </button>
      ) : (
        <span className="joined">
          <button
            className="btn"
            aria-disabled={acts.busy}
            onClick={() => acts.start(focus, pause)}
          >
            <Target className="ic" />
            {m.today.startFocus(focus, pause)}
          </button>
          <button
            className="btn icon"
            aria-label={m.today.lengths}
            aria-disabled={acts.busy}
            onClick={acts.lengths}
          >
            <Settings2 className="ic" />
          </button>
        </span>
      )}
      <button className="btn" aria-disabled={acts.busy} onClick={acts.done}>
        <Check className="ic" />
        {m.today.done} <kbd className="hide-s">D</kbd>
      </button>
    </div>
  );
}

interface TagProps {
  standing: Standing | null;
  block: Block | null;
  on: boolean;
  plan: Schedule;
  today: string;
}

const PHASE_TAGS: Record<Phase["kind"], () => string> = {
  working: () => m.today.working,
  focus: () => m.today.focusTag,
  over: () => m.today.overTag,
  paused: () => m.today.pausedTag,
  break: () => m.today.breakTag,
  forgotten: () => m.today.forgottenTag,
};

function Tag({ standing, block, on, plan, today }: TagProps) {
  if (standing) {
    const { kind } = standing.phase;
    const resting = kind === "paused" || kind === "break";
    return (
      <span className={resting ? "tag" : "tag now"}>
        {resting ? <Pause className="ic" /> : <span className="nowdot" />}
        {PHASE_TAGS[kind]()}
      </span>
    );
  }
  if (!block) return null;
  if (on)
    return (
      <span className="tag now">
        <span className="nowdot" />
        {m.today.nowUntil(clock(block.end, plan.zone))}
      </span>
    );
  const isToday = wallAt(Date.parse(block.start), plan.zone).date === today;
  return (
    <span className="tag">
      {m.today.nextAt(
        isToday ? clock(block.start, plan.zone) : shortMoment(block.start, plan.zone),
      )}
    </span>
  );
}

/* The clock: time worked in this sitting; of a focus or a break what is left. */
function Dial({ standing, block, task }: { standing: Standing; block: Block | null; task: Task }) {
  const { phase, work, sittingMs, elapsedMs } = standing;
  const left = duration(Math.max(0, task.remaining_min - minutes(elapsedMs)));
  const [ms, said, beside] =
    phase.kind === "focus"
      ? [
          phase.leftMs + 999,
          m.today.focusLeft(spokenDuration(Math.ceil(phase.leftMs / MINUTE_MS))),
          m.today.ofFocus(duration(work.focus_min), left),
        ]
      : phase.kind === "break"
        ? [
            phase.leftMs + (phase.leftMs > 0 ? 999 : 0),
            m.today.breakLeft(spokenDuration(Math.ceil(phase.leftMs / MINUTE_MS))),
            m.today.ofBreak(duration(work.break_min)),
          ]
        : [
            sittingMs,
            m.today.worked(spokenDuration(minutes(sittingMs))),
            block ? m.today.ofBlock(duration(lengthOf(block)), left) : m.today.ofTask(left),
          ];
  const share =
    phase.kind === "focus"
      ? 1 - phase.leftMs / (work.focus_min * MINUTE_MS)
      : phase.kind === "break"
        ? 1 - phase.leftMs / (work.break_min * MINUTE_MS)
        : block
          ? Math.min(1, sittingMs / MINUTE_MS / lengthOf(block))
          : null;
  return (
    <>
      <div className="row dial">
        <span className="clock" role="timer" aria-label={said}>
          {clockText(ms)}
        </span>
        <span className="soft beside">{beside}</span>
      </div>
      {share !== null && (
        <div
          className="prog"
          style={{ "--v": `${(share * 100).toFixed(1)}%` }}
          aria-hidden="true"
        />
      )}
    </>
  );
}

const lengthOf = (b: Block) => minutesBetween(Date.parse(b.start), Date.parse(b.end));

/* What done will do, before it is done. */
function Repeats({ task, zone, now }: { task: Task; zone: string; now: number }) {
  const { repeat_unit: unit, repeat_every: every, repeat_until: until } = task;
  if (unit === "none") return null;
  const next = nextDue({ unit, every, until }, Date.parse(task.due), zone, now);
  const words = m.repeat.words(unit, every);
  return (
    <p className="small soft">
      {next === null ? m.repeat.shortLast(words) : m.repeat.short(words, moment(next, zone))}
    </p>
  );
}

interface WhyProps {
  block: Block;
  on: boolean;
  task: Task;
  plan: Schedule;
}

function Why({ block, on, task, plan }: WhyProps) {
  const slack = block.reason.minutes;
  const day = wallAt(Date.parse(block.start), plan.zone).date;
  return (
    <p>
      <Rich text={m.today.why(moment(task.due, plan.zone), on)} />{" "}
      {slack !== null && (slack > 0 ? m.today.slack(duration(slack)) : m.today.noSlack)}{" "}
      <Link to={`/week?day=${day}&block=${block.start}`}>{m.today.explain}</Link>
    </p>
  );
}
