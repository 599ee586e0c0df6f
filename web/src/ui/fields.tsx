import type { ComponentProps, ReactNode } from "react";
import { useCourses } from "../api/queries";
import { m } from "../i18n/messages";
import { Field } from "./Field";

/* The controls that forms are made of, each with its label and what helps or is wrong. They pass on what
   was typed or chosen, not events. */

interface Common<T extends string> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: T;
  onChange: (value: T) => void;
}

type Rest<Tag extends "input" | "textarea" | "select"> = Omit<
  ComponentProps<Tag>,
  keyof Common<string> | "id"
>;

const classOf = (own: string | undefined) => (own ? `inp ${own}` : "inp");

/* Whether nothing is half typed: a date without its year reads as empty, and would be saved as none. The
   browser says what is missing, in its own words. */
export const isComplete = (form: HTMLFormElement) =>
  [...form.elements].every(
    (e) => !(e instanceof HTMLInputElement && e.validity.badInput) || e.reportValidity(),
  );

export function InputField(props: Common<string> & Rest<"input">) {
  const { label, hint, error, onChange, className, ...rest } = props;
  return (
    <Field {...{ label, hint, error }}>
      {(w) => (
        <input
          {...w}
          {...rest}
          className={classOf(className)}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

export function TextField(props: Common<string> & Rest<"textarea">) {
  const { label, hint, error, onChange, className, ...rest } = props;
  return (
    <Field {...{ label, hint, error }}>
      {(w) => (
        <textarea
          {...w}
          {...rest}
          className={classOf(className)}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

/* `children` are its options; all their values are of the kind T. */
export function ChoiceField<T extends string>(props: Common<T> & Rest<"select">) {
  const { label, hint, error, onChange, className, ...rest } = props;
  return (
    <Field {...{ label, hint, error }}>
      {(w) => (
        <select
          {...w}
          {...rest}
          className={classOf(className)}
          onChange={(e) => onChange(e.target.value as T)}
        />
      )}
    </Field>
  );
}

/* An id, or "" for none; `children` are further choices. */
export function CourseField(
  props: Pick<Common<string>, "value" | "onChange"> & { children?: ReactNode },
) {
  const { children, ...field } = props;
  const courses = useCourses().data ?? [];
  return (
    <ChoiceField label={m.task.course} {...field}>
      <option value="">{m.task.noCourse}</option>
      {courses.map((c) => (
        <option key={c.id} value={c.id}>
          {c.name}
        </option>
      ))}
      {children}
    </ChoiceField>
  );
}

interface CheckProps {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

export function CheckField({ label, hint, on, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={on} onChange={(e) => onChange(e.target.checked)} />
      <span>
        {label}
        {hint && <small className="soft">{hint}</small>}
      </span>
    </label>
  );
}
