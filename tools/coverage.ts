/* The second half of tools/coverage: adds up what gcov says. coverage.ts LEAST FOLDER */
import { readFileSync, writeFileSync } from "node:fs";

interface Report {
    files: { file: string; lines: { line_number: number; branches: { count: number }[] }[] }[];
}
interface Told {
    all: number;
    taken: number;
    missed: string[];
}

const [least = "", folder = ""] = process.argv.slice(2);
const files = new Map<string, Told>();
for (const text of readFileSync(`${folder}/branches.jsonl`, "utf8").split("\n").filter(Boolean))
    for (const { file, lines } of (JSON.parse(text) as Report).files) {
        const name = /src\/plan\/[a-z_]+\.c$/.exec(file)?.[0];
        if (!name) continue;
        const source = readFileSync(name, "utf8").split("\n");
        const told = files.get(name) ?? { all: 0, taken: 0, missed: [] };
        for (const { line_number: line, branches } of lines) {
            const words = source[line - 1] ?? "";
            if (/\bassert\(/.test(words)) continue;
            const taken = branches.filter((b) => b.count > 0).length;
            told.all += branches.length;
            told.taken += taken;
            if (taken < branches.length) told.missed.push(`${name}:${line}: ${words.trim()}`);
        }
        files.set(name, told);
    }

const share = ({ taken, all }: { taken: number; all: number }) =>
    `${((100 * taken) / all).toFixed(1)} % of ${all}`;
const list = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
for (const [name, told] of list) if (told.all > 0) console.log(`${name}: ${share(told)}`);
const sum = (of: "taken" | "all") => list.reduce((n, [, told]) => n + told[of], 0);
const total = { taken: sum("taken"), all: sum("all") };
writeFileSync(`${folder}/missed`, list.flatMap(([, told]) => told.missed).join("\n") + "\n");
console.log(`coverage: ${share(total)} branches are taken; at least ${least} % must be`);
process.exit(total.all > 0 && (100 * total.taken) / total.all >= Number(least) ? 0 : 1);
