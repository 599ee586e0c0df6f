/* A task that was read from a line, as the server takes it. */

import type { Course, NewTask } from "../api/schema";
import type { ReadLine } from "../line/read";
import { instantText } from "../time/zone";

export function taskBody(read: ReadLine<Course>): Omit<NewTask, "id"> {
  const { repeat } = read;
  return {
    title: read.title,
    estimate_min: read.estimateMin,
    due: instantText(read.due),
    earliest: read.earliest === null ? null : instantText(read.earliest),
    priority: read.priority,
    course_id: read.course?.id ?? null,
    ...(repeat && {
      repeat_unit: repeat.unit,
      repeat_every: repeat.every,
      repeat_until: repeat.until,
    }),
  };
}
