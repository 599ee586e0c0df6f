import { useState } from "react";
import { useCourses, useSettings } from "../../api/queries";
import type { Task } from "../../api/schema";
import { duration, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { CourseCode } from "../../ui/CourseCode";
import { Dialog } from "../../ui/Dialog";
import { QuickLine } from "./QuickLine";

/* Add tasks from anywhere; stays open for the next one. */
export function AddTaskDialog({ onClose }: { onClose: () => void }) {
  const zone = useSettings().data?.zone ?? "UTC";
  const courses = useCourses().data ?? [];
  const [added, setAdded] = useState<Task[]>([]);
  return (
    <Dialog title={m.quick.dialogTitle} onClose={onClose} wide>
      <div className="stack">
        <QuickLine autoFocus onAdded={(task) => setAdded([task, ...added])} />
        {added.length > 0 && (
          <ul className="added-list" aria-label={m.quick.addedSoFar}>
            {added.map((task) => (
              <li key={task.id} className="row small">
                <CourseCode course={courses.find((c) => c.id === task.course_id)} />
                <b>{task.title}</b>
                <span className="soft end num">
                  {duration(task.estimate_min)} · {m.task.dueAt(moment(task.due, zone))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
