import type { Messages } from "../en";

export const ui: Messages["ui"] = {
  back: "Zurück",
  close: "Schließen",
  loading: "Wird geladen",
};
