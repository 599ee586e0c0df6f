/* The section about language, clock and week. */
export const manner = {
  title: "Language and formats",
  language: "Language",
  clock: "Clock",
  weekStart: "First day of the week",
  byBrowser: "As this browser asks",
  byRegion: "As usual in your region",
  clocks: { "24h": "24 hours, 17:00", "12h": "12 hours, 5:00 pm" },
  weekStarts: { monday: "Monday", saturday: "Saturday", sunday: "Sunday" },
  everywhere: "These hold on all your devices.",
  saved: "Language and formats saved.",
};
