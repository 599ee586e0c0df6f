/* Client routing over the History API: paths only, no nesting. Links stay links (open in a new tab,
   copy), and the browser's back button works. */

import {
  useEffect,
  useRef,
  useSyncExternalStore,
  type AnchorHTMLAttributes,
  type MouseEvent,
} from "react";

const CHANGED = "studybunny:navigated";

function subscribe(changed: () => void): () => void {
  window.addEventListener("popstate", changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener("popstate", changed);
    window.removeEventListener(CHANGED, changed);
  };
}

export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);
/* "?filter=done", or "". */
export const useSearch = () => useSyncExternalStore(subscribe, () => location.search);

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (to === location.pathname + location.search) return;
  if (options.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  window.dispatchEvent(new Event(CHANGED));
  window.scrollTo(0, 0);
}

/* Another address for the page that is shown, which knows already. Browsers allow few in a row; then the
   address stays behind. */
export function rename(to: string): void {
  try {
    history.replaceState(null, "", to);
  } catch {
    /* Too many: the next will do. */
  }
}

/* For a heading that an address names by "#name" and that comes into being after its page: who is led
   there begins at it. */
export function useNamedHeading(name: string, there: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (there && location.hash === `#${name}`) heading.current?.focus();
  }, [name, there]);
  return heading;
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string };

export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || elsewhere || event.button !== 0) return;
    event.preventDefault();
    navigate(to);
  };
  return <a href={to} onClick={follow} {...rest} />;
}
