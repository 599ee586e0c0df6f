import { m } from "../i18n/messages";

/* Five bars; the word stands beside them for those who do not see bars. */
export function Priority({ value }: { value: number }) {
  return (
    <span className="pri5" role="img" aria-label={m.task.priorityOf(value)}>
      {[1, 2, 3, 4, 5].map((n) => (
        <i key={n} className={n <= value ? "on" : ""} style={{ height: 3 + n * 2 }} />
      ))}
    </span>
  );
}
