/* For tests: a part of the app on a page of its own, and hands for it. */

import { QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { cache } from "./api/queries";

/* Ends it. */
export function show(part: ReactNode): () => void {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  document.body.innerHTML = "<div></div>";
  const root = createRoot(document.body.firstElementChild as HTMLElement);
  act(() => root.render(<QueryClientProvider client={cache}>{part}</QueryClientProvider>));
  return () => {
    act(() => root.unmount());
    cache.clear();
  };
}

/* Ends when it holds, however slow the machine is. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
}

export function field(label: string): HTMLInputElement | null {
  const named = [...document.querySelectorAll("label")].find((l) => l.textContent === label);
  return document.getElementById(named?.htmlFor ?? "") as HTMLInputElement | null;
}

export function type(input: HTMLElement | null, value: string): void {
  const kind = input instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  const set = Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set;
  act(() => {
    set?.call(input, value);
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export const button = (words: string) =>
  [...document.querySelectorAll("button")].find((b) => b.textContent === words);

export const click = (words: string) => act(() => button(words)?.click());

export const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
