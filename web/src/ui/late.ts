/* A component whose code is fetched when it is first needed. One whose code was asked for before, and has
   come, is drawn at once: React's lazy first draws what stands for it, and then leaves that there for
   300 ms. Nor does lazy ask a second time for what could not be fetched once; Guarded.tsx does. */

import { createElement, use, type ComponentType, type ReactNode } from "react";
import { NetworkError } from "../api/client";

const failed = new Set<() => void>();

/* What could not be fetched is fetched anew when it is next drawn. */
export function askAgain(): void {
  for (const forget of failed) forget();
  failed.clear();
}

export function late<P extends object>(load: () => Promise<ComponentType<P>>) {
  let come: ComponentType<P> | undefined;
  let asked: Promise<ComponentType<P>> | undefined;
  const fetchIt = async () => {
    try {
      return (come = await load());
    } catch {
      failed.add(() => (asked = undefined));
      throw new NetworkError(false);
    }
  };
  /** Begins to fetch the code; ends when it has come. */
  const ask = () => (asked ??= fetchIt());
  const Late = (props: P): ReactNode => createElement(come ?? use(ask()), props);
  return Object.assign(Late, { ask });
}
