import { useCallback, useMemo, useState } from "react";
import { navigate, useSearch } from "../../ui/router";
import { read, write } from "../../ui/storage";
import { isFilter, isPast, nextSort, readSort, sortText, type Filter, type SortBy } from "./rows";

/* What is shown, in the address, so that a link or reload keeps it: "?filter=done&course=…". */
export function useShown() {
  const asked = new URLSearchParams(useSearch());
  const named = asked.get("filter");
  const filter: Filter = isFilter(named) ? named : "open";
  const courseId = asked.get("course") ?? "";
  const show = useCallback(
    (next: { filter?: Filter; courseId?: string }) => {
      const query = new URLSearchParams();
      const to = { filter, courseId, ...next };
      if (to.filter !== "open") query.set("filter", to.filter);
      if (to.courseId !== "") query.set("course", to.courseId);
      const text = query.toString();
      navigate(`/tasks${text && `?${text}`}`, { replace: true });
    },
    [filter, courseId],
  );
  return { filter, courseId, show };
}

/* The order, kept in this browser: one for what is ahead, one for what is behind. */
export function useSort(filter: Filter) {
  const past = isPast(filter);
  const name = past ? "tasks.sort.past" : "tasks.sort";
  const [changed, setChanged] = useState<Record<string, string>>({});
  const text = changed[name] ?? read(name);
  const sort = useMemo(() => readSort(text, { by: "due", down: past }), [text, past]);
  const sortBy = useCallback(
    (by: SortBy) => {
      const next = sortText(nextSort(sort, by));
      write(name, next);
      setChanged((was) => ({ ...was, [name]: next }));
    },
    [name, sort],
  );
  return { sort, sortBy };
}
