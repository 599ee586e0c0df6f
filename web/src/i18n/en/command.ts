/* The line that does things. */
export const command = {
  title: "Do or find",
  open: "Do or find",
  label: "What do you want to do?",
  placeholder: "done essay, essay 50 %, what now",
  list: "What can happen",
  help: "Enter does what is marked, arrows choose.",
  nothing: "Nothing fits these words.",
  finish: (title: string) => `Mark **${title}** done`,
  progress: (title: string, percent: string, left: string) =>
    `**${title}** is ${percent} done, ${left} left`,
  progressed: (title: string, percent: string) => `${title} is ${percent} done.`,
  edit: (title: string) => `Open **${title}**`,
  go: (page: string) => `Go to **${page}**`,
  add: (title: string, time: string, due: string) => `Add **${title}**, ${time}, due ${due}`,
  cannotAdd: (title: string, why: string) => `Add **${title}**: ${why}`,
  undo: "Undo the last change",
  now: (title: string, until: string) => `Now: **${title}** until ${until}`,
  next: (title: string, from: string) => `Next: **${title}**, ${from}`,
  free: "Nothing is planned. You are free.",
};
