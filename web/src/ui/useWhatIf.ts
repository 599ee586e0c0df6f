/* What a change would make of the plan, before it is made: planned in this tab by plan.wasm at every
   change of the draft, or, where that cannot be had, asked from the server as often as it may be.

   There is one draft at a time. Whoever edits something sets it and takes it away; the week shows
   what it would move. */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import {
  useAvailability,
  useOccurrences,
  useSchedule,
  useSettings,
  useTasks,
  useZone,
} from "../api/queries";
import type { Schedule, Task } from "../api/schema";
import type { Desk } from "../plan/desk";
import { drafted, keeping, serverCan, type Draft } from "../plan/draft";
import type { Engine } from "../plan/engine";
import { loadEngine } from "../plan/load";
import { wishesOf } from "../plan/wishes";
import { planHere, type Ask } from "../plan/schedule";
import { daysBetween, wallAt } from "../time/zone";
import { useNow } from "./useNow";
import { useThrottled } from "./useThrottled";

let draft: Draft | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setDraft(next: Draft | null): void {
  draft = next;
  for (const listener of listeners) listener();
}

export const useDraft = () => useSyncExternalStore(subscribe, () => draft);

/* Considers a change for as long as the caller is mounted; null: none. `next` is compared by what
   it says. */
export function useConsidered(next: Draft | null): void {
  const text = JSON.stringify(next);
  useEffect(() => setDraft(JSON.parse(text) as Draft | null), [text]);
  useEffect(() => () => setDraft(null), []);
}

export interface Planner {
  engine: Engine;
  desk: Desk;
  /* As plan/schedule.ts wants it, but for what is kept. */
  ask: Omit<Ask, "keep" | "anew">;
}

/* What the server tells of events at once, in days. */
const REACH_MAX = 731;
const REACH_STEP = 28;

/* For how many days a plan has to know of events: to the last due date or pin, in steps, so that a moving
   due date asks for them seldom. */
function reachOf(tasks: readonly Task[], today: string, zone: string): number {
  const times = tasks
    .filter((t) => t.state === "open")
    .flatMap((t) => [t.due, ...t.pinned.map((p) => p.end)]);
  const last = wallAt(Math.max(Date.now(), ...times.map(Date.parse)), zone).date;
  return Math.ceil((daysBetween(today, last) + 2) / REACH_STEP) * REACH_STEP;
}

/* The planner of this tab over the present desk; null until all of it is there, "none" where the
   module cannot be loaded. */
export function usePlanner(): Planner | "none" | null {
  const engine = useQuery({
    queryKey: ["engine"],
    queryFn: loadEngine,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const tasks = useTasks().data;
  const settings = useSettings().data;
  const free = useAvailability().data;
  const zone = useZone(settings?.zone);
  const accepted = useSchedule().data;
  const today = accepted?.days[0]?.date ?? "";
  const name = zone.data?.name;
  const reach = useMemo(
    () => (tasks && today && name ? reachOf(tasks, today, name) : 0),
    [tasks, today, name],
  );
  const occurrences = useOccurrences(today, Math.min(reach, REACH_MAX)).data;
  const clock = useNow();
  const lost = engine.isError || zone.isError;
  return useMemo(() => {
    if (lost) return "none";
    if (!engine.data || !tasks || !settings || !free || !zone.data || !accepted) return null;
    if (reach > REACH_MAX) return "none";
    if (!occurrences) return null;
    /* A table of another zone is one that was changed elsewhere meanwhile. */
    if (zone.data.name !== settings.zone) return "none";
    const { pace, limit } = settings;
    const { week, exceptions } = free;
    const now = Math.max(clock, Date.parse(accepted.now));
    return {
      engine: engine.data,
      desk: {
        ...{ tasks, week, exceptions, occurrences, zone: zone.data, pace, limit },
        factors: accepted.factors,
        wishes: wishesOf(settings),
      },
      ask: { now, days: accepted.days.length, accepted },
    };
  }, [lost, engine.data, tasks, settings, free, reach, occurrences, zone.data, accepted, clock]);
}

export interface WhatIf {
  /* The plan; the server's may be of a moment ago, which `settled` says. null: not known yet. */
  after: Schedule | null;
  settled: boolean;
  error: unknown;
}

const NOTHING: WhatIf = { after: null, settled: false, error: null };

const SERVER_MS = 70;

/* The plan that the draft would give. */
export const useWhatIf = (wanted: Draft | null) => useWhatIfBy(usePlanner(), wanted);

/* The same for who has the planner. */
export function useWhatIfBy(planner: Planner | "none" | null, wanted: Draft | null): WhatIf {
  const here = useMemo((): WhatIf | null => {
    if (!wanted || !planner || planner === "none") return null;
    try {
      const { engine, desk, ask } = planner;
      const next = drafted(desk, wanted);
      const after = planHere(engine, next, { ...ask, ...keeping(desk, next, wanted) });
      return { after, settled: true, error: null };
    } catch (error) {
      return { ...NOTHING, error };
    }
  }, [planner, wanted]);
  const asked = useThrottled(
    wanted && planner === "none" && serverCan(wanted) ? wanted : null,
    SERVER_MS,
  );
  const preview = useSchedule(asked ? sharesOf(asked) : undefined);
  if (here) return here;
  if (!wanted || !asked) return NOTHING;
  const settled = asked === wanted && !preview.isPlaceholderData;
  return { after: preview.data ?? null, settled, error: preview.error };
}

const sharesOf = ({ pace, limit }: Draft) => ({ ...(pace && { pace }), ...(limit && { limit }) });
