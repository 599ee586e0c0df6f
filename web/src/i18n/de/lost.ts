import type { Messages } from "../en";

export const lost: Messages["lost"] = {
  title: "Diese Seite gibt es nicht",
  detail: "Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.",
  way: "Zum Anfang",
};
