import type { Messages } from "../en";

export const first: Messages["first"] = {
  stepOf: (n, of) => `Schritt ${n} von ${of}`,
  steps: { hours: "Freie Zeiten", tasks: "Aufgaben", plan: "Dein Plan" },
};
