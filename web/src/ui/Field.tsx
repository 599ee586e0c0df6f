import { CircleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";

interface Wiring {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: (wiring: Wiring) => ReactNode;
}

/* A label, its control, and what helps or is wrong, wired for a screen reader. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const wiring: Wiring = { id };
  if (hint !== undefined || error !== undefined) wiring["aria-describedby"] = `${id}-help`;
  if (error !== undefined) wiring["aria-invalid"] = true;
  return (
    <div className={error === undefined ? "field" : "field bad"}>
      <label htmlFor={id}>{label}</label>
      {children(wiring)}
      {(error !== undefined || hint !== undefined) && (
        <p id={`${id}-help`} className={error === undefined ? "hint" : "err"}>
          {error !== undefined && <CircleAlert className="ic" />}
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
