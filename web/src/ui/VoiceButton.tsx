import { Mic, Square } from "lucide-react";
import { m } from "../i18n/messages";
import { useSpeech } from "./useSpeech";

/* Speaks instead of typing. Not there at all where the browser does not understand speech. */
export function VoiceButton({ onText }: { onText: (text: string) => void }) {
  const { offered, state, toggle } = useSpeech(onText);
  if (!offered) return null;
  const listening = state === "listening";
  return (
    <>
      <button
        type="button"
        className={listening ? "btn icon voice on" : "btn icon voice quiet"}
        aria-pressed={listening}
        aria-label={listening ? m.voice.stop : m.voice.start}
        onClick={toggle}
      >
        {listening ? <Square className="ic" /> : <Mic className="ic" />}
      </button>
      <span className={state === "idle" ? "vh" : "voice-state small"} role="status">
        {state !== "idle" && m.voice[state]}
      </span>
    </>
  );
}
