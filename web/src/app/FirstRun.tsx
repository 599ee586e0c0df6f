import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useMe } from "../api/queries";
import { m } from "../i18n/messages";
import { Mark } from "../ui/Mark";
import { Link } from "../ui/router";

const STEPS = ["hours", "tasks", "plan"] as const;

function Brand() {
  return (
    <Link className="brand" to="/">
      <Mark />
      StudyBunny
    </Link>
  );
}

/* The three steps to a first plan. */
export function FirstRun({
  step,
  children,
}: {
  step: (typeof STEPS)[number];
  children: ReactNode;
}) {
  const at = STEPS.indexOf(step);
  return (
    <div className="first">
      <header className="st">
        <Brand />
        <ol className="steps" aria-label={m.first.stepOf(at + 1, STEPS.length)}>
          {STEPS.map((name, i) => (
            <li
              key={name}
              className={i < at ? "ok" : ""}
              {...(i === at && { "aria-current": "step" as const })}
            >
              <i>{i < at ? <Check className="ic" /> : i + 1}</i>
              <span>{m.first.steps[name]}</span>
            </li>
          ))}
        </ol>
      </header>
      <main id="main">{children}</main>
    </div>
  );
}

/* Welcome, sign-in and whatever needs nobody. */
export function OpenPage({ children }: { children: ReactNode }) {
  const known = Boolean(useMe().data);
  return (
    <div className="first">
      <header>
        <Brand />
        {!known && (
          <Link className="btn quiet end" to="/sign-in">
            {m.account.signIn}
          </Link>
        )}
      </header>
      <main id="main">{children}</main>
    </div>
  );
}
