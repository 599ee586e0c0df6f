export const tidy = {
  title: (then: number, now: number) => `Fewer, longer blocks: ${then} instead of ${now}`,
  lead: "Each change moves as little of your plan as it can, so small pieces collect. The next 24 hours would stay as they are; after that the plan would be made afresh.",
  moves: (time: string) => `${time} of blocks would move.`,
  take: "Take fewer, longer blocks",
  done: (then: number, was: number) => `${then} blocks instead of ${was}.`,
};
