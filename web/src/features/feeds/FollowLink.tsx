import { Link2 } from "lucide-react";
import { useId, useState, type FormEvent } from "react";
import { followLink } from "../../api/actions";
import { ApiError } from "../../api/client";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { toast } from "../../ui/toast";

/* A link to subscribe to: pasted once, read from then on. */
export function FollowLink() {
  const heading = useId();
  const [url, setUrl] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = error instanceof ApiError ? error.field("url") : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (url.trim() === "" || busy) return;
    setError(null);
    setBusy(true);
    try {
      const isNew = await followLink(url.trim());
      setUrl("");
      toast(isNew ? m.feeds.linkTaken : m.feeds.linkKnown);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="card stack" aria-labelledby={heading}>
      <h2 id={heading}>{m.feeds.byLink}</h2>
      <form className="feed-link" onSubmit={(e) => void submit(e)} noValidate>
        <InputField
          label={m.feeds.followLabel}
          hint={m.feeds.followHint}
          error={wrong}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={url}
          onChange={setUrl}
        />
        <button className="btn" disabled={busy || url.trim() === ""}>
          <Link2 className="ic" />
          {m.feeds.followButton}
        </button>
      </form>
      {error !== null && wrong === undefined && <ErrorNote typed error={error} />}
    </section>
  );
}
