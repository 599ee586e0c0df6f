import { plural } from "../format";

export const history = {
  title: "What happened in your account",
  hint: "The newest first, from where as far as it is kept: the browser's name and the network, not the whole address. Deleted with the account.",
  nothing: "Nothing yet. Signing in, downloads and changes of your password appear here.",
  more: "Show more",
  byAdmin: "by an administrator",
  times: (n: number) => plural(n, "time", "times"),
  kinds: {
    signed_up: "Account made",
    signed_in: "Signed in",
    sign_in_failed: "Sign-in refused: wrong password",
    signed_out: "Signed out",
    signed_out_everywhere: "Signed out everywhere",
    password_changed: "Password changed",
    email_changed: "E-mail address changed",
    token_made: "Access for a program made",
    exported: "Everything downloaded",
    exported_part:
      "Everything downloaded but files that could not be read; missing-files.txt names them",
    imported: "An archive brought in",
    guest_merged: "What a guest had was brought along",
    course_deleted: "A course deleted with its tasks",
    admin_given: "Made an administrator",
    admin_taken: "No longer an administrator",
    disabled: "Account switched off",
    enabled: "Account switched on again",
    storage_changed: "Room for files changed",
    invited: "Somebody invited",
  },
};
