/* The day that a page shows: the one that its address names ("/week?day=2026-11-26"), else today. Another
   one is put into the address, so that a reload and the way back lead to it. */

import { useCallback, useState } from "react";
import { isDate, type LocalDate } from "../time/zone";
import { rename, useSearch } from "./router";

/* A day that there is. */
function dayIn(search: string): LocalDate | undefined {
  const day = /[?&]day=(\d{4}-\d{2}-\d{2})(&|$)/.exec(search)?.[1];
  const [year = 0, month = 0, date = 0] = day?.split("-").map(Number) ?? [];
  return isDate(year, month, date) ? day : undefined;
}

export function useDay(today: LocalDate): [LocalDate, (day: LocalDate) => void] {
  const asked = dayIn(useSearch());
  const [seen, setSeen] = useState(asked);
  const [chosen, setChosen] = useState(asked);
  /* Somebody was led to another. */
  if (asked !== seen) {
    setSeen(asked);
    setChosen(asked);
  }
  const show = useCallback(
    (day: LocalDate) => {
      /* Today is another one tomorrow. */
      setChosen(day === today ? undefined : day);
      rename(location.pathname + (day === today ? "" : `?day=${day}`));
    },
    [today],
  );
  return [chosen ?? today, show];
}
