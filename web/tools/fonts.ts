/* Makes the fonts that the first paint waits for, and the style sheet that names all of them:

     node --import tsx web/tools/fonts.ts FOLDER

   A font comes in parts. The first has the letters and weights that nearly every page shows, and is
   fetched with the page; the others are the packages' own files, fetched when a letter of theirs is
   to be drawn. Headings have one weight, which is fixed here; that of statements is a file of its own. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const [, , folder = ""] = argv;
if (!folder) throw new Error("usage: fonts.ts FOLDER");

type Range = [from: number, to: number];

/* ASCII, the letters of English, German, French, Spanish and the North, and what our texts are set with. */
const COMMON: Range[] = [
  [0x20, 0x7e],
  [0xa0, 0xa1],
  [0xa7, 0xa7],
  [0xab, 0xab],
  [0xb0, 0xb1],
  [0xb5, 0xb7],
  [0xbb, 0xbd],
  [0xbf, 0xff],
  [0x2007, 0x2007],
  [0x2009, 0x2009],
  [0x2011, 0x2011],
  [0x2013, 0x2014],
  [0x2018, 0x201a],
  [0x201c, 0x201e],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x202f, 0x202f],
  [0x2039, 0x203a],
  [0x20ac, 0x20ac],
  [0x2191, 0x2191],
  [0x2193, 0x2193],
  [0x2212, 0x2212],
];
/* What a statement is written with (i18n/…/plan.ts): letters of English and German, figures and times. */
const STATEMENT: Range[] = [
  [0x20, 0x20],
  [0x25, 0x25],
  [0x28, 0x29],
  [0x2c, 0x2e],
  [0x30, 0x3a],
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0xa0, 0xa0],
  [0xc4, 0xc4],
  [0xd6, 0xd6],
  [0xdc, 0xdc],
  [0xdf, 0xdf],
  [0xe4, 0xe4],
  [0xf6, 0xf6],
  [0xfc, 0xfc],
  [0x2011, 0x2011],
  [0x2013, 0x2013],
  [0x202f, 0x202f],
];
/* The package's Latin file has all of these; what is common is not asked of it. */
const LATIN: Range[] = [
  [0x00, 0xff],
  [0x131, 0x131],
  [0x152, 0x153],
  [0x2bb, 0x2bc],
  [0x2c6, 0x2c6],
  [0x2da, 0x2da],
  [0x2dc, 0x2dc],
  [0x2000, 0x206f],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0x2191, 0x2191],
  [0x2193, 0x2193],
  [0x2212, 0x2212],
  [0x2215, 0x2215],
  [0xfeff, 0xfeff],
  [0xfffd, 0xfffd],
];
const EXTENDED: Range[] = [
  [0x100, 0x130],
  [0x132, 0x151],
  [0x154, 0x2ba],
  [0x2bd, 0x2c5],
  [0x2c7, 0x2cc],
  [0x1e00, 0x1e9f],
  [0x1ef2, 0x1eff],
  [0x2113, 0x2113],
  [0x2c60, 0x2c7f],
  [0xa720, 0xa7ff],
];
const FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"];

const pointsOf = (ranges: Range[]) =>
  ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
const common = new Set(pointsOf(COMMON));
const stated = new Set(pointsOf(STATEMENT));

function rangesOf(points: number[]): Range[] {
  const ranges: Range[] = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  return ranges;
}

const hex = (point: number) => point.toString(16).toUpperCase().padStart(4, "0");
const written = (ranges: Range[]) =>
  ranges.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(", ");

const face = (family: string, file: string, weight: string, ranges: Range[]) => `@font-face {
  font-family: "${family}";
  src: url("./${file}") format("woff2");
  font-weight: ${weight};
  font-display: swap;
  unicode-range: ${written(ranges)};
}
`;

const fileOf = (name: string, part: string) =>
  fileURLToPath(
    import.meta.resolve(`@fontsource-variable/${name}/files/${name}-${part}-wght-normal.woff2`),
  );

/* `weight` of the source: a number to fix it at, or the range to keep. */
type Weight = number | { min: number; max: number };

async function cut(name: string, file: string, weight: Weight, points: Iterable<number>) {
  const source = readFileSync(fileOf(name, "latin"));
  const font = await subsetFont(source, String.fromCodePoint(...points), {
    targetFormat: "woff2",
    keepFeatures: FEATURES,
    noHinting: true,
    variationAxes: { wght: weight },
  });
  writeFileSync(join(folder, file), font);
}

function whole(name: string, part: string): string {
  const file = `${name}-${part}.woff2`;
  copyFileSync(fileOf(name, part), join(folder, file));
  return file;
}

mkdirSync(folder, { recursive: true });
const rest = rangesOf(pointsOf(LATIN).filter((point) => !common.has(point)));
const parts = [
  ["Literata", "literata-heading.woff2", 570, "500 900", COMMON],
  ["Literata", "literata-statement.woff2", 440, "200 499", STATEMENT],
  ["Figtree", "figtree-common.woff2", { min: 400, max: 700 }, "300 900", COMMON],
] as const;
let style = "";
for (const [family, file, weight, weights, ranges] of parts) {
  await cut(family.toLowerCase(), file, weight, pointsOf(ranges));
  style += face(family, file, weights, ranges);
}
const unstated = rangesOf([...common].filter((point) => !stated.has(point)).sort((a, b) => a - b));
style += face("Literata", whole("literata", "latin"), "200 499", unstated);
for (const [family, weights] of [
  ["Literata", "200 900"],
  ["Figtree", "300 900"],
] as const) {
  style += face(family, whole(family.toLowerCase(), "latin"), weights, rest);
  style += face(family, whole(family.toLowerCase(), "latin-ext"), weights, EXTENDED);
}
writeFileSync(join(folder, "fonts.css"), style);
