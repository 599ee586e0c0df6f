export const welcome = {
  title: "Know that it all fits, or know exactly what does not.",
  lead: "Tell StudyBunny when you are free and what is due. It answers with a study plan that meets every deadline at the lowest load there is, and it proves it.",
  start: "Start with my own free hours",
  sample: "Try a sample term",
  promise: "About a minute. No account, no e-mail.",
  loading: "Filling in a term of six courses and sixty tasks",
};
