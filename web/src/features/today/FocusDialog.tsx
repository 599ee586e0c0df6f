import { useState, type FormEvent } from "react";
import { m } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { InputField } from "../../ui/fields";
import {
  BREAK_MAX,
  FOCUS_MAX,
  PRESETS,
  focusLengths,
  isBreak,
  isFocus,
  keepLengths,
} from "./focus";

interface Props {
  onStart: (focus: number, pause: number) => void;
  onClose: () => void;
}

export function FocusDialog({ onStart, onClose }: Props) {
  const [focus, setFocus] = useState(() => String(focusLengths()[0]));
  const [pause, setPause] = useState(() => String(focusLengths()[1]));
  const [asked, setAsked] = useState(false);
  const badFocus = asked && !isFocus(Number(focus));
  const badBreak = asked && (pause.trim() === "" || !isBreak(Number(pause)));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!isFocus(Number(focus)) || pause.trim() === "" || !isBreak(Number(pause))) return;
    keepLengths([Number(focus), Number(pause)]);
    onStart(Number(focus), Number(pause));
  };

  return (
    <Dialog title={m.today.lengths} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <div className="row" role="group" aria-label={m.today.presets}>
          {PRESETS.map(([f, b]) => (
            <button
              key={f}
              type="button"
              className="chip"
              aria-pressed={focus === String(f) && pause === String(b)}
              onClick={() => {
                setFocus(String(f));
                setPause(String(b));
              }}
            >
              {f}/{b}
            </button>
          ))}
        </div>
        <div className="pair">
          <InputField
            label={m.today.focusLabel}
            error={badFocus ? m.today.badFocus : undefined}
            type="number"
            min={1}
            max={FOCUS_MAX}
            value={focus}
            onChange={setFocus}
          />
          <InputField
            label={m.today.breakLabel}
            error={badBreak ? m.today.badBreak : undefined}
            type="number"
            min={0}
            max={BREAK_MAX}
            value={pause}
            onChange={setPause}
          />
        </div>
        <p className="small soft">{m.today.focusHint}</p>
        <div className="row dialog-foot">
          <button className="btn pri end">{m.today.startThem}</button>
        </div>
      </form>
    </Dialog>
  );
}
