/* Speaking instead of typing. */
export const voice = {
  start: "Speak",
  stop: "Stop listening",
  listening: "Listening. Say what, how long, until when.",
  denied: "The browser does not let us listen. Allow the microphone for this page.",
  nothing: "Nothing was heard.",
  failed: "Speech does not work here at the moment. Type instead.",
};
