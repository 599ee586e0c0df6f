import { Check, Languages } from "lucide-react";
import type { ReactNode } from "react";
import { useMe } from "../api/queries";
import type { Language } from "../i18n/format";
import { LANGUAGES, m } from "../i18n/messages";
import { Mark } from "../ui/Mark";
import { Link } from "../ui/router";
import { choose } from "./language";

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
          <span className="row end">
            <LanguageSwitch />
            <Link className="btn quiet" to="/sign-in">
              {m.account.signIn}
            </Link>
          </span>
        )}
      </header>
      <main id="main">{children}</main>
    </div>
  );
}

/* The other languages, each in its own words, for whoever the browser has misjudged. */
function LanguageSwitch() {
  const here = document.documentElement.lang.split("-")[0];
  return (Object.entries(LANGUAGES) as [Language, string][])
    .filter(([code]) => code !== here)
    .map(([code, name]) => (
      <button key={code} lang={code} className="btn quiet" onClick={() => void choose(code)}>
        <Languages className="ic" />
        {name}
      </button>
    ));
}
