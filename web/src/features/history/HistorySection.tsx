import {
  Check,
  Download,
  KeyRound,
  LogIn,
  LogOut,
  ShieldAlert,
  Trash2,
  Upload,
} from "lucide-react";
import { useState } from "react";
import { getAudit } from "../../api/endpoints";
import { keys, useSettings } from "../../api/queries";
import type { AuditEntry } from "../../api/schema";
import { moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { useInfiniteQuery } from "@tanstack/react-query";
import "./history.css";

const FEW = 5;

const ICONS: Partial<Record<AuditEntry["kind"], typeof Check>> = {
  signed_in: LogIn,
  sign_in_failed: ShieldAlert,
  signed_out: LogOut,
  signed_out_everywhere: LogOut,
  password_changed: KeyRound,
  token_made: KeyRound,
  exported: Download,
  exported_part: Download,
  imported: Upload,
  course_deleted: Trash2,
};

/* Where it came from, as far as it is kept. */
const from = (entry: AuditEntry) => [entry.device, entry.address].filter(Boolean).join(" · ");

function Entry({ entry, zone }: { entry: AuditEntry; zone: string }) {
  const Icon = ICONS[entry.kind] ?? Check;
  const failed = entry.kind === "sign_in_failed";
  return (
    <li className={failed ? "failed" : undefined}>
      <Icon className="ic" aria-hidden="true" />
      <div>
        <p>
          {m.history.kinds[entry.kind]}
          {entry.count > 1 && <b> {m.history.times(entry.count)}</b>}
          {entry.actor === "admin" && <span className="tag">{m.history.byAdmin}</span>}
        </p>
        <p className="tiny soft">
          <time dateTime={entry.at}>{moment(entry.at, zone)}</time>
          {from(entry) && ` · ${from(entry)}`}
        </p>
      </div>
    </li>
  );
}

/* What happened in the account: the newest few, then all there is. */
export function HistorySection() {
  const zone = useSettings().data?.zone ?? "UTC";
  const [all, setAll] = useState(false);
  const pages = useInfiniteQuery({
    queryKey: keys.audit,
    queryFn: ({ pageParam }) => getAudit(pageParam),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
  const entries = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = all ? entries : entries.slice(0, FEW);
  const more = all ? pages.hasNextPage : entries.length > FEW;
  return (
    <section className="card stack" aria-labelledby="history">
      <h2 id="history">{m.history.title}</h2>
      <p className="small soft">{m.history.hint}</p>
      {pages.error && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && entries.length === 0 && <p className="soft">{m.history.nothing}</p>}
      {shown.length > 0 && (
        <ul className="history">
          {shown.map((entry) => (
            <Entry key={entry.id} entry={entry} zone={zone} />
          ))}
        </ul>
      )}
      {more && (
        <div className="row">
          <button
            className="btn"
            disabled={pages.isFetchingNextPage}
            onClick={() => (all ? void pages.fetchNextPage() : setAll(true))}
          >
            {m.history.more}
          </button>
        </div>
      )}
    </section>
  );
}
