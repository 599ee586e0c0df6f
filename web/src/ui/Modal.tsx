import { X } from "lucide-react";
import { useEffect, useRef, type FormEvent, type RefObject } from "react";
import {
  Dialog as AriaDialog,
  Heading,
  Modal as AriaModal,
  ModalOverlay,
} from "react-aria-components";
import { m } from "../i18n/messages";
import type { DialogProps } from "./Dialog";

const ofForm = ({ target }: FormEvent) => "form" in target && target.form !== null;

/* A line that was added is empty again; what was refused still stands there. */
const holdsText = (inside: HTMLElement | null) =>
  [...(inside?.querySelectorAll<HTMLInputElement>("form input, form textarea") ?? [])].some(
    (field) => field.value.trim() !== "",
  );

const firstFault = (inside: HTMLElement | null) =>
  inside?.querySelector<HTMLElement>("[aria-invalid=true]");

/* Leads to the first field that a form finds wrong: it may be out of sight, and nothing says so to who
   does not see it. To be called when it is sent; what is found wrong while typing leads nowhere. */
function useFaults(inside: RefObject<HTMLElement | null>): () => void {
  const watching = useRef<MutationObserver | null>(null);
  useEffect(() => () => watching.current?.disconnect(), []);
  return () => {
    watching.current?.disconnect();
    const sent = inside.current;
    if (!sent) return;
    const watch = new MutationObserver(() => {
      const fault = firstFault(sent);
      if (!fault) return;
      fault.focus();
      watch.disconnect();
    });
    watching.current = watch;
    watch.observe(sent, { attributeFilter: ["aria-invalid"], subtree: true });
    sent.addEventListener("input", () => watch.disconnect(), { once: true });
    firstFault(sent)?.focus();
  };
}

/* A dialog's inside; Dialog.tsx fetches it. What was typed into its form is not lost by a click beside it:
   then it is left by Esc or its button. */
export function Modal({ title, onClose, mustAnswer = false, wide = false, children }: DialogProps) {
  const typed = useRef(false);
  const inside = useRef<HTMLDivElement>(null);
  const awaitsFault = useFaults(inside);
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isDismissable={!mustAnswer}
      shouldCloseOnInteractOutside={() => !typed.current || !holdsText(inside.current)}
      onOpenChange={(open) => !open && onClose()}
    >
      <AriaModal className={wide ? "dialog wide" : "dialog"}>
        <AriaDialog className="dialog-in" {...(mustAnswer && { role: "alertdialog" as const })}>
          <div className="row nowrap dialog-head">
            <Heading slot="title">{title}</Heading>
            {!mustAnswer && (
              <button
                type="button"
                className="btn icon quiet end"
                aria-label={m.ui.close}
                onClick={onClose}
              >
                <X className="ic" />
              </button>
            )}
          </div>
          <div
            ref={inside}
            onInput={(event) => {
              if (ofForm(event)) typed.current = true;
            }}
            onSubmit={awaitsFault}
          >
            {children}
          </div>
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}
