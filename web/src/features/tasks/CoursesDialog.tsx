import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useCourses } from "../../api/queries";
import type { Course } from "../../api/schema";
import { m } from "../../i18n/messages";
import { CourseCode } from "../../ui/CourseCode";
import { Dialog } from "../../ui/Dialog";
import { CourseEditor } from "./CourseEditor";

export function CoursesDialog({ onClose }: { onClose: () => void }) {
  const courses = useCourses().data ?? [];
  const [editing, setEditing] = useState<Course | "new" | null>(null);
  return (
    <Dialog title={m.course.manage} onClose={onClose}>
      <div className="stack">
        {courses.length === 0 && <p className="soft">{m.course.none}</p>}
        <ul className="course-list">
          {courses.map((course) => (
            <li key={course.id} className="row nowrap">
              <CourseCode course={course} />
              <span className="grow">{course.name}</span>
              <button
                className="btn icon sm quiet"
                aria-label={m.course.edit(course.name)}
                onClick={() => setEditing(course)}
              >
                <Pencil className="ic" />
              </button>
            </li>
          ))}
        </ul>
        <button className="btn" onClick={() => setEditing("new")}>
          <Plus className="ic" />
          {m.course.newTitle}
        </button>
      </div>
      {editing && (
        <CourseEditor
          course={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Dialog>
  );
}
