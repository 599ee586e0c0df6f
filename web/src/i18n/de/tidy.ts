import type { Messages } from "../en";

export const tidy: Messages["tidy"] = {
  title: (then, now) => `Weniger, längere Blöcke: ${then} statt ${now}`,
  lead: "Jede Änderung bewegt so wenig von deinem Plan wie möglich, so sammeln sich kleine Stücke. Die nächsten 24 Stunden blieben, wie sie sind; danach würde neu geplant.",
  moves: (time) => `Blöcke von ${time} würden sich bewegen.`,
  take: "Weniger, längere Blöcke nehmen",
  done: (then, was) => `${then} Blöcke statt ${was}.`,
};
