import { CloudOff } from "lucide-react";
import { useEffect } from "react";
import { heard, useAway } from "../api/away";
import { NetworkError } from "../api/client";
import { cache, keys } from "../api/queries";
import { m } from "../i18n/messages";
import { Rich } from "../ui/Rich";

const ASK_MS = 5_000;

const ask = () => void cache.refetchQueries({ queryKey: keys.me });

/* Says that the server is away, for as long as it is. What is shown stays; it is asked for anew once
   the server is back. */
export function Away() {
  const away = useAway();
  useEffect(() => {
    const lost = () => heard(new NetworkError(false));
    window.addEventListener("offline", lost);
    window.addEventListener("online", ask);
    return () => {
      window.removeEventListener("offline", lost);
      window.removeEventListener("online", ask);
    };
  }, []);
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(ask, ASK_MS);
    return () => clearInterval(timer);
  }, [away]);
  return (
    <div className="away" role="status">
      {away && (
        <div className="note warn act">
          <CloudOff className="ic" aria-hidden="true" />
          <span className="grow">
            <Rich text={m.errors.away} />
          </span>
          <button className="btn sm" onClick={ask}>
            {m.errors.retry}
          </button>
        </div>
      )}
    </div>
  );
}
