import { useState, type FormEvent } from "react";
import { saveDay } from "../../api/actions";
import { ApiError } from "../../api/client";
import { cache, keys, useAvailability } from "../../api/queries";
import type { FreeDay } from "../../api/schema";
import { dayLong, longDay } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { weekdayOf } from "../../time/zone";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { toast } from "../../ui/toast";
import { parseHours } from "./typed";

const written = (windows: FreeDay["windows"]) =>
  windows.map((w) => `${w.start}–${w.end}`).join(", ");

/* Free hours of one day only: others than in any week, or none. */
export function DayHoursDialog({ date, onClose }: { date: string; onClose: () => void }) {
  const stored = useAvailability().data;
  if (!stored) return null;
  const usual = stored.week.filter((w) => w.day === weekdayOf(date));
  const own = stored.exceptions.find((e) => e.date === date)?.windows;
  return (
    <Dialog title={m.hours.dayTitle(dayLong(date))} onClose={onClose}>
      <DayForm date={date} usual={usual} own={own ?? null} onClose={onClose} />
    </Dialog>
  );
}

interface FormProps {
  date: string;
  usual: FreeDay["windows"];
  own: FreeDay["windows"] | null;
  onClose: () => void;
}

function DayForm({ date, usual, own, onClose }: FormProps) {
  const [text, setText] = useState(written(own ?? usual));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState<FreeDay["windows"] | null>(null);
  const read = parseHours(text);
  const bad = read === null || overlap(read);

  const save = async (windows: FreeDay["windows"] | null) => {
    setBusy(true);
    setError(null);
    setAsked(windows);
    try {
      const undo = await saveDay(date, windows);
      toast(windows ? m.hours.daySaved(dayLong(date)) : m.hours.dayUsual(dayLong(date)), undo);
      onClose();
    } catch (caught) {
      if (caught instanceof ApiError && caught.status === 412)
        await cache.invalidateQueries({ queryKey: keys.availability });
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read && !bad) void save(read);
  };

  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="soft">{m.hours.dayLead(longDay(date), written(usual))}</p>
      <InputField
        label={m.hours.dayField}
        hint={m.hours.dayHint}
        error={bad ? m.hours.typeBad : undefined}
        autoComplete="off"
        placeholder={m.hours.typePlaceholder}
        value={text}
        onChange={setText}
      />
      {error !== null && <ErrorNote typed error={error} onRetry={() => void save(asked)} />}
      <div className="row dialog-foot">
        <button type="button" className="btn" disabled={busy} onClick={() => void save([])}>
          {m.hours.dayNone}
        </button>
        {own && (
          <button type="button" className="btn" disabled={busy} onClick={() => void save(null)}>
            {m.hours.dayReset}
          </button>
        )}
        <button className="btn pri end" disabled={busy || bad}>
          {m.hours.daySave}
        </button>
      </div>
    </form>
  );
}

function overlap(windows: FreeDay["windows"]): boolean {
  const sorted = [...windows].sort((a, b) => a.start.localeCompare(b.start));
  return sorted.some((w, i) => (sorted[i + 1]?.start ?? "99") < w.end);
}
