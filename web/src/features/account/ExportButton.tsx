import { useState } from "react";
import { checkExport } from "../../api/endpoints";
import { useTasks } from "../../api/queries";
import type { ExportCheck } from "../../api/schema";
import { m } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { toast } from "../../ui/toast";

const EXPORT = "/api/v1/me/export";
const NAMED = 20;

/* The browser saves it as it comes, however long it is; what it has to say it says to nobody. */
function download(): void {
  const link = document.createElement("a");
  link.href = EXPORT;
  link.download = "";
  link.click();
  toast(m.account.exportStarted);
}

/* Everything as one archive. Files that it would be without are told before. */
export function ExportButton({
  describedBy,
  onError,
}: {
  describedBy: string;
  onError: (error: unknown) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState<ExportCheck["missing"]>([]);
  const begin = async () => {
    onError(null);
    setBusy(true);
    try {
      const { missing } = await checkExport();
      if (missing.length > 0) setLost(missing);
      else download();
    } catch (caught) {
      onError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button
        className="btn"
        disabled={busy}
        aria-describedby={describedBy}
        onClick={() => void begin()}
      >
        {busy ? m.account.exportChecking : m.account.export}
      </button>
      {lost.length > 0 && (
        <LostFiles
          lost={lost}
          onClose={() => setLost([])}
          onGo={() => {
            setLost([]);
            download();
          }}
        />
      )}
    </>
  );
}

interface LostFilesProps {
  lost: ExportCheck["missing"];
  onClose: () => void;
  onGo: () => void;
}

function LostFiles({ lost, onClose, onGo }: LostFilesProps) {
  const tasks = useTasks().data ?? [];
  return (
    <Dialog title={m.account.exportLost(lost.length)} mustAnswer onClose={onClose}>
      <div className="stack">
        <p>{m.account.exportLostWhy}</p>
        <ul className="lost-files">
          {lost.slice(0, NAMED).map((file) => (
            <li key={file.id}>
              <b>{file.name}</b>{" "}
              <span className="soft">{tasks.find((t) => t.id === file.task_id)?.title}</span>
            </li>
          ))}
          {lost.length > NAMED && <li>{m.account.exportMore(lost.length - NAMED)}</li>}
        </ul>
        <div className="row dialog-foot">
          <button className="btn" onClick={onClose}>
            {m.account.exportNot}
          </button>
          <button className="btn pri end" onClick={onGo}>
            {m.account.exportRest}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
