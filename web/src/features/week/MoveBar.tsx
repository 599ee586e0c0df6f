import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  CircleSlash,
  FoldVertical,
  TriangleAlert,
  UnfoldVertical,
  type LucideIcon,
} from "lucide-react";
import { useEffect, useRef } from "react";
import type { Schedule } from "../../api/schema";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Cost, fitWords, othersMoved } from "../../ui/Cost";
import { announce } from "../../ui/toast";
import { isBlock, samePlace, stepped, titleOf, type Carry } from "./carry";
import type { Scope } from "./moveEvent";
import type { Carrying } from "./useCarry";

interface Props {
  hand: Carrying;
  carry: Carry;
  before: Schedule;
  /* null: as it is, or not known. */
  after: Schedule | null;
  onStep: (key: string, shift: boolean) => void;
}

const SAID_AFTER_MS = 350;

/* What putting it here would cost, and the choice to do it; by pointer, the choice is to let go. */
export function MoveBar({ hand, carry, before, after, onStep }: Props) {
  const { judgement, when, spoken } = hand;
  const title = titleOf(carry.thing);
  const still = samePlace(carry.place, carry.from);
  const resized =
    carry.place.b - carry.place.a !== carry.from.b - carry.from.a &&
    carry.place.a === carry.from.a &&
    carry.place.date === carry.from.date;
  const question = still
    ? m.move.same(title)
    : resized
      ? m.move.length(title, duration(carry.place.b - carry.place.a))
      : m.move.question(title, when);
  const held = isBlock(carry.thing) ? { held: hand.holds } : {};
  const moved = after ? othersMoved({ before, after, ...held }) : 0;
  const others = isBlock(carry.thing)
    ? m.move.others(moved)
    : moved > 0
      ? `${m.whatif.moved(moved, 0)}.`
      : m.whatif.nothing;
  const said = [
    carry.by === "pointer" ? `${spoken}.` : "",
    judgement.refusal ?? (after ? [fitWords(after), ...judgement.costs, others].join(" ") : ""),
  ].join(" ");

  /* Once it rests, not at every step. */
  useEffect(() => {
    if (still || hand.series) return;
    const timer = setTimeout(() => announce(said.trim()), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [said, still, hand.series]);

  if (hand.series) return <Which hand={hand} title={title} />;
  return (
    <section className={`whatif move ${carry.by}`} aria-label={m.whatif.label}>
      <div className="stack whatif-words">
        <b className="t">
          {question} {judgement.refusal === null && after && fitWords(after)}
        </b>
        {judgement.refusal !== null ? (
          <ul>
            <li className="w">
              <CircleSlash className="ic" />
              {judgement.refusal}
            </li>
          </ul>
        ) : (
          <>
            {judgement.costs.length > 0 && (
              <ul>
                {judgement.costs.map((cost) => (
                  <li key={cost} className="w">
                    <TriangleAlert className="ic" />
                    {cost}
                  </li>
                ))}
              </ul>
            )}
            {after && <Cost before={before} after={after} {...held} />}
          </>
        )}
        {carry.by === "keys" && (
          <p className="small hint" id="move-hint">
            {m.move.hint}
          </p>
        )}
      </div>
      {carry.by === "keys" && <Controls hand={hand} carry={carry} onStep={onStep} />}
    </section>
  );
}

const STEPS: [
  LucideIcon,
  "dayBefore" | "dayAfter" | "earlier" | "later" | "shorter" | "longer",
  string,
  boolean,
][] = [
  [ArrowLeft, "dayBefore", "ArrowLeft", false],
  [ArrowRight, "dayAfter", "ArrowRight", false],
  [ArrowUp, "earlier", "ArrowUp", false],
  [ArrowDown, "later", "ArrowDown", false],
  [FoldVertical, "shorter", "ArrowUp", true],
  [UnfoldVertical, "longer", "ArrowDown", true],
];

/* The same moves for a single finger or a switch. */
function Controls({ hand, carry, onStep }: Pick<Props, "hand" | "carry" | "onStep">) {
  return (
    <div className="move-acts">
      <div className="row nowrap" role="group" aria-label={m.move.controls}>
        {STEPS.map(([Icon, name, key, shift]) => (
          <button
            key={name}
            className="btn icon"
            aria-label={m.move[name]}
            title={m.move[name]}
            disabled={hand.busy || stepped(carry, key, shift) === null}
            onClick={() => onStep(key, shift)}
          >
            <Icon className="ic" />
          </button>
        ))}
      </div>
      <div className="row nowrap">
        <button className="btn" onClick={hand.putBack}>
          {m.whatif.discard} <kbd>Esc</kbd>
        </button>
        <button className="btn pri" disabled={hand.busy} onClick={hand.drop}>
          {m.whatif.apply} <kbd>{m.whatif.enter}</kbd>
        </button>
      </div>
    </div>
  );
}

const SCOPES: readonly Scope[] = ["one", "following", "all"];

/* A series is asked about once, when it is put down. */
function Which({ hand, title }: { hand: Carrying; title: string }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  return (
    <section className="whatif move" aria-label={m.move.which(title)}>
      <b className="t">{m.move.which(title)}</b>
      <div className="row">
        {SCOPES.map((scope, i) => (
          <button
            key={scope}
            ref={i === 0 ? first : undefined}
            className={i === 0 ? "btn pri" : "btn"}
            disabled={hand.busy}
            onClick={() => hand.choose(scope)}
          >
            {m.events.scopes[scope]}
          </button>
        ))}
        <button className="btn" onClick={hand.putBack}>
          {m.whatif.discard} <kbd>Esc</kbd>
        </button>
      </div>
    </section>
  );
}
