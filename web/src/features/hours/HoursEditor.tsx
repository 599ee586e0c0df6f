import { Pencil, PaintbrushVertical } from "lucide-react";
import { useState } from "react";
import { m } from "../../i18n/messages";
import type { Week } from "../../plan/windows";
import { PaintGrid } from "./PaintGrid";
import { TypeHours } from "./TypeHours";

interface Props {
  week: Week;
  onChange: (week: Week) => void;
  label?: string;
}

const FIRST = 8;
const LAST = 22;

/* Free hours, painted or typed. */
export function HoursEditor({ week, onChange, label = m.hours.grid }: Props) {
  const [typing, setTyping] = useState(false);
  const [whole, setWhole] = useState(false);
  const outside = week.flat().some((s) => s.from < FIRST * 60 || s.to > LAST * 60);
  const all = whole || outside;
  return (
    <div className="stack hours-editor">
      {typing ? (
        <TypeHours week={week} onChange={onChange} />
      ) : (
        <PaintGrid
          week={week}
          onChange={onChange}
          firstHour={all ? 0 : FIRST}
          lastHour={all ? 24 : LAST}
          label={label}
        />
      )}
      <div className="row hours-foot">
        {!typing && (
          <span className="key" aria-hidden="true">
            <span>
              <i className="k-free" />
              {m.hours.keyFree}
            </span>
          </span>
        )}
        <button type="button" className="btn quiet sm" onClick={() => setTyping(!typing)}>
          {typing ? <PaintbrushVertical className="ic" /> : <Pencil className="ic" />}
          {typing ? m.hours.paintInstead : m.hours.typeInstead}
        </button>
        {!typing && !outside && (
          <button
            type="button"
            className="btn quiet sm"
            aria-pressed={whole}
            onClick={() => setWhole(!whole)}
          >
            {whole ? m.hours.dayOnly : m.hours.wholeDay}
          </button>
        )}
      </div>
      {!typing && (
        <p className="small soft keys-hint">
          {m.hours.keysLead} <kbd>{m.hours.keySpace}</kbd> {m.hours.keysPaint}{" "}
          <kbd>{m.hours.keyShift}</kbd> {m.hours.keysExtend}
        </p>
      )}
    </div>
  );
}
