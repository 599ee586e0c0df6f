/* Notifications of the browser: on this device only, and only after the student has switched them on.
   What this device has shown is remembered here, so that nothing is shown twice. */

import { useSyncExternalStore } from "react";
import { m } from "../../i18n/messages";
import { read, write } from "../../ui/storage";

const CHOSEN = "told-by-browser";
const SHOWN = "told";
const SHOWN_MAX = 200;

const listeners = new Set<() => void>();

/* Chosen here, and still allowed. */
const isOn = () =>
  read(CHOSEN) === "on" && "Notification" in window && Notification.permission === "granted";

export const useByBrowser = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isOn);

function choose(on: boolean): void {
  write(CHOSEN, on ? "on" : null);
  for (const listener of listeners) listener();
}

function shown(): string[] {
  try {
    const ids: unknown = JSON.parse(read(SHOWN) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/* Those that this device has not shown yet; from now on it has. Tabs share what is remembered. */
export function notShown(ids: readonly string[]): string[] {
  const before = shown();
  const fresh = ids.filter((id) => !before.includes(id));
  if (fresh.length > 0) write(SHOWN, JSON.stringify([...before, ...fresh].slice(-SHOWN_MAX)));
  return fresh;
}

/* Android's browsers refuse this to pages. */
export function show(text: string, id: string, onClick: () => void): boolean {
  try {
    const shown = new Notification("StudyBunny", {
      body: text,
      tag: id,
      lang: document.documentElement.lang,
    });
    shown.onclick = () => {
      window.focus();
      shown.close();
      onClick();
    };
    return true;
  } catch {
    return false;
  }
}

export type Allowed = "on" | "denied" | "cannot";

/* Asks the browser, which asks the student; what there is already is not shown again. */
export async function switchOn(known: readonly string[]): Promise<Allowed> {
  if (!("Notification" in window)) return "cannot";
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return "denied";
  if (!show(m.notifications.browserTest, "test", () => undefined)) return "cannot";
  notShown(known);
  choose(true);
  return "on";
}

export const switchOff = () => choose(false);
