export const first = {
  stepOf: (n: number, of: number) => `Step ${n} of ${of}`,
  steps: { hours: "Free hours", tasks: "Tasks", plan: "Your plan" },
};
