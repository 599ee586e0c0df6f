/* Refusals of the server, by their codes. Its own sentences are English and exact, so here they
   need no more than a capital and a full stop. */
const sentence = (text: string) =>
  text === ""
    ? ""
    : text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

export const problem = {
  /* What is wrong with something that was sent; `detail` is what the server says. */
  reason: (_code: string, detail: string) => sentence(detail),
};
