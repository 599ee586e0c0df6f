/* How long a task usually takes and how long it is planned with, in words: for whoever shows one. */

import { useMemo } from "react";
import { useCourses, useEstimates, useSchedule, useSettings } from "../api/queries";
import type { Course, CourseEstimate, Estimates, Schedule, Settings, Task } from "../api/schema";
import { duration } from "../i18n/format";
import { m } from "../i18n/messages";
import { TYPED, minutesLeft, percentFor } from "../plan/estimates";

const STEP_MIN = 5;

/* To five minutes: more would promise what nobody knows. */
export const about = (minutes: number, percent: number) =>
  duration(Math.max(1, Math.round((minutes * percent) / TYPED / STEP_MIN)) * STEP_MIN);

export interface Usual {
  /* A sentence with range and number of samples; null: too little is known. */
  range: (courseId: string | null, estimateMin: number) => string | null;
  /* For a narrow place; null also where the plan counts as typed and it is no news. */
  short: (task: Task) => string | null;
  /* A sentence where the plan counts otherwise than typed. */
  counted: (task: Task) => string | null;
}

/* The same as long as what it reads is. */
export function useUsual(): Usual {
  const estimates = useEstimates().data;
  const courses = useCourses().data;
  const factors = useSchedule().data?.factors;
  const use = useSettings().data?.estimates ?? "typed";
  return useMemo(
    () => usualOf(estimates, courses, factors ?? [], use),
    [estimates, courses, factors, use],
  );
}

function usualOf(
  estimates: Estimates | undefined,
  courses: readonly Course[] | undefined,
  factors: Schedule["factors"],
  use: Settings["estimates"],
): Usual {
  const nameOf = (id: string | null) => courses?.find((c) => c.id === id)?.name ?? null;
  const known = (id: string | null): CourseEstimate | undefined =>
    estimates?.courses.find((c) => c.course_id === id);
  return {
    range: (courseId, estimateMin) => {
      const c = known(courseId);
      if (!c || c.median_percent === null || c.low_percent === null || c.high_percent === null)
        return null;
      return m.estimates.usual(
        about(estimateMin, c.median_percent),
        about(estimateMin, c.low_percent),
        about(estimateMin, c.high_percent),
        c.n,
        nameOf(courseId),
      );
    },
    short: (task) => {
      const percent = percentFor(factors, task.course_id);
      if (percent !== TYPED) return m.estimates.planned(duration(minutesLeft(task, percent)));
      const median = known(task.course_id)?.median_percent ?? TYPED;
      const minutes = minutesLeft(task, median);
      const news = Math.abs(minutes - task.remaining_min) >= STEP_MIN && task.remaining_min > 0;
      return news ? m.estimates.usualShort(about(minutes, TYPED)) : null;
    },
    counted: (task) => {
      const percent = percentFor(factors, task.course_id);
      if (percent === TYPED || use === "typed") return null;
      return m.estimates.counted(duration(minutesLeft(task, percent)), use, nameOf(task.course_id));
    },
  };
}
