import { useMemo, useState, type ReactNode } from "react";
import { saveWishes } from "../../api/actions";
import { useSettings } from "../../api/queries";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { parseDuration } from "../../line/duration";
import { EMPTY_WEEK, weekOf, windowsOf, type Week } from "../../plan/windows";
import { wishesOf, type Wishes } from "../../plan/wishes";
import { CostOf } from "../../ui/Cost";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { useNamedHeading } from "../../ui/router";
import { toast } from "../../ui/toast";
import "./settings.css";

const LENGTHS = [
  ...(["min_session_min", "max_session_min", "max_task_day_min"] as const),
  ...(["pause_min", "break_after_min", "break_min", "buffer_min"] as const),
] as const;
type Length = (typeof LENGTHS)[number];

const names = (): Record<Length, [label: string, hint: string]> => ({
  min_session_min: [m.wishes.least, m.wishes.leastHint],
  max_session_min: [m.wishes.most, m.wishes.mostHint],
  max_task_day_min: [m.wishes.dayMost, m.wishes.dayMostHint],
  pause_min: [m.wishes.pause, m.wishes.pauseHint],
  break_after_min: [m.wishes.breakAfter, m.wishes.breakAfterHint],
  break_min: [m.wishes.breakFor, m.wishes.breakForHint],
  buffer_min: [m.wishes.buffer, m.wishes.bufferHint],
});

const DAY_MIN = 1440;
const BUFFER_MAX_MIN = 14 * DAY_MIN;
const BREAK_LEAST_MIN = 5;

/* What an empty field stands for. */
const empty = (name: Length) =>
  ["min_session_min", "max_session_min", "max_task_day_min"].includes(name)
    ? m.wishes.any
    : m.wishes.none;

interface Draft {
  texts: Record<Length, string>;
  /* null: all hours alike. */
  preferred: Week | null;
}

function draftOf(wishes: Wishes): Draft {
  const text = (name: Length) => (wishes[name] > 0 ? duration(wishes[name]) : "");
  return {
    texts: Object.fromEntries(LENGTHS.map((name) => [name, text(name)])) as Draft["texts"],
    preferred: wishes.preferred.length > 0 ? weekOf(wishes.preferred) : null,
  };
}

const mostOf = (name: Length) => (name === "buffer_min" ? BUFFER_MAX_MIN : DAY_MIN);
const lengthOf = (text: string, most = DAY_MIN) =>
  text.trim() === "" ? 0 : parseDuration(text, most);

type Faults = Partial<Record<Length, string>>;

function read({ texts, preferred }: Draft): Wishes | Faults {
  const lengths = LENGTHS.map((name) => [name, lengthOf(texts[name], mostOf(name))] as const);
  const faults: Faults = {};
  for (const [name, min] of lengths) {
    if (min === null) faults[name] = name === "buffer_min" ? m.wishes.badBuffer : m.wishes.bad;
  }
  const least = lengthOf(texts.min_session_min) ?? 0;
  for (const name of ["max_session_min", "max_task_day_min"] as const) {
    const most = lengthOf(texts[name]) ?? 0;
    if (most > 0 && most < least) faults[name] ??= m.wishes.tooSmall;
  }
  const after = lengthOf(texts.break_after_min) ?? 0;
  const rest = lengthOf(texts.break_min) ?? 0;
  if (after > 0 && after < BREAK_LEAST_MIN) faults.break_after_min ??= m.wishes.breakTooSoon;
  if (after > 0 && rest === 0) faults.break_min ??= m.wishes.breakForHow;
  if (rest > 0 && after === 0) faults.break_after_min ??= m.wishes.breakAfterHow;
  if (Object.keys(faults).length > 0) return faults;
  const wishes = Object.fromEntries(lengths) as Omit<Wishes, "preferred">;
  return { ...wishes, preferred: preferred ? windowsOf(preferred) : [] };
}

const isWishes = (value: Wishes | Faults): value is Wishes => "preferred" in value;

interface Props {
  /* The editor of weekly hours. */
  hours: (week: Week, onChange: (week: Week) => void) => ReactNode;
}

/* How sessions should be: lengths, breaks, a buffer before due dates, and hours that are preferred. */
export function WishesSection({ hours }: Props) {
  const settings = useSettings().data;
  const [typed, setTyped] = useState<Draft | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const heading = useNamedHeading("wishes", settings !== undefined);
  const value = useMemo(() => typed && read(typed), [typed]);
  const stored = settings && wishesOf(settings);
  const wanted = value && isWishes(value) ? value : null;
  /* The same fields in the same order. */
  const text = (wishes: Wishes) => settings && JSON.stringify(wishesOf({ ...settings, ...wishes }));
  const changed = wanted !== null && stored && text(wanted) !== text(stored);
  const whatIf = useMemo(() => wanted && { wishes: wanted }, [wanted]);
  if (!stored) return null;
  const draft = typed ?? draftOf(stored);
  const faults: Faults = value && !isWishes(value) ? value : {};

  const save = async () => {
    if (!wanted) return;
    setBusy(true);
    setError(null);
    try {
      const undo = await saveWishes(wanted);
      setTyped(null);
      toast(m.wishes.saved, undo);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const discard = () => {
    setTyped(null);
    setError(null);
  };

  return (
    <section className="card stack" aria-labelledby="wishes">
      <div>
        <h2 id="wishes" ref={heading} tabIndex={-1}>
          {m.wishes.title}
        </h2>
        <p className="small soft">{m.wishes.lead}</p>
      </div>
      <div className="manner">
        {LENGTHS.map((name) => {
          const [label, hint] = names()[name];
          return (
            <InputField
              key={name}
              label={label}
              hint={hint}
              error={faults[name]}
              placeholder={empty(name)}
              value={draft.texts[name]}
              onChange={(value) => setTyped({ ...draft, texts: { ...draft.texts, [name]: value } })}
            />
          );
        })}
      </div>
      <div className="stack" role="group" aria-labelledby="preferred">
        <div className="row">
          <div>
            <h3 id="preferred">{m.wishes.preferred}</h3>
            <p className="small soft">
              {draft.preferred ? m.wishes.preferredLead : m.wishes.preferredNone}
            </p>
          </div>
          <button
            type="button"
            className="btn sm end"
            onClick={() => setTyped({ ...draft, preferred: draft.preferred ? null : EMPTY_WEEK })}
          >
            {draft.preferred ? m.wishes.preferredDrop : m.wishes.preferredAdd}
          </button>
        </div>
        {draft.preferred &&
          hours(draft.preferred, (preferred) => setTyped({ ...draft, preferred }))}
      </div>
      {error !== null && <ErrorNote typed error={error} onRetry={() => void save()} />}
      <CostOf draft={changed ? whatIf : null} />
      {(changed || Object.keys(faults).length > 0) && (
        <div className="row">
          <button className="btn pri" disabled={busy || !wanted} onClick={() => void save()}>
            {m.wishes.save}
          </button>
          <button className="btn quiet" onClick={discard}>
            {m.hours.discard}
          </button>
        </div>
      )}
    </section>
  );
}
