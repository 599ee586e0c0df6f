/* Every sentence of the app, in English, a file a feature. Values that vary are arguments; **words** are
   bold. Numbers, durations and dates arrive formatted. A new file is named here and in ../de/index.ts. */

import { account } from "./account";
import { bulk } from "./bulk";
import { admin } from "./admin";
import { chart } from "./chart";
import { command } from "./command";
import { course } from "./course";
import { earlier } from "./earlier";
import { errors } from "./errors";
import { estimates } from "./estimates";
import { events } from "./events";
import { feeds } from "./feeds";
import { files } from "./files";
import { first } from "./first";
import { flaw } from "./flaw";
import { history } from "./history";
import { hours } from "./hours";
import { keys } from "./keys";
import { lost } from "./lost";
import { manner } from "./manner";
import { missed } from "./missed";
import { month } from "./month";
import { move } from "./move";
import { nav } from "./nav";
import { notifications } from "./notifications";
import { outcome } from "./outcome";
import { pace } from "./pace";
import { plan } from "./plan";
import { problem } from "./problem";
import { quick } from "./quick";
import { repair } from "./repair";
import { repeat } from "./repeat";
import { seal } from "./seal";
import { settings } from "./settings";
import { statistics } from "./statistics";
import { steps } from "./steps";
import { task } from "./task";
import { tasks } from "./tasks";
import { tidy } from "./tidy";
import { titles } from "./titles";
import { toast } from "./toast";
import { today } from "./today";
import { ui } from "./ui";
import { voice } from "./voice";
import { week } from "./week";
import { welcome } from "./welcome";
import { whatif } from "./whatif";
import { why } from "./why";
import { whyNot } from "./whyNot";
import { wishes } from "./wishes";

export const en = {
  account,
  bulk,
  admin,
  chart,
  command,
  course,
  earlier,
  errors,
  estimates,
  events,
  feeds,
  files,
  first,
  flaw,
  history,
  hours,
  keys,
  lost,
  manner,
  missed,
  month,
  move,
  nav,
  notifications,
  outcome,
  pace,
  plan,
  problem,
  quick,
  repair,
  repeat,
  seal,
  settings,
  statistics,
  steps,
  task,
  tasks,
  tidy,
  titles,
  toast,
  today,
  ui,
  voice,
  week,
  welcome,
  whatif,
  why,
  whyNot,
  wishes,
};

/* The shape of a catalogue: the same keys, the same arguments, other words. */
type Worded<T> = T extends string
  ? string
  : T extends (...values: infer A) => string
    ? (...values: A) => string
    : { [K in keyof T]: Worded<T[K]> };

export type Messages = Worded<typeof en>;
