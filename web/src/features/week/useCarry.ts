/* A block or an event in the hand: where it is, whether it may be put there and what that would cost,
   until it is put down or back. Nothing is saved before. */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { getEvent } from "../../api/endpoints";
import type { Block, Occurrence, Schedule, StudyEvent } from "../../api/schema";
import { clock, clockRange, dayLong } from "../../i18n/format";
import { m } from "../../i18n/messages";
import type { Draft } from "../../plan/draft";
import { minutesLeft, percentFor } from "../../plan/estimates";
import { inText } from "../../ui/keys";
import { describe } from "../../ui/problem";
import { announce, toast } from "../../ui/toast";
import type { Planner } from "../../ui/useWhatIf";
import {
  isBlock,
  placeOf,
  samePlace,
  spanOf,
  titleOf,
  type Carry,
  type Place,
  type Thing,
} from "./carry";
import { judge, near, type Judgement } from "./judge";
import { asksFor, type Scope } from "./moveEvent";
import { putBlock, putEvent } from "./moving";
import { pinsElsewhere } from "./pinning";

interface World {
  plan: Schedule;
  now: number;
  planner: Planner | "none" | null;
}

export interface Carrying {
  carry: Carry | null;
  judgement: Judgement;
  /* "Sat 15:15", "15:15–16:45", and in words for those who listen. */
  when: string;
  times: string;
  spoken: string;
  /* Whether a block of the new plan is what is in the hand. */
  holds: (block: Block) => boolean;
  /* What the plan would be asked. */
  draft: Draft | null;
  /* A series that was put down: which of it? */
  series: boolean;
  busy: boolean;
  pickUp: (thing: Thing, by: Carry["by"]) => boolean;
  /* null: it stays. */
  move: (to: (carry: Carry) => Place | null) => void;
  drop: () => void;
  choose: (scope: Scope) => void;
  putBack: () => void;
}

const FREE: Judgement = { refusal: null, costs: [] };
const DAY = 1440;

/* As long as its task has work that is not pinned elsewhere. */
function mostOf(thing: Thing, { plan, now }: World): number {
  if (!isBlock(thing)) return DAY;
  const { task, block } = thing;
  const own = Date.parse(block.end) - Date.parse(block.start);
  const pins = pinsElsewhere(task, block, block, now).slice(0, -1);
  const pinned = pins.reduce((sum, p) => sum + Date.parse(p.end) - Date.parse(p.start), 0);
  const left = minutesLeft(task, percentFor(plan.factors, task.course_id)) - pinned / 60_000;
  return Math.max(own / 60_000, Math.ceil(left / 5) * 5);
}

function refuseToLift(thing: Thing, now: number): string | null {
  if (isBlock(thing))
    return Date.parse(thing.block.start) < now ? m.move.begun(thing.task.title) : null;
  return thing.occurrence.all_day ? m.move.allDay : null;
}

/* `onPut` hears where it was put, or put back to. */
export function useCarry(world: World, onPut: (carry: Carry, place: Place) => void): Carrying {
  const { plan, now, planner } = world;
  const [carry, setCarry] = useState<Carry | null>(null);
  const [series, setSeries] = useState<StudyEvent | null>(null);
  const [busy, setBusy] = useState(false);
  /* What hands do comes faster than it is drawn. */
  const held = useRef<Carry | null>(null);
  const latest = useRef({ ...world, onPut });
  useEffect(() => {
    latest.current = { ...world, onPut };
  });
  const event = useRef<Promise<StudyEvent> | null>(null);

  const set = useCallback((next: Carry | null) => {
    held.current = next;
    setCarry(next);
    if (!next) {
      setSeries(null);
      setBusy(false);
    }
  }, []);

  const pickUp = useCallback(
    (thing: Thing, by: Carry["by"]) => {
      const refusal = refuseToLift(thing, latest.current.now);
      if (refusal !== null) {
        if (by === "keys") toast(refusal);
        return false;
      }
      const from = placeOf(thing, latest.current.plan.zone);
      if (!isBlock(thing)) {
        event.current = getEvent(thing.occurrence.event_id);
        event.current.catch(() => undefined); /* asked for again by who needs it */
      }
      set({ thing, from, place: from, by, most: mostOf(thing, latest.current) });
      return true;
    },
    [set],
  );

  const move = useCallback(
    (to: (carry: Carry) => Place | null) => {
      const was = held.current;
      const place = was && to(was);
      if (place && !samePlace(was.place, place)) set({ ...was, place });
    },
    [set],
  );

  const putBack = useCallback(() => {
    const was = held.current;
    if (!was) return;
    latest.current.onPut(was, was.from);
    set(null);
    announce(m.move.back(titleOf(was.thing)));
  }, [set]);

  const span = carry && spanOf(carry.thing, carry.place, plan.zone);
  const [start, end] = [span?.start ?? "", span?.end ?? ""];
  const judgement = useMemo(() => {
    if (!carry || !isBlock(carry.thing) || samePlace(carry.place, carry.from)) return FREE;
    return judge(carry.thing, { start, end }, planner, now);
  }, [carry, start, end, planner, now]);

  /* Saves, and shows it in the hand until the plan is there. */
  const put = useCallback(
    async (was: Carry, save: () => Promise<unknown>) => {
      setBusy(true);
      try {
        await save();
        latest.current.onPut(was, was.place);
        set(null);
      } catch (error) {
        latest.current.onPut(was, was.from);
        set(null);
        const why =
          error instanceof Error && error.constructor === Error
            ? error.message
            : describe(error).detail;
        toast(m.task.notSaved(titleOf(was.thing), why));
      }
    },
    [set],
  );

  const choose = useCallback(
    (scope: Scope) => {
      const was = held.current;
      if (!was || isBlock(was.thing)) return;
      const { occurrence } = was.thing;
      const { zone } = latest.current.plan;
      const when = whenIn(was, zone, latest.current.now);
      void put(was, async () => {
        const found =
          (await event.current?.catch(() => null)) ?? (await getEvent(occurrence.event_id));
        await putEvent(found, occurrence, was.place, zone, scope, when);
      });
    },
    [put],
  );

  const dropEvent = useCallback(
    async (was: Carry, occurrence: Occurrence) => {
      try {
        const found =
          (await event.current?.catch(() => null)) ?? (await getEvent(occurrence.event_id));
        if (held.current !== was) return;
        if (asksFor(found, occurrence)) setSeries(found);
        else choose("one");
      } catch (error) {
        latest.current.onPut(was, was.from);
        set(null);
        toast(m.task.notSaved(occurrence.title, describe(error).detail));
      }
    },
    [choose, set],
  );

  const drop = useCallback(() => {
    const was = held.current;
    if (!was) return;
    if (samePlace(was.place, was.from)) return putBack();
    const { plan: here, now: at, planner: by } = latest.current;
    const there = spanOf(was.thing, was.place, here.zone);
    if (!isBlock(was.thing)) return void dropEvent(was, was.thing.occurrence);
    const { refusal } = judge(was.thing, there, by, at);
    if (refusal !== null) {
      /* A hand lets go of it; keys may try elsewhere. */
      if (was.by === "keys") return announce(refusal);
      latest.current.onPut(was, was.from);
      set(null);
      return toast(`${refusal} ${m.move.back(was.thing.task.title)}`);
    }
    const { task, block } = was.thing;
    void put(was, () => putBlock(task, block, there, whenIn(was, here.zone, at), at));
  }, [dropEvent, put, putBack, set]);

  const draft = useMemo((): Draft | null => {
    if (!carry || judgement.refusal !== null || samePlace(carry.place, carry.from)) return null;
    if (!isBlock(carry.thing)) {
      const { event_id, date } = carry.thing.occurrence;
      return { occurrence: { event_id, date, start, end } };
    }
    const { task, block } = carry.thing;
    return { task: { id: task.id, pinned: pinsElsewhere(task, block, { start, end }, now) } };
  }, [carry, judgement, start, end, now]);

  const task = carry && isBlock(carry.thing) ? carry.thing.task.id : null;
  const holds = useCallback(
    (block: Block) =>
      block.task_id === task &&
      Date.parse(block.start) < Date.parse(end) &&
      Date.parse(block.end) > Date.parse(start),
    [task, start, end],
  );

  return {
    ...{ carry, judgement, holds, draft, busy, pickUp, move, drop, choose, putBack },
    series: series !== null,
    when: carry ? whenIn(carry, plan.zone, now) : "",
    times: carry ? clockRange(start, end, plan.zone) : "",
    spoken: carry
      ? m.move.at(dayLong(carry.place.date), clock(start, plan.zone), clock(end, plan.zone))
      : "",
  };
}

const whenIn = (carry: Carry, zone: string, now: number) =>
  near(Date.parse(spanOf(carry.thing, carry.place, zone).start), zone, now);

/* While something is carried by keyboard, keys are about it and nothing else. */
export function useCarryKeys(hand: Carrying, onStep: (key: string, shift: boolean) => void): void {
  const { carry, series, busy, drop, putBack } = hand;
  const by = carry?.by;
  useEffect(() => {
    if (by === undefined || (by === "pointer" && !series)) return;
    const onKey = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.altKey || event.ctrlKey || event.metaKey || inText(target)) return;
      const onButton = target instanceof HTMLElement && target.closest("button") !== null;
      if (key === "Escape") putBack();
      else if (key === "Enter" && !onButton && !series) {
        if (!busy) drop();
      } else if (/^(Arrow|Page)/.test(key) && !series) {
        if (!busy) onStep(key, event.shiftKey);
      } else if (key.length > 1 || (key === " " && onButton)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [by, series, busy, drop, putBack, onStep]);
}
