import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { m } from "../i18n/messages";

interface DialogProps {
  title: string;
  onClose: () => void;
  /* Two buttons or more: it must be answered, so a click outside does not close it. */
  mustAnswer?: boolean;
  wide?: boolean;
  children: ReactNode;
}

/* A modal dialog: keeps the focus inside, closes with Esc, and gives the focus back to its opener. */
export function Dialog({
  title,
  onClose,
  mustAnswer = false,
  wide = false,
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isDismissable={!mustAnswer}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={wide ? "dialog wide" : "dialog"}>
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
      </Modal>
    </ModalOverlay>
  );
}
