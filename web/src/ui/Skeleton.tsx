import { useEffect, useState } from "react";
import { m } from "../i18n/messages";

/* Grey lines where content will be; only after 200 ms, so that what comes fast does not flicker. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="card stack" role="status" aria-label={m.ui.loading}>
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className="skel" style={{ width: `${90 - ((i * 37) % 50)}%` }} />
      ))}
    </div>
  );
}
