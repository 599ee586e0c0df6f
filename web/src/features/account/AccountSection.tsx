import { useRef, useState, type FormEvent } from "react";
import { ApiError } from "../../api/client";
import { changeMe, deleteMe, importArchive, signOut } from "../../api/endpoints";
import { becomes, cache, keys, useMe, useSettings } from "../../api/queries";
import { dayDate } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { wallAt } from "../../time/zone";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { Link, navigate } from "../../ui/router";
import { toast } from "../../ui/toast";
import { ExportButton } from "./ExportButton";
import "./account.css";

type Asking = "delete" | "leave" | "change" | null;

export function AccountSection() {
  const me = useMe().data;
  const zone = useSettings().data?.zone ?? "UTC";
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (!me) return null;
  const guest = me.kind === "guest";
  const run = async (step: () => Promise<unknown>, said: string) => {
    setBusy(true);
    setError(null);
    try {
      await step();
      navigate("/");
      becomes(null);
      toast(said);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="card stack" aria-labelledby="account">
      <h2 id="account">{m.account.title}</h2>
      {guest ? (
        <>
          <p>{m.account.guestLong}</p>
          {me.expires && (
            <p className="soft">
              {m.account.guestEnds(dayDate(wallAt(Date.parse(me.expires), zone).date))}
            </p>
          )}
          <div className="row">
            <Link className="btn pri" to="/sign-up">
              {m.account.signUp}
            </Link>
            <Link className="btn" to="/sign-in">
              {m.account.signIn}
            </Link>
          </div>
        </>
      ) : (
        <>
          <p>
            {m.account.signedInAs} <b>{me.email}</b>
          </p>
          <div className="row">
            <button
              className="btn"
              disabled={busy}
              onClick={() => void run(() => signOut(), m.account.signedOut)}
            >
              {m.account.signOut}
            </button>
            <button
              className="btn"
              disabled={busy}
              onClick={() => void run(() => signOut(true), m.account.signedOut)}
            >
              {m.account.signOutAll}
            </button>
            <button className="btn" onClick={() => setAsking("change")}>
              {m.account.change}
            </button>
          </div>
        </>
      )}
      <p className="small soft" id="export-hint">
        {m.account.exportHint}
      </p>
      <div className="row">
        <ExportButton describedBy="export-hint" onError={setError} />
        <ImportButton onError={setError} />
        <button className="btn dng" disabled={busy} onClick={() => setAsking("delete")}>
          {guest ? m.account.deleteGuest : m.account.delete}
        </button>
      </div>
      {error !== null && <ErrorNote error={error} />}
      {asking === "delete" && (
        <Dialog title={m.account.deleteTitle} mustAnswer onClose={() => setAsking(null)}>
          <div className="stack">
            <p>{m.account.deleteAsk(me.quota.tasks.used)}</p>
            <p className="soft">{m.account.deleteReach}</p>
            <div className="row dialog-foot">
              <button className="btn" autoFocus onClick={() => setAsking(null)}>
                {m.account.keep}
              </button>
              <button
                className="btn dng solid end"
                onClick={() => {
                  setAsking(null);
                  void run(deleteMe, m.account.deleted);
                }}
              >
                {m.account.deleteYes}
              </button>
            </div>
          </div>
        </Dialog>
      )}
      {asking === "change" && <ChangeDialog onClose={() => setAsking(null)} />}
    </section>
  );
}

/* Takes an archive back; what came is told, and everything is asked for anew. */
function ImportButton({ onError }: { onError: (error: unknown) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    onError(null);
    setBusy(true);
    try {
      const report = await importArchive(file);
      const { courses, tasks, events, work, calendars, files } = report;
      const kinds = [courses, tasks, events, work, calendars, files];
      const sum = (what: "added" | "there") => kinds.reduce((n, kind) => n + kind[what], 0);
      const said = m.account.imported(sum("added"), sum("there"));
      toast(
        report.files_missing ? `${said} ${m.account.importMissing(report.files_missing)}` : said,
      );
      await cache.invalidateQueries();
    } catch (caught) {
      const known: Record<number, string> = {
        400: m.account.importNot,
        409: m.account.importTooMuch,
        413: m.account.importTooLarge,
      };
      const said = caught instanceof ApiError ? known[caught.status] : undefined;
      if (said) toast(said);
      else onError(caught);
    } finally {
      setBusy(false);
      if (input.current) input.current.value = "";
    }
  };
  return (
    <>
      <button className="btn" disabled={busy} onClick={() => input.current?.click()}>
        {busy ? m.account.importing : m.account.import}
      </button>
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        hidden
        onChange={(e) => void take(e.target.files?.[0])}
      />
    </>
  );
}

function ChangeDialog({ onClose }: { onClose: () => void }) {
  const me = useMe().data;
  const [email, setEmail] = useState(me?.email ?? "");
  const [password, setPassword] = useState("");
  const [current, setCurrent] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = error instanceof ApiError ? error : null;
  const wrong = refused !== null && [401, 403].includes(refused.status);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const changed = await changeMe({
        ...(email !== me?.email && { email }),
        ...(password !== "" && { password }),
        current_password: current,
      });
      cache.setQueryData(keys.me, changed);
      toast(m.account.changed);
      onClose();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={m.account.change} onClose={onClose}>
      <form className="stack" onSubmit={(e) => void submit(e)} noValidate>
        <InputField
          label={m.account.email}
          error={refused?.field("email")}
          type="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
        />
        <InputField
          label={m.account.newPassword}
          hint={m.account.leaveEmpty}
          error={refused?.field("password")}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        <InputField
          label={m.account.current}
          error={wrong ? m.account.wrongCurrent : refused?.field("current_password")}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        {error !== null && !wrong && !refused?.problem.errors?.length && (
          <ErrorNote typed error={error} />
        )}
        <div className="row dialog-foot">
          <button className="btn pri end" disabled={busy}>
            {m.account.saveChange}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
