import { Pause, Play } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTasks, useTimer } from "../../api/queries";
import { m } from "../../i18n/messages";
import { Link } from "../../ui/router";
import { setTitleAhead } from "../../ui/title";
import { announce } from "../../ui/toast";
import { useNow } from "../../ui/useNow";
import { clockText, standingOf, type Standing } from "./timer";

/* The timer, wherever one is: on every page, in the title of the tab, and spoken when a focus or a
   break is over. `shown` is false where the page shows it itself. */
export function TimerPill({ shown }: { shown: boolean }) {
  const timer = useTimer().data;
  return timer?.work ? <Running shown={shown} /> : null;
}

const NO_LOG: never[] = [];

/* What is left of a focus or a break, else what was worked in this stretch. */
const shownMs = ({ phase, elapsedMs, work }: Standing) =>
  phase.kind === "focus" || phase.kind === "break"
    ? phase.leftMs + (phase.leftMs > 0 ? 999 : 0)
    : phase.kind === "paused"
      ? work.minutes * 60_000
      : elapsedMs;

function Running({ shown }: { shown: boolean }) {
  const timer = useTimer().data;
  const tasks = useTasks().data;
  const now = useNow(1_000);
  const standing = standingOf(timer, NO_LOG, now);
  const title = tasks?.find((t) => t.id === standing?.work.task_id)?.title ?? "";
  const text = standing ? clockText(shownMs(standing)) : "";
  const paused = standing?.work.state === "paused";
  useEnds(standing, title);
  useEffect(() => {
    setTitleAhead(title === "" ? "" : `${paused ? "❚❚ " : ""}${text} ${title}`);
  }, [text, title, paused]);
  useEffect(() => () => setTitleAhead(""), []);

  if (!shown || !standing || title === "") return null;
  return (
    <Link
      className={paused ? "timer-pill" : "timer-pill on"}
      to="/today"
      aria-label={paused ? m.today.pillPaused(title) : m.today.pill(title, text)}
    >
      {paused ? <Pause className="ic" /> : <Play className="ic" />}
      <b className="num">{text}</b>
      <span className="what">{title}</span>
    </Link>
  );
}

/* Says once that a focus or a break is over. */
function useEnds(standing: Standing | null, title: string): void {
  const said = useRef("");
  const kind = standing?.phase.kind;
  const over = kind === "over" || (standing?.phase.kind === "break" && standing.phase.leftMs === 0);
  const which = `${standing?.work.id} ${kind}`;
  useEffect(() => {
    if (!over || title === "" || said.current === which) return;
    said.current = which;
    announce(kind === "over" ? m.today.focusOver(title) : m.today.breakOver(title));
  }, [over, which, kind, title]);
}
