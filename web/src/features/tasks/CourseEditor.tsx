import { useState, type FormEvent } from "react";
import { addCourse, editCourse, removeCourse } from "../../api/actions";
import { maker } from "../../api/making";
import { useCourses } from "../../api/queries";
import type { Course } from "../../api/schema";
import { m } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { toast } from "../../ui/toast";

const COLORS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/* A label that fits a block: the initials of the longer words, or the first three letters. */
export function codeFrom(name: string): string {
  const words = name.split(/\s+/).filter((w) => w.length > 2);
  const letters =
    words.length > 1 ? words.map((w) => w.charAt(0)).join("") : name.trim().slice(0, 3);
  return letters.slice(0, 4).toUpperCase();
}

/* A colour that no course has yet. */
export const freeColor = (courses: readonly Course[]) =>
  COLORS.find((c) => !courses.some((k) => k.color === c)) ?? 1;

interface Props {
  course: Course | null;
  onClose: () => void;
  onSaved?: (course: Course) => void;
}

export function CourseEditor({ course, onClose, onSaved }: Props) {
  const courses = useCourses().data ?? [];
  const [name, setName] = useState(course?.name ?? "");
  const [code, setCode] = useState<string | null>(course?.code ?? null);
  const [color, setColor] = useState(course?.color ?? freeColor(courses));
  const [asked, setAsked] = useState(false);
  const [make] = useState(maker);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const label = code ?? codeFrom(name);

  const run = async (step: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await step();
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setAsked(true);
    if (name.trim() === "") return;
    void run(async () => {
      const body = { name: name.trim(), code: label, color };
      const saved = await (course ? editCourse(course, body) : make(body, addCourse));
      toast(m.course.saved(saved.name));
      onSaved?.(saved);
    });
  };

  return (
    <Dialog title={course ? m.course.editTitle : m.course.newTitle} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <InputField
          label={m.course.name}
          error={asked && !name.trim() ? m.course.needName : undefined}
          maxLength={80}
          value={name}
          onChange={setName}
        />
        <InputField
          label={m.course.code}
          hint={m.course.codeHint}
          className="code-inp"
          maxLength={8}
          value={label}
          onChange={setCode}
        />
        <fieldset className="swatches">
          <legend className="lbl">{m.course.color}</legend>
          {COLORS.map((c) => (
            <label key={c} className={`swatch co k${c}`}>
              <input
                type="radio"
                name="color"
                checked={color === c}
                aria-label={m.course.colorName(c)}
                onChange={() => setColor(c)}
              />
              <i />
            </label>
          ))}
        </fieldset>
        {error !== null && <ErrorNote typed error={error} />}
        <div className="row dialog-foot">
          {course && (
            <button
              type="button"
              className="btn dng"
              disabled={busy}
              onClick={() =>
                void run(async () => {
                  const undo = await removeCourse(course);
                  toast(m.course.deleted(course.name), undo);
                })
              }
            >
              {m.course.delete}
            </button>
          )}
          <button className="btn pri end" disabled={busy}>
            {m.course.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
