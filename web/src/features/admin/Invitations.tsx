import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState, type FormEvent } from "react";
import { createInvitation, endInvitation, getInvitations } from "../../api/endpoints";
import { keys, useSettings } from "../../api/queries";
import type { InvitationMade } from "../../api/schema";
import { moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { copyField } from "../../ui/copyField";
import { toast } from "../../ui/toast";
import { CheckField, InputField } from "../../ui/fields";

const linkOf = (made: InvitationMade) => `${location.origin}/join#${made.token}`;

/* The link is shown this once; whoever makes it passes it on. */
function Made({ made }: { made: InvitationMade }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="note info stack">
      <p>{m.admin.passOn}</p>
      <div className="row nowrap">
        <input
          ref={field}
          className="inp grow"
          readOnly
          aria-label={m.admin.link}
          value={linkOf(made)}
          onFocus={(e) => e.target.select()}
        />
        <button
          type="button"
          className="btn"
          onClick={() => field.current && void copyField(field.current)}
        >
          {m.admin.copy}
        </button>
      </div>
    </div>
  );
}

export function Invitations() {
  const heading = useId();
  const zone = useSettings().data?.zone ?? "UTC";
  const cache = useQueryClient();
  const open = useQuery({ queryKey: keys.invitations, queryFn: getInvitations });
  const [note, setNote] = useState("");
  const [admin, setAdmin] = useState(false);
  const [made, setMade] = useState<InvitationMade | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (step: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await step();
      await cache.invalidateQueries({ queryKey: keys.invitations });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      setMade(await createInvitation({ note, admin }));
      setNote("");
      setAdmin(false);
    });
  };

  return (
    <section className="card stack" aria-labelledby={heading}>
      <h2 id={heading}>{m.admin.invitations}</h2>
      <p className="small soft">{m.admin.invitationsHint}</p>
      <form className="row invite" onSubmit={submit}>
        <InputField label={m.admin.forWhom} maxLength={100} value={note} onChange={setNote} />
        <CheckField label={m.admin.asAdmin} on={admin} onChange={setAdmin} />
        <button className="btn pri" disabled={busy}>
          {m.admin.invite}
        </button>
      </form>
      {made && <Made made={made} />}
      {error !== null && <ErrorNote error={error} />}
      {open.error && <ErrorNote error={open.error} onRetry={() => void open.refetch()} />}
      {open.data?.length === 0 && <p className="soft">{m.admin.noInvitations}</p>}
      {open.data && open.data.length > 0 && (
        <ul className="invitations">
          {open.data.map((each) => (
            <li key={each.id} className="row nowrap">
              <div className="grow">
                <p className="who">
                  {each.note || m.admin.unnamed}
                  {each.admin && <span className="tag">{m.admin.administrator}</span>}
                </p>
                <p className="tiny soft">{m.admin.until(moment(each.expires, zone))}</p>
              </div>
              <button
                className="btn dng"
                disabled={busy}
                aria-label={m.admin.endNamed(each.note || m.admin.unnamed)}
                onClick={() =>
                  void run(async () => {
                    await endInvitation(each.id);
                    if (made?.id === each.id) setMade(null);
                    toast(m.admin.ended(each.note || m.admin.unnamed));
                  })
                }
              >
                {m.admin.end}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
