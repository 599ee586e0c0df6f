/* React's lazy, but a component whose code was asked for before, and has come, is drawn at once. lazy
   first draws what stands for it, which React then leaves there for 300 ms. */

import { lazy, type ComponentType } from "react";

export function late<P extends object>(load: () => Promise<ComponentType<P>>) {
  let come: { default: ComponentType<P> } | undefined;
  /** Begins to fetch the code; ends when it has come. */
  const ask = async () => (come ??= { default: await load() });
  const known = () =>
    come && ({ then: (go: (module: typeof come) => void) => go(come) } as ReturnType<typeof ask>);
  return Object.assign(
    lazy(() => known() ?? ask()),
    { ask },
  );
}
