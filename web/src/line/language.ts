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

/* null until it is there. */
export function useLineLanguage(): LineLanguage | null {
  const spoken = spokenLanguage();
  const [language, setLanguage] = useState<LineLanguage | null>(null);
  useEffect(() => {
    let wanted = true;
    void LANGUAGES[spoken]().then(
      ({ line }) => wanted && setLanguage(line),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [spoken]);
  return language;
}
