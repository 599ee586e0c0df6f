export const ui = { back: "Back", close: "Close", loading: "Loading" };
