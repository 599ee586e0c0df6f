/* Speech as the browser understands it (Web Speech API), where it offers that. It listens only when
   asked, one utterance at a time, and stops with the page. */

import { useCallback, useEffect, useRef, useState } from "react";

interface Heard {
  readonly results: ArrayLike<
    ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }
  >;
}

interface Recogniser {
  lang: string;
  interimResults: boolean;
  continuous: boolean;
  maxAlternatives: number;
  onresult: ((event: Heard) => void) | null;
  onerror: ((event: { readonly error: string }) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  stop: () => void;
  abort: () => void;
}

type MakesRecogniser = new () => Recogniser;

/* Looked up each time: what is there belongs to the browser. */
function recogniser(): MakesRecogniser | undefined {
  const offered = window as unknown as Record<string, MakesRecogniser | undefined>;
  return offered["SpeechRecognition"] ?? offered["webkitSpeechRecognition"];
}

export type SpeechState = "idle" | "listening" | "denied" | "nothing" | "failed";

const STATES: Record<string, SpeechState> = {
  "not-allowed": "denied",
  "service-not-allowed": "denied",
  "audio-capture": "denied",
  "no-speech": "nothing",
  aborted: "idle",
};

interface Speech {
  offered: boolean;
  state: SpeechState;
  toggle: () => void;
}

/* `onText` hears the whole utterance again and again while it grows. */
export function useSpeech(onText: (text: string) => void): Speech {
  const running = useRef<Recogniser | null>(null);
  const listener = useRef(onText);
  const [state, setState] = useState<SpeechState>("idle");
  useEffect(() => {
    listener.current = onText;
  });
  useEffect(() => () => running.current?.abort(), []);

  const toggle = useCallback(() => {
    if (running.current) {
      running.current.stop();
      return;
    }
    const Recogniser = recogniser();
    if (!Recogniser) return;
    const speech = new Recogniser();
    speech.lang = document.documentElement.lang;
    speech.interimResults = true;
    speech.continuous = false;
    speech.maxAlternatives = 1;
    speech.onresult = ({ results }) =>
      listener.current(
        Array.from(results, (result) => result[0]?.transcript.trim() ?? "")
          .join(" ")
          .trim(),
      );
    speech.onerror = ({ error }) => setState(STATES[error] ?? "failed");
    speech.onend = () => {
      running.current = null;
      setState((was) => (was === "listening" ? "idle" : was));
    };
    try {
      speech.start();
      running.current = speech;
      setState("listening");
    } catch {
      setState("failed");
    }
  }, []);

  return { offered: recogniser() !== undefined, state, toggle };
}
