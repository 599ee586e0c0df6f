/* The catalogue in use. English comes with the app, others are fetched when they are spoken. */

import { en, type Messages } from "./en";
import { writeIn, type Language, type Manner } from "./format";

export type { Messages } from "./en";

/* Each by its own name. */
export const LANGUAGES: Record<Language, string> = { en: "English", de: "Deutsch" };

export const isLanguage = (name: string): name is Language => Object.hasOwn(LANGUAGES, name);

const CATALOGUES: Record<Language, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  de: () => import("./de").then((catalogue) => catalogue.de),
};

/* Read it where it is shown, never into a constant: another language takes its place. */
export let m: Messages = en;

let wanted = 0;

/* Speaks in another manner from now on. If its words cannot be fetched, nothing changes. False: another
   was asked for meanwhile. */
export async function speak(manner: Manner): Promise<boolean> {
  const mine = ++wanted;
  const words = await CATALOGUES[manner.language]();
  if (mine !== wanted) return false;
  m = words;
  writeIn(manner);
  return true;
}
