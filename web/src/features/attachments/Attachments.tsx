import {
  Download,
  ExternalLink,
  File as FileIcon,
  FileText,
  Image as ImageIcon,
  Paperclip,
  RotateCw,
  Trash2,
  Undo2,
  X,
} from "lucide-react";
import { useEffect, useId, useRef, useState, type DragEvent } from "react";
import { removeAttachment, type Undo } from "../../api/actions";
import { useAttachments, useMe } from "../../api/queries";
import type { Attachment, Task } from "../../api/schema";
import { contentAddress } from "../../api/upload";
import { attach, cancelUpload, tryAgain, useUploads, type Upload } from "../../api/uploads";
import { duration, fileSize } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { describe } from "../../ui/problem";
import { announce, toast } from "../../ui/toast";
import { useNow } from "../../ui/useNow";
import { Preview } from "./Preview";
import "./attachments.css";

/* As the server says to whom sends too much; asked before the first byte is sent. */
const SIZE_MAX = { guest: 128, user: 512 };
const MB = 2 ** 20;

const isPicture = (a: Attachment) =>
  a.type?.startsWith("image/") === true && a.type !== "image/svg+xml";
const isPdf = (a: Attachment) => a.type === "application/pdf";

const said = (attachment: Attachment) =>
  toast(m.files.attached(attachment.name), () => removeAttachment(attachment));

/* Deleted a moment ago. A dialog covers the toast that would take it back, so it is offered here. */
interface Removed {
  attachment: Attachment;
  undo: Undo;
}

/* Files of a task: listed, attached by button, by dropping and by pasting. */
export function Attachments({ task }: { task: Task }) {
  const { data: files, error, refetch } = useAttachments(task.id);
  const uploads = useUploads(task.id);
  const me = useMe().data;
  const picker = useRef<HTMLInputElement>(null);
  const heading = useId();
  const [refusals, setRefusals] = useState<string[]>([]);
  const refuse = (why: string) => setRefusals([why]);
  const [shown, setShown] = useState<Attachment | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const section = useRef<HTMLElement>(null);
  const attachButton = useRef<HTMLButtonElement>(null);
  const most = SIZE_MAX[me?.kind ?? "guest"] * MB;

  const add = (list: Iterable<File>) => {
    const refused: string[] = [];
    for (const file of list) {
      if (file.size > most) refused.push(m.files.tooLarge(file.name, fileSize(most)));
      else if (file.size === 0) refused.push(m.files.empty(file.name));
      else attach(task.id, file, said);
    }
    setRefusals(refused);
  };
  const { over, ...drop } = useDrop(add);
  usePaste(add);

  const known = new Set(uploads.map((u) => u.key));
  const listed = (files ?? []).filter((a) => !known.has(a.id));
  const arriving = uploads.filter((u) => u.state !== "ending");
  return (
    <section
      ref={section}
      className={over ? "files over" : "files"}
      aria-labelledby={heading}
      data-drop={m.files.drop}
      {...drop}
    >
      <h3 id={heading}>{m.files.title}</h3>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {files && listed.length + arriving.length === 0 && <p className="soft">{m.files.none}</p>}
      {listed.length + arriving.length > 0 && (
        <ul className="file-list">
          {listed.map((a) =>
            a.state === "ready" ? (
              <Ready
                key={a.id}
                attachment={a}
                onShow={() => setShown(a)}
                onRemoved={(gone) => {
                  if (section.current?.closest("[role=dialog]")) setRemoved(gone);
                  attachButton.current?.focus();
                }}
              />
            ) : (
              <Interrupted key={a.id} attachment={a} onRefuse={refuse} />
            ),
          )}
          {arriving.map((u) => (
            <Arriving key={u.key} upload={u} onRefuse={refuse} />
          ))}
        </ul>
      )}
      {removed && (
        <p className="row" role="status">
          {m.files.deleted(removed.attachment.name)}
          <button
            type="button"
            className="btn sm"
            onClick={() => {
              setRemoved(null);
              attachButton.current?.focus();
              removed.undo().catch((e: unknown) => refuse(describe(e).detail));
            }}
          >
            <Undo2 className="ic" />
            {m.toast.undo}
          </button>
        </p>
      )}
      {refusals.length > 0 && <Refusals of={refusals} />}
      <div className="row">
        <button
          ref={attachButton}
          type="button"
          className="btn sm"
          onClick={() => picker.current?.click()}
        >
          <Paperclip className="ic" />
          {m.files.attach}
        </button>
        <span className="tiny soft hide-s">{m.files.hint}</span>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(e) => {
            add([...(e.target.files ?? [])]);
            e.target.value = "";
          }}
        />
      </div>
      {shown && <Preview attachment={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function Refusals({ of: said }: { of: string[] }) {
  return (
    <div role="alert">
      {said.length === 1 ? (
        <p className="err">{said[0]}</p>
      ) : (
        <ul className="refusals">
          {said.map((each, i) => (
            <li key={i} className="err">
              {each}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

function useDrop(add: (files: File[]) => void) {
  const [over, setOver] = useState(false);
  return {
    over,
    onDragOver: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      add([...event.dataTransfer.files]);
    },
  };
}

/* Pasted files go to the task that is open; pasted text stays text. */
function usePaste(add: (files: File[]) => void) {
  const latest = useRef(add);
  useEffect(() => {
    latest.current = add;
  });
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
      event.preventDefault();
      latest.current(pasted);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);
}

interface ReadyProps {
  attachment: Attachment;
  onShow: () => void;
  onRemoved: (removed: Removed) => void;
}

function Ready({ attachment: a, onShow, onRemoved }: ReadyProps) {
  const [gone, setGone] = useState(false);
  const Icon = isPicture(a) ? ImageIcon : isPdf(a) ? FileText : FileIcon;
  const address = contentAddress(a.id);
  const remove = async () => {
    setGone(true);
    try {
      const undo = await removeAttachment(a);
      toast(m.files.deleted(a.name), undo);
      onRemoved({ attachment: a, undo });
    } catch (error) {
      setGone(false);
      toast(describe(error).detail);
    }
  };
  return (
    <li className="file" aria-busy={gone}>
      <Icon className="ic" aria-hidden="true" />
      {isPicture(a) ? (
        <button
          type="button"
          className="file-name"
          aria-label={m.files.open(a.name)}
          onClick={onShow}
        >
          {a.name}
        </button>
      ) : isPdf(a) ? (
        <a
          className="file-name"
          href={`${address}?disposition=inline`}
          target="_blank"
          rel="noopener"
          aria-label={m.files.openTab(a.name)}
        >
          {a.name}
          <ExternalLink className="ic" aria-hidden="true" />
        </a>
      ) : (
        <a
          className="file-name"
          href={address}
          download={a.name}
          aria-label={m.files.download(a.name)}
        >
          {a.name}
        </a>
      )}
      <span className="tiny soft num">{fileSize(a.size)}</span>
      <a
        className="btn icon sm quiet"
        href={address}
        download={a.name}
        aria-label={m.files.download(a.name)}
      >
        <Download className="ic" />
      </a>
      <button
        type="button"
        className="btn icon sm quiet"
        aria-label={m.files.delete(a.name)}
        disabled={gone}
        onClick={() => void remove()}
      >
        <Trash2 className="ic" />
      </button>
    </li>
  );
}

const notDeleted = (name: string, onRefuse: (why: string) => void) => (error: unknown) =>
  onRefuse(m.files.notDeleted(name, describe(error).detail));

/* A file of which only a part arrived, from another time or device. */
function Interrupted({
  attachment: a,
  onRefuse,
}: {
  attachment: Attachment;
  onRefuse: (why: string) => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  const goOn = (file: File | undefined) => {
    if (!file) return;
    if (file.size !== a.size) onRefuse(m.files.otherFile(a.name, fileSize(a.size)));
    else attach(a.task_id, new File([file], a.name), said, a.id);
  };
  return (
    <li className="file">
      <FileIcon className="ic" aria-hidden="true" />
      <span className="file-name">
        {a.name}
        <span className="tiny soft">{m.files.interrupted}</span>
      </span>
      <button
        type="button"
        className="btn sm"
        aria-label={m.files.goOn(a.name)}
        onClick={() => picker.current?.click()}
      >
        {m.files.goOnShort}
      </button>
      <button
        type="button"
        className="btn icon sm quiet"
        aria-label={m.files.delete(a.name)}
        onClick={() => void removeAttachment(a).catch(notDeleted(a.name, onRefuse))}
      >
        <Trash2 className="ic" />
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        onChange={(e) => {
          goOn(e.target.files?.[0]);
          e.target.value = "";
        }}
      />
    </li>
  );
}

/* Size and time are told after a second: most files are there before. */
const QUIET_MS = 1_000;

function Arriving({ upload: u, onRefuse }: { upload: Upload; onRefuse: (why: string) => void }) {
  const now = useNow(500);
  const name = u.file.name;
  const cancel = () => {
    cancelUpload(u.key)
      .then(() => announce(m.files.cancelled(name)))
      .catch(notDeleted(name, onRefuse));
  };
  return (
    <li className="file arriving" aria-label={m.files.progress(name)}>
      <FileIcon className="ic" aria-hidden="true" />
      <span className="file-name">
        {name}
        {u.state === "failed" ? (
          <span className="err" role="alert">
            {describe(u.error).detail}
          </span>
        ) : (
          <>
            <progress aria-label={m.files.progress(name)} max={u.file.size} value={u.sent} />
            <span className="tiny soft num">{progressOf(u, now)}</span>
          </>
        )}
      </span>
      {u.state === "failed" && (
        <button type="button" className="btn sm" onClick={() => tryAgain(u.key)}>
          <RotateCw className="ic" />
          {m.errors.retry}
        </button>
      )}
      <button
        type="button"
        className="btn icon sm quiet"
        aria-label={m.files.cancel(name)}
        onClick={cancel}
      >
        <X className="ic" />
      </button>
    </li>
  );
}

function progressOf(u: Upload, now: number): string {
  if (u.state === "queued") return m.files.queued;
  if (u.state === "waiting") return m.files.waiting;
  const passed = now - u.began;
  if (passed < QUIET_MS) return fileSize(u.file.size);
  const amount = m.files.of(fileSize(u.sent), fileSize(u.file.size));
  const left = u.sent > 0 ? ((u.file.size - u.sent) / u.sent) * passed : 0;
  if (left < 60_000) return amount;
  return `${amount} · ${m.files.left(duration(left / 60_000))}`;
}
