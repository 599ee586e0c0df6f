import { m } from "../i18n/messages";
import { Dialog } from "../ui/Dialog";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={m.keys.title} onClose={onClose}>
      <dl className="keys-list">
        {m.keys.all.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="small soft">{m.keys.off}</p>
    </Dialog>
  );
}
