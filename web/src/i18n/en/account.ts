import { plural } from "../format";

export const account = {
  title: "Account",
  signIn: "Sign in",
  signUp: "Sign up",
  signOut: "Sign out",
  signOutAll: "Sign out everywhere",
  signedOut: "Signed out.",
  signedIn: (email: string) => `Signed in as ${email}.`,
  welcome: (email: string) => `Signed up as ${email}. Everything is kept.`,
  ended: "Your session has ended. Sign in again; what you saved is there.",
  guestEnded:
    "You were here as a guest, and this browser no longer leads to what you wrote. Sign in if you have an account, or start anew.",
  guestLine: "Kept on this server as a guest. Sign up any time, nothing is lost.",
  guestShort: "You are a guest: your data is reached only from this browser.",
  guestLong:
    "You are a guest. Your data is kept on this server and reached only from this browser, until you sign up. Signing up keeps everything.",
  guestHas: (n: number) =>
    `You are here as a guest with ${plural(n, "task", "tasks")}. Signing in shows the account's data. What should happen to yours?`,
  guestMerge: "Bring it along",
  guestMergeHint: "Your tasks and courses are added to the account; nothing there is changed.",
  guestDiscard: "Delete it",
  guestDiscardHint: "It is erased and cannot be brought back.",
  guestWas: (fate: "merge" | "discard", n: number) =>
    fate === "discard"
      ? "What you had as a guest is deleted."
      : `Your ${plural(n, "task", "tasks")} came along.`,
  guestTooMuch: (limit: number) =>
    `Nothing was changed: together there would be more than ${plural(limit, "task", "tasks")}. Delete some, or sign in without yours.`,
  guestEnds: (date: string) =>
    `If nobody opens it, this guest is deleted on ${date}. Opening it moves that day on.`,
  invited: "You were invited. Choose an address and a password.",
  badInvitation:
    "This link does not work: it was used already, has expired, or is not complete. Ask for a new one.",
  onlyInvited:
    "New accounts are made here by invitation only. Ask whoever runs this server for a link.",
  closed: "No new accounts are made here. Ask whoever runs this server.",
  alreadyIn: (email: string) =>
    `You are signed in as ${email}. Sign out first if the link is for somebody else; to make your own account an administrator, whoever runs the server uses the command “studybunny user admin”.`,
  switchedOff: "An administrator switched this account off.",
  keepsAll: "Your free hours, courses and tasks come with you.",
  signedInAs: "Signed in as",
  email: "E-mail",
  password: "Password",
  passwordHint: (n: number) => `At least ${n} characters. A long phrase is best.`,
  needEmail: "Write your e-mail address.",
  needPassword: "Write your password.",
  shortPassword: (n: number) => `At least ${n} characters.`,
  inUse: "This address already has an account. Sign in instead.",
  wrong: "E-mail and password do not match an account.",
  haveOne: "You have an account?",
  haveNone: "No account yet?",
  change: "Change e-mail or password",
  newPassword: "New password",
  leaveEmpty: "Leave empty to keep the old one.",
  current: "Current password",
  wrongCurrent: "This is not your current password.",
  saveChange: "Save account",
  changed: "Account saved.",
  export: "Download everything",
  exportHint:
    "One zip file with all you wrote here as JSON, your files, and plan and due dates as a calendar. It names the links to your university's calendars: keep it to yourself.",
  exportChecking: "Checking your files…",
  exportStarted: "The archive is being made. The download begins by itself.",
  exportLost: (n: number) => `${plural(n, "file", "files")} cannot be read`,
  exportLostWhy:
    "On the server these are missing or damaged. The archive goes without them and names them in missing-files.txt; everything else comes. Whoever runs this server may have them in a backup.",
  exportMore: (n: number) => `and ${n} more`,
  exportNot: "Not now",
  exportRest: "Download the rest",
  import: "Bring in an archive…",
  importing: "Reading the archive…",
  imported: (added: number, there: number) =>
    `${plural(added, "thing", "things")} added, ${plural(there, "was", "were")} here already.`,
  importMissing: (n: number) =>
    `${plural(n, "file is", "files are")} missing: the archive names them and does not hold them.`,
  importTooMuch: "Nothing was taken: together there would be more than an account can hold.",
  importNot: "This is no archive that StudyBunny made. Nothing was taken.",
  importTooLarge: "This archive is larger than one that StudyBunny made. Nothing was taken.",
  delete: "Delete account…",
  deleteGuest: "Delete my data…",
  deleteTitle: "Delete everything?",
  deleteAsk: (n: number) =>
    `${plural(n, "task", "tasks")}, your courses, free hours and plan are erased. This cannot be undone.`,
  deleteReach:
    "Nothing of you is left in the database and files then. The key to your part of the backups is destroyed, so they cannot be read any more either.",
  deleteYes: "Delete everything",
  keep: "Keep it",
  deleted: "Everything is deleted.",
};
