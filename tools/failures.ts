// failures: what failed in a run of ./test and why, read from what the test runners leave behind.
//   node --import tsx tools/failures.ts tap FILE            one line of JSON for each failed test of Node.js
//   node --import tsx tools/failures.ts meson FILE …        … of each failed program of testlog.json
//   node --import tsx tools/failures.ts vitest FILE         … of each failed test of the web app
//   node --import tsx tools/failures.ts vitest-counts FILE  "PASSED FAILED SKIPPED"; a file that cannot be run has failed
//   node --import tsx tools/failures.ts selftest FILE       … of each "not ok" of tools/selftest
//   node --import tsx tools/failures.ts text NAME [FILE]    … of one check, whose words end in FILE
//   node --import tsx tools/failures.ts show FILE           such lines, for people: at most SHEET_LINES of them
// A test is {name, lines}: what it is called, then its place and message, at most TEST_LINES.
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

const TEST_LINES = 40;
// What is kept of a long run is often no more than the last 200 lines.
const SHEET_LINES = 170;
const LINE_CHARS = 400;

interface Failure {
    name: string;
    lines: string[];
}
/** What is read of the reports of meson and vitest. */
interface MesonRun {
    name: string;
    result: string;
    command: string[];
    stdout?: string;
    stderr?: string;
}
interface VitestReport {
    numPassedTests: number;
    numPendingTests: number;
    testResults: {
        name: string;
        status: string;
        message: string;
        assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
    }[];
}

const read = (file = "") => {
    try {
        return stripVTControlCharacters(readFileSync(file, "utf8")).replaceAll(
            `${process.cwd()}/`,
            "",
        );
    } catch {
        return "";
    }
};
const linesOf = (text: string) => text.split("\n").filter((line) => line.trim() !== "");
const failure = (name: string, lines: string[]): Failure => ({
    name: name.replace(/\s+/g, " ").slice(0, LINE_CHARS),
    lines: lines.map((line) => line.slice(0, LINE_CHARS).trimEnd()).slice(0, TEST_LINES),
});
// Of the output of a program, what matters stands at the end.
const ending = (text: string) => linesOf(text).slice(-TEST_LINES);

/** The values of one block of a TAP file: key → lines. */
function block(lines: string[]): Map<string, string[]> {
    const values = new Map<string, string[]>();
    let key = "";
    for (const line of lines) {
        const start = /^(\w+):(?: (.*))?$/.exec(line);
        if (start) {
            key = start[1] ?? "";
            values.set(
                key,
                start[2] === undefined || start[2] === "|-"
                    ? []
                    : [start[2].replace(/^'(.*)'$/, "$1")],
            );
        } else if (line.trim() !== "") {
            values.get(key)?.push(line);
        }
    }
    return values;
}

/** Where a test stands and failed, then what it said. */
function told(values: Map<string, string[]>, said: string[]): string[] {
    const of = (key: string) => values.get(key) ?? [];
    const places = of("stack").filter(
        (line) => /[(/]/.test(line) && !/node:|\/node_modules\//.test(line),
    );
    const whole = of("error").join() === "test failed" ? said.slice(-TEST_LINES + 2) : [];
    const named = (key: string) => (values.has(key) ? [`${key}:`, ...of(key)] : []);
    return [
        ...of("location"),
        ...places.slice(0, 4),
        ...of("error"),
        ...whole,
        ...named("expected"),
        ...named("actual"),
    ];
}

function tap(text: string): Failure[] {
    const found: Failure[] = [];
    const parents: string[] = [];
    let said: string[] = [];
    const lines = text.split("\n");
    for (const [at, line] of lines.entries()) {
        const [, margin = "", subtest] = /^( *)# Subtest: (.*)$/.exec(line) ?? [];
        const [, indent = "", bad] = /^( *)not ok \d+ - (.*)$/.exec(line) ?? [];
        if (subtest !== undefined) {
            parents.length = margin.length / 4;
            parents.push(subtest);
        } else if (/^ *# /.test(line)) {
            said.push(line.trim());
        } else if (bad !== undefined && !/ # (SKIP|T[O]DO)\b/.test(bad)) {
            const end = lines.indexOf(`${indent}  ...`, at);
            const values = block(
                lines.slice(at + 2, end).map((told) => told.slice(indent.length + 2)),
            );
            if (values.get("failureType")?.join() !== "subtestsFailed") {
                const names = [...parents.slice(0, indent.length / 4), bad];
                found.push(failure(names.join(" › "), told(values, said)));
                said = [];
            }
        }
    }
    if (!/^# fail \d+$/m.test(text)) {
        found.push(
            failure("the tests did not end", [
                "the last that is known:",
                ...ending(text).slice(-20),
            ]),
        );
    }
    return found;
}

/** Of a program of cmocka: the tests that did not end well, then what went to its standard error. */
function cmocka(run: MesonRun): string[] {
    const good = new Set<string | undefined>();
    const lines = linesOf(`${run.stdout ?? ""}`);
    for (const line of lines) {
        const end = /^\[ +(?:OK|SKIPPED) \] (\w+)/.exec(line);
        if (end) good.add(end[1]);
    }
    const ran = /^\[(?: RUN +| +OK| +SKIPPED) \] ?(\w+)/;
    return [
        ...lines.filter((line) => !good.has(ran.exec(line)?.[1]) && !/^\[=+\]/.test(line)),
        ...linesOf(`${run.stderr ?? ""}`).filter((line) => !/^\[ +PASSED +\]/.test(line)),
    ];
}

const meson = (text: string) =>
    linesOf(text)
        .map((line) => JSON.parse(line) as MesonRun)
        .filter((run) => !["OK", "SKIP", "EXPECTEDFAIL"].includes(run.result))
        .map((run) =>
            failure(run.name, [`${run.result}, ${run.command.join(" ")}`, ...cmocka(run)]),
        );

function vitest(text: string): Failure[] {
    if (text === "") return [failure("the tests did not end", ["there is no report"])];
    return (JSON.parse(text) as VitestReport).testResults.flatMap((file) => {
        const bad = file.assertionResults.filter((test) => test.status === "failed");
        if (bad.length === 0 && file.status === "failed")
            return [failure(file.name, linesOf(file.message))];
        const ours = (line: string) => !/^ +at (?!.*(web|tests)\/)|node_modules\//.test(line);
        return bad.map((test) =>
            failure(test.fullName, [
                file.name,
                ...linesOf(test.failureMessages.join("\n")).filter(ours),
            ]),
        );
    });
}

function vitestCounts(text: string): string {
    const none = { numPassedTests: 0, numPendingTests: 0 };
    const report = text === "" ? none : (JSON.parse(text) as VitestReport);
    return `${report.numPassedTests} ${vitest(text).length} ${report.numPendingTests}`;
}

function selftest(text: string): Failure[] {
    const found: Failure[] = [];
    for (const line of text.split("\n")) {
        const bad = /^not ok (.*)$/.exec(line);
        if (bad) found.push({ name: bad[1] ?? "", lines: [] });
        else if (line.startsWith("    ")) found.at(-1)?.lines.push(line.slice(4));
    }
    return found.map(({ name, lines }) => failure(name, lines));
}

/** When many failed, less is said of each; of very many, the names. */
function show(text: string): string[] {
    const all = linesOf(text).map((line) => JSON.parse(line) as Failure & { part: string });
    if (all.length === 0) return [];
    const each = Math.max(0, Math.min(TEST_LINES, Math.floor(SHEET_LINES / all.length) - 1));
    const sheet = all.flatMap(({ part, name, lines }) => [
        `-- ${part}: ${name}`,
        ...lines.slice(0, each).map((line) => `   ${line}`),
    ]);
    const more = sheet.length > SHEET_LINES ? [`   … and ${sheet.length - SHEET_LINES} more`] : [];
    return [`== what failed: ${all.length}`, ...sheet.slice(0, SHEET_LINES), ...more];
}

const [kind = "", ...rest] = process.argv.slice(2);
const readers: Record<string, () => Failure[]> = {
    tap: () => tap(read(rest[0])),
    meson: () => rest.flatMap((file) => meson(read(file))),
    vitest: () => vitest(read(rest[0])),
    selftest: () => selftest(read(rest[0])),
    text: () => [failure(rest[0] ?? "", rest[1] === undefined ? [] : ending(read(rest[1])))],
};
if (kind === "show") {
    for (const line of show(read(rest[0]))) console.log(line);
} else if (kind === "vitest-counts") {
    console.log(vitestCounts(read(rest[0])));
} else {
    for (const found of readers[kind]?.() ?? [])
        console.log(JSON.stringify({ part: process.env["part"] ?? kind, ...found }));
}
