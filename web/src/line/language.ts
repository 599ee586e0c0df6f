/* The words of the line in the language that is spoken, fetched when a line is first shown. */

import { useEffect, useState } from "react";
import { spokenLanguage, type Language } from "../i18n/format";
import type { LineLanguage } from "./read";

const LANGUAGES: Record<Language, () => Promise<{ line: LineLanguage }>> = {
  en: () => import("./en"),
  de: () => import("./de"),
};

export const lineLanguage = async (): Promise<LineLanguage> =>
  (await LANGUAGES[spokenLanguage()]()).line;

/* A browser makes a pattern ready when it is first used, which would be felt at the first key; so
   that happens while nothing else does. */
function prepare({ rules }: LineLanguage): void {
  let at = 0;
  const some = (idle: IdleDeadline) => {
    while (at < rules.length && idle.timeRemaining() > 1) rules[at++]?.pattern.test("a");
    if (at < rules.length) requestIdleCallback(some);
  };
  if ("requestIdleCallback" in window) requestIdleCallback(some);
}

/* null until it is there. */
export function useLineLanguage(): LineLanguage | null {
  const spoken = spokenLanguage();
  const [language, setLanguage] = useState<LineLanguage | null>(null);
  useEffect(() => {
    let wanted = true;
    void LANGUAGES[spoken]().then(
      ({ line }) => {
        if (!wanted) return;
        setLanguage(line);
        prepare(line);
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [spoken]);
  return language;
}
