import {
  ArrowRight,
  CalendarClock,
  Check,
  Gauge,
  Pencil,
  Plus,
  Undo2,
  type LucideIcon,
} from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import { maker } from "../../api/making";
import { useCourses, useSchedule, useSettings, useTasks } from "../../api/queries";
import type { Task } from "../../api/schema";
import { m } from "../../i18n/messages";
import { useLineLanguage } from "../../line/language";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { Rich } from "../../ui/Rich";
import { VoiceButton } from "../../ui/VoiceButton";
import { useNow } from "../../ui/useNow";
import { intentsOf, type Intent, type Page } from "./intents";
import "./command.css";

const ICONS: Record<Intent["kind"], LucideIcon> = {
  done: Check,
  progress: Gauge,
  now: CalendarClock,
  undo: Undo2,
  go: ArrowRight,
  add: Plus,
  edit: Pencil,
};

interface Props {
  pages: readonly Page[];
  onEdit: (task: Task) => void;
  onClose: () => void;
}

/* One line that does things: what will happen stands below it before Enter does it. */
export function CommandPalette({ pages, onEdit, onClose }: Props) {
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [make] = useState(maker);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const language = useLineLanguage();
  const now = useNow();
  const zone = useSettings().data?.zone ?? "UTC";
  const tasks = useTasks().data ?? [];
  const courses = useCourses().data ?? [];
  const plan = useSchedule().data;

  const intents = language
    ? intentsOf(text, { language, now, zone, tasks, courses, plan, pages, onEdit, make })
    : [];
  const chosen = Math.min(at, intents.length - 1);

  const type = (value: string) => {
    setText(value);
    setAt(0);
    setError(null);
  };

  const run = async (intent: Intent | undefined) => {
    if (!intent?.run || busy) return;
    setBusy(true);
    setError(null);
    try {
      await intent.run();
      /* The editor opens in place of this dialog. */
      if (intent.kind !== "edit") onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && intents.length > 0) {
      event.preventDefault();
      setAt((chosen + step + intents.length) % intents.length);
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void run(intents[chosen]);
    }
  };

  return (
    <Dialog title={m.command.title} onClose={onClose} wide>
      <div className="stack command">
        <div className="quick">
          <input
            autoFocus
            role="combobox"
            aria-label={m.command.label}
            aria-expanded={intents.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            {...(chosen >= 0 && { "aria-activedescendant": `${id}-${chosen}` })}
            autoComplete="off"
            maxLength={240}
            value={text}
            readOnly={busy}
            placeholder={m.command.placeholder}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <VoiceButton onText={type} />
        </div>
        <ul id={`${id}-list`} role="listbox" aria-label={m.command.list} className="command-list">
          {intents.map((intent, i) => (
            <Option
              key={intent.id}
              id={`${id}-${i}`}
              intent={intent}
              chosen={i === chosen}
              onPoint={() => setAt(i)}
              onRun={() => void run(intent)}
            />
          ))}
        </ul>
        <p className="small soft hide-s">{m.command.help}</p>
        {error !== null && <ErrorNote typed error={error} />}
      </div>
    </Dialog>
  );
}

interface OptionProps {
  id: string;
  intent: Intent;
  chosen: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Option({ id, intent, chosen, onPoint, onRun }: OptionProps) {
  const Icon = ICONS[intent.kind];
  return (
    <li
      id={id}
      role="option"
      aria-selected={chosen}
      {...(!intent.run && { "aria-disabled": true })}
      onPointerMove={onPoint}
      onClick={onRun}
    >
      <Icon className="ic" aria-hidden="true" />
      <span>
        <Rich text={intent.text} />
      </span>
    </li>
  );
}
