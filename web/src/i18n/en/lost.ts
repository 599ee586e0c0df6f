export const lost = {
  title: "There is no such page",
  detail: "The address may be misspelled, or the page has moved.",
  way: "To the start",
};
