import { read, write } from "./storage";

export type Theme = "system" | "light" | "dark";

/* Chosen here, applied before the first paint by public/first.js. */
export function theme(): Theme {
  const stored = read("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function setTheme(next: Theme): void {
  write("theme", next === "system" ? null : next);
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
}
