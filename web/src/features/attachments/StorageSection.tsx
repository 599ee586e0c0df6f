import { useMe } from "../../api/queries";
import { count, fileSize } from "../../i18n/format";
import { m } from "../../i18n/messages";
import "./attachments.css";

/* How much room the files take, and may. */
export function StorageSection() {
  const quota = useMe().data?.quota;
  if (!quota) return null;
  const { bytes, attachments } = quota;
  return (
    <section className="card stack" aria-labelledby="files">
      <h2 id="files">{m.files.storage}</h2>
      <div>
        <progress aria-labelledby="files" max={bytes.limit} value={bytes.used} />
        <p className="num">{m.files.storageUsed(fileSize(bytes.used), fileSize(bytes.limit))}</p>
        <p className="soft num">
          {m.files.storageCount(attachments.used, count(attachments.limit))}
        </p>
      </div>
      <p className="tiny soft">{m.files.storageHint}</p>
    </section>
  );
}
