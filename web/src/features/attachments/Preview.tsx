import { Download } from "lucide-react";
import type { Attachment } from "../../api/schema";
import { contentAddress } from "../../api/upload";
import { fileSize } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";

/* A picture as large as it fits. The server sends it as what its bytes are, in a sandbox. */
export function Preview({
  attachment: a,
  onClose,
}: {
  attachment: Attachment;
  onClose: () => void;
}) {
  const address = contentAddress(a.id);
  return (
    <Dialog title={a.name} onClose={onClose} wide>
      <div className="stack">
        <img className="preview" src={`${address}?disposition=inline`} alt={a.name} />
        <div className="row dialog-foot">
          <span className="soft num">{fileSize(a.size)}</span>
          <a className="btn end" href={address} download={a.name}>
            <Download className="ic" />
            {m.files.download(a.name)}
          </a>
        </div>
      </div>
    </Dialog>
  );
}
