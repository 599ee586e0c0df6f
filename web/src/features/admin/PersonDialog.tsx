import { useState, type FormEvent } from "react";
import { changePerson } from "../../api/endpoints";
import type { Person } from "../../api/schema";
import { m } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { toast } from "../../ui/toast";

const ROOM_MAX = 1024 * 1024;
/* As the server gives where nothing else is said, in megabytes. */
const USUAL_ROOM = { guest: 256, user: 2048 };

interface Props {
  person: Person;
  name: string;
  own: boolean;
  onClose: () => void;
  onSaved: () => void;
}

/* What an administrator may change of an account: of their own only the room. */
export function PersonDialog({ person, name, own, onClose, onSaved }: Props) {
  const [enabled, setEnabled] = useState(!person.disabled);
  const [admin, setAdmin] = useState(person.admin);
  const [room, setRoom] = useState(person.storage_mib ? String(person.storage_mib) : "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const megabytes = room.trim() === "" ? 0 : Number(room);
  const wrong = !Number.isInteger(megabytes) || megabytes < 0 || megabytes > ROOM_MAX;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong) return;
    setBusy(true);
    setError(null);
    try {
      await changePerson(person.id, {
        ...(enabled === person.disabled && { disabled: !enabled }),
        ...(admin !== person.admin && { admin }),
        ...(megabytes !== person.storage_mib && { storage_mib: megabytes }),
      });
      onSaved();
      toast(m.admin.saved(name));
      onClose();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={name} onClose={onClose}>
      <form className="stack" onSubmit={(e) => void submit(e)} noValidate>
        {!own && (
          <>
            <label className="row nowrap switch-line">
              <span className="grow">
                <b>{m.admin.mayEnter}</b>
                <span className="small soft">{m.admin.mayEnterHint}</span>
              </span>
              <input
                type="checkbox"
                role="switch"
                className="switch"
                checked={enabled}
                onChange={(e) => setEnabled(e.target.checked)}
              />
            </label>
            {person.kind === "user" && (
              <label className="row nowrap switch-line">
                <span className="grow">
                  <b>{m.admin.administrator}</b>
                  <span className="small soft">{m.admin.administratorHint}</span>
                </span>
                <input
                  type="checkbox"
                  role="switch"
                  className="switch"
                  checked={admin}
                  onChange={(e) => setAdmin(e.target.checked)}
                />
              </label>
            )}
          </>
        )}
        <InputField
          label={m.admin.room}
          hint={m.admin.roomHint(USUAL_ROOM[person.kind])}
          error={wrong ? m.admin.roomWrong : undefined}
          className="num"
          inputMode="numeric"
          value={room}
          onChange={setRoom}
        />
        {own && <p className="small soft">{m.admin.ownHint}</p>}
        {error !== null && <ErrorNote typed error={error} />}
        <div className="row dialog-foot">
          <button className="btn pri end" disabled={busy}>
            {m.admin.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
