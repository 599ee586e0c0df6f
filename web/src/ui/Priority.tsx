import { m } from "../i18n/messages";

/* Of 4 px, 2 px apart, each 2 px higher than the one before. */
const bars = (from: number, to: number) =>
  [0, 1, 2, 3, 4]
    .slice(from, to)
    .map((i) => `M${i * 6} 14v-${4 + i * 2}q0-1 1-1h2q1 0 1 1v${4 + i * 2}z`)
    .join("");
const DRAWN = [1, 2, 3, 4, 5].map((value) => [bars(0, value), bars(value, 5)] as const);

/* Five bars; the word stands beside them for those who do not see bars. */
export function Priority({ value }: { value: number }) {
  const [on, off] = DRAWN[value - 1] ?? [];
  return (
    <svg
      className="pri5"
      viewBox="0 0 28 14"
      preserveAspectRatio="xMidYMax"
      role="img"
      aria-label={m.task.priorityOf(value)}
    >
      <path className="on" d={on} />
      <path d={off} />
    </svg>
  );
}
