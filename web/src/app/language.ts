/* In which language and manner the app speaks: as the settings say, else as chosen on this device
   before there were settings, else as the browser asks. What the settings said last is remembered
   here, so that the first paint is right. */

import { useEffect, useSyncExternalStore } from "react";
import { saveManner } from "../api/actions";
import { useSettings } from "../api/queries";
import type { Settings } from "../api/schema";
import type { Language, Manner } from "../i18n/format";
import { isLanguage, speak } from "../i18n/messages";
import { read, write } from "../ui/storage";

type Shown = Pick<Settings, "language" | "clock" | "week_start">;

const BY_DEVICE: Shown = { language: "device", clock: "device", week_start: "device" };
const REMEMBERED = "manner";
const CHOSEN = "language";

/* A region counts only where its language is spoken: German in the USA is still written as in Germany. */
const HOME: Record<Language, string> = { en: "en-GB", de: "de-DE" };

const languageOf = (locale: string) => locale.split("-")[0]?.toLowerCase() ?? "";

export function mannerOf(shown: Shown, chosen: string | null, asked: readonly string[]): Manner {
  const spoken = asked.map(languageOf).find(isLanguage) ?? "en";
  const language =
    shown.language !== "device"
      ? shown.language
      : chosen !== null && isLanguage(chosen)
        ? chosen
        : spoken;
  const locale =
    asked.find((name) => languageOf(name) === language && name.includes("-")) ?? HOME[language];
  return { language, locale, clock: shown.clock, weekStart: shown.week_start };
}

function remembered(): Shown {
  try {
    return { ...BY_DEVICE, ...(JSON.parse(read(REMEMBERED) ?? "{}") as Partial<Shown>) };
  } catch {
    return BY_DEVICE;
  }
}

let spoken = 0;
/* The manner that was asked for last, as one text. */
let asked = "";
const listeners = new Set<() => void>();

async function adopt(shown: Shown): Promise<void> {
  const manner = mannerOf(shown, read(CHOSEN), navigator.languages);
  /* What the settings say is mostly what was remembered: then nothing is drawn anew. */
  const text = JSON.stringify(manner);
  if (text === asked) return;
  asked = text;
  try {
    if (!(await speak(manner))) return;
  } catch (error) {
    if (text === asked) asked = "";
    throw error;
  }
  document.documentElement.lang = manner.locale;
  spoken++;
  for (const listener of listeners) listener();
}

/* Before the first paint. Without its words the app begins in English. */
export const beginToSpeak = () => adopt(remembered()).catch(() => undefined);

/* Draws anew whatever is shown when the language changes. */
export const useSpoken = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => spoken,
  );

/* Before there are settings: for this device, and for the settings once there are some. */
export async function choose(language: Language): Promise<void> {
  write(CHOSEN, language);
  await adopt(remembered());
}

/* Follows the settings of whoever is here. */
export function useMannerOfSettings(): void {
  const settings = useSettings().data;
  const language = settings?.language;
  const clock = settings?.clock;
  const week_start = settings?.week_start;
  useEffect(() => {
    if (language === undefined || clock === undefined || week_start === undefined) return;
    const chosen = read(CHOSEN);
    if (language === "device" && chosen !== null && isLanguage(chosen)) {
      /* Said on the way in, so it is theirs on every device. */
      void saveManner({ language: chosen }).then(
        () => write(CHOSEN, null),
        () => undefined,
      );
      return;
    }
    if (language !== "device") write(CHOSEN, null);
    const shown = { language, clock, week_start };
    write(REMEMBERED, JSON.stringify(shown));
    void adopt(shown).catch(() => undefined);
  }, [language, clock, week_start]);
}
