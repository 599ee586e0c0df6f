import { useState } from "react";
import { navigate, useSearch } from "../../ui/router";
import { read, write } from "../../ui/storage";
import { isFilter, isPast, nextSort, readSort, sortText, type Filter, type SortBy } from "./rows";

/* What is shown, in the address, so that a link or reload keeps it: "?filter=done&course=…". */
export function useShown() {
  const asked = new URLSearchParams(useSearch());
  const named = asked.get("filter");
  const filter: Filter = isFilter(named) ? named : "open";
  const courseId = asked.get("course") ?? "";
  const show = (next: { filter?: Filter; courseId?: string }) => {
    const query = new URLSearchParams();
    const to = { filter, courseId, ...next };
    if (to.filter !== "open") query.set("filter", to.filter);
    if (to.courseId !== "") query.set("course", to.courseId);
    const text = query.toString();
    navigate(`/tasks${text && `?${text}`}`, { replace: true });
  };
  return { filter, courseId, show };
}

/* The order, kept in this browser: one for what is ahead, one for what is behind. */
export function useSort(filter: Filter) {
  const [, setChanged] = useState(0);
  const past = isPast(filter);
  const name = past ? "tasks.sort.past" : "tasks.sort";
  const sort = readSort(read(name), { by: "due", down: past });
  const sortBy = (by: SortBy) => {
    write(name, sortText(nextSort(sort, by)));
    setChanged((n) => n + 1);
  };
  return { sort, sortBy };
}
