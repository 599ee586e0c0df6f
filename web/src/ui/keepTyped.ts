/* A draft on what is newest: what was typed is kept; what was not is as another device has it. */
export function keepTyped<T extends object>(draft: T, was: T, newest: T): T {
  const typed = Object.entries(draft).filter(
    ([name, value]) => JSON.stringify(was[name as keyof T]) !== JSON.stringify(value),
  );
  return { ...newest, ...Object.fromEntries(typed) };
}
