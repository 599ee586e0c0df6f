import { X } from "lucide-react";
import {
  Dialog as AriaDialog,
  Heading,
  Modal as AriaModal,
  ModalOverlay,
} from "react-aria-components";
import { m } from "../i18n/messages";
import type { DialogProps } from "./Dialog";

/* A dialog's inside; Dialog.tsx fetches it. */
export function Modal({ title, onClose, mustAnswer = false, wide = false, children }: DialogProps) {
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isDismissable={!mustAnswer}
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
          {children}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}
