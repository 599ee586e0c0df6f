import { useState } from "react";
import { saveManner, type Manner } from "../../api/actions";
import { useSettings } from "../../api/queries";
import { LANGUAGES, m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { ChoiceField } from "../../ui/fields";
import { toast } from "../../ui/toast";

/* Language, clock and week: "as this device has it" unless chosen. */
export function LanguageSection() {
  const settings = useSettings().data;
  const [error, setError] = useState<unknown>(null);
  if (!settings) return null;

  const choose = async (change: Manner) => {
    setError(null);
    try {
      const undo = await saveManner(change);
      toast(m.manner.saved, undo);
    } catch (caught) {
      setError(caught);
    }
  };

  return (
    <section className="card stack" aria-labelledby="language">
      <h2 id="language">{m.manner.title}</h2>
      <div className="manner">
        <Choice
          label={m.manner.language}
          value={settings.language}
          names={{ device: m.manner.byBrowser, ...LANGUAGES }}
          onChoose={(language) => void choose({ language })}
        />
        <Choice
          label={m.manner.clock}
          value={settings.clock}
          names={{ device: m.manner.byRegion, ...m.manner.clocks }}
          onChoose={(clock) => void choose({ clock })}
        />
        <Choice
          label={m.manner.weekStart}
          value={settings.week_start}
          names={{ device: m.manner.byRegion, ...m.manner.weekStarts }}
          onChoose={(week_start) => void choose({ week_start })}
        />
      </div>
      <p className="small soft">{m.manner.everywhere}</p>
      {error !== null && <ErrorNote error={error} />}
    </section>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  names: Record<T, string>;
  onChoose: (value: T) => void;
}

function Choice<T extends string>({ label, value, names, onChoose }: ChoiceProps<T>) {
  return (
    <ChoiceField label={label} value={value} onChange={onChoose}>
      {(Object.entries(names) as [T, string][]).map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </ChoiceField>
  );
}
