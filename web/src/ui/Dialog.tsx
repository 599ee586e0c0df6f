import { Suspense, type ReactNode } from "react";
import { askAgain, late } from "./late";

export interface DialogProps {
  title: string;
  onClose: () => void;
  /* Two buttons or more: it must be answered, so a click outside does not close it. */
  mustAnswer?: boolean;
  wide?: boolean;
  children: ReactNode;
}

/* What makes it modal is a large part of the app, which no page waits for: it is fetched when the page
   has long been there, or with the first dialog. */
const Modal = late(() => import("./Modal").then((f) => f.Modal));
const AFTER_MS = 3_000;
setTimeout(() => void Modal.ask().catch(askAgain), AFTER_MS);

/* A modal dialog: keeps the focus inside, closes with Esc, and gives the focus back to its opener. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <Modal {...props} />
    </Suspense>
  );
}
