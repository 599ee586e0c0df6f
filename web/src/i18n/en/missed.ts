import { plural } from "../format";

export const missed = {
  label: "Blocks that did not happen",
  ask: (n: number, time: string) =>
    n === 1
      ? `1 block did not happen. Put its ${time} back into the week?`
      : `${n} blocks did not happen. Put their ${time} back into the week?`,
  putBack: "Put back",
  putBackDone: (time: string) => `${time} put back into the week.`,
  someDid: "Some did happen",
  whichTitle: "What did happen?",
  whichHint: "Tick what you worked on. It is logged as planned; the rest goes back into the week.",
  logSome: "Log these, put back the rest",
  logAll: "Log these",
  logged: (n: number, time: string) => `${plural(n, "block", "blocks")} logged, ${time}.`,
  proposal: (time: string) => `There is a better plan now; ${time} of blocks would move.`,
  takeProposal: "Take it",
  proposalTaken: "New plan taken.",
};
