import { useEffect, useId, type KeyboardEvent } from "react";
import type { Schedule } from "../../api/schema";
import { dayDate, dayShort, duration, list, percent, spokenDuration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { loadsOf } from "../../plan/loads";
import { Rich } from "../../ui/Rich";
import { announce } from "../../ui/toast";

interface Props {
  plan: Schedule;
  value: number;
  max: number;
  previewing: boolean;
  onChange: (percent: number) => void;
  onDiscard: () => void;
}

const NAMED = 3;
const SAID_AFTER_MS = 700;

/* The pace, in hours. Moving it plans anew; nothing is saved before Apply. */
export function PaceDial({ plan, value, max, previewing, onChange, onDiscard }: Props) {
  const id = useId();
  const loads = loadsOf(plan.days, plan.pace);
  const least = plan.minimum_intensity?.percent ?? null;
  const soon = plan.days[6]?.date ?? "";
  const named = loads.above.map((d) => (d.date <= soon ? dayShort(d.date) : dayDate(d.date)));
  const sentence = m.pace.sentence(duration(loads.maxMin), duration(loads.meanMin));
  const reason = !plan.certificate.feasible
    ? m.pace.short(duration(plan.short_min))
    : named.length > 0
      ? m.pace.above(
          named.length <= NAMED ? list(named) : m.pace.manyDays(named.length),
          duration(Math.max(...loads.above.map((d) => d.byMin))),
        )
      : m.pace.within;

  /* Said once the slider rests, not at every step. */
  useEffect(() => {
    if (!previewing) return;
    const timer = setTimeout(
      () => announce(`${sentence} ${reason}`.replace(/\*\*/g, "")),
      SAID_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [previewing, sentence, reason]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && previewing) {
      event.preventDefault();
      onDiscard();
    }
  };

  return (
    <div className="dial">
      <label className="lbl" htmlFor={id}>
        {m.pace.label} <output className="num">{percent(value / 100)}</output>
      </label>
      <div className="rng" style={{ "--m": `${least ?? 0}%` }}>
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          value={value}
          style={{ "--v": `${value}%` }}
          aria-valuetext={m.pace.spoken(value, spokenDuration(loads.maxMin))}
          aria-describedby={`${id}-say`}
          onChange={(event) => onChange(Math.min(max, Number(event.target.value)))}
          onKeyDown={onKeyDown}
        />
        {least !== null && (
          <span className="min" aria-hidden="true">
            <span>{m.pace.enough(least)}</span>
          </span>
        )}
      </div>
      <p className="say small soft" id={`${id}-say`}>
        <Rich text={`${sentence} ${reason}`} />
      </p>
    </div>
  );
}
