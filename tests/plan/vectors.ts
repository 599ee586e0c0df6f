/* The vectors: instances with the answers of an oracle by max-flow and min-cost flow. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Answer, Instance } from "./format.ts";

function lines<T>(name: string): T[] {
  const bytes = readFileSync(new URL(`vectors/${name}.jsonl.gz`, import.meta.url));
  const text = gunzipSync(bytes).toString("utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

export interface Vector {
  instance: Instance;
  answer: Answer;
}

export function vectors(): Vector[] {
  const answers = lines<Answer>("answers");
  return lines<Instance>("instances").flatMap((instance, i) => {
    const answer = answers[i];
    return answer ? [{ instance, answer }] : [];
  });
}

/** Without earliest starts and prerequisites: all tasks may start now. */
export const startsNow = ({ instance }: Vector): boolean =>
  instance.tasks.every((t) => t.rel === undefined && t.pre === undefined);
