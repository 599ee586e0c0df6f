import { CircleX } from "lucide-react";
import { ApiError } from "../api/client";
import { m } from "../i18n/messages";
import { describe } from "./problem";
import { Link } from "./router";

interface Props {
  error: unknown;
  /* Something was typed or painted that is still on the page. */
  typed?: boolean;
  onRetry?: () => void;
}

/* Says what happened, that nothing typed is lost, and offers to try again. */
export function ErrorNote({ error, typed = false, onRetry }: Props) {
  const { title, detail, requestId } = describe(error);
  const signedOut = error instanceof ApiError && error.status === 401;
  return (
    <div className="note bad" role="alert">
      <CircleX className="ic" />
      <div className="grow">
        <b>{title}</b> {detail} {typed && m.errors.kept}
        {requestId && <div className="tiny">{m.errors.request(requestId)}</div>}
      </div>
      {signedOut && (
        <Link className="btn sm" to="/sign-in">
          {m.account.signIn}
        </Link>
      )}
      {onRetry && !signedOut && (
        <button type="button" className="btn sm" onClick={onRetry}>
          {m.errors.retry}
        </button>
      )}
    </div>
  );
}
