export const common = { back: "Back", close: "Close", loading: "Loading" };
