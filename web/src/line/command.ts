/* Commands by the same line: "done essay", "essay 50 %", "what now", "go to week", "add …". What is
   no command may be a title to open or a task to add. */

export type Command =
  | { kind: "done"; query: string }
  | { kind: "progress"; query: string; percent: number }
  | { kind: "now" }
  | { kind: "undo" }
  | { kind: "go"; query: string }
  | { kind: "add"; line: string }
  | { kind: "words"; query: string };

/* Patterns of a language; the first group is what is meant, the second a number. */
export interface CommandWords {
  now: RegExp;
  undo: RegExp;
  add: RegExp;
  go: RegExp;
  done: readonly RegExp[];
  progress: readonly RegExp[];
}

export function readCommand(text: string, words: CommandWords): Command {
  const line = text.trim().replace(/\s+/g, " ");
  if (words.now.test(line)) return { kind: "now" };
  if (words.undo.test(line)) return { kind: "undo" };
  const add = words.add.exec(line)?.[1];
  if (add !== undefined) return { kind: "add", line: add };
  for (const pattern of words.progress) {
    const match = pattern.exec(line);
    const percent = Number(match?.[2]);
    if (match && percent <= 100) return { kind: "progress", query: match[1] ?? "", percent };
  }
  for (const pattern of words.done) {
    const query = pattern.exec(line)?.[1];
    if (query !== undefined) return { kind: "done", query };
  }
  const go = words.go.exec(line)?.[1];
  if (go !== undefined) return { kind: "go", query: go };
  return { kind: "words", query: line };
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/* Whether one letter more, less or other makes a the beginning of b. */
function nearly(a: string, b: string): boolean {
  if (a.length < 4) return false;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return Math.min(...row) <= 1;
}

/* 0: no match; the better the higher. */
export function likeness(query: string, title: string): number {
  const wanted = plain(query);
  const whole = plain(title);
  if (wanted === "") return 0;
  if (whole === wanted) return 100;
  if (whole.startsWith(wanted)) return 80;
  const words = whole.split(" ");
  const parts = wanted.split(" ");
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 60;
  if (wanted.length > 2 && whole.includes(wanted)) return 50;
  if (parts.every((part) => words.some((word) => word.startsWith(part) || nearly(part, word))))
    return 30;
  return 0;
}

/* What is meant by the words: the most alike first, then as they were given. */
export function mostAlike<T>(query: string, list: readonly T[], name: (item: T) => string): T[] {
  return list
    .map((item, i) => ({ item, i, score: likeness(query, name(item)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .map(({ item }) => item);
}
