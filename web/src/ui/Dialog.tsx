import { Suspense, lazy, type ReactNode } from "react";

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
const fetchModal = () => import("./Modal");
const Modal = lazy(() => fetchModal().then((f) => ({ default: f.Modal })));
const AFTER_MS = 3_000;
setTimeout(() => void fetchModal().catch(() => undefined), AFTER_MS);

/* A modal dialog: keeps the focus inside, closes with Esc, and gives the focus back to its opener. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <Modal {...props} />
    </Suspense>
  );
}
