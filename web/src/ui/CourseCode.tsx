import type { Course } from "../api/schema";

/* Classes that set a course's colour and pattern; what belongs to none is ink and solid. */
export const courseClass = (course: Course | undefined) => `co k${course?.color ?? 0}`;

export function CourseCode({ course }: { course: Course | undefined }) {
  if (!course) return null;
  return <span className={`code ${courseClass(course)}`}>{course.code || course.name}</span>;
}
