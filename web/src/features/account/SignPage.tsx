import { useState, type FormEvent } from "react";
import { ApiError } from "../../api/client";
import { createAccount, signIn } from "../../api/endpoints";
import { becomes, cache, keys, useMe, useRegistration } from "../../api/queries";
import type { Me } from "../../api/schema";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { Link, navigate } from "../../ui/router";
import { toast } from "../../ui/toast";
import "./account.css";

const PASSWORD_MIN = 8;

const TASKS_MAX = 2000; // of a user

/* What becomes of the guest who signs into an account that is there already. */
function GuestFate({
  tasks,
  value,
  onChange,
}: {
  tasks: number;
  value: "merge" | "discard";
  onChange: (value: "merge" | "discard") => void;
}) {
  const choices = [
    ["merge", m.account.guestMerge, m.account.guestMergeHint],
    ["discard", m.account.guestDiscard, m.account.guestDiscardHint],
  ] as const;
  return (
    <fieldset className="note info fate">
      <legend className="vh">{m.account.guestHas(tasks)}</legend>
      <p aria-hidden="true">{m.account.guestHas(tasks)}</p>
      {choices.map(([choice, label, hint]) => (
        <label key={choice}>
          <input
            type="radio"
            name="fate"
            checked={value === choice}
            onChange={() => onChange(choice)}
          />
          <span>
            <b>{label}</b> <span className="small soft">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/* The page that was asked for before signing in; of this app, whatever the address says. */
function wantedPage(): string {
  const to = new URLSearchParams(location.search).get("to") ?? "";
  return /^\/\w/.test(to) ? to : "/today";
}

/* Whoever has an account does not need a link; without one, the server may want it. */
export function SignPage({ mode }: { mode: "in" | "up" | "join" }) {
  const me = useMe().data;
  const registration = useRegistration().data?.registration;
  /* The part after # reaches neither the server's log nor another site. */
  const [invitation] = useState(() => (mode === "join" ? location.hash.slice(1) : ""));
  if (mode === "join" && me?.kind === "user")
    return <Refusal>{m.account.alreadyIn(me.email ?? "")}</Refusal>;
  if (mode === "up" && registration !== undefined && registration !== "open")
    return (
      <Refusal>{registration === "closed" ? m.account.closed : m.account.onlyInvited}</Refusal>
    );
  return <SignForm mode={mode === "in" ? "in" : "up"} invitation={invitation} />;
}

function Refusal({ children }: { children: string }) {
  return (
    <div className="card stack sign">
      <h1 tabIndex={-1}>{m.account.signUp}</h1>
      <p>{children}</p>
      <p>
        <Link className="btn" to="/sign-in">
          {m.account.signIn}
        </Link>
      </p>
    </div>
  );
}

/* Sign in and sign up are one form; a guest who signs up keeps everything. */
function SignForm({ mode, invitation }: { mode: "in" | "up"; invitation: string }) {
  const me = useMe().data;
  const guest = me?.kind === "guest";
  const ended = cache.getQueryData<Me>(["ended"]);
  const [email, setEmail] = useState(ended?.email ?? "");
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const up = mode === "up";
  const choosing = !up && guest && me.quota.tasks.used > 0;
  const [fate, setFate] = useState<"merge" | "discard">("merge");

  const refused = error instanceof ApiError ? error : null;
  const codes = refused?.problem.errors?.map((e) => e.code) ?? [];
  const used = codes.includes("invitation");
  const inUse = up && refused?.status === 409 && !used;
  const off = codes.includes("disabled");
  const tooMuch = refused?.problem.errors?.some((e) => e.code === "quota");
  const wrong = !up && refused?.status === 401;
  const emailError =
    (asked && !/^\S+@\S+$/.test(email) ? m.account.needEmail : undefined) ??
    (inUse ? m.account.inUse : undefined) ??
    refused?.field("email");
  const passwordError =
    (asked && up && password.length < PASSWORD_MIN
      ? m.account.shortPassword(PASSWORD_MIN)
      : undefined) ??
    (asked && password === "" ? m.account.needPassword : undefined) ??
    (wrong ? m.account.wrong : undefined) ??
    refused?.field("password");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    setError(null);
    if (!/^\S+@\S+$/.test(email) || password === "" || (up && password.length < PASSWORD_MIN))
      return;
    setBusy(true);
    try {
      const next = up
        ? await createAccount({ email, password, ...(invitation && { invitation }) })
        : await signIn({ email, password, ...(guest && { guest: choosing ? fate : "merge" }) });
      if (up && guest) cache.setQueryData(keys.me, next);
      else becomes(next);
      cache.removeQueries({ queryKey: ["ended"] });
      const had = choosing ? m.account.guestWas(fate, me.quota.tasks.used) : "";
      toast(up ? m.account.welcome(email) : `${m.account.signedIn(email)} ${had}`.trim());
      navigate(up ? (guest ? "/today" : "/start/hours") : wantedPage());
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="card stack sign" onSubmit={(e) => void submit(e)} noValidate>
      <h1 tabIndex={-1}>{up ? m.account.signUp : m.account.signIn}</h1>
      {ended && !up && (
        <div className="note info">
          {ended.kind === "guest" ? m.account.guestEnded : m.account.ended}
        </div>
      )}
      {up && invitation && <p>{m.account.invited}</p>}
      {up && guest && <p className="soft">{m.account.keepsAll}</p>}
      <InputField
        label={m.account.email}
        error={emailError}
        type="email"
        autoComplete="email"
        value={email}
        onChange={setEmail}
      />
      <InputField
        label={m.account.password}
        hint={up ? m.account.passwordHint(PASSWORD_MIN) : undefined}
        error={passwordError}
        type="password"
        autoComplete={up ? "new-password" : "current-password"}
        value={password}
        onChange={setPassword}
      />
      {choosing && <GuestFate tasks={me.quota.tasks.used} value={fate} onChange={setFate} />}
      {used && <div className="note warn">{m.account.badInvitation}</div>}
      {off && <div className="note warn">{m.account.switchedOff}</div>}
      {tooMuch && <div className="note warn">{m.account.guestTooMuch(TASKS_MAX)}</div>}
      {error !== null && !inUse && !wrong && !tooMuch && !refused?.problem.errors?.length && (
        <ErrorNote typed error={error} />
      )}
      <button className="btn pri" disabled={busy}>
        {up ? m.account.signUp : m.account.signIn}
      </button>
      <p className="small soft">
        {up ? m.account.haveOne : m.account.haveNone}{" "}
        {up ? (
          <Link to="/sign-in">{m.account.signIn}</Link>
        ) : (
          <Link to="/sign-up">{m.account.signUp}</Link>
        )}
      </p>
    </form>
  );
}
