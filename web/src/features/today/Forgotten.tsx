import { useState, type FormEvent } from "react";
import { duration } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { parseDuration } from "../../line/duration";
import { InputField } from "../../ui/fields";

interface Props {
  ranMin: number;
  busy: boolean;
  onLog: (minutes: number) => void;
}

/* A timer that ran longer than anyone works is logged only as far as it is said to have been work. */
export function Forgotten({ ranMin, busy, onLog }: Props) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const worked = parseDuration(text);
    if (worked === null) setError(m.today.badLength);
    else if (worked > ranMin) setError(m.today.tooLong(duration(ranMin)));
    else onLog(worked);
  };
  return (
    <form className="stack forgotten" onSubmit={submit} noValidate>
      <p>{m.today.forgotten(duration(ranMin))}</p>
      <InputField
        label={m.today.forgottenField}
        hint={m.today.howLongHint}
        error={error}
        value={text}
        onChange={setText}
      />
      <div className="row">
        <button className="btn pri" disabled={busy}>
          {m.today.forgottenLog}
        </button>
        <button type="button" className="btn" disabled={busy} onClick={() => onLog(0)}>
          {m.today.forgottenNone}
        </button>
      </div>
    </form>
  );
}
