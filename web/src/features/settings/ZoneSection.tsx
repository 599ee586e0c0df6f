import { useState } from "react";
import { saveZone } from "../../api/actions";
import { useSettings } from "../../api/queries";
import { m } from "../../i18n/messages";
import { detectZone, knownZones } from "../../time/zone";
import { ErrorNote } from "../../ui/ErrorNote";
import { ChoiceField } from "../../ui/fields";
import { toast } from "../../ui/toast";

const readable = (zone: string) => zone.replace(/_/g, " ");

export function ZoneSection() {
  const zone = useSettings().data?.zone;
  const [error, setError] = useState<unknown>(null);
  if (zone === undefined) return null;
  const here = detectZone();
  const choose = async (next: string) => {
    setError(null);
    try {
      const undo = await saveZone(next);
      toast(m.settings.zoneSaved(readable(next)), undo);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <section className="card stack" aria-labelledby="zone">
      <h2 id="zone">{m.settings.zone}</h2>
      <ChoiceField
        label={m.settings.zoneLabel}
        hint={m.settings.zoneHint}
        value={zone}
        onChange={(value) => void choose(value)}
      >
        {knownZones(zone).map((name) => (
          <option key={name} value={name}>
            {readable(name)}
          </option>
        ))}
      </ChoiceField>
      {here !== zone && (
        <div className="note info">
          <span className="grow">{m.settings.zoneDiffers(readable(here))}</span>
          <button className="btn sm" onClick={() => void choose(here)}>
            {m.settings.zoneUse(readable(here))}
          </button>
        </div>
      )}
      {error !== null && <ErrorNote error={error} />}
    </section>
  );
}
