import {
  CalendarArrowUp,
  CalendarClock,
  CornerDownLeft,
  FileText,
  Hourglass,
  Repeat,
  X,
} from "lucide-react";
import { useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { addCourse, addTask, removeCourse } from "../../api/actions";
import { maker } from "../../api/making";
import { useCourses, useSettings } from "../../api/queries";
import type { Course, Task } from "../../api/schema";
import { duration, moment, writesMonthFirst } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { lineLanguage, useLineLanguage } from "../../line/language";
import {
  readLine,
  refusal,
  type Chip,
  type ChipKind,
  type LineLanguage,
  type ReadLine,
} from "../../line/read";
import { CourseCode } from "../../ui/CourseCode";
import { ErrorNote } from "../../ui/ErrorNote";
import { Priority } from "../../ui/Priority";
import { VoiceButton } from "../../ui/VoiceButton";
import { lineFault } from "../../ui/lineFault";
import { repeatWords } from "../../ui/repeatWords";
import { taskBody } from "../../ui/taskBody";
import { announce, toast } from "../../ui/toast";
import { useNow } from "../../ui/useNow";
import { codeFrom, freeColor } from "./CourseEditor";
import "./tasks.css";

interface Props {
  onAdded?: (task: Task) => void;
  autoFocus?: boolean;
}

/* One line per task. What was read shows as chips while typing; × on a chip gives its words back to
   the title. Enter adds and keeps the focus; if that fails, what was typed stays. */
export function QuickLine({ onAdded, autoFocus = false }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const zone = useSettings().data?.zone ?? "UTC";
  const courses = useCourses().data ?? [];
  const now = useNow();
  const [line, setLine] = useState("");
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const [make] = useState(maker);
  const [makeOne] = useState(maker);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const language = useLineLanguage();
  const reading = (words: LineLanguage) =>
    readLine(line, {
      language: words,
      now,
      zone,
      monthFirst: writesMonthFirst(),
      courses,
      refused,
    });
  const read = language && reading(language);
  const wrong = read && lineFault(read, now);

  const add = async () => {
    setAsked(true);
    if (busy || wrong !== null) return;
    setBusy(true);
    setError(null);
    try {
      const read = reading(language ?? (await lineLanguage()));
      /* Read later, "in 2 h" is another time, but the line is the same. */
      const typed = JSON.stringify([line, ...refused, read.course?.id]);
      const task = await make(taskBody(read), addTask, typed);
      setLine("");
      setRefused(new Set());
      setAsked(false);
      announce(m.quick.added(task.title));
      onAdded?.(task);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
      input.current?.focus();
    }
  };

  /* The first course is made where its name was first written. */
  const makeCourse = async (name: string) => {
    setError(null);
    try {
      const body = { name, code: codeFrom(name), color: freeColor(courses) };
      const course = await makeOne(body, addCourse);
      toast(m.quick.courseMade(name), () => removeCourse(course));
    } catch (caught) {
      setError(caught);
    }
    input.current?.focus();
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add();
  };

  const refuse = (kind: ChipKind) => {
    const words = read?.chips.filter((c) => c.kind === kind).map(refusal) ?? [];
    setRefused(new Set([...refused, ...words]));
    input.current?.focus();
  };

  return (
    <form className="stack quick-form" onSubmit={submit} noValidate>
      <label className="vh" htmlFor={id}>
        {m.quick.label}
      </label>
      <div className="quick">
        <input
          ref={input}
          id={id}
          value={line}
          autoFocus={autoFocus}
          autoComplete="off"
          enterKeyHint="done"
          maxLength={240}
          readOnly={busy}
          placeholder={m.quick.placeholder}
          aria-describedby={`${id}-read`}
          onChange={(event) => setLine(event.target.value)}
        />
        <VoiceButton onText={setLine} />
        <button className="btn pri" aria-busy={busy}>
          {m.quick.add} <CornerDownLeft className="ic" />
        </button>
      </div>
      <div className="parsed" id={`${id}-read`}>
        {line.trim() === "" ? (
          <span className="small soft">
            {m.quick.example} <b>{m.quick.exampleLine}</b>
          </span>
        ) : (
          read && <Chips read={read} zone={zone} onRefuse={refuse} onCourse={makeCourse} />
        )}
      </div>
      {asked && wrong !== null && (
        <p className="err" role="alert">
          {wrong}
        </p>
      )}
      {error !== null && <ErrorNote typed error={error} onRetry={() => void add()} />}
    </form>
  );
}

interface ChipsProps {
  read: ReadLine<Course>;
  zone: string;
  onRefuse: (kind: ChipKind) => void;
  onCourse: (name: string) => Promise<void>;
}

function Chips({ read, zone, onRefuse, onCourse }: ChipsProps) {
  const typed = (kind: ChipKind): Chip | undefined => read.chips.find((c) => c.kind === kind);
  const due = moment(read.due, zone);
  const dated = typed("date") ?? typed("time");
  return (
    <>
      <span className="vh">{m.quick.readAs}</span>
      {read.title && (
        <span className="chip">
          <FileText className="ic" />
          {read.title}
        </span>
      )}
      <ReadChip given={typed("estimate")} text={duration(read.estimateMin)} onRefuse={onRefuse}>
        <Hourglass className="ic" />
      </ReadChip>
      <ReadChip
        given={dated}
        text={read.noSuchDay ? read.noSuchDay.words : m.quick.due(due)}
        onRefuse={onRefuse}
      >
        <CalendarClock className="ic" />
      </ReadChip>
      {read.earliest !== null && (
        <ReadChip
          given={typed("earliest")}
          text={m.quick.notBefore(moment(read.earliest, zone))}
          onRefuse={onRefuse}
        >
          <CalendarArrowUp className="ic" />
        </ReadChip>
      )}
      {read.repeat && (
        <ReadChip given={typed("repeat")} text={repeatWords(read.repeat)} onRefuse={onRefuse}>
          <Repeat className="ic" />
        </ReadChip>
      )}
      {read.course && (
        <ReadChip given={typed("course")} text={read.course.name} onRefuse={onRefuse}>
          <CourseCode course={read.course} />
        </ReadChip>
      )}
      {typed("priority") && (
        <ReadChip
          given={typed("priority")}
          text={m.task.priorityOf(read.priority)}
          onRefuse={onRefuse}
        >
          <Priority value={read.priority} />
        </ReadChip>
      )}
      {read.noSuchCourse && <NoSuchCourse words={read.noSuchCourse} onCourse={onCourse} />}
    </>
  );
}

function NoSuchCourse({ words, onCourse }: { words: string; onCourse: ChipsProps["onCourse"] }) {
  const [busy, setBusy] = useState(false);
  const bare = words.replace(/[()#]/g, "").replaceAll("-", " ");
  const name = bare.charAt(0).toUpperCase() + bare.slice(1);
  const make = async () => {
    setBusy(true);
    await onCourse(name);
    setBusy(false);
  };
  return (
    <>
      <span className="small soft">{m.quick.noSuchCourse(words)}</span>
      <button type="button" className="btn sm" disabled={busy} onClick={() => void make()}>
        {m.quick.makeCourse(name)}
      </button>
    </>
  );
}

interface ReadChipProps {
  given: Chip | undefined;
  text: string;
  onRefuse: (kind: ChipKind) => void;
  children: ReactNode;
}

/* Solid when it was read from the line, dashed when it is assumed. */
function ReadChip({ given, text, onRefuse, children }: ReadChipProps) {
  return (
    <span className={given ? "chip" : "chip assumed"}>
      {children}
      {text}
      {given ? (
        <button
          type="button"
          className="x"
          aria-label={m.quick.refuse(text)}
          onClick={() => onRefuse(given.kind)}
        >
          <X className="ic" />
        </button>
      ) : (
        <span className="assumed-word">{m.quick.assumed}</span>
      )}
    </span>
  );
}
