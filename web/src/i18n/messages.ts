/* The catalogue in use. */

import { en, type Messages } from "./en";

export type { Messages } from "./en";

export const m: Messages = en;
