/* The day that a page shows: the one that its address names ("/week?day=2026-11-26"), else today. Another
   one is put into the address, so that a reload and the way back lead to it. */

import { useCallback, useState } from "react";
import type { LocalDate } from "../time/zone";
import { rename, useSearch } from "./router";

const dayIn = (search: string) => /[?&]day=(\d{4}-\d{2}-\d{2})(&|$)/.exec(search)?.[1];

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
      setChosen(day);
      rename(location.pathname + (day === today ? "" : `?day=${day}`));
    },
    [today],
  );
  return [chosen ?? today, show];
}
