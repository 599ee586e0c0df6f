/* From measurements to one table and the targets. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { type Case, cases } from "./data.js";

/** One run of one case against one contender. */
export interface Sample {
  requests: number;
  seconds: number;
  cpu: number; // seconds, of all the server's processes
  p50: number;
  p99: number;
  bytes: number; // of one answer, with its head
}

export interface Results {
  name: string;
  samples: Partial<Record<Case, Sample[]>>; // one a round
  firstAnswerMs: number[];
  idleMB: number[];
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** CPU per request in microseconds, round by round. */
function perRequest(r: Results | undefined, what: Case): number[] {
  return (r?.samples[what] ?? []).map((s) => (s.cpu / s.requests) * 1e6);
}

function rate(r: Results | undefined, what: Case): number {
  return median((r?.samples[what] ?? []).map((s) => s.requests / s.seconds));
}

/** The median of the rounds' ratios: what a round disturbs, it disturbs in both. */
function ratio(above: number[], below: number[]): number {
  return median(above.map((value, i) => value / (below[i] ?? NaN)));
}

const round = (v: number) => v.toFixed(v >= 100 ? 0 : v >= 1 ? 1 : 2);

function machine(): string {
  const version = (command: string, ...args: string[]) => {
    try {
      return /\d+\.\d+(\.\d+)?/.exec(execFileSync(command, args, { encoding: "utf8" }))?.[0] ?? "?";
    } catch {
      return "absent";
    }
  };
  const system = /PRETTY_NAME="(.*)"/.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "";
  return (
    `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ` +
    `${system}, Linux ${version("uname", "-r")}; gcc ${version("gcc", "-dumpfullversion")}, ` +
    `Node.js ${process.versions.node}, Go ${version("go", "version")}, ` +
    `Python ${version("python3", "--version")}`
  );
}

const titles: Record<Case, string> = {
  list: "list of 50",
  task: "one task",
  create: "durable create",
  schedule: "schedule of 200",
  replan: "… re-planned",
};

function table(all: Results[]): string[] {
  const first = all[0];
  const head = ["CPU per request, µs", ...cases.map((c) => titles[c])];
  head.push("lists/s", "creates/s", "idle, MB", "first answer, ms");
  const rows = all.map((r) => {
    const cells = cases.map((c) => {
      const mine = perRequest(r, c);
      if (mine.length === 0) return "–";
      const text = round(median(mine));
      return r === first || !first
        ? text
        : `${text} (${round(ratio(mine, perRequest(first, c)))}×)`;
    });
    const rates = (["list", "create"] as const).map((c) => {
      return r.samples[c] ? rate(r, c).toFixed(0) : "–";
    });
    const start = [r.idleMB, r.firstAnswerMs].map((v) => (v.length > 0 ? round(median(v)) : "–"));
    return [r.name, ...cells, ...rates, ...start];
  });
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i ? "---:" : "---"))), ...rows.map(line)];
}

function targets(all: Results[]): string[] {
  const of = (name: string) => all.find((r) => r.name.startsWith(name));
  const [warm, cold, fixed, raw] = [
    of("StudyBunny, warm"),
    of("StudyBunny, cold"),
    of("libmicro"),
    of("raw"),
  ];
  if (!warm) return [];
  const list = (r: Results | undefined) => perRequest(r, "list");
  const floor = list(fixed).map((value, i) => value + (list(raw)[i] ?? NaN));
  const rows: [
    what: string,
    target: string,
    value: number,
    met: (v: number) => boolean,
    unit: string,
  ][] = [
    ["warm list ÷ fixed body", "≤ 2", ratio(list(warm), list(fixed)), (v) => v <= 2, "×"],
    [
      "cold list ÷ (fixed body + raw loop)",
      "≤ 1.5",
      ratio(list(cold), floor),
      (v) => v <= 1.5,
      "×",
    ],
    [
      "schedule of 200 tasks, re-planned",
      "≤ 150",
      median(perRequest(warm, "replan")),
      (v) => v <= 150,
      " µs",
    ],
    [
      "Django's list ÷ warm list",
      "≥ 50",
      ratio(list(of("Django")), list(warm)),
      (v) => v >= 50,
      "×",
    ],
    [
      "creates/s ÷ Fastify's",
      "≥ 3",
      rate(warm, "create") / rate(of("Fastify"), "create"),
      (v) => v >= 3,
      "×",
    ],
    ["idle memory", "≤ 20", median(warm.idleMB), (v) => v <= 20, " MB"],
    ["first answer after start", "≤ 100", median(warm.firstAnswerMs), (v) => v <= 100, " ms"],
  ];
  return [
    "| what | target | measured | |",
    "| --- | ---: | ---: | --- |",
    ...rows.map(([what, target, value, met, unit]) => {
      return `| ${what} | ${target} | ${round(value)}${unit} | ${met(value) ? "met" : "**not met**"} |`;
    }),
  ];
}

export function report(
  all: Results[],
  rounds: number,
  seconds: number,
  connections: number,
): string {
  return [
    "# Side by side",
    "",
    `Written by \`bench/run\`: medians of ${rounds} interleaved rounds of ${seconds} s, ${connections} connections from`,
    "the same machine. CPU is user and system time of all the server's processes; in brackets, times",
    "the first row. [README.md](README.md) says who is compared, and what a create is.",
    "",
    `Machine: ${machine()}.`,
    "",
    ...table(all),
    "",
    ...targets(all),
    "",
  ].join("\n");
}
